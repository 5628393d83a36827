"""Google Merchant Center feeds: RSS 2.0 with g: elements, or tab-separated values.

Attributes: support.google.com/merchants/answer/7052112. What Google asks for and this shop can do
without (link, image_link, description, the date of a preorder) is warned of; the rest is a problem.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.text import slugify

from storefront import markup, models
from storefront.clock import now

from .feed_items import items
from .goods import LONGEST_HANDLE, Goods
from .rows import Line, Problem, ProductRow, VariantRow, longest

OPTIONS = {
    "size": "Size", "color": "Color", "material": "Material", "pattern": "Pattern",
    "age_group": "Age group", "gender": "Gender",
}  # fmt: skip
AVAILABLE = {"in_stock": True, "out_of_stock": False, "preorder": False, "backorder": False}
LONGEST = {"id": 50, "item_group_id": 50, "title": 150, "description": 5000, "brand": 70}
CONDITIONS = ("new", "refurbished", "used")
SOURCES = ("trained_algorithmic_media", "default")
STRUCTURED = re.compile(r'^\s*(\w+)\s*:\s*"?(.*?)"?\s*$', re.S)
PRICE = re.compile(r"^\s*(\d{1,10}(?:[.,]\d{1,2})?)\s*([A-Z]{3})\s*$")
MOST_OPTIONS = 3
MOST_LINK = longest(models.Product)["image_url"]


def read(path: Path, problems: list[Problem], goods: Goods, currency: str) -> None:
    """The products of a feed into `goods`; items of one item_group_id are variants of one."""
    keyed = ((_group(item), item) for item in items(path, problems) if item.required("id"))
    for group in goods.together(keyed):
        for item in group:
            _check(item, goods)
        goods.add(_product(group, goods, currency), group[0])


def _group(item: Line) -> str:
    return item.text("item_group_id") or item.text("id")


def _check(item: Line, goods: Goods) -> None:
    """What Google's own rules say of an item."""
    for column, most in LONGEST.items():
        if len(value := item.text(column)) > most:
            told = f'"{value[:20]}…" has {len(value)} characters; {most} are allowed.'
            item.problem(column, told)
    condition = item.text("condition").lower() or "new"
    if condition not in CONDITIONS:
        item.problem("condition", f'"{condition}" is unknown; use {", ".join(CONDITIONS)}.')
    if not (item.text("description") or item.text("structured_description")):
        goods.warn(item, "description", "is empty; Google asks for it.")
    if _state(item) in ("preorder", "backorder") and not item.text("availability_date"):
        goods.warn(item, "availability_date", f"is empty; Google asks for it with {_state(item)}.")
    _check_addresses(item, goods)


def _check_addresses(item: Line, goods: Goods) -> None:
    for column in ("link", "image_link"):
        value = item.text(column)
        if value and not _address(value):
            item.problem(column, f'"{value[:60]}" is no address; it has to begin with https://.')
        elif not value:
            goods.warn(item, column, "is empty; Google asks for it.")


def _address(value: str) -> bool:
    """Whether it is an address of the web; "http://[a" is none."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.netloc)


def _state(item: Line) -> str:
    return item.text("availability").lower().replace(" ", "_")


def _product(group: list[Line], goods: Goods, currency: str) -> ProductRow:
    first, key = group[0], _group(group[0])
    names = [n for n in OPTIONS if len({i.text(n) for i in group}) > 1][:MOST_OPTIONS]
    title = _told(first, "title")
    if not title:
        first.problem("title", "is empty; every item needs one, or a structured_title.")
    return ProductRow(
        handle=_handle(title, key, goods),
        title=title,
        body_html=markup.clean(_told(first, "description")),
        vendor=first.text("brand"),
        category=first.text("google_product_category")[:255],
        department=first.text("product_type").split(">")[-1].strip()[:255],
        tags=(),
        option_names=tuple(OPTIONS[n] for n in names),
        image_url=first.text("image_link", most=MOST_LINK),
        image_alt="",
        gift_card=False,
        status="active",
        variants=tuple(_variant(item, names, currency) for item in group),
    )


def _handle(title: str, key: str, goods: Goods) -> str:
    """From the title, else the id; letters that no address has leave a number made of the id."""
    number = hashlib.sha256(key.encode()).hexdigest()[:12]
    others = [other for other in (slugify(key), number) if other]
    return goods.free((slugify(title) or others[0])[:LONGEST_HANDLE], *others)


def _told(item: Line, column: str) -> str:
    """A text, or its structured form, which tells who wrote it; the plain one wins."""
    if plain := item.text(column):
        return plain
    column = f"structured_{column}"
    if not (value := item.text(column)):
        return ""
    found = STRUCTURED.match(value)
    if not found or found.group(1) not in SOURCES:
        told = f'"{value[:60]}" does not tell its source; write for example {SOURCES[0]}:"text".'
        item.problem(column, told)
        return ""
    return found.group(2)


def _variant(item: Line, names: list[str], currency: str) -> VariantRow:
    regular, sale = _price(item, "price", currency), _price(item, "sale_price", currency)
    if regular is None:
        item.problem("price", "is empty; write for example 15.00 USD.")
    if not _on_now(item):
        sale = None
    state = _state(item)
    if state not in AVAILABLE:
        item.problem("availability", f'"{state}" is unknown; use {", ".join(AVAILABLE)}.')
    return VariantRow(
        sku=item.text("id"),
        values=tuple(item.text(n) for n in names),
        price=regular or Decimal(0) if sale is None else sale,
        compare_at=None if sale is None else regular,
        stock=0,
        sells_without_stock=AVAILABLE.get(state, False),  # a feed tells no number of pieces
        grams=None,
    )


def _price(item: Line, column: str, currency: str) -> Decimal | None:
    value = item.text(column)
    if not value:
        return None
    if not (found := PRICE.match(value)):
        item.problem(column, f'"{value}" is not a price; write for example 15.00 {currency}.')
        return Decimal(0)
    if found.group(2) != currency:
        told = (
            f'"{value}" is not in {currency}, the currency of the shop; shop.toml can set another.'
        )
        item.problem(column, told)
    return Decimal(found.group(1).replace(",", "."))


def _on_now(item: Line) -> bool:
    """Whether the sale price holds today; without dates it always does."""
    value = item.text("sale_price_effective_date")
    if not value:
        return True
    try:
        begins, ends = (_moment(part) for part in value.split("/"))
    except ValueError:
        told = (
            f'"{value}" is no span; write for example 2026-11-20T00:00-0500/2026-11-30T23:59-0500.'
        )
        item.problem("sale_price_effective_date", told)
        return False
    return begins <= now() <= ends


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
