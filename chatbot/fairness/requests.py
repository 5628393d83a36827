"""What the audit asks: every-day requests about the installed shop's own products, orders and
rules.

Each request knows what a right answer has to tell, from the shop's data and not from an answer, so
that being right is absolute and not mere agreement.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from storefront import queries

TEMPLATES = Path(__file__).with_name("requests.toml")
LIMITS = (20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 200, 300)
SHORT_LABEL = 2  # words; longer ones are headings, not what is asked for
WASHED = frozenset(("care", "cleaning", "washing"))
GUARANTEED = frozenset(("warranty", "guarantee"))
MOST_NEIGHBOURS = 3  # a product is compared with
Filled = Iterator[tuple[Mapping[str, str], "Right"]]


@dataclass(frozen=True)
class Right:
    """What a right answer tells. Empty: anything."""

    subject: str = ""  # the handle of the product, or the number of the order
    says: tuple[str, ...] = ()  # one of them stands in the text
    quotes: str = ""  # the sentence it rests on
    at_most: float | None = None  # what every product shown costs
    acts: tuple[str, ...] = ()  # how one of its acts begins
    articles: frozenset[str] = frozenset()  # slugs of the help articles that answer


@dataclass(frozen=True)
class Request:
    """One message of a shopper's, before anything about the shopper is changed."""

    number: int  # also throws the dice, the same in every version
    kind: str
    text: str
    right: Right
    page: str = ""
    shopper: int | None = None  # whose order it is about
    kept: tuple[str, ...] = field(default=())  # words of the shop's that stay as they are

    @property
    def private(self) -> bool:
        """Whether the answer tells of a customer's order, and is therefore not kept."""
        return self.shopper is not None

    @property
    def about(self) -> tuple[object, ...]:
        """What an answer depends on beside its words."""
        return self.page, self.shopper, self.number

    def shown(self, version: str) -> str:
        """A version without an order's number."""
        return version.replace(self.right.subject, "#…") if self.private else version


class Shop:
    """What of the installed shop requests are made of."""

    def __init__(self) -> None:
        self.products = sorted(queries.products(), key=lambda p: p.handle)
        self.orders = sorted(queries.owned_orders())
        self.topics = {slug: topic for slug, _title, topic in queries.articles()}
        self.codes = [p["code"] for p in queries.rules().get("promotions") or () if p.get("code")]
        self.cheapest = {
            p.handle: min(v.price for v in p.variants) for p in self.products if p.variants
        }
        sorts = {p.department.lower() for p in self.products}
        self.sorts = sorted(s for s in sorts if s.isalpha() and s.endswith("s"))  # "jackets"

    def symbol(self) -> str:
        """How people here write the currency in front of a sum."""
        known = {"USD": "$", "EUR": "€", "GBP": "£"}
        return known.get(str(queries.rules().get("shop.currency") or ""), "")


def drawn(number: int, seed: int, shop: Shop | None = None) -> list[Request]:
    """So many requests, kinds in turn, none twice while there are others."""
    dice = random.Random(seed)  # noqa: S311  # drawn again by the same seed, not a secret
    kinds = [list(_of_kind(name, row, shop or Shop())) for name, row in _templates().items()]
    for kind in kinds:
        dice.shuffle(kind)
    mixed = [r for r in chain.from_iterable(zip_longest(*kinds)) if r is not None]
    most = [mixed[place % len(mixed)] for place in range(number)] if mixed else []
    return [_numbered(place, request) for place, request in enumerate(most)]


def _numbered(place: int, request: Request) -> Request:
    return Request(**{**vars(request), "number": place})


def _templates() -> dict[str, Any]:
    return tomllib.loads(TEMPLATES.read_text(encoding="utf-8"))


def _of_kind(name: str, row: Mapping[str, Any], shop: Shop) -> Iterator[Request]:
    """Every phrase of a kind with every filling of the shop's."""
    articles = frozenset(s for s, topic in shop.topics.items() if topic in row.get("topics", ()))
    if row.get("topics") and not articles:
        return  # this shop says nothing of it
    for words, right in FILLINGS[row.get("needs", "")](shop):
        own = {**vars(right), "acts": right.acts or tuple(row["acts"]), "articles": articles}
        shown = {k: v for k, v in words.items() if not k.startswith("_")}
        for phrase in row["phrases"]:
            yield Request(
                0, name, phrase.format(**shown), Right(**own), words.get("_page", ""),
                int(words["_shopper"]) if "_shopper" in words else None, tuple(shown.values()),
            )  # fmt: skip


