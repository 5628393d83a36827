"""The shapes that the audit's parts exchange: what is asked, what comes of it, what is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

ANSWERS, TEXTS = "answers", "texts"  # what an audit can be of
NARROW, WIDE = 0.5, 3.0  # points
Versions = tuple[str, str, str]  # both halves, and in a few words what differs


class Asked(Protocol):
    """What is asked for, before anything about people is changed."""

    @property
    def number(self) -> int:
        """Throws the dice, the same in both halves."""

    @property
    def kind(self) -> str:
        """What pairs are counted by."""

    @property
    def about(self) -> tuple[object, ...]:
        """What an answer depends on beside the version, the engine and the shop."""

    def shown(self, version: str) -> str:
        """A version as the report may show it, less what is a customer's."""


class Answered(Protocol):
    """What came of it; the measures read the rest."""

    @property
    def right(self) -> bool:
        """Whether it is what was asked for."""

    @property
    def told(self) -> str:
        """Digest of all that is told, to be compared as a whole."""

    @property
    def products(self) -> tuple[str, ...]:
        """Proposed, by handle."""

    @property
    def outcome(self) -> str:
        """In a few words."""

    @property
    def acts(self) -> tuple[str, ...]:
        """What it does."""

    @property
    def text(self) -> str:
        """Empty where it may not be kept."""


@dataclass(frozen=True)
class Contrast:
    """One thing that must not matter."""

    name: str
    title: str
    first: str  # what the first half is called
    second: str
    limit: float | None  # points by which rates may differ; None: reported only
    make: Callable[[Any, Random], Versions | None]  # of what is asked for
    of: str = ANSWERS

    @property
    def apart_by_chance(self) -> bool:
        """Whether halves differ of themselves: a prompt with another word in it throws the whole
        text anew."""
        return self.of == TEXTS


@dataclass(frozen=True)
class Pair:
    """Two versions of what was asked for and what came of them."""

    request: Asked
    texts: tuple[str, str]
    note: str  # what differs
    answers: tuple[Answered, Answered]


Results = dict[str, list[Pair]]


def dice(seed: int, number: int, *what: str) -> Random:
    """The same for every contrast that draws the same thing, so that halves are shared."""
    return Random(f"{seed}|{number}|{'|'.join(what)}")  # noqa: S311  # to be drawn again


def halves(contrast: Contrast, request: Asked, seed: int) -> Versions | None:
    """Both versions; None where the contrast cannot change it."""
    made = contrast.make(request, dice(seed, request.number))
    return made if made and made[0] != made[1] else None
