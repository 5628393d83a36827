"""What products cost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.acts.known import MOST, Known, act, listing, numbered, stems
from chatbot.terms import Act, Fact

SIDE = re.compile(
    r"\b(?:same price|diff|the same|more expensive|cheaper|dearer|difference|by how much|cost more"
    r"|is .* more|than the|why)\b",
    re.I,
)
BEFORE = re.compile(  # the price before it came down, and not the one before tax
    r"\b(?:before|b4)(?=\W*$| (?:the (?:sale|reduction)|you (?:mark|reduc|cut|dropp)))"
    r"|\b(?:afore|originally|previously|marked down|money off)\b"
    r"|\bwhat (?:was|were) (?:it|they|that|this|those)\b",
    re.I,
)
SET = re.compile(r"\b(?:set|pack|box|case) of (\d+)\b|\b(\d+)[- ]?(?:pack|pieces?|pcs?)\b", re.I)


def price(known: Known) -> list[Act]:
    """What the products in question cost."""
    products = known.of("product")[:MOST]
    if len(products) > 1:
        return [prices_of(products, known)]
    return [_price(products[0], known)] if products else []


def before(known: Known) -> list[Act]:
    """What the one product in question cost before it came down, for who asks of that as of an
    offer."""
    product = known.one("product")
    asked = known.asks[0] == "sale" and BEFORE.search(known.reading.text)
    reduced = asked and product and any(v.values.get("was") for v in known.variants(product))
    return price(known) if reduced else []


def prices_of(products: Sequence[Fact], known: Known) -> Act:
    """What several products cost, side by side."""
    slots, facts = {}, []
    for place, product in enumerate(products, 1):
        variants = known.wished(product) or known.variants(product)
        variants = _named(variants, known) or variants
        slots[numbered("product.name", place)] = product.values["name"]
        slots[numbered("variant.price", place)] = span(variants)
        facts += [product, *variants]
    return act("price.several", slots, facts)


def _named(variants: Sequence[Fact], known: Known) -> list[Fact]:
    """The versions that are called by a value of theirs; of several products, what is read as
    wished for is only the first one's."""
    said = stems(known.reading.text)
    values = [{v for k, v in f.values.items() if k.startswith("option:")} for f in variants]
    return [f for f, own in zip(variants, values, strict=True)
            if any(stems(value) and stems(value) <= said for value in own)]  # fmt: skip


def span(variants: Sequence[Fact]) -> str:
    """ "$42.00", or "$34.00 to $48.00"."""
    ordered = sorted(variants, key=lambda v: float(v.values["amount"]))
    low, high = ordered[0].values["price"], ordered[-1].values["price"]
    return low if low == high else f"{low} to {high}"


def _price(product: Fact, known: Known) -> Act:
    variants = known.wished(product) or known.variants(product)
    if SIDE.search(known.reading.text) and len(_amounts(variants)) == 1:
        variants = known.variants(product)  # those it is held against
    if BEFORE.search(known.reading.text):
        variants = [v for v in variants if v.values.get("was")] or variants
    prices = _amounts(variants)
    name = product.values["name"]
    together = "total" in variants[0].values and not _comes_in(name, known)
    if len(prices) == 1 and together:
        return _times(name, variants)
    if len(prices) == 1:
        return _one_price(name, variants, known)
    if 1 < len(prices) <= MOST and (groups := _by_price(product, variants)):
        slots = {}
        groups = _all_together(groups, variants) if together else groups
        for place, (label, value) in enumerate(groups, 1):
            slots[numbered("variant.options", place)] = label
            slots[numbered("variant.price", place)] = value
        return act("price.several", slots, [product, *variants])
    ordered = sorted(variants, key=lambda v: float(v.values["amount"]))
    slots = {
        "product.name": name,
        "product.price_min": ordered[0].values["price"],
        "product.price_max": ordered[-1].values["price"],
    }
    return act("price.range", slots, [product, *variants])


def _amounts(variants: Sequence[Fact]) -> set[float]:
    """The prices of some versions, each once."""
    return {float(v.values["amount"]) for v in variants}


def _all_together(
    groups: Sequence[tuple[str, str]], variants: Sequence[Fact]
) -> list[tuple[str, str]]:
    """What as many as are spoken of cost of each version: ("5 × 1/4 oz at $5.95", "$29.75")."""
    many = variants[0].values["quantity"]
    totals = {v.values["price"]: v.values["total"] for v in variants}
    return [(f"{many} × {label} at {one}", totals[one]) for label, one in groups]


def _comes_in(name: str, known: Known) -> bool:
    """Whether a product is sold by as many as are spoken of: four of the plates in "Set of 4", but
    not two of the "Drift 2 Tent"."""
    together = SET.search(name)
    pieces = (together[1] or together[2]) if together else ""
    return str(known.reading.quantity) == pieces


def _times(name: str, variants: Sequence[Fact]) -> Act:
    first = variants[0].values
    slots = {
        "quantity": first["quantity"],
        "product.name": name,
        "variant.price": first["price"],
        "price.total": first["total"],
    }
    return act("price.times", slots, variants)


def _one_price(name: str, variants: Sequence[Fact], known: Known) -> Act:
    first = variants[0]
    slots = {"product.name": name, "variant.price": first.values["price"]}
    was = {v.values.get("was") for v in variants}
    if was != {None} and len(was) == 1:
        slots["variant.was_price"] = first.values["was"]
        every = [v for v in known.of("variant") if v.values["handle"] == first.values["handle"]]
        if len(variants) < min(len(every), MOST + 1):
            slots["variant.options"] = listing([v.values["options"] for v in variants])
        return act("price.sale", slots, variants)
    if known.reading.options:
        slots["variant.options"] = known.wish(first)
    return act("price.one", slots, variants)


def _by_price(product: Fact, variants: Sequence[Fact]) -> list[tuple[str, str]]:
    """(option values, price) for each price, when one option alone decides the price."""
    for key in (k for k in product.values if k.startswith("option:")):
        prices: dict[str, set[str]] = {}
        for v in variants:
            prices.setdefault(v.values[key], set()).add(v.values["price"])
        if all(len(p) == 1 for p in prices.values()):
            groups: dict[str, list[str]] = {}
            for value, its in prices.items():
                groups.setdefault(next(iter(its)), []).append(value)
            return [(listing(values), price) for price, values in groups.items()]
    return []
