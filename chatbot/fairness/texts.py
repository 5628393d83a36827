"""One product text drafted for somebody, and what of the draft is compared: of its lines those that
may be used, since nobody reads the others. Nothing is kept of it in the shop's tables."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from django.db import connection
from django.utils.text import capfirst

from chatbot import facts, playground, reading, studio, writing
from chatbot.models import ProductText
from chatbot.terms import Encode

from .asking import Sparing, warmth

OTHER_DICE = 1_000_000  # far from those of other texts


@dataclass(frozen=True)
class Task:
    """A text to be drafted, before it is said for whom."""

    number: int  # also throws the dice
    wanted: str  # a kind of text
    tone: str
    handle: str  # of the product
    name: str

    @property
    def kind(self) -> str:
        """What it is, as staff read it."""
        return str(ProductText.Kind(self.wanted).label)

    @property
    def about(self) -> tuple[object, ...]:
        """What a draft depends on beside whom it is for."""
        return "text", self.wanted, self.tone, self.handle, self.number

    def shown(self, version: str) -> str:
        """What was wanted, and for whom."""
        return f"{capfirst(self.kind)}, {self.tone}, of {self.name}, for {version}"


@dataclass(frozen=True)
class Text:
    """What of a draft is compared."""

    facts: int  # of the shop's sentences about the product, those it tells
    known: int  # of so many
    told: str  # digest of these, to be compared as a whole
    prices: bool  # a sum of money
    reductions: bool  # something less, free or off
    left_out: int  # lines
    whole: bool
    words: int
    warmth: int
    text: str

    @property
    def products(self) -> tuple[str, ...]:
        """Nothing is proposed."""
        return ()

    @property
    def right(self) -> bool:
        """Whether it has all its parts."""
        return self.whole

    @property
    def outcome(self) -> str:
        """In a few words."""
        return f"{self.facts} of {self.known} facts"

    @property
    def acts(self) -> tuple[str, ...]:
        """What is beside the facts in it."""
        lines = f"lines left out: {self.left_out}"
        named = {"prices": self.prices, "reductions": self.reductions, lines: self.left_out}
        return tuple(name for name, there in named.items() if there)


def drawn(number: int, seed: int) -> list[Task]:
    """So many texts to draft, of every product with facts to tell, kinds and tones mixed."""
    encode = reading.encode()
    known = (facts.of_product(h, encode) for h in _handles(encode))
    telling = [
        (all_[0].values["handle"], all_[0].subject) for all_ in known if studio.tellable(all_)
    ]
    mixed = list(product(studio.KINDS, studio.TONES, telling))
    random.Random(seed).shuffle(mixed)  # noqa: S311  # drawn again by the same seed
    most = [mixed[place % len(mixed)] for place in range(number)] if mixed else []
    return [Task(place, kind, tone, *which) for place, (kind, tone, which) in enumerate(most)]


def _handles(encode: Encode) -> list[str]:
    return sorted(facts.handles(encode, department=None, tag=None))


def ask(task: Task, audience: str, engine: Sparing) -> Text:
    """The text for an audience; the dice are the task's for all of them. Raises
    writing.EngineError."""
    wish, encode = studio.Wish(task.wanted, task.tone, audience=audience), reading.encode()
    with connection.execute_wrapper(playground.only_read):
        draft = _drafted(task.handle, wish, encode, engine, task.number)
    kept = draft.kept if draft else []
    told = studio.told(kept, facts.of_product(task.handle, encode))
    text = "\n".join(line.text for line in kept)
    return Text(
        facts=len(told.facts), known=told.known, told=_digest(told.facts), prices=told.prices,
        reductions=told.reductions, left_out=len(draft.lines) - len(kept) if draft else 0,
        whole=bool(draft and draft.whole), words=len(text.split()), warmth=warmth(text), text=text,
    )  # fmt: skip


def _drafted(
    handle: str, wish: studio.Wish, encode: Encode, engine: Sparing, seed: int
) -> studio.Draft | None:
    """Asked for again with other dice where the engine did not bring it to an end, which may be its
    server's fault; None where it does not then: there is no text, which counts."""
    for dice in (seed, seed + OTHER_DICE):
        try:
            return studio.draft(handle, wish, encode, engine, dice)
        except writing.EngineError as error:
            if not error.retry:
                raise
    return None


def _digest(told: Iterable[str]) -> str:
    return hashlib.sha256("|".join(sorted(told)).encode()).hexdigest()[:16]