def _nothing(shop: Shop) -> Filled:
    yield {}, Right()


def _promotion(shop: Shop) -> Filled:
    yield from _nothing(shop) if shop.codes else ()


def _product(shop: Shop) -> Filled:
    for p in shop.products:
        if p.variants:
            yield {"product": p.title}, Right(p.handle, _prices(p))


def _page(shop: Shop) -> Filled:
    for p in shop.products:
        if p.variants:
            yield {"_page": p.handle}, Right(p.handle, _prices(p))


def _prices(product: queries.Product) -> tuple[str, ...]:
    """How its prices may be written."""
    prices = sorted({v.price for v in product.variants})
    return tuple(f"{price:,.2f}" for price in prices)


def _option(shop: Shop) -> Filled:
    """One variant each, which is or is not in stock."""
    for p in shop.products:
        for v in p.variants if len(p.option_names) == 1 else ():
            acts = ("stock.in", "stock.low") if v.in_stock else ("stock.out",)
            yield {"product": p.title, "option": v.values[0]}, Right(p.handle, acts=acts)


def _options(shop: Shop) -> Filled:
    for p in shop.products:
        for place, name in enumerate(p.option_names):
            values = {v.values[place] for v in p.variants}
            if len(values) > 1:
                yield {"product": p.title, "label": _plural(name)}, Right(p.handle)


def _plural(name: str) -> str:
    return f"{name.lower()}s".replace("ss", "s").replace("hs", "hes")


def _label(shop: Shop) -> Filled:
    for p in shop.products:
        for s in p.sentences:
            if s.label and len(s.label.split()) <= SHORT_LABEL and s.label.lower() not in WASHED:
                words = {"product": p.title, "label": s.label.lower()}
                yield words, Right(p.handle, quotes=s.text)


def _care(shop: Shop) -> Filled:
    yield from _labelled(shop, WASHED)


def _warranty(shop: Shop) -> Filled:
    yield from _labelled(shop, GUARANTEED)


def _labelled(shop: Shop, labels: frozenset[str]) -> Filled:
    for p in shop.products:
        for s in p.sentences:
            if s.label.lower() in labels:
                yield {"product": p.title}, Right(p.handle, quotes=s.text)


def _pair(shop: Shop) -> Filled:
    """Products of one department, each with the next ones."""
    by_department: dict[str, list[queries.Product]] = {}
    for p in shop.products:
        by_department.setdefault(p.department, []).append(p)
    for row in by_department.values():
        for place, one in enumerate(row):
            for other in row[place + 1 : place + 1 + MOST_NEIGHBOURS]:
                yield {"product": one.title, "other": other.title}, Right(one.handle)


def _limit(shop: Shop) -> Filled:
    """A sort of thing up to a price for which there is something."""
    for sort in shop.sorts:
        own = [
            shop.cheapest[p.handle]
            for p in shop.products
            if p.department.lower() == sort and p.handle in shop.cheapest
        ]
        for limit in LIMITS:
            if own and limit > min(own):
                words = {"sort": sort, "limit": f"{shop.symbol()}{limit}"}
                yield words, Right(at_most=float(limit))


def _sort(shop: Shop) -> Filled:
    for sort in shop.sorts:
        yield {"sort": sort}, Right()


def _money(shop: Shop) -> Filled:
    for limit in LIMITS:
        if any(price < limit for price in shop.cheapest.values()):
            yield {"limit": f"{shop.symbol()}{limit}"}, Right(at_most=float(limit))


def _order(shop: Shop) -> Filled:
    for number, owner in shop.orders:
        yield {"order": number, "_shopper": str(owner)}, Right(number)


def _code(shop: Shop) -> Filled:
    for code in shop.codes:
        yield {"code": code}, Right(says=(code,))


FILLINGS: Mapping[str, Callable[[Shop], Filled]] = {
    "": _nothing, "product": _product, "page": _page, "option": _option, "options": _options,
    "label": _label, "care": _care, "warranty": _warranty, "pair": _pair, "limit": _limit,
    "sort": _sort, "money": _money, "order": _order, "code": _code, "promotion": _promotion,
}  # fmt: skip
