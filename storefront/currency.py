"""The shop's currency. A page of many amounts asks for it once; whatever runs outside of a request
asks each time, and sees what an import has changed."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision
from django.http import HttpRequest, HttpResponse

from .models import Shop

KEPT = 2  # decimals of an amount in the database
_known: ContextVar[list[str] | None] = ContextVar("currency", default=None)  # empty: not yet asked


class OnceARequest:
    """Remembers the currency while a request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _known.set([])
        try:
            return self.get_response(request)
        finally:
            _known.reset(before)


def currency() -> str:
    """The shop's currency; US dollars where it names none."""
    known = _known.get()
    if known is None:
        return _read()
    if not known:
        known.append(_read())
    return known[0]


def unit(named: str) -> Decimal:
    """The least amount of a currency: a cent, a whole yen. Of one with thousandths, such as the
    Kuwaiti dinar, the least that the shop keeps: a hundredth."""
    return Decimal(1).scaleb(-min(KEPT, get_currency_precision(named)))


def rounded(amount: Decimal, named: str) -> Decimal:
    """An amount that can be paid in a currency, halves up."""
    return amount.quantize(unit(named), ROUND_HALF_UP)


def _read() -> str:
    shop = Shop.objects.first()
    return str(shop.rules.get("shop", {}).get("currency", "USD")) if shop else "USD"
