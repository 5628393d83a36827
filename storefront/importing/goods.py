"""Products on their way into the shop, kept on disk: an import takes as much memory for fifty
thousand as for five hundred. The file has no name, and is gone when the import is."""

from __future__ import annotations

import json
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from .rows import Line, Problem, ProductRow, digest

MOST_WARNINGS = 20
LONGEST_HANDLE = 200

TABLES = """
CREATE TABLE line (part TEXT, number INTEGER, at TEXT, cells TEXT);
CREATE TABLE product (handle TEXT PRIMARY KEY, digest TEXT, due INTEGER, row BLOB) WITHOUT ROWID;
CREATE TABLE sku (sku TEXT PRIMARY KEY, handle TEXT) WITHOUT ROWID;
"""


class Goods:
    """What the files of a folder hold: lines, put together by what they belong to; then products,
    checked, in the order of their handles."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.executescript(TABLES)
        self._file.execute("BEGIN")
        self.warnings: list[str] = []

    def warn(self, line: Line, column: str, message: str) -> None:
        """Something that is no reason to refuse a file; the first few are told."""
        if len(self.warnings) < MOST_WARNINGS:
            at = line.places.get(column, line.number)
            self.warnings.append(str(Problem(line.file, at, column, message)))

    def together(self, lines: Iterable[tuple[str, Line]]) -> Iterator[list[Line]]:
        """Lines that share a key, wherever in the file they stand, in the order of the keys."""
        self._file.execute("DELETE FROM line")
        made: Line | None = None
        for key, made in lines:
            packed = (json.dumps(made.places), json.dumps(made.cells))
            self._file.execute("INSERT INTO line VALUES (?, ?, ?, ?)", (key, made.number, *packed))
        rows = self._file.execute("SELECT * FROM line ORDER BY part, rowid")
        for _key, some in groupby(rows, key=lambda row: row[0]):
            if made is not None:
                yield [
                    Line(made.file, number, json.loads(cells), made.problems, json.loads(places))
                    for _part, number, places, cells in some
                ]

    def free(self, handle: str, *others: str) -> str:
        """`handle`, or with the first of the `others` behind it that no product has already."""
        longer = [f"{handle[: LONGEST_HANDLE - 1 - len(other)]}-{other}" for other in others]
        taken = self.has([handle, *longer])
        return next((name for name in (handle, *longer) if name not in taken), handle)

    def add(self, row: ProductRow, first: Line) -> None:
        """One product more. A handle or SKU that stands twice is a problem: orders could not tell
        the two apart."""
        if self.has([row.handle]):
            first.problem("Handle", f'"{row.handle}" is another product\'s already; rename one.')
        for version in row.variants:
            other = self._claimed(version.sku, row.handle)
            if other is not None:
                told = f'"{version.sku}" stands twice, for {other} and {row.handle}.'
                first.problem("Variant SKU", told)
        self._file.execute(
            "INSERT OR REPLACE INTO product VALUES (?, ?, 1, ?)",
            (row.handle, digest(row), pickle.dumps(row)),
        )

    def _claimed(self, sku: str, handle: str) -> str | None:
        """Whose a SKU is already."""
        taken = self._file.execute("SELECT handle FROM sku WHERE sku = ?", (sku,)).fetchone()
        if taken is None:
            self._file.execute("INSERT INTO sku VALUES (?, ?)", (sku, handle))
        return str(taken[0]) if taken else None

    def has(self, handles: Iterable[str]) -> set[str]:
        """Those of the handles that are among the products."""
        ask = "SELECT handle FROM product WHERE handle = ?"
        rows = (self._file.execute(ask, (handle,)).fetchone() for handle in handles)
        return {row[0] for row in rows if row}

    def versions(self, many: int) -> Iterator[dict[str, str]]:
        """Digests by handle, so many at a time."""
        rows = self._file.execute("SELECT handle, digest FROM product")
        while some := rows.fetchmany(many):
            yield dict(some)

    def leave(self, handles: Iterable[str]) -> None:
        """These are in the shop as they stand here."""
        self._file.executemany(
            "UPDATE product SET due = 0 WHERE handle = ?", ((handle,) for handle in handles)
        )

    def __len__(self) -> int:
        """How many are to be stored."""
        return int(self._file.execute("SELECT COUNT(*) FROM product WHERE due").fetchone()[0])

    def __iter__(self) -> Iterator[tuple[ProductRow, str]]:
        """Each product that is to be stored, with its digest."""
        rows = self._file.execute("SELECT row, digest FROM product WHERE due ORDER BY handle")
        for packed, version in rows:
            yield pickle.loads(packed), version  # noqa: S301 - written by `add`, readable by nobody else
