"""When the team is at the chat, by shop.toml; what it does not say stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from .values import Hours, Rules

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
AHEAD_DAYS = 21  # further off, no return is promised


def chat(shop: Rules, moment: datetime) -> Hours:
    """Whether the team is at the chat at `moment`, and when it is back if not."""
    if not shop.get("hours.chat"):
        return Hours("", "")
    local = moment.astimezone(ZoneInfo(shop.get("shop.timezone") or "UTC"))
    if any(begins <= local < ends for begins, ends in _spans(shop, local, 1)):
        return Hours("yes", "")
    later = (begins for begins, _ends in _spans(shop, local, AHEAD_DAYS) if begins > local)
    return Hours("no", _told(next(later, None)))


def _spans(shop: Rules, local: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
    """From when until when the team is there, day by day from that of `local` on."""
    shut, early = closed(shop), _early(shop)
    for ahead in range(days):
        day = local.date() + timedelta(days=ahead)
        span = shop.get(f"hours.chat.{WEEKDAYS[day.weekday()]}") or []
        written = len(span) == 2 and all(CLOCK.fullmatch(str(clock)) for clock in span)
        if not written or day.isoformat() in shut:
            continue
        ends = min(span[1], early.get(day.isoformat(), span[1]))
        yield _at(day, span[0], local), _at(day, ends, local)


def _at(day: date, clock: str, local: datetime) -> datetime:
    """A time of day, "24:00" as the next day's first moment."""
    hours, minutes = map(int, clock.split(":"))
    midnight = datetime.combine(day, time(), local.tzinfo)
    if hours == 24:
        return datetime.combine(day + timedelta(days=1), time(), local.tzinfo)
    return midnight.replace(hour=hours, minute=minutes)


def closed(shop: Rules) -> set[str]:
    """The days on which any of the shop's doors is shut: nobody is promised for one of them."""
    return {day for block in _blocks(shop) for day in block.get("closed", ())}


def _early(shop: Rules) -> dict[str, str]:
    """The days on which one closes earlier, and when."""
    rows = [row for block in _blocks(shop) for row in block.get("early_close", ())]
    return {row["date"]: row["until"] for row in rows}


def _blocks(shop: Rules) -> list[dict[str, Any]]:
    hours = shop.get("hours") or {}
    return [hours, *(block for block in hours.values() if isinstance(block, dict))]


def _told(moment: datetime | None) -> str:
    """ "Monday, November 23 at 9:00 AM EST"; empty where there is none."""
    if moment is None:
        return ""
    said = format_datetime(moment, "EEEE, MMMM d 'at' h:mm a z", locale="en_US")
    return str(said).replace("\u202f", " ")
