"""Slips of the fingers: a word that nothing here has becomes the likest that something has."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model
from rapidfuzz import fuzz, process

from .fulltext import vocabulary
from .words import forms

ALIKE = 75  # rapidfuzz ratio, 0..100
SHORT = 3  # words of so few letters are alike to too many
MOST = 60_000  # words, the commonest
FRESH = 60  # seconds; what is new is found by its right name at once


@dataclass(frozen=True)
class Known:
    """The words of the shop, sorted, with how many texts have each."""

    words: list[str]
    counts: dict[str, int]
    read_at: float

    def has(self, word: str) -> bool:
        """Whether a word of the shop is this one, or begins with it."""
        place = bisect_left(self.words, word)
        begun = place < len(self.words) and self.words[place].startswith(word)
        return begun or any(form in self.counts for form in forms(word))


_known: dict[tuple[str, str], Known] = {}


def known(texts: type[Model]) -> Known:
    """The words as of a minute ago at most."""
    source = (str(connection.settings_dict["NAME"]), texts.__name__)
    before = _known.get(source)
    if before is None or time.monotonic() > before.read_at + FRESH:
        common = sorted(vocabulary(texts), key=lambda pair: -pair[1])[:MOST]
        counts = {str(word): count for word, count in common}
        _known[source] = Known(sorted(counts), counts, time.monotonic())
    return _known[source]


def forget() -> None:
    """Read the words anew at the next slip."""
    _known.clear()


def corrected(words: Sequence[str], texts: type[Model]) -> tuple[str, ...]:
    """The words, those that nothing here has replaced by the likest; left where none is alike."""
    shop = known(texts)
    return tuple(word if shop.has(word) else _likest(word, shop) for word in words)


def _likest(word: str, shop: Known) -> str:
    if len(word) <= SHORT:
        return word
    some = process.extract(word, shop.words, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=8)
    by = ((score, other[0] == word[0], shop.counts[other], other) for other, score, _at in some)
    return max(by, default=(0, False, 0, word))[3]
