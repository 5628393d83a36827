"""Which of a sort is the lightest, the longest, the cheapest."""

from __future__ import annotations

from dataclasses import replace

from chatbot.acts.known import MOST, Known, act, product_card
from chatbot.terms import Act, Fact

from .finding import listed
from .prices import span
from .sides import asked_for

BESIDE = frozenset(("less", "more"))  # of those in view, not of all that the shop has


def extreme(known: Known) -> list[Act]:
    """The most extreme of a sort with the figure that makes it so; several by their prices where
    the price is what counts."""
    ranked = [replace(f, kind="found") for f in known.of("extreme")]  # told like what is found
    beside = known.reading.extreme in BESIDE
    if not ranked or (beside and len(asked_for(known.of("product"), known)) > 1):
        return []
    best = ranked[0]
    if beside:
        return [_by_its_page(best, ""), *map(_quoted, ranked[1:])]
    if "told" in best.values:
        return [_by_its_page(best, best.values["price_min"])]
    return [_by_its_option(best, known)] if "by" in best.values else [listed(ranked[:MOST])]


def _by_its_page(best: Fact, price: str) -> Act:
    """With what its page says; what nobody can have is told, and not suggested."""
    if best.values["stock"] == "sold out":
        return _quoted(best)
    slots = {"product.name": best.values["name"], "passage.text": best.values["told"]}
    slots |= {"variant.price": price}
    return act("recommend.with_reason", slots, [best], cards=[product_card(best)])


def _quoted(one: Fact) -> Act:
    slots = {"product.name": one.values["name"], "passage.text": one.values["told"]}
    return act("attribute.passage", slots, [one], cards=[product_card(one)])


def _by_its_option(best: Fact, known: Known) -> Act:
    """In the value that is the figure, with what it costs so."""
    value, key = best.values["value"], f"option:{best.values['by']}"
    variants = [v for v in known.variants(best) if v.values[key] == value]
    slots = {
        "product.name": best.values["name"],
        "variant.options": value,
        "variant.price": span(variants),
    }
    card = product_card(best, variants, value)
    return act("price.one", slots, [best, *variants], cards=[card])
