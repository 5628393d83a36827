"""Filters for prices, stock and places."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.utils.translation import get_language, get_language_bidi, to_locale
from django.utils.translation import gettext as _

from storefront import prices
from storefront.currency import currency
from storefront.models import Variant

register = template.Library()
FEW = 3  # pieces, of which the last are said to be the last
MARKS = "\u200e\u200f"  # of direction, as Babel sets them


@register.filter
def money(amount: Decimal | None, named: str = "") -> str:
    """An amount in the currency that is named, or else in the shop's; nothing for none."""
    if amount is None:
        return ""
    told = str(format_currency(amount, named or currency(), locale=_locale()))
    return apart(told) if get_language_bidi() else told


def apart(told: str) -> str:
    """An amount between words that are written from the right: as a whole it is read from the
    left, or its sign changes sides."""
    return f"\u2066{told.strip(MARKS)}\u2069"


def _locale() -> Locale:
    """The locale in which the page's amounts are written."""
    language = get_language() or "en"
    return Locale.parse("en_US" if language == "en" else language.replace("-", "_"))


@register.filter
def country(code: str | None) -> str:
    """A country's name in the reader's language; the code where it is none's."""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    return str(names.get(code or "", code or ""))


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


@register.filter
def stock_text(variant: Variant) -> str:
    """Whether it is there; how many only where few are."""
    if not variant.in_stock:
        return _("Sold out")
    if 0 < variant.stock <= FEW and not variant.sells_without_stock:
        return _("Only %(count)s left") % {"count": variant.stock}
    return _("In stock")


@register.filter
def plain(amount: Decimal | None) -> str:
    """An amount as it is typed into a form; nothing for none."""
    return "" if amount is None else f"{amount.normalize():f}"


@register.filter
def prior(variant: Variant | None) -> Decimal | None:
    """The lowest price of the 30 days before a version was reduced; None where it was not, or where
    that is not known."""
    return prices.prior(variant) if variant else None


@register.filter
def any_prior(variants: Iterable[Variant]) -> bool:
    """Whether there is one for any of them."""
    return any(prior(v) is not None for v in variants)


@register.filter
def prior_text(variant: Variant | None) -> str:
    """The same in words; nothing where there is none."""
    lowest = prior(variant)
    if lowest is None:
        return ""
    return _("Lowest price of the 30 days before: %(price)s") % {"price": money(lowest)}
