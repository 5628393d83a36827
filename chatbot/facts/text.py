"""Values as shoppers read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency


def money(amount: Decimal | float, currency: str) -> str:
    """ "$1,299.00"."""
    return str(format_currency(Decimal(str(amount)), currency, locale="en_US"))


def day(moment: datetime | date, zone: str) -> str:
    """ "November 25, 2026", in the shop's time zone."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(zone)).date()
    return str(format_date(moment, "MMMM d, y", locale="en_US"))


def listing(items: Sequence[str], last: str = "and") -> str:
    """ "S, M and L"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def sort_of(title: str) -> str:
    """What a product is, by the last word of its name: "Puddle Kids' Rain Jacket" is a jacket."""
    plain = re.split(r"[(,–—|/]| - ", title)[0]
    return next(reversed(re.findall(r"[A-Za-z]{3,}", plain)), "")
