"""Returns of what is bought now, in the season: it may come back until a later day than the usual
window allows, of which a text on the window tells nothing."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from chatbot.terms import Reading
from storefront import queries
from storefront.clock import now

from .deciding import holds
from .topics import on_asks
from .world import World

ASKED = "return_policy"


def rows(reading: Reading, world: World) -> list[int]:
    """The places of the passages on returns that hold the later day, where somebody asks of returns
    within the season; in the order of the help pages."""
    last = queries.holiday(now(), world.rules) if reading.asks[0] == ASKED else None
    if last is None:
        return []
    said = _said(last)
    return [i for i, p in enumerate(world.passages) if said.search(p.text) and on_asks(p, (ASKED,))]


def mark(place: int, season: Sequence[int], world: World) -> dict[str, str]:
    """What is marked of a passage that tells the later day, or the usual window beside it."""
    if place in season:
        return {"season": "yes"}
    days = world.rules.get("returns.window_days")
    usual = isinstance(days, int) and holds(days, "{} days", world.passages[place].text)
    return {"window": "yes"} if season and usual else {}


def _said(day: date) -> re.Pattern[str]:
    """A day as people write it: "January 20", "20th of January", "20 Jan 2027", "2027-01-20"."""
    month = rf"{calendar.month_abbr[day.month]}(?:{calendar.month_name[day.month][3:]})?\.?"
    number = rf"{day.day}(?:st|nd|rd|th)?"
    return re.compile(
        rf"\b(?:{number}(?: of)? {month}|{month} {number}|{day.isoformat()})(?!\w)", re.I
    )
