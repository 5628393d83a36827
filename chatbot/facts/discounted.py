"""What a thing costs with a promo code: plain arithmetic on the price in the catalogue and what
shop.toml says of the code, where it holds today, for such a thing, at that price and sum. Whether a
shopper has used it before is not known here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

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
    terms = rules.promotion(reading.code, world).values if reading.code else {}
    product = world.products.get(reading.products[0]) if len(reading.products) == 1 else None
    holds = terms.get("state") == "current" and "percent" in terms
    if product is None or not holds or not ASKS.search(reading.text):
        return []
    those = [v for v in product.variants if wished(v, product, reading.options)]
    if len({v.price for v in those}) != 1 or not _covers(terms, product, those):
        return []
    price, least = those[0].price, Decimal(terms.get("minimum_amount", "0"))
    cut = price * Decimal(terms["percent"].rstrip("%")) / 100
    if price * reading.quantity < least or cut != cut.quantize(CENT):
        return []
    return [_fact(product, price, cut, reading, world)]


def _covers(
    terms: Mapping[str, str], product: queries.Product, those: Sequence[queries.Variant]
) -> bool:
    """Whether a code is for such things, and at their present price."""
    reduced = any(v.compare_at for v in those) and terms["full_price_only"]
    departments = [d for d in terms["departments"].split("|") if d]
    return not reduced and (not departments or product.department in departments)


def _fact(
    product: queries.Product, price: Decimal, cut: Decimal, reading: Reading, world: World
) -> Fact:
    reduced, less, full = (money(amount, world.currency) for amount in (price - cut, cut, price))
    each = " each" if reading.quantity > 1 else ""
    values = {
        "name": f"{product.title} with {reading.code}",
        "value": f"{reduced}{each}, a saving of {less} on {full}",
    }
    told = world.rules.version, world.rules.as_of, values
    return Fact(
        "discounted", f"rule:promotions.{reading.code}", *told,
        subject=product.title, title=product.title, href=product.href,
    )  # fmt: skip
