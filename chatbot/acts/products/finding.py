"""Which products fit a wish, or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.acts.known import MOST, Known, act, numbered, product_card
from chatbot.terms import Act, Fact, Outcome

from .pages import attribute
from .prices import price

ALREADY = re.compile(
    r"\b(?:go|goes|pair|wear|use) (?:with|under|underneath|over)\b|\balready (?:have|own|got)\b"
    r"|\b(?:have|own|has|got) (?:it|one|that|the \w+(?: \w+)?) already\b|\binstead of\b"
    r"|\b(?:something|anything|one|else) (?:like|similar|lighter|cheaper|warmer)\b|\bnot the\b",
    re.I,
)
CHEAPEST = re.compile(r"cheap|lowest|least expensive|inexpensive|affordable", re.I)


def search(known: Known) -> list[Act]:
    """Products that fit what is looked for; those in stock first."""
    if known.reading.named and not ALREADY.search(known.reading.text):
        return describe(known)
    return suggest(known)


def describe(known: Known) -> list[Act]:
    """A product that was asked for by name: its price, and what its page says to the question."""
    return [*price(known), *attribute(known)]


def suggest(known: Known) -> list[Act]:
    """The products that fit best, besides those that were named."""
    found = [f for f in known.of("found") if f.values["handle"] not in _named(known)]
    if CHEAPEST.search(known.reading.text):
        found = sorted(found, key=lambda f: float(f.values["amount"]))
    found = sorted(found, key=lambda f: f.values["stock"] == "sold out")[:MOST]
    if not found:
        return [act("search.none", outcome=Outcome.DECLINED)]
    if "recommend" in known.asks and found[0].values.get("about"):
        return [_recommended(found[0]), *([_found(found[1:])] if found[1:] else [])]
    return [_found(found)]


def _named(known: Known) -> tuple[str, ...]:
    """The handles a message names, which who looks for something besides them does not want."""
    return known.reading.products if known.reading.named else ()


def _recommended(best: Fact) -> Act:
    """The product that fits best, with what its page says it is for."""
    slots = {
        "product.name": best.values["name"],
        "variant.price": best.values["price_min"],
        "passage.text": best.values["about"],
    }
    return act("recommend.with_reason", slots, [best], cards=[product_card(best)])


def no_such(known: Known) -> list[Act]:
    """Nothing goes by the name that was asked for; what comes nearest."""
    missing = act("search.no_such", {"search.words": known.reading.stranger})
    found = sorted(known.of("found"), key=lambda f: f.values["stock"] == "sold out")[:MOST]
    return [missing, *([_found(found)] if found else [])]


def reduced(known: Known) -> list[Act]:
    """What is on sale now."""
    return [_found(known.of("reduced")[:MOST])]


def _found(found: Sequence[Fact]) -> Act:
    slots = {}
    for place, fact in enumerate(found, 1):
        slots[numbered("product.name", place)] = fact.values["name"]
        slots[numbered("variant.price", place)] = fact.values["price_min"]
    name = "search.found" if len(found) > 1 else "search.found_one"
    return act(name, slots, found, cards=[product_card(f) for f in found])
