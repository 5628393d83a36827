"""What the shop's terms come to for what a shopper names."""

from __future__ import annotations

from collections.abc import Sequence

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
    return [a for told in known.of("sum")[:1] for a in summed(told, _added(told, known))]


def _added(told: Fact, known: Known) -> list[Fact]:
    """The versions whose prices a sum adds up, on which it rests as well."""
    name, value = told.values["name"], told.values["value"]
    some = (v for v in known.of("variant") if v.values["name"] in name)
    return [v for v in some if v.values["price"] in value]


def _cheaper(ways: list[Fact]) -> Act:
    slots = {}
    for place, way in enumerate(ways, 1):
        slots[numbered("product.name", place)] = way.values["name"]
        slots[numbered("variant.price", place)] = way.values["price"]
    return act("compare.two_price", slots, ways)


def summed(told: Fact, parts: Sequence[Fact] = ()) -> list[Act]:
    """A sum, and what it leaves out."""
    slots = {"attribute.name": told.values["name"], "attribute.value": told.values["value"]}
    limit = told.values.get("limit", "")
    beside = [act("policy.passage", {"passage.text": limit}, [told])] if limit else []
    return [act("attribute.labelled", slots, [told, *parts]), *beside]
