"""The facts room: from a Reading to what the shop knows about it. It reads and never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from chatbot.terms import PUT, Answers, Encode, Fact, Lexicon, Reading, Vectors
from storefront import queries

from . import (
    applied,
    contrasts,
    discounted,
    extremes,
    finding,
    help,
    history,
    orders,
    products,
    regions,
    rules,
    scope,
    sizing,
    totals,
)
from .orders import Viewer
from .presence import of_articles
from .world import World, alone, steady, world

__all__ = [
    "Viewer",
    "cards",
    "country",
    "find",
    "handles",
    "lexicon",
    "names",
    "of_product",
    "passages",
    "picture",
    "read_of",
    "steady",
    "titles",
]

ORDER_INTENTS = frozenset(("order_status", "order_change", "cancel"))
ORDER_ASKS = frozenset(
    "where_is_it when_delivered what_ordered tracking change_address change_item change_payment"
    " cancel return_start return_status refund_status exchange damaged missing wrong_item"
    " charged_twice".split()
)
CODES = frozenset(("code_wanted", "code_fails"))
OF_A_PRODUCT = frozenset(
    "attribute care compare health option price availability size_help".split()
)


def lexicon(encode: Encode) -> Lexicon:
    """The shop's own words."""
    return world(encode).lexicon


def titles(encode: Encode) -> tuple[str, ...]:
    """The names of all products on sale."""
    return tuple(p.title for p in world(encode).products.values())


def handles(encode: Encode, *, department: str | None, tag: str | None) -> tuple[str, ...]:
    """The handles of all products on sale, or of those of a department or with a tag."""
    return tuple(
        p.handle
        for p in world(encode).products.values()
        if department in (None, p.department) and (tag is None or tag in p.tags)
    )


def of_product(handle: str, encode: Encode) -> list[Fact]:
    """Everything the shop knows about a product on sale, the product itself first; nothing of
    another."""
    return products.everything(handle, world(encode))


def read_of(handle: str) -> list[Fact]:
    """The same, read anew from the shop: for those who have no encoder, and compare no meanings."""
    return products.everything(handle, alone(handle))


def names() -> tuple[str, ...]:
    """The names of all products on sale, read anew."""
    return queries.titles()


def country(encode: Encode) -> str:
    """Where the shop is (ISO 3166-1); empty if it does not say."""
    return world(encode).home


def cards(encode: Encode) -> tuple[str, dict[str, Vectors]]:
    """What each product on sale is, as a vector by handle, and of which state of the shop."""
    shop = world(encode)
    return shop.version, dict(zip(shop.products, shop.cards, strict=True))


def picture(href: str, encode: Encode) -> str:
    """Where the picture of the product on this page is; empty for other pages."""
    products = world(encode).products.values()
    return next((p.picture for p in products if p.href == href), "")


def passages(encode: Encode) -> list[str]:
    """What all help articles say, piece by piece, as questions are asked of it."""
    return list(world(encode).passage_texts)


def prepare() -> None:
    """Read where places lie, so that the first who asks for one does not wait."""
    regions.prepare()


def find(reading: Reading, viewer: Viewer, encode: Encode, answers: Answers) -> list[Fact]:
    """Every fact that may bear on the message, of all kinds, each kind best first."""
    shop = world(encode)
    found = [rules.shop(shop), *totals.totals(reading, shop)]
    if scope.figures_only(reading, shop):
        found += products.figures(reading.products, reading, shop)
    else:
        found += _read(reading, viewer, shop, encode, answers)
    if _is_about_an_order(reading, viewer):
        found += orders.find(reading, viewer, shop)
    else:
        found += orders.holding(reading, viewer, shop)
    return found


def _read(
    reading: Reading, viewer: Viewer, shop: World, encode: Encode, answers: Answers
) -> list[Fact]:
    """What the texts of the shop tell: pages, articles, and products that fit."""
    _ask_ahead(reading, shop, encode)
    found = _of_products(reading.products, reading, shop, encode, answers)
    found = sizing.with_fit(found, reading, shop)
    if rows := help.on_sizes(reading, shop):
        found += rows
    elif not scope.page_tells(reading, found):
        told = help.passages(_as_put(reading), shop, encode, answers)
        found += of_articles(reading.text, told)
    found += applied.applied(reading, shop) + discounted.discounted(reading, shop)
    found += _promotions(reading, shop, encode, answers)
    if reading.offer:
        found += [replace(f, kind="discount") for f in help.on_discounts(reading, shop)]
    most = extremes.extremes(reading, shop) if reading.extreme else []
    found += most
    if scope.looks_for_products(reading, found):
        alone = not most and extremes.of_what_fits(reading)
        sought = extremes.set_aside(reading) if alone else reading
        search = partial(finding.search, sought, shop, encode, answers)
        fitting = search()
        found += extremes.among(fitting, search, reading, shop) if alone else []
        found += fitting + _described(fitting, reading, shop, encode, answers)
        found += history.alike(reading, viewer, shop)
    if "sale" in reading.asks and not reading.named:
        found += products.reduced(shop)
    return found


def _ask_ahead(reading: Reading, shop: World, encode: Encode) -> None:
    """Read the question in the forms in which pages and articles are asked it: several texts at
    once take the processor hardly longer than one, and the encoder remembers them."""
    of_pages = products.questions(reading.products, reading, shop)
    encode([*of_pages, *help.forms(_as_put(reading), shop)])


def _as_put(reading: Reading) -> Reading:
    """A reading by the question it was put as, where its own words would lead astray: a number
    that no text of the shop's has, the name of a city."""
    put = reading.claim or reading.asks[0] in PUT
    return replace(reading, text=reading.query) if put else reading


def _described(
    fitting: list[Fact], reading: Reading, shop: World, encode: Encode, answers: Answers
) -> list[Fact]:
    """What is known of the product that a question describes where it names none."""
    if reading.products or reading.asks[0] not in OF_A_PRODUCT:
        return []
    return _of_products(finding.described(fitting, reading), reading, shop, encode, answers)


def _of_products(
    handles: Iterable[str], reading: Reading, shop: World, encode: Encode, answers: Answers
) -> list[Fact]:
    """What is known of some products, each by itself and side by side."""
    some = list(handles)
    told = products.about(some, reading, shop, encode, answers)
    return [*told, *contrasts.contrasts(some, reading, shop, encode)]


def _promotions(reading: Reading, shop: World, encode: Encode, answers: Answers) -> list[Fact]:
    """The code spoken of, or those of today for who wants one or has a wrong one, with what the
    articles say of it."""
    told = [rules.promotion(reading.code, shop)] if reading.code else []
    ours = [f for f in told if f.values["state"] != "unknown"]
    offers = reading.asks[:1] == ("sale",) and not reading.named  # "any deals on?"
    if not ours and (told or offers or CODES & set(reading.asks)):
        ours = [f for f in rules.promotions(shop) if f.values["state"] == "current"]
        told += ours
    if not ours:
        return told
    said = help.of_code(ours[0].values["code"], reading, shop, encode, answers)
    return [*told, *(replace(f, kind="terms") for f in said)]


def _is_about_an_order(reading: Reading, viewer: Viewer) -> bool:
    spoken = bool(viewer.order) and reading.follows
    return bool(
        reading.order
        or reading.email
        or spoken
        or ORDER_INTENTS & set(reading.intents)
        or ORDER_ASKS & set(reading.asks)
    )
