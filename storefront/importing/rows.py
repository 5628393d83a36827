"""What the adapters hand to the writer: checked rows, and errors that say where and why."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db.models import Model

MOST_MONEY = Decimal("9999999999.99")  # what the columns of the database hold
MOST_WHOLE = 2**31 - 1


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file."""

    file: str
    line: int
    column: str
    message: str  # what stands there, and what should

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, line {self.line}{column}: {self.message}"


class Problems(list[Problem]):
    """The first problems found, and how many there are: a column gone from a long file is one in
    every line."""

    MOST = 500

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def append(self, problem: Problem) -> None:
        self.total += 1
        if self.total <= self.MOST:
            super().append(problem)


class ImportRefused(Exception):
    """Raised with the problems found; nothing has been imported."""

    def __init__(self, problems: Problems) -> None:
        more = problems.total - len(problems)
        super().__init__(
            "\n".join([*map(str, problems), *([f"… and {more} more."] if more else [])])
        )
        self.problems = problems


@dataclass(frozen=True)
class VariantRow:
    sku: str
    values: tuple[str, ...]
    price: Decimal
    compare_at: Decimal | None
    stock: int
    sells_without_stock: bool
    grams: int | None


@dataclass(frozen=True)
class ProductRow:
    handle: str
    title: str
    body_html: str
    vendor: str
    category: str
    department: str
    tags: tuple[str, ...]
    option_names: tuple[str, ...]
    image_url: str
    image_alt: str
    gift_card: bool
    status: str
    variants: tuple[VariantRow, ...]


@dataclass(frozen=True)
class MarkedRow(ProductRow):
    """A product of which an AI wrote something. A row of its own, so that the digest of every other
    one stays what it was."""

    ai_title: str  # the title itself, where nobody else has named it
    ai_description: str


@dataclass(frozen=True)
class CustomerRow:
    email: str
    first_name: str
    last_name: str
    country: str
    region: str
    tags: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class LineRow:
    name: str
    sku: str
    quantity: int
    price: Decimal
    fulfillment_status: str


@dataclass(frozen=True)
class OrderRow:
    name: str
    email: str
    fields: Mapping[str, Any]  # the columns of storefront.models.Order, by their names there
    lines: tuple[LineRow, ...]


@dataclass(frozen=True)
class ArticleRow:
    slug: str
    title: str
    topic: str
    updated: date | None
    markdown: str
    digest: str


@dataclass
class Line:
    """One line of a CSV file; reading a cell that is wrong notes a problem and goes on."""

    file: str
    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(repr=False)
    places: Mapping[str, int] = field(default_factory=dict)  # lines of cells that have their own

    def text(self, *names: str, most: int | None = None) -> str:
        """The first of these columns that holds something; of at most so many characters."""
        name = next((n for n in names if (self.cells.get(n) or "").strip()), names[0])
        value = (self.cells.get(name) or "").strip()
        if most is not None and len(value) > most:
            told = f'"{value[:20]}…" has {len(value)} characters; shorten it to {most}.'
            self.problem(name, told)
        if "\0" in value:
            self.problem(name, "holds a NUL character; take it out.")
        return value

    def problem(self, column: str, message: str) -> None:
        line = self.places.get(column, self.number)
        self.problems.append(Problem(self.file, line, column, message))

    def required(self, *names: str, most: int | None = None) -> str:
        """The same, noting a problem when all are empty."""
        if not (value := self.text(*names, most=most)):
            self.problem(names[0], "is empty; every row needs one.")
        return value

    def money(self, *names: str) -> Decimal | None:
        """An amount, None when empty: "1,299.00"."""
        value = self.text(*names)
        if not value:
            return None
        try:
            amount = Decimal(value.replace(",", "").lstrip("$€£"))
        except InvalidOperation:
            self.problem(names[0], f'"{value}" is not an amount; write for example 19.00.')
            return Decimal(0)
        if not amount.is_finite() or amount < 0:
            self.problem(names[0], f'"{value}" is no amount of money; write 0 or more.')
            return Decimal(0)
        if amount > MOST_MONEY:
            self.problem(names[0], f'"{value[:40]}" is too much; write {MOST_MONEY} or less.')
            return Decimal(0)
        return amount

    def whole(self, *names: str, least: int = -MOST_WHOLE) -> int | None:
        """A whole number, None when empty."""
        value = self.text(*names)
        if not value:
            return None
        try:
            number = Decimal(value)
            if least <= number <= MOST_WHOLE:
                return int(number)
        except (InvalidOperation, ValueError, OverflowError):
            self.problem(names[0], f'"{value}" is not a whole number; write for example 12.')
            return 0
        told = (
            f"large; write {MOST_WHOLE} or less" if number > 0 else f"small; write {least} or more"
        )
        self.problem(names[0], f'"{value[:40]}" is too {told}.')
        return 0

    def moment(self, *names: str) -> datetime | None:
        """A time with its offset, None when empty: "2026-11-20 18:00:00 -0500"."""
        value = self.text(*names)
        for form in ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z"):
            try:
                return datetime.strptime(value, form)
            except ValueError:
                continue
        if value:
            self.problem(
                names[0], f'"{value}" is not a time; write for example 2026-11-20 18:00:00 -0500.'
            )
        return None

    def day(self, *names: str) -> date | None:
        """A date, None when empty: "2026-11-20"."""
        value = self.text(*names)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.problem(names[0], f'"{value}" is not a date; write for example 2026-11-20.')
            return None


def lines(
    path: Path, problems: list[Problem], delimiter: str = ",", needs: Sequence[str] = ()
) -> Iterator[Line]:
    """The lines of a CSV file with a header, numbered as an editor shows each row's end. Without
    one of the columns it `needs`, each with its other names behind "|", it has none."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file, strict=True, delimiter=delimiter)
        try:
            if _lacks(path, reader.fieldnames or (), needs, problems):
                return
            for cells in reader:
                if None in cells:
                    more = len(cells[None])
                    problems.append(
                        Problem(path.name, reader.line_num, "", f"has {more} cells too many.")
                    )
                    continue
                yield Line(path.name, reader.line_num, cells, problems)
        except (csv.Error, UnicodeDecodeError) as error:
            problems.append(Problem(path.name, reader.line_num, "", f"cannot be read: {error}."))


def _lacks(
    path: Path, columns: Sequence[str], needs: Sequence[str], problems: list[Problem]
) -> bool:
    """Whether a file can't be read for want of a column."""
    if not columns:
        problems.append(Problem(path.name, 1, "", "is empty; its first line has to name columns."))
    missing = [n for n in needs if columns and not {*n.split("|")} & {c.strip() for c in columns}]
    for names in missing:
        told = f"is missing; the first line has to name it ({names.replace('|', ' or ')})."
        problems.append(Problem(path.name, 1, names.split("|")[0], told))
    return bool(missing) or not columns


def longest(model: type[Model]) -> dict[str, int]:
    """How many characters the database keeps of each text."""
    fields = model._meta.concrete_fields
    return {f.name: f.max_length for f in fields if f.max_length}


def digest(value: object) -> str:
    """SHA-256 of a row as Python writes it: the version of what was imported."""
    return hashlib.sha256(repr(value).encode()).hexdigest()
