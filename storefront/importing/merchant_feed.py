"""Google Merchant Center feeds: RSS 2.0 with g: elements, or tab-separated values.

Attributes: support.google.com/merchants/answer/7052112. What Google asks for and this shop can do
without (link, image_link, description, the date of a preorder) is warned of; the rest is a problem.
What is marked as an AI's comes in as that (`MarkedRow`), and never as what the shop says.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.text import slugify

from storefront import markup, models
from storefront.clock import now

from .feed_items import items
from .goods import LONGEST_HANDLE, Goods
from .rows import Line, MarkedRow, Problem, ProductRow, VariantRow, longest

OPTIONS = {
    "size": "Size", "color": "Color", "material": "Material", "pattern": "Pattern",
    "age_group": "Age group", "gender": "Gender",
}  # fmt: skip
AVAILABLE = {"in_stock": True, "out_of_stock": False, "preorder": False, "backorder": False}
LONGEST = {"id": 50, "item_group_id": 50, "item_group_title": 150, "title": 150,
           "description": 5000, "brand": 70}  # fmt: skip
CONDITIONS = ("new", "refurbished", "used")
BY_AI = "trained_algorithmic_media"
SOURCES = (BY_AI, "default")
STRUCTURED = re.compile(r'^\s*(\w+)\s*:\s*"?(.*?)"?\s*$', re.S)
PRICE = re.compile(r"^\s*(\d{1,10}(?:[.,]\d{1,2})?)\s*([A-Z]{3})\s*$")
MOST_OPTIONS = 3
MOST_LINK = longest(models.Product)["image_url"]
QUOTED = r'"((?:[^"]|"")*)"'
OPTION = re.compile(rf'(?:{QUOTED}|([^,:"]+)):(?:{QUOTED}|([^,"]+))(?:,|$)')
WEIGHT = re.compile(r"^(\d{1,7}(?:\.\d+)?)\s*(g|kg|oz|lb)$")
GRAMS = {unit: Decimal(n) for unit, n in
         {"g": "1", "kg": "1000", "oz": "28.349523125", "lb": "453.59237"}.items()}  # fmt: skip
OWN_PAGE = re.compile(r"/products/([^/]+)/$")  # of a shop like this one, with ?version=
DRAWING = re.compile(r"/storefront/drawings(\.\w+)?\.svg$")  # which it shows for want of a photo


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
    names, values = _options(group)
    title, ai_title = _title(first, values[0])
    if not title:
        first.problem("title", "is empty; every item needs one, or a structured_title.")
    said, by_ai = _told(first, "description")
    row = ProductRow(
        handle=_handle(title, first, key, goods),
        title=title,
        body_html="" if by_ai else markup.clean(said),
        vendor=first.text("brand"),
        category=first.text("google_product_category")[:255],
        department=first.text("product_type").split(">")[-1].strip()[:255],
        tags=(),
        option_names=names,
        image_url=_image(first),
        image_alt="",
        gift_card=False,
        status="active",
        variants=tuple(_variant(i, own, currency) for i, own in zip(group, values, strict=True)),
    )
    description = said if by_ai else ""
    if not (ai_title or description):
        return row
    return MarkedRow(**vars(row), ai_title=ai_title, ai_description=description)


def _title(first: Line, values: tuple[str, ...]) -> tuple[str, str]:
    """How the shop calls a product, and how an AI does. A version's name is no part of either."""
    told, by_ai = _told(first, "title")
    bare = told.removesuffix(f" – {' / '.join(values)}") or told
    own = first.text("item_group_title") or bare
    return own, bare if by_ai else ""


def _options(group: list[Line]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The names of the options, and the values of each item: as variant_option says, or else by
    those of Google's attributes in which the items differ."""
    said = [_variant_options(item) for item in group]
    names = tuple(said[0])[:MOST_OPTIONS]
    if names and all(tuple(one) == tuple(said[0]) for one in said):
        return names, [tuple(one[name] for name in names) for one in said]
    known = [n for n in OPTIONS if len({i.text(n) for i in group}) > 1][:MOST_OPTIONS]
    return tuple(OPTIONS[n] for n in known), [tuple(i.text(n) for n in known) for i in group]


def _variant_options(item: Line) -> dict[str, str]:
    """Names and values: Shoe width:narrow,size:8, each in quotation marks where it has to be."""
    found = {}
    for quoted, name, quoted_value, value in OPTION.findall(item.text("variant_option")):
        key, told = (quoted.replace('""', '"') or name, quoted_value.replace('""', '"') or value)
        if key and told:
            found[key.strip()] = told.strip()
    return found


def _image(first: Line) -> str:
    """The address of its photo; a drawing is the site's own, which this one has as well."""
    address = first.text("image_link", most=MOST_LINK)
    drawn = _address(address) and DRAWING.search(urlsplit(address).path)
    return "" if drawn else address


def _handle(title: str, first: Line, key: str, goods: Goods) -> str:
    """By its page, where that is one of ours; from the title, else the id; letters that no address
    has leave a number made of the id."""
    link = first.text("link")
    page = urlsplit(link) if _address(link) else urlsplit("")
    own = OWN_PAGE.search(page.path)
    if own and first.text("id") in parse_qs(page.query).get("version", []):
        return goods.free(unquote(own[1])[:LONGEST_HANDLE], key)
    number = hashlib.sha256(key.encode()).hexdigest()[:12]
    others = [other for other in (slugify(key), number) if other]
    return goods.free((slugify(title) or others[0])[:LONGEST_HANDLE], *others)


def _told(item: Line, column: str) -> tuple[str, bool]:
    """A text, or its structured form, and whether that says that an AI wrote it; the plain one
    wins, as it does with Google."""
    if plain := item.text(column):
        return plain, False
    column = f"structured_{column}"
    if not (value := item.text(column)):
        return "", False
    found = STRUCTURED.match(value)
    if not found or found.group(1) not in SOURCES:
        told = f'"{value[:60]}" does not tell its source; write for example {SOURCES[0]}:"text".'
        item.problem(column, told)
        return "", False
    text, most = found.group(2), LONGEST[column.removeprefix("structured_")]
    if len(text) > most:
        told = f'"{text[:20]}…" has {len(text)} characters; {most} are allowed.'
        item.problem(column, told)
    return text, found.group(1) == BY_AI


def _variant(item: Line, values: tuple[str, ...], currency: str) -> VariantRow:
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
        values=values,
        price=regular or Decimal(0) if sale is None else sale,
        compare_at=None if sale is None else regular,
        stock=0,
        sells_without_stock=AVAILABLE.get(state, False),  # a feed tells no number of pieces
        grams=_grams(item),
    )


def _grams(item: Line) -> int | None:
    """Its shipping weight, None where it is none that can be read."""
    found = WEIGHT.match(item.text("shipping_weight").lower())
    return round(Decimal(found[1]) * GRAMS[found[2]]) if found else None


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
