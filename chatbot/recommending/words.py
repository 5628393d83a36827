"""Texts by the words they share: BM25 (Robertson & Zaragoza 2009), over the shop's own pages."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_]+")  # a sign is a word where none are spaced
SATURATION, LENGTH = 1.2, 0.75  # k1 and b, as usual
Scores = NDArray[np.float64]


def words(text: str) -> list[str]:
    """The words of a text, in small letters; a plural is its singular, near enough."""
    found = WORD.findall(text.casefold())
    return [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in found]


class Index:
    """Some texts, by their words."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(words(text)) for text in texts]
        self.size = len(counts)
        self.lengths = np.array([sum(some.values()) for some in counts], np.float64)
        self.places: dict[str, list[int]] = {}
        times: dict[str, list[int]] = {}
        for place, some in enumerate(counts):
            for word, often in some.items():
                self.places.setdefault(word, []).append(place)
                times.setdefault(word, []).append(often)
        self.times = {w: np.array(some, np.float64) for w, some in times.items()}

    def rarity(self, word: str) -> float:
        """How telling a word is: its inverse document frequency."""
        having = len(self.places.get(word, ()))
        return math.log(1 + (self.size - having + 0.5) / (having + 0.5))

    def scores(self, query: Iterable[tuple[str, float]]) -> Scores:
        """How well each text fits words with weights."""
        found = np.zeros(self.size)
        mean = self.lengths.mean() if self.size else 1.0
        for word, weight in query:
            if word in self.places:
                at, often = self.places[word], self.times[word]
                norm = SATURATION * (1 - LENGTH + LENGTH * self.lengths[at] / mean)
                found[at] += weight * self.rarity(word) * often * (SATURATION + 1) / (often + norm)
        return found
