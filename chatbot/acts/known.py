"""The facts of one turn, sorted for deciding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatbot.terms import Act, Card, Fact, Outcome, Reading


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

    def wished(self, product: Fact) -> list[Fact]:
        """Its variants that have every option value wished for."""
        wish = {f"option:{k}": v for k, v in self.reading.options.items()}
        own = {k: v for k, v in wish.items() if k in product.values}
        return [
            v for v in self.variants(product) if all(v.values.get(k) in w for k, w in own.items())
        ]

    @property
    def wish(self) -> str:
        """The option values wished for, in words: "M / Slate"."""
        return " / ".join(" and ".join(values) for values in self.reading.options.values())

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


def numbered(name: str, place: int) -> str:
    """The reference to the n-th thing, from 1: "product.name", "product2.name"."""
    room, field = name.split(".")
    return name if place == 1 else f"{room}{place}.{field}"


def product_card(fact: Fact) -> Card:
    """A link to a product with its price."""
    low, high = fact.values["price_min"], fact.values["price_max"]
    return Card("product", fact.title, low if low == high else f"{low} – {high}", fact.href)
