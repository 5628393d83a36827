"""Plots as plain shapes: the templates draw them as SVG, with the table of the same numbers beside.

A plot is 100 high and 10 wide for each of its places; it is stretched to the room there is, so all
words stand outside of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

from chatbot.figures.cells import shown
from chatbot.figures.report import Figure

HIGH, WIDE, GAP = 100, 10, 1.5
ROUND_TIMES = (10, 20, 60, 120, 240, 600, 1200, 3600, 7200, 14400, 43200, 86400, 172800)  # seconds
Box = tuple[float, float, float, float, int]  # x, y, width, height, number of the series


@dataclass
class Plot:
    """What to draw of a figure."""

    figure: Figure
    places: list[str]  # what each place says when pointed at
    boxes: list[Box] = field(default_factory=list)
    paths: list[tuple[str, int]] = field(default_factory=list)  # outline, number of the series
    top: float = 1.0  # the value at the upper edge
    unit: str = "count"
    series: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return WIDE * len(self.places)

    @property
    def scale(self) -> list[str]:
        """What stands beside the upper edge, the middle and the lower edge."""
        return [shown(self.top * part, self.unit) for part in (1, 0.5, 0)]

    @property
    def ends(self) -> list[str]:
        """What stands below the first, the middle and the last place."""
        rows = self.figure.rows
        unit = next(iter(self.figure.columns.values()))[1]
        picked = (rows[0], rows[len(rows) // 2], rows[-1])
        return [brief(row[0]) if unit == "day" else shown(row[0], unit) for row in picked]

    @property
    def slots(self) -> list[tuple[int, str]]:
        """Where one can point, and what is said there."""
        return [(WIDE * place, text) for place, text in enumerate(self.places)]


def stacked(figure: Figure) -> Plot:
    """All counts of a row upon each other."""
    plot = _plot(figure, max(sum(row[1:]) for row in figure.rows), "count")
    for place, row in enumerate(figure.rows):
        below = 0.0
        for number, value in enumerate(row[1:]):
            plot.boxes += _box(plot, place, (below, value), number)
            below += value
    return plot


def grouped(figure: Figure, first: int = 1, unit: str = "count") -> Plot:
    """The values of a row beside each other, from column `first` on."""
    plot = _plot(figure, _most(figure, first), unit, first)
    for place, row in enumerate(figure.rows):
        parts = len(row) - first
        for number, value in enumerate(row[first:]):
            plot.boxes += _box(plot, place, (0, value or 0), number, parts)
    return plot


def lines(figure: Figure, first: int, unit: str) -> Plot:
    """A line for each column from `first` on; it breaks where nothing is known."""
    plot = _plot(figure, _most(figure, first), unit, first)
    for number in range(len(plot.series)):
        plot.paths.append((_outline(plot, [row[first + number] for row in figure.rows]), number))
    return plot


def _plot(figure: Figure, most: float, unit: str, first: int = 1) -> Plot:
    headings = [str(heading) for heading, _unit in figure.columns.values()]
    places = [", ".join(_told(figure, row)) for row in figure.rows]
    return Plot(figure, places, top=ceiling(most, unit), unit=unit, series=headings[first:])


def _told(figure: Figure, row: Sequence[Any]) -> Iterator[str]:
    """A row in words: its name, then each of its values that says something."""
    (_heading, unit), *others = figure.columns.values()
    yield shown(row[0], unit)
    yield from (
        f"{heading} {shown(value, unit)}"
        for (heading, unit), value in zip(others, row[1:], strict=True)
        if value
    )


def _most(figure: Figure, first: int) -> float:
    return max((value or 0 for row in figure.rows for value in row[first:]), default=0)


def _box(
    plot: Plot, place: int, span: tuple[float, float], number: int, parts: int = 1
) -> list[Box]:
    """The box of a value that stands on another one; none for nothing."""
    below, value = span
    if not value:
        return []
    width = (WIDE - 2 * GAP) / parts
    left = WIDE * place + GAP + (width * number if parts > 1 else 0)
    high = HIGH * value / plot.top
    return [(round(left, 2), round(HIGH - high - HIGH * below / plot.top, 2), round(width, 2),
             round(high, 2), number + 1)]  # fmt: skip


def _outline(plot: Plot, values: Sequence[float | None]) -> str:
    steps, pen = [], "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        x, y = WIDE * place + WIDE / 2, HIGH - HIGH * value / plot.top
        alone = "h0.01" if pen == "M" else ""  # a round end makes a dot of it
        steps.append(f"{pen}{x:.1f} {y:.1f}{alone}")
        pen = "L"
    return "".join(steps)


def ceiling(most: float, unit: str) -> float:
    """The next round number whose half is round as well."""
    if unit == "seconds" and most <= ROUND_TIMES[-1]:
        return next(time for time in ROUND_TIMES if most <= time)
    power = 10.0 ** math.floor(math.log10(max(2, most)))
    return next(step * power for step in (2, 4, 6, 8, 10) if most <= step * power)


def brief(day: date) -> str:
    """A day as short as people write it."""
    return date_format(day, "M j")


def beside(figure: Figure, names: tuple[str, str]) -> dict[str, Any]:
    """Each row as two bars with their intervals, one below the other, and their difference."""
    unit = list(figure.columns.values())[1][1]
    top = max((max(row[3] or 0, row[6] or 0) for row in figure.rows), default=0) or 1.0
    return {"figure": figure, "rows": [_beside(row, names, top, unit) for row in figure.rows]}


def _beside(row: Sequence[Any], names: tuple[str, str], top: float, unit: str) -> dict[str, Any]:
    title, *cells = row
    spans = [_bar(n + 1, name, cells[3 * n : 3 * n + 3], top, unit) for n, name in enumerate(names)]
    value, low, high = cells[6:]
    apart = value is not None and (low > 0 or high < 0)
    return {"title": title, "spans": spans, "apart": apart, "difference": _apart(cells[6:], unit)}


def _bar(
    place: int, name: str, cells: Sequence[float | None], top: float, unit: str
) -> dict[str, Any]:
    ends = [round(min(100.0, 100 * (value or 0) / (top or 1)), 1) for value in cells]
    known = cells[0] is not None
    return {
        "place": place, "title": name, "bar": ends[0], "low": ends[1], "known": known,
        "wide": round(ends[2] - ends[1], 1), "share": shown(cells[0], unit),
        "range": f"{shown(cells[1], unit)} – {shown(cells[2], unit)}" if known else "",
    }  # fmt: skip


def _apart(cells: Sequence[float | None], unit: str) -> str:
    """A difference with its sign and its interval."""
    if cells[0] is None:
        return ""
    value, low, high = (_signed(cell or 0, unit) for cell in cells)
    return f"{value} ({low} … {high})"


def _signed(value: float, unit: str) -> str:
    return f"{'−' if value < 0 else '+'}{shown(abs(value), unit)}"
