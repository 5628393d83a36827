"""What a model makes of texts: each is read once, with those of other threads that come meanwhile,
and the newest stay in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from .remembered import Remembered
from .together import Together

Value = TypeVar("Value")


class EachOnce(Generic[Value]):
    """The values of texts, which `work` finds for several at once; safe to use from several
    threads. At most `most` stay in memory, and at most `at_once` calls are worked on together."""

    def __init__(
        self, work: Callable[[Sequence[str]], Iterable[Value]], most: int, at_once: int
    ) -> None:
        self.work = work
        self.known: Remembered[str, Value] = Remembered(most)
        self._new: Together[Sequence[str], dict[str, Value]] = Together(self._of_calls, at_once)

    def of(self, texts: Sequence[str]) -> list[Value]:
        """The value of each text, in order."""
        return self.known.of(texts, self._new)

    def _of_calls(self, calls: Sequence[Sequence[str]]) -> list[dict[str, Value]]:
        """The values of the texts of several calls."""
        texts = list(dict.fromkeys(text for call in calls for text in call))
        found = dict(zip(texts, self.work(texts), strict=True))
        return [{text: found[text] for text in call} for call in calls]
