"""What a thing costs with a promo code: plain arithmetic on the price in the catalogue and the
code's terms in shop.toml, where all of them are known to be met."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from chatbot.terms import Fact, Reading
from storefront import queries

from . import rules
from .applied import wished
from .text import money
from .world import World

ASKS = re.compile(
    r"\b(?:how much|costs?|price[ds]?|pay|total|al+ ?together|comes? to|in all|sav(?:es?|ing))\b",
    re.I,
)
CENT = Decimal("0.01")


def discounted(reading: Reading, world: World) -> list[Fact]:
    """What one of what is spoken of costs with the code spoken of, as a fact of kind "discounted";
    none where versions differ in price, a term is not met, or the cut is no whole cent."""
    terms = _terms(reading.code, world)
    product = world.products.get(reading.products[0]) if len(reading.products) == 1 else None
    if product is None or not terms or not ASKS.search(reading.text):
        return []
    those = [v for v in product.variants if wished(v, product, reading)]
    if len({v.price for v in those}) != 1 or not _covers(terms, product, those):
        return []
    price, least = those[0].price, Decimal(str(terms.get("minimum", 0)))
    cut = price * Decimal(str(terms["percent"])) / 100
    if price * reading.quantity < least or cut != cut.quantize(CENT):
        return []
    return [_fact(product, price, cut, terms["code"], reading, world)]


def _terms(code: str, world: World) -> dict[str, Any]:
    """The terms of a code that holds today and takes a percentage off; else none."""
    rows = world.rules.get("promotions") or ()
    row: dict[str, Any] = next((p for p in rows if code and p.get("code") == code), {})
    current = bool(row) and rules.promotion(code, world).values["state"] == "current"
    return row if current and "percent" in row else {}


def _covers(
    terms: dict[str, Any], product: queries.Product, those: list[queries.Variant]
) -> bool:  # fmt: skip
    """Whether a code is for such things, and at their present price."""
    reduced = any(v.compare_at for v in those) and terms.get("full_price_only")
    departments = terms.get("departments")
    return not reduced and (not departments or product.department in departments)


def _fact(
    product: queries.Product, price: Decimal, cut: Decimal, code: str, reading: Reading,
    world: World,
) -> Fact:  # fmt: skip
    reduced, less, full = (money(amount, world.currency) for amount in (price - cut, cut, price))
    each = " each" if reading.quantity > 1 else ""
    values = {
        "name": f"{product.title} with {code}",
        "value": f"{reduced}{each}, a saving of {less} on {full}",
    }
    return Fact(
        "discounted", f"rule:promotions.{code}", world.rules.version, world.rules.as_of, values,
        subject=product.title, title=product.title, href=product.href,
    )  # fmt: skip
