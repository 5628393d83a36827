"""Dates, however they are written."""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAME = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
ENDING = r"(?:st|nd|rd|th)?"
MONTH_DAY = re.compile(rf"\b{NAME}\s+(\d{{1,2}}){ENDING}\b(?:,?\s+(\d{{4}}))?", re.I)
DAY_MONTH = re.compile(rf"\b(\d{{1,2}}){ENDING}\s+(?:of\s+)?{NAME}(?:,?\s+(\d{{4}}))?", re.I)
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?(?![\d/])")

Day = tuple[int, int, int]  # year or 0, month, day


def dates(text: str) -> dict[str, Day]:
    """Each stretch of `text` that is a date; the year is 0 when it is not said."""
    found: dict[str, Day] = {}
    for m in MONTH_DAY.finditer(text):
        found[m.group()] = (int(m.group(3) or 0), _month(m.group(1)), int(m.group(2)))
    for m in DAY_MONTH.finditer(text):
        found[m.group()] = (int(m.group(3) or 0), _month(m.group(2)), int(m.group(1)))
    for m in ISO.finditer(text):
        found[m.group()] = (int(m.group(1)), int(m.group(2)), int(m.group(3)))
    for m in SLASHED.finditer(text):
        year = int(m.group(3) or 0)
        found[m.group()] = (
            year + 2000 if 0 < year < 100 else year,
            int(m.group(1)),
            int(m.group(2)),
        )
    return found


def same(one: Day, other: Day) -> bool:
    """Whether two dates may be the same day; an unsaid year fits every year."""
    return one[1:] == other[1:] and (0 in (one[0], other[0]) or one[0] == other[0])


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1
