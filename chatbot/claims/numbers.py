"""Amounts, percentages and counts, however they are written."""

from __future__ import annotations

import re
from decimal import Decimal

WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fourteen": "14",
    "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60",
    "seventy": "70", "eighty": "80", "ninety": "90", "hundred": "100", "thirteen": "13",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
SPELT = rf"(?:an? )?(?:{'|'.join(WORDS)})(?:[ -](?:{'|'.join(WORDS)}))*"
CURRENCY = r"(?:US\$|[$€£¥]|(?:USD|EUR|GBP|CAD)\s?)"
UNIT = r"(?:dollars?|bucks|euros?|USD|EUR|GBP|CAD|[€£])"
MONEY = re.compile(rf"{CURRENCY}\s?({NUMBER})|(?<![\w.-])({NUMBER}|{SPELT})\s?{UNIT}(?!\w)", re.I)
PERCENT = re.compile(rf"({NUMBER}|\b{SPELT})\s?(?:%|percent\b|per cent\b)", re.I)
MEASURE = re.compile(
    rf"(?<![\w.,$€£#-])({NUMBER})\s?(?:(?:–|-|\bto\b|\band\b|\bor\b)\s?({NUMBER}))?\s*-?\s*"
    r"((?:business |working |calendar )?(?:minutes?|hours?|days?|weeks?|months?|years?)"
    r"|left\b(?! us| our| the| on)"
    r"|pieces?|items?|pounds?|ounces?|feet|foot|ft|yards?|quarts?|mm|cm|m|km|g|kg|mg|oz|lb"
    r"|lbs|ml|l|liters?|litres?|inch(?:es)?|lumens?"
    r"|watts?|w|mah|wh|hz|points?|°\s?[cf]|degrees)(?!\w)",
    re.I,
)
RANGE = re.compile(rf"(?<![\w.,$€£-])({NUMBER})\s?(?:[–-]|\bto\b)\s?({NUMBER})(?![\w-])", re.I)
COUNT = re.compile(rf"(?<![\w.,])(?:{NUMBER})(?!\w)|\b(?:{'|'.join(WORDS)})\b", re.I)
WORD_MEASURE = re.compile(
    rf"\b({'|'.join(WORDS)})[\s-]+((?:business |working |calendar )?(?:minutes?|hours?"
    rf"|days?|weeks?|months?"
    r"|years?|left\b(?! us| our| the| on)|pieces?|items?|inch(?:es)?|pounds?|ounces?|feet"
    r"|foot|ft))",
    re.I,
)


def value(text: str) -> Decimal:
    """The number behind "1,299.00", "42", "18,50" or "twenty-five"."""
    if text[0].isalpha():
        return _spelt(text)
    if re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")  # a decimal comma
    return Decimal(text.replace(",", "")).normalize()


def _spelt(text: str) -> Decimal:
    number = 0
    for word in re.findall("[a-z]+", text.lower()):
        known = int(WORDS.get(word, "0"))  # "a hundred": the article counts nothing
        number = max(number, 1) * known if known == 100 else number + known
    return Decimal(number).normalize()


def amounts(pattern: re.Pattern[str], text: str) -> dict[str, Decimal]:
    """Each stretch of `text` that `pattern` finds, with its number."""
    return {
        m.group().strip(): value(next(g for g in m.groups() if g)) for m in pattern.finditer(text)
    }


def counts(text: str) -> set[Decimal]:
    """Every number of a text, in figures or in words."""
    return {value(m.group()) for m in COUNT.finditer(text)}


def ranges(text: str) -> set[tuple[Decimal, Decimal]]:
    """Every range of a text: "3–5", "10 to 12"."""
    return {(value(m.group(1)), value(m.group(2))) for m in RANGE.finditer(text)}


def measures(text: str) -> dict[str, tuple[frozenset[Decimal], str]]:
    """Each count or measurement with its numbers and its unit without plural."""
    found = {}
    for m in MEASURE.finditer(text):
        numbers = frozenset(value(g) for g in m.groups()[:2] if g)
        found[m.group().strip()] = (numbers, _unit(m.group(3)))
    for m in WORD_MEASURE.finditer(text):
        number = value(m.group(1))
        found[m.group().strip()] = (frozenset((number,)), _unit(m.group(2)))
    return found


UNITS = {
    "inches": "inch",
    "lbs": "pound",
    "lb": "pound",
    "oz": "ounce",
    "feet": "foot",
    "ft": "foot",
}


def _unit(text: str) -> str:
    unit = re.sub(r"\s+", " ", text.casefold()).replace("working", "business").strip()
    return UNITS.get(unit, unit if len(unit) < 3 else unit.removesuffix("s"))
