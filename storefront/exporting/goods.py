"""Products on sale as items of a feed, one for each version."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.db.models import Prefetch
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify

from storefront import currency, prices
from storefront.models import Product, Variant

CHUNK = 200  # products in memory at once
LONGEST = {"id": 50, "title": 150, "description": 5000, "brand": 70, "mpn": 70,
           "color": 100, "size": 100, "material": 200, "pattern": 100,
           "product_type": 750, "variant_option": 250}  # fmt: skip
MOST_ENDING = 100  # characters that a version's name may take of a title
# Which option is which attribute, as shops in the six languages of the site call it.
OPTIONS = {
    "size": "size taille talla größe groesse 尺寸 尺码 مقاس المقاس".split(),
    "color": "color colour couleur farbe 颜色 لون اللون".split(),
    "material": "material matériau matière materialien 材质 材料 مادة المادة".split(),
    "pattern": "pattern motif estampado muster 图案 نقش".split(),
    "age_group": ["age group"],
    "gender": ["gender"],
}
ATTRIBUTES = {name: attribute for attribute, names in OPTIONS.items() for name in names}
KNOWN_VALUES = {
    "age_group": ("newborn", "infant", "toddler", "kids", "adult"),
    "gender": ("male", "female", "unisex"),
}
# What no XML may hold (XML 1.0, 2.2), and halves of characters.
NO_TEXT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Whole = Callable[[str], str]  # an address of the site, with its host


@dataclass(frozen=True)
class Texts:
    """What an AI wrote of a product; empty where it wrote nothing. It stays an AI's, whatever a
    person has changed in it since."""

    title: str = ""
    description: str = ""


class Marked(NamedTuple):
    """A text that leaves with the mark of an AI's."""

    content: str


Options = tuple[tuple[str, str], ...]
Item = dict[str, str | Marked | Options]
Written = Callable[[Sequence[str]], Mapping[str, Texts]]  # what an AI wrote of these handles


def items(written: Written, site: str) -> Iterator[Item]:
    """Every version on sale, products by the order in which they came into the shop."""
    variants = Variant.objects.filter(withdrawn=False).prefetch_related("price_points")
    sold = Product.objects.filter(status=Product.Status.ACTIVE).order_by("pk")
    rows = sold.prefetch_related(Prefetch("variants", queryset=variants), "sentences").iterator(
        CHUNK
    )
    money = currency.currency()
    while some := list(islice(rows, CHUNK)):
        texts = written([row.handle for row in some])
        for row in some:
            yield from _versions(row, texts.get(row.handle, Texts()), site, money)


def _versions(row: Product, live: Texts, site: str, money: str) -> Iterator[Item]:
    """The items of one product. An AI's text of the shop's own studio goes before one that came
    with an import."""
    variants = list(row.variants.all())
    title = plain(live.title or row.ai_title)
    shared = {
        **_described(row, plain(live.description or row.ai_description)),
        "image_link": _image(row, site), "condition": "new", **_group(row, variants, title),
        "google_product_category": plain(row.category),
        "product_type": cut(plain(row.department), LONGEST["product_type"]),
    }  # fmt: skip
    for variant in variants:
        item = {
            "id": identity(variant.sku), **_titled(row, variant, title), **shared,
            "link": _link(row, variant, site), **_offer(variant, money), **_maker(row, variant),
            **_options(row, variant),
        }  # fmt: skip
        yield {name: value for name, value in item.items() if value}


def _titled(row: Product, variant: Variant, by_ai: str) -> Item:
    ending = cut(f" – {plain(variant.name)}", MOST_ENDING) if variant.values else ""
    title = by_ai or plain(row.title)
    whole = f"{cut(title, LONGEST['title'] - len(ending))}{ending}"
    return {"structured_title": Marked(whole)} if by_ai else {"title": whole}


def _described(row: Product, by_ai: str) -> Item:
    """A description; Google wants one, so that a product of which nothing is said has its title."""
    if by_ai:
        return {"structured_description": Marked(cut(by_ai, LONGEST["description"]))}
    said = plain(" ".join(sentence.text for sentence in row.sentences.all()))
    return {"description": cut(said or plain(row.title), LONGEST["description"])}


def _group(row: Product, variants: Sequence[Variant], by_ai: str) -> Item:
    """What versions share: their group, and the name by which the shop calls the product. It goes
    along where the title is an AI's or a version's; an AI's name is none of the shop's."""
    if len(variants) < 2 and not by_ai and not any(v.values for v in variants):
        return {}
    own = "" if row.named_by_ai else cut(plain(row.title), LONGEST["title"])
    return {"item_group_id": identity(row.handle), "item_group_title": own}


def _link(row: Product, variant: Variant, site: str) -> str:
    page = reverse("storefront:product", args=[row.handle])
    return urljoin(site, f"{page}?{urlencode({'version': variant.sku})}")


def _image(row: Product, site: str) -> str:
    """Its photo, or the drawing of its department that the site shows."""
    drawing = f"{static('storefront/drawings.svg')}#{slugify(row.department)}"
    for address in (row.image_url, drawing):
        try:
            found = urljoin(site, address) if address else ""
            if urlsplit(found).scheme in ("http", "https"):
                return found
        except ValueError:  # no address
            continue
    return ""


def _offer(variant: Variant, money: str) -> Item:
    """What it costs. A price before is told only where the shop knows that it is the lowest of the
    30 days before the reduction (`prices.prior`), and then that one."""
    before = prices.prior(variant)
    true = before is not None and before > variant.price
    return {
        "availability": "in_stock" if variant.in_stock else "out_of_stock",
        "price": f"{before if true else variant.price:.2f} {money}",
        "sale_price": f"{variant.price:.2f} {money}" if true else "",
        "shipping_weight": "" if variant.grams is None else f"{variant.grams} g",
    }


def _maker(row: Product, variant: Variant) -> Item:
    """Brand and number; without a brand there are no identifiers."""
    brand, number = plain(row.vendor), plain(variant.sku)
    if not brand:
        return {"identifier_exists": "no"}
    if len(number) > LONGEST["mpn"]:
        return {"brand": cut(brand, LONGEST["brand"]), "identifier_exists": "no"}
    return {"brand": cut(brand, LONGEST["brand"]), "mpn": number}


def _options(row: Product, variant: Variant) -> Item:
    """The options: each by the shop's own name for it, and those that Google knows as such."""
    if len(row.option_names) != len(variant.values):
        return {}
    most = LONGEST["variant_option"]
    pairs = tuple(
        (cut(plain(name), most), cut(plain(value), most))
        for name, value in zip(row.option_names, variant.values, strict=True)
    )
    found: Item = {"variant_option": tuple(pair for pair in pairs if all(pair))}
    for name, value in pairs:
        attribute = ATTRIBUTES.get(name.casefold(), "")
        known = KNOWN_VALUES.get(attribute)
        if attribute and (known is None or value.casefold() in known):
            found[attribute] = value.casefold() if known else cut(value, LONGEST[attribute])
    return found


def identity(name: str) -> str:
    """A stable id of at most 50 characters; a name too long ends in a number made of it."""
    told = plain(name)
    if len(told) <= LONGEST["id"]:
        return told
    return f"{told[: LONGEST['id'] - 13]}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def plain(text: str) -> str:
    """A text on one line, of characters that XML can hold."""
    return " ".join(NO_TEXT.sub(" ", text).split())


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, cut at a word where it is too long."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0] or text[: most - 1]}…"
