"""What each line of a text tells, for a writer that words one line at a time: plain code decides
which facts stand under which label, the dice decide which of those that fit."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.terms import Brief

from .kinds import KINDS, Wish
from .shapes import Told

SETS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("sets.toml").read_text(encoding="utf-8")
)
# Parts that no fact opens which denies or limits something, unless the shop opens with it itself.
SELLING = frozenset("opening summary headline pitch subject preview letter_opening post".split())
PRICE = "product.price"
TELLING = frozenset(("bullet", "line", "letter_line"))
SOONER = 4  # places that a limit goes before other facts: whoever buys has to know it
SPREAD = 4.0  # places that the dice may move a set up
NEAR = 2  # facts of a sort that may be passed over: a shop tells first what matters
# Characters that a wording has besides its facts, at most, where a line is short; what leaves fewer
# is worded barely.
ROOM = {"bullet": 24, "title": 9, "summary": 38, "headline": 12, "pitch": 30, "subject": 20,
        "preview": 34, "post": 62}  # fmt: skip
BARE, BARELY = "bare", {"bullet": 2, "title": 3, "summary": 13, "headline": 2, "pitch": 3,
                        "subject": 2, "preview": 3, "post": 13}  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """A line to be written: under which label, in the way of which part, of how many characters."""

    label: str
    part: str
    most: int


@dataclass(frozen=True)
class Plan:
    """What a line is to cite, and which facts that tells."""

    slot: Slot
    must: tuple[str, ...]
    values: Mapping[str, str]
    tells: tuple[str, ...]  # facts in their own words, and references to the product

    def brief(self, tone: str) -> Brief:
        """What the writer is asked for: barely, where there is no room for more words."""
        part = self.slot.part
        roomy = self.length + ROOM.get(part, 0) <= self.slot.most
        return Brief(f"copy.{part}.{tone if roomy else BARE}", self.must, (), self.values)

    @property
    def length(self) -> int:
        """Characters of all that it cites."""
        return sum(map(len, self.values.values()))


# Which parts stand under which label, for a text of each length.
LAYOUTS: dict[str, dict[str, tuple[str, ...]]] = {
    "description": {
        "short": ("TEXT opening", "TEXT line"),
        "usual": ("TEXT opening", *["TEXT line"] * 3),
        "long": ("TEXT opening", *["TEXT line"] * 5),
    },
    "bullets": {
        "short": ("BULLET bullet",) * 3,
        "usual": ("BULLET bullet",) * 5,
        "long": ("BULLET bullet",) * 5,
    },
    "seo": dict.fromkeys(("short", "usual", "long"), ("TITLE title", "DESCRIPTION summary")),
    "ad": dict.fromkeys(
        ("short", "usual", "long"), (*["HEADLINE headline"] * 3, *["DESCRIPTION pitch"] * 2)
    ),
    "email": {
        length: ("SUBJECT subject", "PREVIEW preview", "BODY letter_opening",
                 *["BODY letter_line"] * lines, "BODY letter_closing")
        for length, lines in {"short": 1, "usual": 2, "long": 4}.items()
    },
    "social": dict.fromkeys(("short", "usual", "long"), ("POST post",)),
}  # fmt: skip


def slots(wish: Wish) -> list[Slot]:
    """The lines of a text that is wanted so, in their order."""
    most = {part.label: part.most for part in KINDS[wish.kind].parts}
    rows = (row.split() for row in LAYOUTS[wish.kind][wish.length])
    return [Slot(label, part, most[label]) for label, part in rows]


def plans(
    slot: Slot, said: Sequence[Told], product: Mapping[str, str], used: set[str],
    dice: random.Random,
) -> Iterator[Plan]:  # fmt: skip
    """Ways to fill a slot with what is not told yet, likeliest first; `product` are the values of
    references to the product itself."""
    left = [told for told in said if told.whole not in used]
    if slot.part in SELLING:
        left = [told for told in left if told.sort == "lead" or not told.limits]
    order = {told.whole: n - SOONER * told.limits for n, told in enumerate(said)}
    if slot.part in TELLING:
        left = sorted(left, key=lambda told: order[told.whole])
    found = (_plan(slot, row.split(), left, product, dice) for row in SETS[slot.part])
    fitting = [plan for plan in found if plan and _is_new(plan, used) and _fits(plan)]
    places = [_place(plan, n, order) + SPREAD * dice.random() for n, plan in enumerate(fitting)]
    for n in sorted(range(len(fitting)), key=places.__getitem__):
        yield fitting[n]


def _place(plan: Plan, row: int, order: Mapping[str, int]) -> int:
    """How early a way comes: by its set; where lines are nothing but facts, by these."""
    return order[plan.tells[0]] if plan.slot.part in TELLING else row


def _plan(
    slot: Slot, must: Sequence[str], left: Sequence[Told], product: Mapping[str, str],
    dice: random.Random,
) -> Plan | None:  # fmt: skip
    """A set with facts of its sorts, chosen by the dice, several of one sort in their order;
    None where one is lacking."""
    values = {name: product.get(name, "") for name in must if name.startswith("product.")}
    tells = list(values)
    names = dict.fromkeys(n.partition(".")[0] for n in must if n not in values)
    for sort in dict.fromkeys(name.rstrip("2") for name in names):
        citing = [name for name in names if name.rstrip("2") == sort]
        some = [told for told in left if told.sort == sort]
        if len(some) < len(citing):
            return None
        first = range(min(len(some), len(citing) + NEAR))
        chosen = sorted(dice.sample(first, len(citing)))
        for name, told in zip(citing, (some[n] for n in chosen), strict=True):
            values |= {name + end: value for end, value in told.cites.items()}
            tells.append(told.whole)
    given = {name: values[name] for name in must}
    return Plan(slot, tuple(must), given, tuple(tells)) if all(given.values()) else None


def _is_new(plan: Plan, used: set[str]) -> bool:
    """Whether it tells what its label has not told: the name may stand again in a letter's body."""
    return not used.intersection(_marks(plan))


def _marks(plan: Plan) -> list[str]:
    """What is not to be told twice: a fact or the price in the whole text, a line of no fact in its
    part."""
    facts = [told for told in plan.tells if told not in plan.must]
    alone = [] if facts else [f"{plan.slot.part} {' '.join(plan.must)}"]
    return facts + alone + [name for name in plan.must if name == PRICE]


def _fits(plan: Plan) -> bool:
    """Whether it can be told at all in as many characters as there are."""
    return plan.length + BARELY.get(plan.slot.part, 0) <= plan.slot.most


def note(plan: Plan, used: set[str]) -> None:
    """Remember what a line that is kept tells."""
    used.update(_marks(plan))
