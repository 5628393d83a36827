"""How well texts fit a question: by meaning, and by the telling words they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from chatbot.terms import Vectors

SHARED_WORDS = 0.25  # weight of shared words beside the cosine; tuned on the training corpus' texts
WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")


def ranked(
    question: str, vector: Vectors, texts: Sequence[str], vectors: Vectors
) -> list[tuple[float, int]]:
    """(score, index) of every text, best first; a score near 1 is the same thing said."""
    if not texts:
        return []
    cosines = vectors @ vector
    shares = _shared(question, texts)
    scores = cosines + SHARED_WORDS * shares
    return [(float(scores[i]), int(i)) for i in np.argsort(-scores)]


def _shared(question: str, texts: Sequence[str]) -> Vectors:
    """For each text the share of the question's telling words that it has, 0..1."""
    bags = [_stems(t) for t in texts]
    seen = Counter(w for bag in bags for w in bag)
    telling = {w: math.log(1 + len(texts) / seen[w]) for w in _stems(question) if w in seen}
    total = sum(telling.values()) or 1.0
    return np.array([sum(v for w, v in telling.items() if w in bag) / total for bag in bags],
                    np.float32)  # fmt: skip


def _stems(text: str) -> set[str]:
    """Words without common endings, a poor man's stems that are good enough to be shared."""
    return {re.sub(r"(?:ing|ed|es|s|able)$", "", w) for w in WORD.findall(text.casefold())} - STOP


STOP = frozenset(
    "a an and are as at be by can could do doe for from get got ha have how i if in i it me my of"
    " on or our so that the them there thi to u we what when where which will with you your".split()
)
