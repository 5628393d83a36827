"""What an order comes to: every amount is computed here, from the shop's own prices and rules.

Amounts are rounded to what the shop's currency has, halves up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .currency import rounded
from .templatetags.money import money
from .values import Rules


@dataclass(frozen=True)
class Piece:
    """So many of one thing, as far as prices ask."""

    handle: str
    department: str
    price: Decimal
    quantity: int
    reduced: bool
    gift_card: bool
    sent: bool  # by post; not so a gift card that comes by e-mail

    @property
    def amount(self) -> Decimal:
        """What they cost before any discount."""
        return self.price * self.quantity


@dataclass(frozen=True)
class Totals:
    """What an order comes to. `subtotal` is after the discount, as in the shop's exports."""

    goods: Decimal
    discount: Decimal
    shipping: Decimal
    taxes: Decimal = Decimal(0)

    @property
    def subtotal(self) -> Decimal:
        return self.goods - self.discount

    @property
    def total(self) -> Decimal:
        return self.subtotal + self.shipping + self.taxes


class NoDiscount(Exception):
    """Raised with a sentence for the shopper that says why a code takes nothing off."""


def goods(pieces: Sequence[Piece]) -> Decimal:
    """What they all cost before any discount."""
    return sum((piece.amount for piece in pieces), Decimal(0))


def sent(pieces: Sequence[Piece], discount: Decimal) -> Decimal:
    """What goes by post comes to after the discount: by this, sending may be free."""
    return goods([piece for piece in pieces if piece.sent]) - discount


def discount(
    code: str, pieces: Sequence[Piece], rules: Rules, moment: datetime, used: bool
) -> Decimal:
    """What a promotion code takes off; `used`: this shopper has an order with it already. Raises
    NoDiscount, in words that tell nobody of whose orders."""
    row = promotion(code, rules)
    percent = row.get("percent") if row else None
    if row is None or not isinstance(percent, int | float):
        raise NoDiscount(_("We don't know the code %(code)s.") % {"code": code})
    _in_force(row, moment)
    if used and row.get("once_per_customer"):
        raise NoDiscount(_("The code can be used once, and not for this order any more."))
    eligible = goods([piece for piece in pieces if _takes(row, piece)])
    if not eligible:
        raise NoDiscount(_("The code is for other things than those in your cart."))
    _enough(row, eligible)
    return rounded(eligible * Decimal(str(percent)) / 100, rules.get("shop.currency") or "USD")


def promotion(code: str, rules: Rules) -> dict[str, Any] | None:
    """What the shop's rules say of a code, however it is written."""
    rows = rules.get("promotions") or ()
    return next((row for row in rows if str(row.get("code", "")).upper() == code.upper()), None)


def _in_force(row: dict[str, Any], moment: datetime) -> None:
    begins, ends = (_moment(row.get(key)) for key in ("valid_from", "valid_until"))
    if row.get("ended") or (ends and moment > ends):
        raise NoDiscount(_("The code has ended."))
    if begins and moment < begins:
        raise NoDiscount(_("The code can't be used yet."))


def _takes(row: dict[str, Any], piece: Piece) -> bool:
    """Whether a promotion is for such a thing; none is for gift cards."""
    departments = row.get("departments")
    reduced = bool(row.get("full_price_only")) and piece.reduced
    return not piece.gift_card and not reduced and (
        not departments or piece.department in departments
    )  # fmt: skip


def _enough(row: dict[str, Any], eligible: Decimal) -> None:
    least = row.get("minimum")
    if least is not None and eligible < Decimal(str(least)):
        raise NoDiscount(
            _("The code needs things for %(minimum)s that it is for; your cart has %(there)s.")
            % {"minimum": money(Decimal(str(least))), "there": money(eligible)}
        )


def _moment(value: object) -> datetime | None:
    """A moment of shop.toml, which is kept as text; one without an offset never decides."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
