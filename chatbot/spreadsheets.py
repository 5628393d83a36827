"""Tables that leave as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for one


class _Echo:
    """What a CSV writer writes to: it gives every line back."""

    def write(self, line: str) -> str:
        return line


def written(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Rows as lines of CSV."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow(map(harmless, row))


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
