"""Shopify's product export, both header dialects: rows that share a handle are one product."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from storefront import markup

from .rows import Line, Problem, ProductRow, VariantRow, lines

STATUSES = frozenset(("active", "draft", "archived"))
NO_OPTIONS = ("Title", "Default Title")  # how Shopify says that a product has none
HANDLE = ("Handle", "URL handle")


def read(path: Path, problems: list[Problem]) -> list[ProductRow]:
    """The products of `path`; what is wrong goes to `problems`."""
    found = [line for line in lines(path, problems) if line.required(*HANDLE)]
    found.sort(key=lambda line: line.text(*HANDLE))  # stable: rows keep their order
    groups = [list(g) for _handle, g in groupby(found, key=lambda line: line.text(*HANDLE))]
    products = [_product(group) for group in groups]
    _check_skus(products, groups, problems)
    return products


def _product(group: list[Line]) -> ProductRow:
    first = group[0]
    names = _option_names(first)
    status = first.text("Status").lower() or "active"
    if status not in STATUSES:
        first.problem("Status", f'"{status}" is unknown; use active, draft or archived.')
    published = first.text("Published", "Published on online store").lower()
    return ProductRow(
        handle=first.text(*HANDLE),
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
        status="draft" if published == "false" and status == "active" else status,
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
    fallback = "-".join((line.text(*HANDLE), *values)).lower()
    return VariantRow(
        sku=line.text("Variant SKU", "SKU") or fallback,
        values=values,
        price=price or Decimal(0),
        compare_at=line.money("Variant Compare At Price", "Compare-at price"),
        stock=line.whole("Variant Inventory Qty", "Inventory quantity") or 0,
        sells_without_stock=_sells_without_stock(line),
        grams=line.whole("Variant Grams", "Weight value (grams)"),
    )


def _sells_without_stock(line: Line) -> bool:
    policy = line.text("Variant Inventory Policy", "Continue selling when out of stock").lower()
    return policy in ("continue", "true")


def _check_skus(
    products: list[ProductRow], groups: list[list[Line]], problems: list[Problem]
) -> None:
    """Two variants must not share a SKU: orders could not tell them apart."""
    seen: dict[str, str] = {}
    for product, group in zip(products, groups, strict=True):
        if not product.variants:
            group[0].problem("Variant Price", f"{product.handle} has no variant with a price.")
        for variant in product.variants:
            other = seen.setdefault(variant.sku, product.handle)
            if other != product.handle or [v.sku for v in product.variants].count(variant.sku) > 1:
                problems.append(
                    Problem(group[0].file, group[0].number, "Variant SKU",
                            f'"{variant.sku}" stands twice, for {other} and {product.handle}.')
                )  # fmt: skip
