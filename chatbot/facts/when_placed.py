"""Which of a shopper's orders a message means by when they were placed: "what I ordered in
September", "yesterday's order", "my last order but one"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from storefront import queries
from storefront.clock import now

Within = Callable[[date], bool]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
SPAN = (
    r"(?P<span>today|toni(?:ght|te)|this (?:morning|afternoon|evening)|yesterday|last night"
    r"|(?:this|last) (?:week|month))"
)
THEN = rf"(?:(?:in|of|from|back in|during) (?:early |late |mid )?{MONTH}|(?:from )?{SPAN})\b"
ORDERS = r"(?:orders?|parcels?|packages?|purchases?)"
BOUGHT = r"(?:ordered|bought|purchased|placed)"
# "What I ordered in May", "the parcel from May", "my May order"; not "will it be here in May".
WHEN = (
    re.compile(rf"\b{BOUGHT} (?:[\w'’]+ ){{0,5}}?{THEN}", re.I),
    re.compile(rf"\bdid i (?:order|buy) (?:[\w'’]+ ){{0,3}}?{THEN}", re.I),
    re.compile(rf"\b(?:my|the|that|those) (?:[\w'’-]+ ){{1,4}}?from (?:{MONTH}|{SPAN})\b", re.I),
    re.compile(rf"\b{ORDERS} (?:from|of) (?:{MONTH}|{SPAN})\b", re.I),
    re.compile(rf"\b(?:my|the) (?:{MONTH}|{SPAN})(?:['’]?s)? {ORDERS}\b", re.I),
    re.compile(rf"\b{SPAN}['’]s {ORDERS}\b", re.I),
)
JUST = re.compile(rf"\bjust (?:now )?{BOUGHT}\b|\b{BOUGHT} (?:[\w'’]+ ){{0,5}}?just now\b", re.I)
LAST_BUT_ONE = re.compile(
    rf"\b(?:last {ORDERS} but one|last but one|(?:second|next) to (?:the )?last"
    rf"|second last|{ORDERS} before (?:the|my) last)\b",
    re.I,
)


def placed_then(own: Sequence[queries.Order], text: str, zone: str) -> list[queries.Order]:
    """Those of a shopper's orders that were placed when a message says; none where it says nothing
    of that, or none was."""
    newest = sorted(own, key=lambda order: order.placed_at, reverse=True)
    if LAST_BUT_ONE.search(text):
        return newest[1:2]
    within = _within(text, now().astimezone(ZoneInfo(zone)).date())
    if within is None:
        return []
    return [o for o in newest if within(o.placed_at.astimezone(ZoneInfo(zone)).date())]


def _within(text: str, today: date) -> Within | None:
    """The time that a message speaks of, if it speaks of one."""
    found = next((said for when in WHEN if (said := when.search(text))), None)
    if found is None:
        return (lambda day: day >= today - timedelta(days=1)) if JUST.search(text) else None
    named = found.groupdict()
    if month := named.get("month"):
        return _in_month(MONTHS.index(month[:3].lower()) + 1, today)
    return _spans(today).get(named["span"].lower(), lambda day: day == today)


def _in_month(number: int, today: date) -> Within:
    """The last such month that has begun."""
    year = today.year if number <= today.month else today.year - 1
    return lambda day: (day.year, day.month) == (year, number)


def _spans(today: date) -> dict[str, Within]:
    """The days that a word means which is not this very day, by the shop's calendar; of a week
    seven days are enough."""
    monday = today - timedelta(days=today.weekday())
    before = today.replace(day=1) - timedelta(days=1)
    last_night = (today, today - timedelta(days=1))
    return {
        "yesterday": lambda day: day == today - timedelta(days=1),
        "last night": lambda day: day in last_night,
        "this week": lambda day: day >= monday,
        "last week": lambda day: monday - timedelta(days=7) <= day < monday,
        "this month": lambda day: (day.year, day.month) == (today.year, today.month),
        "last month": lambda day: (day.year, day.month) == (before.year, before.month),
    }
