"""Shopify's product export, both header dialects: rows that share a handle are one product."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from django.utils.text import slugify

from storefront import markup, models

from .goods import Goods
from .rows import Line, Problem, ProductRow, VariantRow, lines, longest

MOST, MOST_SKU = longest(models.Product), longest(models.Variant)["sku"]
STATUSES = frozenset(("active", "draft", "archived", "unlisted"))
NO_OPTIONS = ("Title", "Default Title")  # how Shopify says that a product has none
HANDLE = ("Handle", "URL handle")
QUANTITY = ("Variant Inventory Qty", "Inventory quantity")
TRACKER = ("Variant Inventory Tracker", "Inventory tracker")


def read(path: Path, problems: list[Problem], goods: Goods) -> None:
    """The products of `path` into `goods`; what is wrong goes to `problems`."""
    for group in goods.together(_keyed(path, problems)):
        product = _product(group)
        if not product.variants:
            group[0].problem("Variant Price", f"{product.handle} has no variant with a price.")
        goods.add(product, group[0])


def _keyed(path: Path, problems: list[Problem]) -> Iterator[tuple[str, Line]]:
    """Each line with its product's handle; today's dialect lets new products have only a title."""
    for line in lines(path, problems, needs=("Title",)):
        if handle := _handle(line) or line.required(*HANDLE):
            yield handle, line


def _handle(line: Line) -> str:
    return line.text(*HANDLE) or slugify(line.text("Title"))[: MOST["handle"]]


def _product(group: list[Line]) -> ProductRow:
    first = group[0]
    first.text(*HANDLE, most=MOST["handle"])
    names = _option_names(first)
    status = first.text("Status").lower() or "active"
    if status not in STATUSES:
        first.problem("Status", f'"{status}" is unknown; use {", ".join(sorted(STATUSES))}.')
    published = first.text("Published", "Published on online store").lower()
    hidden = status == "unlisted" or (published == "false" and status == "active")
    return ProductRow(
        handle=_handle(first),
        title=first.required("Title", most=MOST["title"]),
        body_html=markup.clean(first.text("Body (HTML)", "Description")),
        vendor=first.text("Vendor", most=MOST["vendor"]),
        category=first.text("Product Category", "Product category", most=MOST["category"]),
        department=first.text("Type", most=MOST["department"]),
        tags=_tags(first.text("Tags")),
        option_names=names,
        image_url=first.text("Image Src", "Product image URL", most=MOST["image_url"]),
        image_alt=first.text("Image Alt Text", "Image alt text", most=MOST["image_alt"]),
        gift_card=first.text("Gift Card", "Gift card").lower() == "true",
        status="draft" if hidden else status,
        variants=tuple(_variants(group, names)),
    )


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in text.split(",") if tag.strip())


def _option_names(first: Line) -> tuple[str, ...]:
    pairs = [
        (first.text(f"Option{n} Name", f"Option{n} name"), _value(first, n)) for n in (1, 2, 3)
    ]
    return tuple(name for name, value in pairs if name and (name, value) != NO_OPTIONS)


def _value(line: Line, number: int) -> str:
    return line.text(f"Option{number} Value", f"Option{number} value")


def _variants(group: Iterable[Line], names: tuple[str, ...]) -> Iterable[VariantRow]:
    for line in group:
        if line.text("Variant Price", "Price") or line.text("Variant SKU", "SKU"):
            yield _variant(line, names)


def _variant(line: Line, names: tuple[str, ...]) -> VariantRow:
    values = tuple(_value(line, n) for n in range(1, len(names) + 1))
    price = line.money("Variant Price", "Price")
    if price is None:
        line.problem("Variant Price", "is empty; write 0.00 for something free.")
    fallback = _fallback("-".join((_handle(line), *values)).lower())
    return VariantRow(
        sku=line.text("Variant SKU", "SKU", most=MOST_SKU) or fallback,
        values=values,
        price=price or Decimal(0),
        compare_at=line.money("Variant Compare At Price", "Compare-at price"),
        stock=line.whole(*QUANTITY) or 0,
        sells_without_stock=_sells_without_stock(line),
        grams=line.whole("Variant Grams", "Weight value (grams)", least=0),
    )


def _fallback(name: str) -> str:
    """What a version without a SKU is known by; a name too long ends in a number made of it."""
    if len(name) <= MOST_SKU:
        return name
    return f"{name[: MOST_SKU - 13]}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _sells_without_stock(line: Line) -> bool:
    """Whether it can be had at any stock: by its policy, or because nobody counts it."""
    tracker = next((c for c in TRACKER if c in line.cells), None)
    if tracker and not line.text(tracker) and not line.text(*QUANTITY):
        return True
    policy = line.text("Variant Inventory Policy", "Continue selling when out of stock").lower()
    return policy in ("continue", "true")
