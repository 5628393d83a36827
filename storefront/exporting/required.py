"""Whether a feed has what Google requires of every item: what is missing, too long or of another
form. It reads the file as it stands, and knows nothing of who wrote it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from storefront.importing.feed_items import items
from storefront.importing.rows import Line, Problem

MOST = {"id": 50, "title": 150, "description": 5000, "link": 2000, "image_link": 2000, "brand": 70,
        "mpn": 70, "color": 100, "size": 100, "material": 200, "pattern": 100, "product_type": 750,
        "item_group_id": 50, "item_group_title": 150}  # fmt: skip
VALUES = {
    "availability": ("in_stock", "out_of_stock", "preorder", "backorder"),
    "condition": ("new", "refurbished", "used"),
    "identifier_exists": ("yes", "no"),
    "age_group": ("newborn", "infant", "toddler", "kids", "adult"),
    "gender": ("male", "female", "unisex"),
}
NEEDED = ("id", "link", "image_link", "availability", "price")
TOLD = ("title", "description")  # plain, or structured
STRUCTURED = re.compile(r'(trained_algorithmic_media|default):"(.+)"', re.S)
MARK = "trained_algorithmic_media:"
PRICE = re.compile(r"(\d+\.\d\d) [A-Z]{3}")
WEIGHT = re.compile(r"\d+(\.\d+)? (g|kg|oz|lb)")
DRAWING = re.compile(r"\.svg(\?[^#]*)?(#.*)?$", re.I)
VARIES = ("variant_option", "color", "size", "material", "pattern", "age_group", "gender")


@dataclass
class Checked:
    """What came of it."""

    items: int = 0
    valid: int = 0
    marked: int = 0  # texts with the mark of an AI's
    drawn: int = 0  # items whose picture is a drawing (SVG), which Google takes for no photo
    problems: list[Problem] = field(default_factory=list)


def checked(path: Path) -> Checked:
    """Every item of a feed, XML or TSV."""
    found = Checked()
    seen: set[str] = set()
    groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for item in items(path, found.problems):
        faults = [*_faults(item), *_again(item, seen, groups)]
        found.items += 1
        found.valid += not faults
        found.marked += sum(item.text(f"structured_{name}").startswith(MARK) for name in TOLD)
        found.drawn += bool(DRAWING.search(item.text("image_link")))
        for column, told in faults:
            item.problem(column, told)
    return found


def _faults(item: Line) -> Iterator[tuple[str, str]]:
    """(column, what is wrong) of one item."""
    for column in NEEDED:
        if not item.text(column):
            yield column, "is empty; Google requires it."
    for column, most in MOST.items():
        if len(value := item.text(column)) > most:
            yield column, f'"{value[:20]}…" has {len(value)} characters; {most} are allowed.'
    for column, known in VALUES.items():
        if (value := item.text(column)) and value not in known:
            yield column, f'"{value}" is unknown; use {", ".join(known)}.'
    yield from _texts(item)
    yield from _addresses(item)
    yield from _prices(item)
    yield from _identifiers(item)


def _texts(item: Line) -> Iterator[tuple[str, str]]:
    for column in TOLD:
        plain, structured = item.text(column), item.text(f"structured_{column}")
        if not plain and not structured:
            yield column, f"is empty; give one, or a structured_{column}."
        if plain and structured:
            yield column, f"stands beside structured_{column}, whose mark would be lost."
        if not structured:
            continue
        if not (found := STRUCTURED.fullmatch(structured)):
            yield f"structured_{column}", f'"{structured[:40]}" does not tell its source.'
        elif len(found[2]) > MOST[column]:
            told = f"has {len(found[2])} characters; {MOST[column]} are allowed."
            yield f"structured_{column}", told


def _addresses(item: Line) -> Iterator[tuple[str, str]]:
    for column in ("link", "image_link"):
        try:
            parts = urlsplit(item.text(column))
        except ValueError:
            parts = urlsplit("")
        if item.text(column) and not (parts.scheme in ("http", "https") and parts.hostname):
            yield column, f'"{item.text(column)[:60]}" is no address with its host.'


def _prices(item: Line) -> Iterator[tuple[str, str]]:
    amounts = {}
    for column in ("price", "sale_price"):
        if not (value := item.text(column)):
            continue
        found = PRICE.fullmatch(value)
        amounts[column] = Decimal(found[1]) if found else Decimal(0)
        if amounts[column] <= 0:
            yield column, f'"{value}" is no price; write for example 15.00 USD.'
    if amounts.get("sale_price", Decimal(-1)) >= amounts.get("price", Decimal(0)):
        yield "sale_price", "is not below the price."
    if (weight := item.text("shipping_weight")) and not WEIGHT.fullmatch(weight):
        yield "shipping_weight", f'"{weight}" is no weight; write for example 365 g.'
    state = item.text("availability")
    if state in ("preorder", "backorder") and not item.text("availability_date"):
        yield "availability_date", f"is empty; Google requires it with {state}."


def _identifiers(item: Line) -> Iterator[tuple[str, str]]:
    if item.text("identifier_exists") == "no":
        return
    if not item.text("brand"):
        yield "brand", "is empty; say identifier_exists no where there is none."
    if not (item.text("gtin") or item.text("mpn")):
        yield "mpn", "is empty; give it or a gtin, or say identifier_exists no."


def _again(
    item: Line, seen: set[str], groups: dict[str, list[tuple[str, ...]]]
) -> Iterator[tuple[str, str]]:
    """What has to be told apart."""
    if (key := item.text("id")) in seen:
        yield "id", f'"{key}" stands twice.'
    seen.add(key)
    if group := item.text("item_group_id"):
        varies = tuple(item.text(column) for column in VARIES)
        if varies in groups[group]:
            yield "item_group_id", f'"{group}" has two versions that nothing tells apart.'
        groups[group].append(varies)
