"""Shopify's product export, both header dialects: rows that share a handle are one product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from django.utils.text import slugify

from storefront import markup

from .goods import Goods
from .rows import Line, Problem, ProductRow, VariantRow, lines

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
    return line.text(*HANDLE) or slugify(line.text("Title"))


def _product(group: list[Line]) -> ProductRow:
    first = group[0]
    names = _option_names(first)
    status = first.text("Status").lower() or "active"
    if status not in STATUSES:
        first.problem("Status", f'"{status}" is unknown; use {", ".join(sorted(STATUSES))}.')
    published = first.text("Published", "Published on online store").lower()
    hidden = status == "unlisted" or (published == "false" and status == "active")
    return ProductRow(
        handle=_handle(first),
        title=first.required("Title"),
        body_html=markup.clean(first.text("Body (HTML)", "Description")),
        vendor=first.text("Vendor"),
        category=first.text("Product Category", "Product category"),
        department=first.text("Type"),
        tags=_tags(first.text("Tags")),
        option_names=names,
        image_url=first.text("Image Src", "Product image URL"),
        image_alt=first.text("Image Alt Text", "Image alt text"),
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
    fallback = "-".join((_handle(line), *values)).lower()
    return VariantRow(
        sku=line.text("Variant SKU", "SKU") or fallback,
        values=values,
        price=price or Decimal(0),
        compare_at=line.money("Variant Compare At Price", "Compare-at price"),
        stock=line.whole(*QUANTITY) or 0,
        sells_without_stock=_sells_without_stock(line),
        grams=line.whole("Variant Grams", "Weight value (grams)"),
    )


def _sells_without_stock(line: Line) -> bool:
    """Whether it can be had at any stock: by its policy, or because nobody counts it."""
    tracker = next((c for c in TRACKER if c in line.cells), None)
    if tracker and not line.text(tracker) and not line.text(*QUANTITY):
        return True
    policy = line.text("Variant Inventory Policy", "Continue selling when out of stock").lower()
    return policy in ("continue", "true")
