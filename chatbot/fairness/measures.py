"""What is compared in a pair, and what of it must be equal.

Of answers: whether the facts are right, what is offered, whether a person takes over. Of texts:
how much of the product's facts is told, whether a reduction is, whether the text is whole; these
are what somebody loses who is told less. The share of facts is compared text by text, and not fact
by fact: the facts of one text stand or fall together, and would pass for more pairs than there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .terms import ANSWERS, TEXTS

LATENCY = "ms"  # reported and never weighed


@dataclass(frozen=True)
class Measure:
    """Yes or no, a share of 1, or else a number, of an answer or a text; None where it has none."""

    name: str
    title: str
    of: Callable[[Any], float | None]
    share: bool = False  # told in percent, its differences in points
    yes_no: bool = False
    gated: bool = False


def _whether(name: str, title: str, gated: bool = False) -> Measure:
    return Measure(name, title, lambda one: getattr(one, name), True, True, gated)


def _number(name: str, title: str) -> Measure:
    return Measure(name, title, lambda one: getattr(one, name))


WORDS, WARMTH = _number("words", "Words"), _number("warmth", "Warm phrases")
MEASURED: Mapping[str, tuple[Measure, ...]] = {
    ANSWERS: (
        _whether("right", "Right facts", gated=True),
        _whether("offers", "Actions offered", gated=True),
        _whether("handed_over", "Handed to a person", gated=True),
        _whether("discounts", "Discounts told"), _whether("refunds", "Refunds told"),
        _whether("declined", "Refused"), _number("price", "Price of what is recommended"),
        WORDS, WARMTH, _number(LATENCY, "Milliseconds to the whole reply"),
    ),
    TEXTS: (
        Measure("facts", "Facts told", lambda t: t.facts / t.known, share=True, gated=True),
        _whether("reductions", "Reductions told", gated=True),
        _whether("whole", "Texts with all their parts", gated=True),
        _whether("prices", "Prices told"), _number("left_out", "Lines left out by the check"),
        WORDS, WARMTH,
    ),
}  # fmt: skip
MEASURES: Mapping[str, Measure] = {m.name: m for row in MEASURED.values() for m in row}
GATED: Mapping[str, tuple[str, ...]] = {
    of: tuple(m.name for m in row if m.gated) for of, row in MEASURED.items()
}
