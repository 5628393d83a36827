"""The tables of a shop's size guide: which figures each row holds, column by column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf

from chatbot.units import UNITS as FACTORS
from storefront import queries

from .own_figures import AUDIENCES, NUMBER, UNITS, Figure, called, number
from .world import World

GUIDE = re.compile(r"\bsiz|\bfit|\bmeasur", re.I)
_UNIT = "|".join(f"(?P<{name}>{said})" for name, said in UNITS.items())
SPAN = re.compile(
    r"(?:(?P<below>up to|under|below|less than|max\.?) |(?P<from>from|over|above|at least) )?"
    rf"(?P<low>{NUMBER})(?: ?(?:–|-|—|to) ?(?P<high>{NUMBER}))?"
    rf" ?(?P<above>\+|(?:and|or) (?:up|over|above|more))?(?: ?(?:{_UNIT}))?(?: ?\([^()]*\))?",
    re.I,
)
EQUAL = re.compile(rf"(?:([A-Z][\w' ]*?) )?({NUMBER}) = ([A-Z][\w' ]*?) ({NUMBER})(?![\w–-])")
IN_NAME = re.compile(rf"(?:\(|\bin |^|, )(?:{_UNIT}|in\.?)\)?$", re.I)
SLACK = 1e-6  # of what is converted


@dataclass(frozen=True)
class Span:
    """What figures a cell holds, in its column's unit."""

    low: float
    high: float
    unit: str

    def holds(self, amount: float) -> bool:
        return self.low - SLACK <= amount <= self.high + SLACK


@dataclass(frozen=True)
class Column:
    """A column of figures."""

    name: str
    called: frozenset[str]  # the measures or systems it is of
    audience: frozenset[str]
    unit: str  # "cm"; empty if none is said
    spans: tuple[Span | None, ...]  # by row

    @property
    def words(self) -> frozenset[str]:
        """The words of its name."""
        return frozenset(re.findall(r"[a-z]{3,}", self.name.casefold()))

    def takes(self, figure: Figure) -> bool:
        """Whether a figure is of a unit that can be compared with its own."""
        return self._amount(figure) is not None

    def spans_over(self, figure: Figure) -> bool:
        """Whether a figure lies between the least and the most that stands in it."""
        amount, known = self._amount(figure), [span for span in self.spans if span]
        most = Span(min(s.low for s in known), max(s.high for s in known), self.unit)
        return amount is not None and most.holds(amount)

    def rows(self, figure: Figure) -> list[int]:
        """The rows that hold a figure: one, or two that touch; none where it is of another unit."""
        amount = self._amount(figure)
        held = [i for i, s in enumerate(self.spans) if s and amount is not None and s.holds(amount)]
        return held if len(held) < 2 or held[1:] == [held[0] + 1] else []

    def between(self, figure: Figure) -> list[int]:
        """The two rows between which a figure lies."""
        amount = self._amount(figure)
        for i, (one, other) in enumerate(zip(self.spans, self.spans[1:], strict=False)):
            if amount is not None and one and other and one.high < amount < other.low:
                return [i, i + 1]
        return []

    def _amount(self, figure: Figure) -> float | None:
        """A figure in this column's unit; nothing where the two are of different kinds."""
        if not figure.unit or figure.unit == self.unit:
            return figure.amount
        (kind, factor), (own, by) = FACTORS[figure.unit], FACTORS.get(self.unit, ("", 1))
        return figure.amount * factor / by if kind == own else None


@dataclass(frozen=True)
class Table:
    """A table of a size guide."""

    called: str  # how article and section are called
    audience: frozenset[str]
    rows: tuple[tuple[int, queries.Row], ...]  # each with the place of its passage
    columns: tuple[Column, ...]


def tables(world: World) -> Iterator[Table]:
    """The tables of the articles and sections on sizes, with some column of figures."""
    on_sizes = ((i, p) for i, p in enumerate(world.passages) if _on_sizes(p))
    some = [(i, p, row) for i, p in on_sizes for row in (p.rows or _equations(p.text))]
    for _key, own in groupby(some, key=lambda one: _table(one[1], one[2])):
        table = _of(list(own))
        if table.columns:
            yield table


def _on_sizes(passage: queries.Passage) -> bool:
    named = (passage.article, passage.topic, passage.title, passage.heading)
    return any(GUIDE.search(name) for name in named)


def _equations(text: str) -> Iterator[queries.Row]:
    """What a sentence says is equal, as rows: "US men's 8 = EU 41, 9 = EU 42"."""
    name = ""
    for own, size, other, same in EQUAL.findall(text):
        name = own or name
        yield queries.Row(text, ((name, size), (other, same)))


def _table(passage: queries.Passage, row: queries.Row) -> tuple[str, ...]:
    return passage.article, passage.heading, *(name for name, _value in row.cells)


def _of(rows: Sequence[tuple[int, queries.Passage, queries.Row]]) -> Table:
    first, names = rows[0][1], [name for name, _value in rows[0][2].cells]
    cells = zip(*([value for _name, value in row.cells] for _i, _p, row in rows), strict=False)
    columns = (_column(name, values) for name, values in zip(names, cells, strict=False))
    section = f"{first.title} {first.heading}"
    return Table(
        section, called(first.heading, AUDIENCES) or called(first.title, AUDIENCES),
        tuple((i, row) for i, _passage, row in rows), tuple(c for c in columns if c is not None),
    )  # fmt: skip


def _column(name: str, values: Sequence[str]) -> Column | None:
    """A column most of whose cells hold figures, all of one unit."""
    spans = tuple(map(_span, values))
    known = [span for span in spans if span]
    units = {span.unit for span in known} - {""} or {_unit_of(IN_NAME.search(name))}
    if len(known) < 2 or len(known) * 2 < len(spans) or len(units) > 1:
        return None
    return Column(name, called(name), called(name, AUDIENCES), units.pop(), spans)


def _span(value: str) -> Span | None:
    found = SPAN.fullmatch(value.strip())
    if not found:
        return None
    low, high = number(found["low"]), number(found["high"] or found["low"])
    if found["below"]:
        low = 0.0
    if found["above"] or found["from"]:
        high = inf
    return Span(low, high, _unit_of(found)) if low <= high else None


def _unit_of(found: re.Match[str] | None) -> str:
    """The unit that is named; "in." where none of the others is."""
    if found is None:
        return ""
    unit = next((name for name in UNITS if found[name]), "")
    return unit or ("in" if found.re is IN_NAME else "")
