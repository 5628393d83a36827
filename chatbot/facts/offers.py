"""What may be done with an order at the shopper's press, or why not: the shop's quotes as facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import TypeAdapter

from chatbot.terms import Fact, Reading
from storefront import queries
from storefront.clock import now

from .similarity import stems
from .text import day, listing, money, sort_of
from .world import World

ASKED = {"cancel": "cancel", "return_start": "return", "return_policy": "return",
         "exchange": "exchange"}  # fmt: skip
SIZES = {"small": "s", "medium": "m", "large": "l"}
MOST_CHOICES = 6
# What stays with the shopper while something else goes: "return the lights, keep the candle".
KEPT = re.compile(
    r"\b(?:keep(?:ing)?|but not|except|(?<=, )not(?= (?:the|my)\b))\b(?: \w+){1,3}", re.I
)
_quotes: TypeAdapter[queries.Quote] = TypeAdapter(queries.Quote)


def find(reading: Reading, order: queries.Order, world: World) -> list[Fact]:
    """One fact for each thing the message may want done with `order`."""
    kinds = {ASKED[ask] for ask in reading.asks if ask in ASKED}
    kinds |= {reading.after.split(".")[0]} & {"exchange", "return"}  # it answers our question
    if order.delivered_at:
        kinds |= {"return"} | ({"exchange"} if "change_item" in reading.asks else set())
    return [_offer(kind, reading, order, world) for kind in sorted(kinds)]


def _offer(kind: str, reading: Reading, order: queries.Order, world: World) -> Fact:
    places = () if kind == "cancel" else meant(order, reading)
    values = {"kind": kind, "number": order.name, "item": _item(order, places, world)}
    if len(places) == 1:
        values["thing"] = order.lines[places[0]].handle
    if kind == "cancel" and len(order.lines) > 1 and meant(order, reading):
        values["part"] = "yes"
    wish = queries.Wish(kind, places)
    if kind == "exchange" and len(places) == 1:
        wish = queries.Wish(kind, places, _wanted(order.lines[places[0]], reading, world))
        values |= _choices(order.lines[places[0]], wish.sku, world)
    try:
        quote = queries.quote(order, wish)
        values |= _terms(quote, order, world) | {"quote": _quotes.dump_json(quote).decode()}
    except queries.NotPossible as error:
        values |= {"reason": error.reason.value, "until": _until(kind, order, world)}
    return Fact(
        kind="offer", source=f"offer:{kind}:{order.name}", version=order.version, as_of=now(),
        values={k: v for k, v in values.items() if v}, subject=order.name,
    )  # fmt: skip


def meant(order: queries.Order, reading: Reading) -> tuple[int, ...]:
    """The places of the line items that a message speaks of, where the order has several; all of
    an order of one; none where it does not say."""
    if len(order.lines) == 1:
        return (0,)
    said = reading.named or reading.loosely or reading.follows
    rest = KEPT.sub(" ", reading.text)
    words = {w for w in stems(rest) if len(w) > 1}  # "S" is what is wished for instead
    if _each_named(order, words):
        return ()
    shared = [len(words & stems(line.name)) for line in order.lines]
    named = [n for n, line in enumerate(order.lines) if said and line.handle in reading.products]
    if not named or rest != reading.text:
        named = [n for n, common in enumerate(shared) if common]
    sorts = [n for n in named if words & stems(sort_of(order.lines[n].name))]
    named = sorts or named  # the ukulele, not its strings
    nearest = {h: max(shared[n] for n in named if order.lines[n].handle == h)
               for h in {order.lines[n].handle for n in named}}  # fmt: skip
    named = [n for n in named if shared[n] == nearest[order.lines[n].handle]]  # of two fleeces
    return tuple(named) if len(named) < len(order.lines) else ()


def _each_named(order: queries.Order, said: set[str]) -> bool:
    """Whether every line item is called by a word that no other of them has: "the hat and the
    gloves", of an order of just these. A version names none: a size may be what is wished for."""
    own = [said & stems(line.name.split(" - ")[0]) for line in order.lines]
    return all(w - set().union(*own[:n], *own[n + 1 :]) for n, w in enumerate(own))


def _item(order: queries.Order, places: Sequence[int], world: World) -> str:
    """What the items are called, without their versions."""
    lines = [order.lines[n] for n in places]
    return listing([_title(line, world) for line in lines])


def _title(line: queries.Line, world: World) -> str:
    product = world.products.get(line.handle)
    return product.title if product else line.name.split(" - ")[0]


def _wanted(line: queries.Line, reading: Reading, world: World) -> str:
    """The SKU of the version wished for instead of a bought one; empty where none is named."""
    product = world.products.get(line.handle)
    bought = next((v for v in product.variants if v.sku == line.sku), None) if product else None
    if product is None or bought is None:
        return ""
    aim = tuple(
        _instead(value, {v.values[place] for v in product.variants}, name, reading)
        for place, (name, value) in enumerate(zip(product.option_names, bought.values, strict=True))
    )
    return next((v.sku for v in product.variants if v.values == aim), "")


def _instead(bought: str, there: set[str], option: str, reading: Reading) -> str:
    """The value of an option that is wished for; the bought one where no other is named."""
    words = SIZES | {v.casefold(): v.casefold() for v in there}
    said = {
        value for word, value in words.items()
        if re.search(rf"(?<![\w'’]){re.escape(word)}(?!\w)", reading.text.casefold())
    }  # fmt: skip
    wished = {*reading.options.get(option, ()), *(v for v in there if v.casefold() in said)}
    others = wished - {bought}
    return others.pop() if len(others) == 1 else bought


def _choices(line: queries.Line, sku: str, world: World) -> dict[str, str]:
    """What it can be exchanged for, and the version wished for."""
    product = world.products.get(line.handle)
    variants = product.variants if product else ()
    there = [v for v in variants if v.stock > 0 and v.sku != line.sku and v.price == line.price]
    wished = next((v for v in variants if v.sku == sku and sku != line.sku), None)
    return {
        "choices": listing([" / ".join(v.values) for v in there[:MOST_CHOICES]], "or"),
        "wished": " / ".join(wished.values) if wished else "",
        "stock": "sold out" if wished and wished.stock < line.quantity else "in stock",
    }


def _until(kind: str, order: queries.Order, world: World) -> str:
    """The last day for a return or an exchange, if known."""
    last = order.exchange_until if kind == "exchange" else order.return_until
    return day(last, world.zone) if last and kind != "cancel" else ""


def _terms(quote: queries.Quote, order: queries.Order, world: World) -> dict[str, str]:
    """What would be done, as it stands on the card."""
    amounts = {"refund": quote.refund, "goods": quote.goods, "tax": quote.tax, "fee": quote.fee}
    free = quote.kind == "exchange" and world.rules.get("exchanges.cost") == 0
    flags = {"own_label": quote.own_label, "for_staff": quote.for_staff, "free": free}
    condition = world.rules.get("returns.condition") if quote.kind != "cancel" else None
    return {
        "items": "\n".join(quote.items),
        "method": quote.method,
        "replacement": quote.replacement,
        "condition": condition if isinstance(condition, str) else "",
        "by": day(quote.by, world.zone) if quote.by else "",
        "until": _until(quote.kind, order, world),
        **{name: money(amount, world.currency) for name, amount in amounts.items() if amount},
        **{name: "yes" for name, holds in flags.items() if holds},
    }
