"""Filters for prices and stock."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_currency
from django import template

from storefront.models import Shop, Variant

register = template.Library()


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount in the shop's currency; nothing for none."""
    if amount is None:
        return ""
    shop = Shop.objects.first()
    currency = shop.rules.get("shop", {}).get("currency", "USD") if shop else "USD"
    return str(format_currency(amount, currency, locale="en_US"))


@register.filter
def cheapest(variants: Iterable[Variant]) -> Variant | None:
    """The variant that costs least."""
    return min((v for v in variants if not v.withdrawn), key=lambda v: v.price, default=None)


@register.filter
def several_prices(variants: Iterable[Variant]) -> bool:
    """Whether the variants differ in price."""
    return len({v.price for v in variants if not v.withdrawn}) > 1


@register.filter
def any_in_stock(variants: Iterable[Variant]) -> bool:
    """Whether at least one can be ordered."""
    return any(v.in_stock for v in variants if not v.withdrawn)
