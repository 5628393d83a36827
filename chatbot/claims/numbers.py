"""Amounts, percentages and counts, however they are written."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
CURRENCY = r"(?:US\$|[$€£¥]|(?:USD|EUR|GBP|CAD)\s?)"
UNIT = r"(?:dollars?|bucks|euros?|pounds?|USD|EUR|GBP|CAD|[€£])"
MONEY = re.compile(rf"{CURRENCY}\s?({NUMBER})|(?<![\w.])({NUMBER})\s?{UNIT}(?!\w)", re.I)
PERCENT = re.compile(rf"({NUMBER})\s?(?:%|percent\b|per cent\b)", re.I)
MEASURE = re.compile(
    rf"(?<![\w.,$€£#-])({NUMBER})\s?(?:–|-|to)?\s?({NUMBER})?\s*-?\s*"
    r"((?:business |working |calendar )?(?:minutes?|hours?|days?|weeks?|months?|years?)|left\b"
    r"|pieces?|items?|mm|cm|m\b|km|g\b|kg|mg|oz|lb|lbs|ml|l\b|liters?|litres?|inch(?:es)?|lumens?"
    r"|watts?|w\b|mah|wh|hz|points?|°\s?[cf]|degrees)",
    re.I,
)
WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "twelve": "12", "fourteen": "14", "thirty": "30",
}  # fmt: skip
WORD_MEASURE = re.compile(
    rf"\b({'|'.join(WORDS)})\s+((?:business |working )?(?:hours?|days?|weeks?|months?|years?))",
    re.I,
)


def value(text: str) -> Decimal:
    """The number behind "1,299.00", "42" or "18,50"."""
    if re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")  # a decimal comma
    return Decimal(text.replace(",", "")).normalize()


def amounts(pattern: re.Pattern[str], text: str) -> dict[str, Decimal]:
    """Each stretch of `text` that `pattern` finds, with its number."""
    return {
        m.group().strip(): value(next(g for g in m.groups() if g)) for m in pattern.finditer(text)
    }


def measures(text: str) -> dict[str, tuple[frozenset[Decimal], str]]:
    """Each count or measurement with its numbers and its unit without plural."""
    found = {}
    for m in MEASURE.finditer(text):
        numbers = frozenset(value(g) for g in m.groups()[:2] if g)
        found[m.group().strip()] = (numbers, _unit(m.group(3)))
    for m in WORD_MEASURE.finditer(text):
        number = value(WORDS[m.group(1).lower()])
        found[m.group().strip()] = (frozenset((number,)), _unit(m.group(2)))
    return found


def _unit(text: str) -> str:
    unit = re.sub(r"\s+", " ", text.casefold()).replace("working", "business").strip()
    return unit if len(unit) < 3 else unit.removesuffix("s")
