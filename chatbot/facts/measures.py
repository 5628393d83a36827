"""The figures that pages give of a measure: what it weighs, holds, how long it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chatbot.units import FIGURE, LENGTH, MASS, NUMBER, TIME, UNIT, UNITS, VOLUME, amount

BESIDE = re.compile(rf"({NUMBER})(?=(?: ?[×x] ?{NUMBER})+[ -]?({UNIT})(?!\w))", re.I)  # 44 × 34
BARE = re.compile(rf"({NUMBER})")
IN_OTHER_UNITS = re.compile(r" ?\([^()]*\)")
OF_WHICH = re.compile(rf"\bin {NUMBER}[ -]?(?:{UNIT})\b", re.I)  # "365 g in 24 oz"
POUNDS = re.compile(rf"({NUMBER}) ?lbs? ({NUMBER}) ?oz\b", re.I)  # one figure, in two units
ALL_OF_IT = re.compile(r"^.*\b(?:together|in all|total|altogether)\b", re.I)
PART = re.compile(r"; ?|\. (?=[A-Z])")


@dataclass(frozen=True)
class Measure:
    """How pages state one: its name there, words right behind the figure, units, options."""

    named: str  # what stands before the figure, a pattern; empty where the unit says enough
    kinds: tuple[str, ...]  # of units
    behind: str = ""  # "407 mm long"
    options: str = ""  # the names of options that are such a measure


MEASURES = {
    "weight": Measure(r"\bweigh(?:t|s)\b", (MASS,), options="weight"),
    "load": Measure(r"\b(?:carr(?:y|ies)|holds?|load|supports?|bears?)\b", (MASS,)),
    "length": Measure(r"\blength\b", (LENGTH,), "long", "length"),
    "cord": Measure(r"\b(?:cables?|cords?|leads?|flex)\b", (LENGTH,), options="cable|cord|lead"),
    "depth": Measure(r"\b(?:depth|waterproof|dives?|diving|submersible)\b", (LENGTH,), "deep"),
    "temperature": Measure("", ("cold",)),
    "height": Measure(r"\bheight\b", (LENGTH,), "tall|high", "height"),
    "width": Measure(r"\bwidth\b", (LENGTH,), "wide", "width"),
    "thickness": Measure(r"\bthickness\b", (LENGTH,), "thick"),
    "size": Measure(
        r"\b(?:size|capacity|dimensions|measurements|measures|folded|footprint|diameters?)\b"
        r"|\d ?[×x] ?\d",
        (LENGTH, VOLUME), "wide|across", "size|diameter|length|height|capacity|volume|weight|bag",
    ),
    "capacity": Measure(
        r"\b(?:capacity|holds|volume|bottle|can|tank)\b", (VOLUME,), options="capacity|volume|size"
    ),
    "duration": Measure(
        r"\b(?:batter(?:y|ies)|runs?|run ?time|lasts?|burns?|play(?:ing)? ?time|glows?|shines?"
        r"|stays?)\b",
        (TIME,),
    ),
    "brightness": Measure("", ("light", "lux")),
    "loudness": Measure("", ("sound",)),
    "warmth": Measure(r"\b(?:comfort|limit|rated|rating|warmth|tog)\b", ("cold", "tog")),
    "power": Measure(r"\b(?:power|motors?|heater|output)\b", ("power",)),
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A figure of a measure: of what kind its unit is, and how much, in the kind's own unit."""

    kind: str
    amount: float


def stated(text: str, measure: str) -> list[Figure]:
    """The figures that a page's sentence gives of a measure; of one that is no known measure
    ("protein") the bare numbers behind its name."""
    return list(_stated(text, measure))


@lru_cache(maxsize=1 << 14)
def _stated(text: str, measure: str) -> tuple[Figure, ...]:
    known = MEASURES.get(measure)
    parts = PART.split(text)
    if known is None:
        return tuple(f for part in parts for f in _counted(part, measure))
    return tuple(f for part in parts for f in _measured(part, known))


def _measured(part: str, known: Measure) -> Iterator[Figure]:
    """The figures behind the measure's name, or those right before the word for it."""
    named = re.search(known.named, part, re.I)
    if named:
        yield from _figures(part[0 if "×" in named.group() else named.start() :], known.kinds)
    elif known.behind:
        before = re.finditer(rf"{FIGURE.pattern} (?:{known.behind})\b", part, re.I)
        yield from (f for m in before for f in _figures(m.group(), known.kinds))


def _figures(text: str, kinds: tuple[str, ...]) -> Iterator[Figure]:
    """The figures of a part, once each: of "1 lb 7 oz (660 g)" one, of "shell 520 g, fleece 540 g,
    together 1,060 g" the last."""
    text = OF_WHICH.sub("", text)
    once = IN_OTHER_UNITS.sub("", text)
    apart = any(UNITS[unit.casefold()][0] in kinds for _number, unit in FIGURE.findall(once))
    text = ALL_OF_IT.sub("", once if apart else text)  # "24 oz (710 ml)" holds 710 ml
    text = POUNDS.sub(lambda m: f"{float(m[1]) * 16 + float(m[2])} oz", text)
    for number, unit in FIGURE.findall(BESIDE.sub(r"\1 \2", text)):
        kind, factor = UNITS[unit.casefold()]
        if kind in kinds:
            yield Figure(kind, amount(number) * factor)


def _counted(part: str, word: str) -> Iterator[Figure]:
    named = re.match(rf"(?:\w+ )?{re.escape(word)}\w*:", part, re.I)
    numbers = BARE.findall(part[named.end() :]) if named else ()
    yield from (Figure(word, amount(n)) for n in numbers)


def of_option(name: str, value: str, measure: str) -> Figure | None:
    """The figure that an option's value is of a measure: "10 m" of the option "Length"."""
    known = MEASURES.get(measure)
    if known is None or not known.options or not re.search(known.options, name, re.I):
        return None
    kinds = (LENGTH, VOLUME, MASS) if measure == "size" else known.kinds
    return max(_figures(value, kinds), key=lambda f: f.amount, default=None)
