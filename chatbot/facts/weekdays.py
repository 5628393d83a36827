"""The rows of opening hours that are on the day asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from chatbot.terms import Reading
from storefront.clock import now

from .leaning import on_a_rule
from .text import DAYS
from .world import World

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAME = "|".join(f"{day}s?|{day[:3]}" for day in NAMES) + "|tues|wednes|thurs?"
DAY = re.compile(rf"\b({NAME})\b", re.I)
UNTIL = re.compile(rf"\b({NAME})\s?(?:–|-|to|through|until)\s?({NAME})\b", re.I)
JOINED = r"\s?(?:–|-|,|&|/|\bto\b|\bthrough\b|\buntil\b|\band\b)\s?"
DAYS_OPEN = rf"(?P<days>(?:{NAME})(?:{JOINED}(?:{NAME}))*)"  # "except" is none
# In a list of hours the first item may stand behind the address.
ITEM = re.compile(rf"^(?:[^;]*: )?{DAYS_OPEN}(?=:| \d| closed)", re.I)
OTHERWISE = re.compile(r"^[^:;]*\b(?:phone|chat|mail|person|customer|call|class\w*)\b[^:;]*:", re.I)
WHETHER_OPEN = re.compile(
    r"^\W*(?:(?:and|so|hi|hello|hey|ok)\W+)*"
    r"(?:(?:are|r|is|will|do) (?:you|u|ye|yous|the \w+|your \w+)(?: guys)?(?: be)? )?open(?:ed)?\b"
    r"|\bcan (?:i|we|my \w+|he|she|they) (?:pick|collect|come|drop|visit)",
    re.I,
)
CLOSED = re.compile(r"\bclosed\b|\bshut\b", re.I)
HOURS = re.compile(r"\d ?[ap]\.?m\b|\b\d{1,2}[.:]\d\d\b|\bclosed\b", re.I)
OF_A_DAY = ("hours_contact", "pickup")
TO_ORDER = re.compile(r"\b(?:if|when) (?:i|we) (?:order|buy|pay)\b", re.I)  # asks when it is ready
SHORT = 4  # words of a message that goes on with another day: "and on monday then?"


def rows_on_the_day(reading: Reading, question: str, world: World) -> list[int]:
    """The places of the passages that have a row for the day of a `question` about opening hours,
    as the shop writes them: "Sunday: closed", "Our store: Tuesday–Thursday: 10 am – 6 pm; …"."""
    named = DAY.findall(question)
    short = len(question.split()) <= SHORT and on_a_rule(reading)
    if len(named) != 1 or not (reading.asks[0] in OF_A_DAY or short) or TO_ORDER.search(question):
        return []
    wanted = _place(named[0])
    return [i for i, p in enumerate(world.passages) if _on(wanted, p.text)]


def whether_open(question: str, text: str, world: World) -> str:
    """ "yes" or "no" where that is asked of the one day named, by a text on it; else empty, as of a
    day of which the next is a holiday."""
    named = DAY.findall(question)
    if len(named) != 1 or not WHETHER_OPEN.search(question) or TO_ORDER.search(question):
        return ""
    day = _place(named[0])
    item = "" if _is_holiday(day, world) else _on(day, text)
    return ("no" if CLOSED.search(item.split(",")[0]) else "yes") if item else ""


def _is_holiday(day: int, world: World) -> bool:
    """Whether the shop's rules or texts close it on the next such day."""
    today = now().astimezone(ZoneInfo(world.zone)).date()
    then = today + timedelta(days=(day - today.weekday()) % len(NAMES))
    month = f"{then:%B}"
    date = re.compile(
        rf"\b(?:{month} {then.day}|{then.day}(?:st|nd|rd|th)? (?:of )?{month})\b", re.I
    )
    closed = world.rules.get("hours.store.closed") or ()
    told = (p.text for p in world.passages if CLOSED.search(p.text))
    return then.isoformat() in map(str, closed) or any(map(date.search, told))


def _on(day: int, text: str) -> str:
    """The hours of a day in a text that begins with it or lists several; empty if it has none."""
    if OTHERWISE.match(text):
        return ""
    found = ((ITEM.match(item), item) for item in text.split("; "))
    return next((item[m.start("days") :] for m, item in found
                 if m and HOURS.search(item) and day in _days(m["days"])), "")  # fmt: skip


def _days(label: str) -> Sequence[int]:
    """The days that a label names, with those between two: 0 is Monday."""
    days = [_place(day) for day in DAY.findall(label)]
    for first, last in UNTIL.findall(label):
        begin, end = _place(first), _place(last)
        days += [(begin + n) % len(NAMES) for n in range((end - begin) % len(NAMES))]
    return days


def _place(day: str) -> int:
    """0 for Monday, by any of its names."""
    return DAYS[day[:3].casefold()]
