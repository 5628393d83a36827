"""The shop's terms applied to what a shopper names: which of two ways of sending is cheaper, what
so many points are worth in whole lots, what a thing comes to with an extra, which is called by what
its line or its article says is done. Plain arithmetic on what shop.toml and the articles state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from chatbot.terms import Fact, Reading
from storefront import queries

from .amounts import MONEY, NUMBER, SIGNS, decimal
from .similarity import SENTENCE, stems
from .text import money
from .world import World

CHEAPER = re.compile(
    r"\b(?:cheap(?:er|est)|dearer|(?:less|more|least|most) expensive|costs? (?:less|more)|save)\b",
    re.I,
)
DIFFER = re.compile(r"\b(?:differ\w*|compare\w*|versus|vs|better)\b", re.I)
TOTAL = re.compile(r"\b(?:total|al+ ?together|come to|in all)\b", re.I)
ASKS_WORTH = re.compile(r"\b(?:worth|how much|value|(?:get|buy)s? (?:me )?(?:for|with))\b", re.I)
WORTH = re.compile(  # "100 points are worth $4.00", "150 points make €6 off", "200 points = $10"
    rf"(?<![\d,.])(\d[\d,]*) (points?|stars?|stamps?|credits?|coins?|tokens?)"
    rf" (?:(?:are|is) worth|makes?|gives? you|gets? you|equals?|=) (?:an? )?"
    rf"([{SIGNS}] ?(?:{NUMBER}))",
    re.I,
)
EXTRA = re.compile(  # "Gift wrap is $4.50 an item", "€3.50 per piece" under "Wrapping"
    rf"^(?:(\w[\w ]{{2,30}}?)(?: is| costs|:) )?[{SIGNS}] ?({NUMBER})"
    r" (?:(?:an?|per) (?:item|piece)|each(?! way)|apiece)\b"
)
DONE_TO_IT = re.compile(r"\b(?:gift )?(?:wrap|engrav|monogram|personali|assembl)\w*", re.I)
NOT_FOR = re.compile(r"\b(?:not|no|except|never)\b|n't\b", re.I)


def applied(reading: Reading, world: World) -> list[Fact]:
    """What terms come to for what a message names, as facts of kind "way" (two ways of sending, the
    cheaper one first), "row" (what the articles say of the two) or "sum"."""
    return [*_ways(reading, world), *_sums(reading, world)]


def _ways(reading: Reading, world: World) -> Iterator[Fact]:
    """Two ways of sending that are named, for who asks which is cheaper or how they differ."""
    said = reading.query.casefold()
    named = [m for m in _methods(world) if re.search(rf"\b{re.escape(_name(m))}\b", said)]
    if len(named) != 2:
        return
    if CHEAPER.search(reading.text) and len({m.get("cost") for m in named} - {None}) == 2:
        yield from (_way(m, world) for m in sorted(named, key=lambda m: float(m["cost"])))
    elif DIFFER.search(reading.text):
        rows = [p for m in named for p in world.passages if p.text.casefold().startswith(_name(m))]
        yield from (_quoted("row", {}, p) for p in rows if len(rows) == 2)


def _sums(reading: Reading, world: World) -> Iterator[Fact]:
    """What so many points are worth, and what a thing costs with an extra that has its price."""
    lots = [(p, found) for p in world.passages for found in WORTH.findall(p.text)]
    if len({found for _passage, found in lots}) == 1:  # of tiers a sum is no multiple
        passage, (many, noun, worth) = lots[0]
        yield from _worth(_whole(many), noun, worth, passage, reading, world)
    for passage in world.passages:
        extra = EXTRA.match(passage.text)
        if extra and TOTAL.search(reading.text):
            name = extra[1] or (DONE_TO_IT.search(passage.title) or [""])[0]
            yield from _with_extra(name, decimal(extra[2]), passage, reading, world)


def _worth(
    many: int, noun: str, worth: str, passage: queries.Passage, reading: Reading, world: World
) -> Iterator[Fact]:
    """The worth of as many as are spoken of, in whole lots."""
    asks = ASKS_WORTH.search(reading.text)
    typed = rf"(?<![\d,.])(\d[\d,]*) (?:\w+ ){{0,2}}{re.escape(noun)}\b"
    said = asks and re.search(typed, reading.text, re.I)
    amount, has = MONEY.search(worth), _whole(said[1]) if said else 0
    lots = has // many if many else 0
    if amount and lots and has != many:
        rest = "" if has == lots * many else f" of your {has}"
        lot = decimal(amount[1])
        value = f"{money(lot * lots, world.currency)} ({lots} × {money(lot, world.currency)})"
        yield _quoted("sum", {"name": f"{lots * many}{rest} {noun}", "value": value}, passage)


def _whole(number: str) -> int:
    return int(number.replace(",", ""))


def _with_extra(
    extra: str, fee: Decimal, passage: queries.Passage, reading: Reading, world: World
) -> Iterator[Fact]:
    """The price of the product in view with the extra, where the versions spoken of have one price
    and the extra is for such a thing too."""
    product = world.products.get(reading.products[0]) if reading.products else None
    if product is None or not stems(extra) & stems(reading.text):
        return
    prices = {
        variant.price for variant in product.variants if wished(variant, product, reading.options)
    }
    limits = list(_limits(extra, passage, world))
    kind = stems(f"{product.title} {product.department}")
    if len(prices) == 1 and not any(kind & stems(limit) for limit in limits):
        price, many = prices.pop(), f"{reading.quantity} × " if reading.quantity > 1 else ""
        total, each, more = (
            money(amount, world.currency)
            for amount in ((price + fee) * reading.quantity, price, fee)
        )
        name = f"{many}{product.title} with {extra[0].lower()}{extra[1:]}"
        value = f"{total} in total ({many}{each} + {many}{more})"
        told = {"name": name, "value": value, "limit": " ".join(limits)}
        yield _quoted("sum", told, passage)


def wished(
    variant: queries.Variant, product: queries.Product, wish: Mapping[str, tuple[str, ...]]
) -> bool:
    """Whether a version has all that is wished for."""
    own = dict(zip(product.option_names, variant.values, strict=False))
    return all(own.get(name) in values for name, values in wish.items() if name in own)


def _limits(extra: str, passage: queries.Passage, world: World) -> Iterator[str]:
    """What the article of an extra's price says that it is not for."""
    for other in world.passages:
        for said in SENTENCE.split(other.text) if other.article == passage.article else ():
            if NOT_FOR.search(said) and (other == passage or stems(extra) & stems(said)):
                yield said


def _quoted(kind: str, values: dict[str, str], passage: queries.Passage) -> Fact:
    return Fact(
        kind, f"article:{passage.article}#{passage.number}", passage.version, passage.as_of,
        {**{k: v for k, v in values.items() if v}, "text": passage.text},
        title=passage.title, href=passage.href,
    )  # fmt: skip


def _way(way: dict[str, Any], world: World) -> Fact:
    name, price = str(way["name"]), money(way["cost"], world.currency)
    values = {"name": name, "price": price, "amount": str(way["cost"])}
    told = world.rules.version, world.rules.as_of
    return Fact("way", "rule:shipping.methods", *told, values, subject=name)


def _methods(world: World) -> list[dict[str, Any]]:
    return world.rules.get("shipping.methods") or [{}]


def _name(method: dict[str, Any]) -> str:
    return str(method.get("name", "")).casefold() or "-"
