"""The languages into which a text can be translated: how each writes numbers and units, and by
which words it denies, limits and promises. What is found is told alike for all, so that a line and
its translation can be compared."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

SOURCE = "en"
_lists: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("tongues.toml").read_text(encoding="utf-8")
)
TRANSLATED = tuple(code for code in _lists if code not in ("units", "before", SOURCE))
LANGUAGES = (SOURCE, *TRANSLATED)
GROUPS = ("denial", "only", "except", "most", "least", "condition")
# Chinese parts no words, so that only Latin letters may not go on there.
UNPARTED = frozenset(("zh-hans",))
SIGN = r"(?:(?<![^\s(])[-−–](?=\d))?"
ALONE = r"(?<![A-WYZa-wyz\d])"  # "20x30" has two numbers, "IPX7" has none
CODE = re.compile(
    r"(?<![A-Za-z\d])(?:(?:[A-Z][A-Za-z]*-?|[a-wyz][A-Za-z]*)\d[A-Za-z\d]*|\d+[A-Z][A-Za-z\d]*)"
    r"(?:-[A-Za-z]*\d[A-Za-z\d]*)*"
)
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
DIGITS = {
    "零": 0,
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}


class Figure(NamedTuple):
    """A number with its unit, or a code ("IPX7") without one."""

    number: str  # with a decimal point, no groups
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".strip()


def plain(text: str) -> str:
    """Compatible forms as one: no-break spaces, wide digits and signs, small raised numbers; digits
    of other scripts as ours."""
    if text.isascii():  # most titles of a shop, of which each line is asked
        return text
    told = unicodedata.normalize("NFKC", text).replace("’", "'")
    return "".join(str(unicodedata.digit(c, c)) for c in told)


class Tongue:
    """One language. Texts are given as `plain` leaves them."""

    def __init__(self, code: str) -> None:
        self.code, self.lists = code, _lists[code]
        self.unparted = code in UNPARTED
        numbers: Mapping[str, list[str]] = self.lists.get("numbers", {})
        self.words = {n: self._any(words) for n, words in numbers.items()}
        self.numerals = re.compile(self.lists.get("numerals", "(?!)"))
        self.duals = {u: self._any(ws) for u, ws in self.lists.get("duals", {}).items()}
        self.dual = self._any([self.lists["dual"]]) if "dual" in self.lists else None
        self.groups = {name: self._any(self.lists[name]) for name in GROUPS}
        loosely = self.lists.get("loosely", {})
        self.loosely = {
            name: self._any(self.lists[name] + loosely.get(name, [])) for name in GROUPS
        }
        self.promises = {name: self._any(ws) for name, ws in self.lists["promises"].items()}
        self.units = self._units(_lists["units"], self.lists["units"])
        self.before = self._units(_lists["before"], self.lists.get("before", {}))
        self.grouped = self._grouped()
        self.figure = re.compile(
            rf"(?:(?P<before>{self._of(self.before)}) ?)?(?P<number>{SIGN}{ALONE}{self._number()})"
            rf"(?:[ -]?(?P<unit>{self._of(self.units)}){self._end})?",
            re.I,
        )

    @property
    def _end(self) -> str:
        return r"(?![A-Za-z])" if self.unparted else r"(?!\w)"

    def _any(self, words: Iterable[str]) -> re.Pattern[str]:
        begin = r"(?<![A-Za-z])" if self.unparted else r"(?<!\w)"
        return re.compile(f"{begin}(?:{'|'.join(words)}){self._end}", re.I)

    @staticmethod
    def _units(*tables: Mapping[str, list[str]]) -> list[tuple[str, str]]:
        """Unit and pattern, longer ones first: "fl oz" before "fl"."""
        pairs = [
            (word, unit) for table in tables for unit, words in table.items() for word in words
        ]
        return [(unit, word) for word, unit in sorted(pairs, key=lambda pair: -len(pair[0]))]

    @staticmethod
    def _of(units: Iterable[tuple[str, str]]) -> str:
        return "|".join(word for _unit, word in units)

    def _number(self) -> str:
        space = r"| (?=\d{3}(?!\d))" if " " in self.lists["groups"] else ""
        return rf"\d+(?:(?:[.,٫٬']{space})\d+)*"

    def _grouped(self) -> re.Pattern[str]:
        groups, point = self.lists["groups"], self.lists["decimal"]
        return re.compile(rf"(\d{{1,3}}(?:([{groups}])\d{{3}})(?:\2\d{{3}})*)(?:[{point}](\d+))?")

    def figures(self, text: str) -> Counter[Figure]:
        """Every number with its unit, and every code, as often as each is told."""
        found = Counter(Figure("2", unit) for unit in self._doubled(text))
        rest = self._in_digits(text)
        for match in self.figure.finditer(rest):
            if match["unit"] or match["before"]:
                found[self._figure(match)] += 1
        rest = self.figure.sub(lambda m: " " if m["unit"] or m["before"] else m[0], rest)
        found.update(Figure(code) for code in CODE.findall(rest))
        rest = CODE.sub(" ", rest)
        found.update(self._figure(match) for match in self.figure.finditer(rest))
        return found

    def _doubled(self, text: str) -> Iterator[str]:
        for unit, pattern in self.duals.items():
            yield from (unit for _one in pattern.finditer(text))

    def _in_digits(self, text: str) -> str:
        for pattern in self.duals.values():
            text = pattern.sub(" ", text)
        for number, pattern in self.words.items():
            text = pattern.sub(number, text)
        return self.numerals.sub(lambda found: str(_counted(found[0])), text)

    def _figure(self, match: re.Match[str]) -> Figure:
        unit = _unit(self.units, match["unit"]) or _unit(self.before, match["before"])
        return Figure(self._value(match["number"]), unit)

    def _value(self, raw: str) -> str:
        """A number as English writes it; what is none, such as a date, as it stands."""
        sign, digits = ("-", raw[1:]) if raw[0] in "-−–" else ("", raw)
        if grouped := self.grouped.fullmatch(digits):
            digits = re.sub(r"\D", "", grouped[1]) + (f".{grouped[3]}" if grouped[3] else "")
        elif re.fullmatch(r"\d+[.,٫]\d+", digits):
            digits = re.sub(r"\D", ".", digits)
        elif not digits.isdecimal() or digits.startswith("00"):
            return sign + re.sub(r"\D", ".", digits)
        return f"{sign}{Decimal(digits).normalize():f}"

    def bounds(self, text: str) -> dict[str, tuple[int, int]]:
        """How often it denies and limits, by group: surely, and at most."""
        told = self._in_digits(text)
        return {
            name: (len(pattern.findall(told)), len(self.loosely[name].findall(told)))
            for name, pattern in self.groups.items()
        }

    def promised(self, text: str) -> dict[str, str]:
        """What it promises or praises, by group, with the first word that does."""
        found = {name: pattern.search(text) for name, pattern in self.promises.items()}
        return {name: match[0] for name, match in found.items() if match}


@cache
def tongue(code: str) -> Tongue:
    """The language of this code: English, or one of TRANSLATED."""
    return Tongue(code)


def _unit(units: Iterable[tuple[str, str]], said: str | None) -> str:
    if not said:
        return ""
    return next(unit for unit, word in units if re.fullmatch(_alone(word), said, re.I))


def _alone(word: str) -> str:
    """The pattern of a unit without what has to follow it."""
    return re.sub(r"\(\?[=!].*\)$", "", word)


def _counted(numerals: str) -> int:
    """A Chinese number: 三百二十 is 320."""
    total, last = 0, 0
    for one in numerals:
        if one == "万":
            total, last = (total + last or 1) * POWERS[one], 0
        elif power := POWERS.get(one):
            total, last = total + (last or 1) * power, 0
        else:
            last = DIGITS[one]
    return total + last
