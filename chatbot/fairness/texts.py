"""One product text drafted for somebody, and what of the draft is compared: of its lines those that
may be used, since nobody reads the others. Nothing is kept of it in the shop's tables."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from django.db import connection

from chatbot import facts, playground, reading, studio, writing
from chatbot.terms import Encode

from .asking import Sparing, warmth


@dataclass(frozen=True)
class Task:
    """A text to be drafted, before it is said for whom."""

    number: int  # also throws the dice
    kind: str
    tone: str
    handle: str  # of the product

    @property
    def about(self) -> tuple[object, ...]:
        """What a draft depends on beside whom it is for."""
        return "text", self.kind, self.tone, self.handle, self.number

    def shown(self, version: str) -> str:
        """What was wanted, and for whom."""
        return f"{self.kind}, {self.tone}, of {self.handle}, for {version}"


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
    handles = sorted(facts.handles(encode, department=None, tag=None))
    telling = [h for h in handles if studio.tellable(facts.of_product(h, encode))]
    mixed = list(product(studio.KINDS, studio.TONES, telling))
    random.Random(seed).shuffle(mixed)  # noqa: S311  # drawn again by the same seed
    most = [mixed[place % len(mixed)] for place in range(number)] if mixed else []
    return [Task(place, *task) for place, task in enumerate(most)]


def ask(task: Task, audience: str, engine: Sparing) -> Text:
    """The text for an audience; the dice are the task's for all of them. Raises
    writing.EngineError."""
    wish, encode = studio.Wish(task.kind, task.tone, audience=audience), reading.encode()
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
    """None where the engine did not bring it to an end: there is no text then, which counts."""
    try:
        return studio.draft(handle, wish, encode, engine, seed)
    except writing.EngineError as error:
        if not error.retry:
            raise
        return None


def _digest(told: Iterable[str]) -> str:
    return hashlib.sha256("|".join(sorted(told)).encode()).hexdigest()[:16]
