"""Values as facts write them, in English, said in a shopper's language.

What a fact holds is on record as it was found, so days, moments and amounts are read back from
their one written form; what is in another form stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, parse_decimal

from .texts import RIGHT_TO_LEFT

DAY = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")  # "November 23, 2026"
MOMENT = re.compile(  # "Monday, November 23 at 9:00 AM EST"
    r"(?P<weekday>[A-Z][a-z]+), (?P<day>[A-Z][a-z]+ \d{1,2})"
    r" at (?P<clock>\d+:\d\d [AP]M)(?P<zone> .+)?"
)
AMOUNT = re.compile(r"(?P<symbol>[^\d\s.,-]+)\s?(?P<number>\d[\d,]*(?:\.\d+)?)")  # "$1,049.00"
YEARS = range(2024, 2052)  # every day has every weekday in one of them
FIRST_STRONG, POP = "\u2068", "\u2069"
MARKS = "\u200e\u200f"  # of direction, as Babel sets them


def said(values: Mapping[str, str], language: str) -> dict[str, str]:
    """The values for a text in `language`; in one that is written from the right, each stands
    apart, so that no number changes places with what is around it."""
    return {name: apart(one(value, language), language) for name, value in values.items()}


def apart(value: str, language: str) -> str:
    """A value as it stands within a text of `language`."""
    isolated = value and language in RIGHT_TO_LEFT
    return f"{FIRST_STRONG}{value}{POP}" if isolated else value


def one(value: str, language: str) -> str:
    """A day, a moment or an amount in `language`; anything else as it is."""
    if language == "en":
        return value
    locale = _locale(language)
    if DAY.fullmatch(value):
        return str(format_date(_day(value), "long", locale=locale))
    if found := MOMENT.fullmatch(value):
        return _moment(found, locale)
    if (found := AMOUNT.fullmatch(value)) and (currency := _currencies().get(found["symbol"])):
        number = parse_decimal(found["number"], locale="en_US")
        told = str(format_currency(number, currency, locale=locale))
        return told.strip(MARKS)  # it stands apart as a whole
    return value


def _day(value: str) -> date:
    return datetime.strptime(value, "%B %d, %Y").date()


def _moment(found: re.Match[str], locale: Locale) -> str:
    """The year is not told, so any serves in which the day has its weekday."""
    days = (_in(found["day"], year) for year in YEARS)
    day = next((d for d in days if d and f"{d:%A}" == found["weekday"]), None)
    if day is None:
        return found[0]
    clock = datetime.strptime(found["clock"], "%I:%M %p").time()
    told = format_time(clock, "short", locale=locale) + (found["zone"] or "")
    on = format_datetime(datetime.combine(day, clock), _pattern(locale), locale=locale)
    return str(locale.datetime_formats["medium"]).format(told, on)


def _in(day: str, year: int) -> date | None:
    try:
        return _day(f"{day}, {year}")
    except ValueError:  # the 29th of February
        return None


def _pattern(locale: Locale) -> str:
    """Weekday, day and month, as the language writes them."""
    known = locale.datetime_skeletons
    pattern = str((known.get("MMMMEd") or known["MMMEd"]).pattern)
    return re.sub(r"M{3,}", "MMMM", re.sub(r"[Ec]+", "EEEE", pattern))


@cache
def _currencies() -> dict[str, str]:
    """Codes by the symbols that stand in English amounts."""
    english = Locale("en", "US")
    codes = {str(code): str(code) for code in english.currencies}
    return codes | {str(symbol): str(code) for code, symbol in english.currency_symbols.items()}


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
