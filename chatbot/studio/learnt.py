"""Texts by the copywriter that comes with the installation: it words a line at a time, and never
sees a value. A line that is not borne out, or too long, is worded again, then planned anew."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from chatbot import reading, writing
from chatbot.terms import Fact

from .kinds import KINDS, Wish
from .lines import Line, fitted
from .planning import Plan, Slot, note, plans, slots
from .shapes import Told, told

OURS = ("en",)
PLANS, WORDINGS = 4, 2  # for a line: ways to fill it, dice for each
Check = Callable[[Line], Line]


def lines(
    known: Sequence[Fact], wish: Wish, engine: writing.Engine, seed: int, check: Check
) -> list[Line]:
    """Every line that was written, in the order in which they are to stand. Where the shop speaks
    of the product in another language than ours nothing is, and why stands on a line of its own."""
    if foreign := _foreign(known, wish):
        return [foreign]
    page = _Page(known, wish, engine, random.Random(seed), check)  # noqa: S311 - for variety
    found = [line for slot in slots(wish) for line in page.written(slot)]
    return [line for _place, line in sorted(found, key=lambda one: one[0])]


def _foreign(known: Sequence[Fact], wish: Wish) -> Line | None:
    """What the shop says first, with its fault, where English words around it would be odd."""
    said = [f.values["text"] for f in known if f.kind == "sentence"]
    spoken = reading.language(" ".join(said), OURS)
    if spoken in OURS:
        return None
    fault = f"the shop's facts are in another language ({spoken}); the copywriter writes English"
    return Line(KINDS[wish.kind].parts[0].label, said[0], fault=fault)


class _Page:
    """A text in the making: what may be told, and what has been."""

    def __init__(
        self, known: Sequence[Fact], wish: Wish, engine: writing.Engine, dice: random.Random,
        check: Check,
    ) -> None:  # fmt: skip
        self.kind, self.tone, self.engine = KINDS[wish.kind], wish.tone, engine
        self.dice, self.check = dice, check
        sound = (one for one in told(known) if self._holds(f"{one.whole}."))
        self.said = [self._as_it_holds(one) for one in sound]
        self.product = _product(known[0])
        self.used: set[str] = set()
        self.parts: list[str] = []
        self.labels: set[str] = set()

    def written(self, slot: Slot) -> list[tuple[tuple[int, int], Line]]:
        """The wordings of a slot, each with its place: left out ones, then the one that is kept."""
        if slot.part not in self.parts:
            self.parts.append(slot.part)
        found: list[tuple[tuple[int, int], Line]] = []
        for plan in (plan for plan in self._ways(slot) for _again in range(WORDINGS)):
            line = self._judged(self._worded(plan))
            found.append((self._place(plan), line))
            if not line.fault:
                note(plan, self.used)
                self.labels.add(slot.label)
                break
        return found

    def _holds(self, text: str) -> bool:
        return not self.check(Line(self.kind.parts[-1].label, text)).fault

    def _as_it_holds(self, one: Told) -> Told:
        """A fact without what stands behind its label, where that is borne out only in the shop's
        own words: behind "Output:", not behind "The output:"."""
        apart = one.value and self._holds(f"The {one.label}: {one.value}.")
        return one if apart else replace(one, value="")

    def _ways(self, slot: Slot) -> Iterator[Plan]:
        """Ways to fill a slot; with what has been told under another label where nothing else is
        left for one that stands empty."""
        fresh = list(islice(plans(slot, self.said, self.product, self.used, self.dice), PLANS))
        if fresh or slot.label in self.labels:
            return iter(fresh)
        return islice(plans(slot, self.said, self.product, set(), self.dice), PLANS)

    def _worded(self, plan: Plan) -> Line:
        brief = plan.brief(self.tone)
        text = "".join(self.engine.write(brief, seed=self.dice.getrandbits(31), stop=_NEVER))
        try:
            return Line(plan.slot.label, writing.render(text, plan.values))
        except writing.EngineError as error:
            return Line(plan.slot.label, text, fault=str(error))

    def _judged(self, line: Line) -> Line:
        return line if line.fault else fitted([self.check(line)], self.kind)[0]

    def _place(self, plan: Plan) -> tuple[int, int]:
        """Behind the parts before its own, in the shop's order of facts."""
        order = [one.whole for one in self.said]
        first = next((order.index(t) for t in plan.tells if t in order), -1)
        return self.parts.index(plan.slot.part), first


_NEVER = threading.Event()


def _product(fact: Fact) -> dict[str, str]:
    """The values of references to the product itself. Prices that differ are not told: "yours for"
    the lowest would be true of one variant only."""
    value = fact.values
    price = value["price_min"] if value["price_min"] == value["price_max"] else ""
    return {
        "product.name": value["name"], "product.department": value["department"],
        "product.price": price,
    }  # fmt: skip
