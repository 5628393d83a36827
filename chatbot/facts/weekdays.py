"""The rows of opening hours that are on the day asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.terms import Reading

from .leaning import on_a_rule
from .text import DAYS
from .world import World

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAME = "|".join(f"{day}s?|{day[:3]}" for day in NAMES) + "|tues|wednes|thurs?"
DAY = re.compile(rf"\b({NAME})\b", re.I)
UNTIL = re.compile(rf"\b({NAME})\s?(?:–|-|to|through|until)\s?({NAME})\b", re.I)
JOINED = r"\s?(?:–|-|,|&|/|\bto\b|\bthrough\b|\buntil\b|\band\b)\s?"
LABEL = re.compile(  # "except Sunday: …" is none
    rf"(?:^|(?<=: )|(?<=; ))(?:{NAME})(?:{JOINED}(?:{NAME}))*(?=: )", re.I
)
HOURS = re.compile(r"\d ?[ap]\.?m\b|\b\d{1,2}[.:]\d\d\b|\bclosed\b", re.I)
SHORT = 4  # words of a message that goes on with another day: "and on monday then?"


def rows_on_the_day(reading: Reading, question: str, world: World) -> list[int]:
    """The places of the passages that have a row for the day of a `question` about opening hours,
    as the shop writes them: "Sunday: closed", "Our store: Tuesday–Thursday: 10 am – 6 pm; …"."""
    named = DAY.findall(question)
    short = len(question.split()) <= SHORT and on_a_rule(reading)
    if len(named) != 1 or not (reading.asks[0] == "hours_contact" or short):
        return []
    wanted = _place(named[0])
    rows = ((i, LABEL.findall(p.text), p.text) for i, p in enumerate(world.passages))
    return [i for i, labels, text in rows
            if HOURS.search(text) and any(wanted in _days(label) for label in labels)]  # fmt: skip


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
