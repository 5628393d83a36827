"""The facts of one turn, sorted for deciding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from chatbot.stemming import stem
from chatbot.terms import Act, Card, Fact, Outcome, Reading

COMMON = frozenset(
    stem(word)
    for word in "what when where which with your from have does this that they them then will would"
    " could much many please about there these those into also just like take should once".split()
)
MOST = 3  # products, their variants or prices told of at once
MOST_ACTS = 4  # of one turn
EVEN = 0.5  # a text less sure is told as what comes nearest: of 160 from 0.3 on 76 answered
RANK = tuple(Outcome)  # the first outcome of this order names a turn of several parts


@dataclass(frozen=True)
class Known:
    """What was asked and what is known about it."""

    reading: Reading
    facts: tuple[Fact, ...]

    def of(self, kind: str) -> list[Fact]:
        """All facts of one kind, best first."""
        return [f for f in self.facts if f.kind == kind]

    def one(self, kind: str) -> Fact | None:
        """The best fact of one kind."""
        return next((f for f in self.facts if f.kind == kind), None)

    def variants(self, product: Fact) -> list[Fact]:
        """The variants of a product."""
        return [v for v in self.of("variant") if v.values["handle"] == product.values["handle"]]

    def wished(self, product: Fact, but: str = "") -> list[Fact]:
        """Its variants that have every option value wished for, whatever they have `but` there."""
        wish = {f"option:{k}": v for k, v in self.reading.options.items()}
        own = {k: v for k, v in wish.items() if k in product.values and k != but}
        return [
            v for v in self.variants(product) if all(v.values.get(k) in w for k, w in own.items())
        ]

    def spoken(self) -> Fact | None:
        """The product spoken of: the one in view, or what fits a sort of thing ("tents")."""
        if product := self.one("product"):
            return product
        found = self.one("found")
        called = found and stems(self.reading.text) & stems(found.values["name"])
        return found if called else None

    def wish(self, of: Fact) -> str:
        """The option values wished for of a product or variant, in words: "M / Slate"."""
        wishes = self.reading.options.items()
        own = [values for name, values in wishes if f"option:{name}" in of.values]
        return " / ".join(" and ".join(values) for values in own)

    def sentences(self, product: Fact) -> list[Fact]:
        """Its sentences that fit the question, best first."""
        return [s for s in self.of("sentence") if s.values["handle"] == product.values["handle"]]

    @property
    def asks(self) -> tuple[str, ...]:
        """What the message asks, finest words."""
        return self.reading.asks


def act(
    name: str,
    slots: Mapping[str, str] | None = None,
    facts: Sequence[Fact] = (),
    outcome: Outcome = Outcome.ANSWERED,
    cards: Sequence[Card] = (),
) -> Act:
    """An act that has to cite everything in `slots`."""
    slots = {k: v for k, v in (slots or {}).items() if v}
    return Act(name, outcome, slots, tuple(slots), tuple(facts), cards=tuple(cards))


def notice(key: str, outcome: Outcome, slots: Mapping[str, str] | None = None) -> Act:
    """A fixed text."""
    return Act(key, outcome, dict(slots or {}), notice=True)


def denying(texts: Sequence[Fact]) -> list[Fact]:
    """Texts that say no to what is asked, by what plain code has found in them."""
    return [replace(f, values={**f.values, "says": "no"}) for f in texts]


def outcome(acts: Sequence[Act]) -> Outcome:
    """The one outcome that names the turn."""
    return min((a.outcome for a in acts), key=RANK.index)


def within(texts: Sequence[Fact], most: int) -> list[Fact]:
    """The first texts, as many as stay together below `most` words; at least one."""
    lengths = accumulate(len(f.values["text"].split()) for f in texts)
    return [f for place, (f, n) in enumerate(zip(texts, lengths, strict=True))
            if place == 0 or n <= most]  # fmt: skip


def stems(text: str) -> set[str]:
    """The longer words of a text by their stems, by which texts are compared."""
    return {stem(w) for w in re.findall(r"[a-z]{4,}", text.casefold())} - COMMON


def listing(items: Sequence[str]) -> str:
    """ "Sand, Rust and Moss"."""
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} and {items[-1]}"


def numbered(name: str, place: int) -> str:
    """The reference to the n-th thing, from 1: "product.name", "product2.name"."""
    room, field = name.split(".")
    return name if place == 1 else f"{room}{place}.{field}"


def product_card(fact: Fact, variants: Sequence[Fact] = (), wish: str = "") -> Card:
    """A link to a product with what it costs and whether it can be had: of the variants wished
    for, or of all."""
    low, high = fact.values["price_min"], fact.values["price_max"]
    prices = dict.fromkeys(v.values["price"] for v in variants)
    price = next(iter(prices)) if len(prices) == 1 else low if low == high else f"{low} – {high}"
    paid = "Sponsored" if fact.values.get("sponsored") else ""
    parts = (wish, price, _stock(variants) if variants else fact.values.get("stock", ""), paid)
    return Card("product", fact.title, " · ".join(p for p in parts if p), fact.href)


def _stock(variants: Sequence[Fact]) -> str:
    """Whether they can be had, in a few words."""
    there = [v for v in variants if v.values["stock"] != "sold out"]
    if not there:
        return "sold out"
    if len(there) == len(variants):
        left = there[0].values["left"] if len(there) == 1 else ""
        few = left and there[0].values["stock"] == "low stock"
        return f"in stock, {left} left" if few else "in stock"
    return f"{len(there)} of {len(variants)} versions in stock"


def order_card(order: Fact) -> Card:
    """A link to an order with where it stands, what is in it and what it cost."""
    known = order.values
    parts = [_standing(known), known["items"], f"total {known['total']}"]
    if known.get("discount"):
        parts.append(f"{known['code']} took off {known['discount']}")
    if known.get("refund"):
        parts.append(f"refunded {known['refund']}")
    if known.get("return_number"):
        parts.append(f"return {known['return_number']} open")
    return Card("order", known["number"], " · ".join(parts), order.href)


def _standing(known: Mapping[str, str]) -> str:
    """Where an order stands, in a few words and with the dates that are known."""
    match known["state"]:
        case "cancelled" | "delivered" as state:
            return f"{state.capitalize()} {known.get(f'{state}_on', '')}".rstrip()
        case "shipped" | "partly" as state:
            carrier = f" with {known['carrier']}" if known.get("carrier") else ""
            eta = f", expected {known['eta']}" if known.get("eta") else ""
            rest = f", not shipped yet: {known['rest']}" if known.get("rest") else ""
            return f"{'Partly shipped' if state == 'partly' else 'Shipped'}{carrier}{eta}{rest}"
        case "unpaid":
            return "Not shipped yet, waiting for payment"
        case "authorized":
            return "Not shipped yet, not charged yet"
    return "Not shipped yet"
