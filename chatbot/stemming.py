"""Words without their endings, by which rooms tell whether two texts speak of the same."""

from __future__ import annotations

from functools import lru_cache

import snowballstemmer

_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=1 << 16)  # shoppers type words without end
def stem(word: str) -> str:
    """A word without its ending (Porter2, Porter 2001): "candles" and "candle" are "candl"."""
    return str(_stemmer.stemWord(word.casefold().replace("’", "'").removesuffix("'s")))
