"""Values as shoppers read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency

DAYS_ON = {"today": 0, "tonight": 0, "tomorrow": 1, "tomorow": 1, "tmrw": 1, "tmr": 1, "2morrow": 1}
DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
        "sat": 5, "sun": 6}  # fmt: skip
SHORT_DAY = re.compile(
    r"\b(open|opened|on|this|next|every|till?|until|by|before|closed?|hours?)"
    rf" ({'|'.join(DAYS)})\b",
    re.I,
)
DAY_WORD = re.compile(rf"\b(?:{'|'.join(DAYS_ON)})\b", re.I)

VOUCHER = re.compile(
    r"\b(?:gift ?|e-?)(?:cards?|vouchers?|certificates?|tokens?)\b|\bvouchers?\b", re.I
)


def with_weekdays(text: str, today: date) -> str:
    """`text` with the weekday behind words that mean one: "open tomorrow" is "open tomorrow
    Saturday" on a Friday, so that the line on Saturdays is found; "open sat" is as well."""

    def named(word: re.Match[str]) -> str:
        meant = today + timedelta(days=DAYS_ON[word.group().casefold()])
        return f"{word.group()} {format_date(meant, 'EEEE', locale='en_US')}"

    def written_out(day: re.Match[str]) -> str:
        monday = today - timedelta(days=today.weekday())
        meant = monday + timedelta(days=DAYS[day.group(2).casefold()])
        return f"{day.group(1)} {format_date(meant, 'EEEE', locale='en_US')}"

    return DAY_WORD.sub(named, SHORT_DAY.sub(written_out, text))


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


def squeezed(text: str) -> str:
    """Its letters and digits alone, in small: "npk" of "N-P-K"."""
    return "".join(c for c in text.casefold() if c.isalnum())
