"""What the shop's terms come to for what a shopper names."""

from __future__ import annotations

from chatbot.terms import Act, Fact

from .known import Known, act, numbered


def applied(known: Known) -> list[Act]:
    """Which way of sending is cheaper or what is said of two, what something is worth or comes to;
    none where nothing is to be reckoned."""
    if ways := known.of("way"):
        return [_cheaper(ways)]
    if rows := known.of("row"):
        texts = {numbered("passage.text", n): f.values["text"] for n, f in enumerate(rows, 1)}
        return [act("policy.passage", texts, rows)]
    return [a for told in known.of("sum")[:1] for a in summed(told)]


def _cheaper(ways: list[Fact]) -> Act:
    slots = {}
    for place, way in enumerate(ways, 1):
        slots[numbered("product.name", place)] = way.values["name"]
        slots[numbered("variant.price", place)] = way.values["price"]
    return act("compare.two_price", slots, ways)


def summed(told: Fact) -> list[Act]:
    """A sum, and what it leaves out."""
    slots = {"attribute.name": told.values["name"], "attribute.value": told.values["value"]}
    limit = told.values.get("limit", "")
    beside = [act("policy.passage", {"passage.text": limit}, [told])] if limit else []
    return [act("attribute.labelled", slots, [told]), *beside]
