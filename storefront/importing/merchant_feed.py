"""Google Merchant Center feeds: RSS 2.0 with g: elements, or tab-separated values.

Attributes: support.google.com/merchants/answer/7052112.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import parse
from django.utils.text import slugify

from storefront import markup

from .rows import Line, Problem, ProductRow, VariantRow, lines

OPTIONS = {"size": "Size", "color": "Color", "material": "Material"}
AVAILABLE = {"in_stock": 1, "out_of_stock": 0, "preorder": 0, "backorder": 0}
PRICE = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*([A-Z]{3})?\s*$")


def read(path: Path, problems: list[Problem]) -> list[ProductRow]:
    """The products of a feed; items that share an item_group_id are variants of one."""
    found = list(_tsv(path, problems) if path.suffix == ".tsv" else _xml(path, problems))
    found = [item for item in found if item.required("id") and item.required("title")]
    found.sort(key=_group)
    return [_product(list(g)) for _key, g in groupby(found, key=_group)]


def _tsv(path: Path, problems: list[Problem]) -> Iterator[Line]:
    yield from lines(path, problems, delimiter="\t")


def _xml(path: Path, problems: list[Problem]) -> Iterator[Line]:
    try:
        items = parse(path).getroot().iter("item")
        for number, item in enumerate(items, 1):
            yield Line(path.name, number, _cells(item), problems)
    except ParseError as error:
        line, _column = error.position
        problems.append(Problem(path.name, line, "", f"is not well-formed XML: {error}."))
    except DefusedXmlException as error:
        problems.append(Problem(path.name, 1, "", f"declares entities, which is refused: {error}."))


def _cells(item: Element) -> Mapping[str, str]:
    """The item's attributes by their names without namespace."""
    return {child.tag.rpartition("}")[2]: child.text or "" for child in item}


def _group(item: Line) -> str:
    return item.text("item_group_id") or item.text("id")


def _product(group: list[Line]) -> ProductRow:
    first = group[0]
    names = [n for n in OPTIONS if len({i.text(n) for i in group}) > 1]
    return ProductRow(
        handle=slugify(first.text("title")) or slugify(_group(first)),
        title=first.text("title"),
        body_html=markup.clean(first.text("description")),
        vendor=first.text("brand"),
        category=first.text("google_product_category"),
        department=first.text("product_type").split(">")[-1].strip(),
        tags=(),
        option_names=tuple(OPTIONS[n] for n in names),
        image_url=first.text("image_link"),
        image_alt="",
        gift_card=False,
        status="active",
        variants=tuple(_variant(item, names) for item in group),
    )


def _variant(item: Line, names: list[str]) -> VariantRow:
    regular, sale = _price(item, "price"), _price(item, "sale_price")
    state = item.text("availability").replace(" ", "_")
    if state not in AVAILABLE:
        item.problem("availability", f'"{state}" is unknown; use {", ".join(AVAILABLE)}.')
    return VariantRow(
        sku=item.text("id"),
        values=tuple(item.text(n) for n in names),
        price=sale or regular or Decimal(0),
        compare_at=regular if sale else None,
        stock=0,
        sells_without_stock=bool(AVAILABLE.get(state)),  # a feed tells no number of pieces
        grams=None,
    )


def _price(item: Line, column: str) -> Decimal | None:
    value = item.text(column)
    if not value:
        return None
    if not (found := PRICE.match(value)):
        item.problem(column, f'"{value}" is not a price; write for example 15.00 USD.')
        return Decimal(0)
    return Decimal(found.group(1).replace(",", "."))
