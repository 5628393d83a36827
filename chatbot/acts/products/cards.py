"""The links to the products that an answer speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chatbot.acts.known import MOST, Known, product_card
from chatbot.terms import Act, Card, Fact


def carded(acts: Sequence[Act], known: Known) -> list[Act]:
    """`acts`, each with links to the products it speaks of."""
    return [_carded(a, known) for a in acts]


def _carded(one: Act, known: Known) -> Act:
    spoken = {f.values["handle"] for f in one.facts if "handle" in f.values}
    told = [p for p in known.of("product") if p.values["handle"] in spoken][:MOST]
    if one.cards or not told:
        return one
    return replace(one, cards=tuple(_card(p, known) for p in told))


def _card(product: Fact, known: Known) -> Card:
    """The link to a product, of the variants wished for where there are such."""
    wished = known.wished(product)
    wish = known.wish(product) if wished else ""
    return product_card(product, wished or known.variants(product), wish)
