"""The shop's own model at work: a small causal Transformer over what was bought, in numpy, so that
pages need no torch. It is trained by chatbot/training/recommender.

SASRec (Kang & McAuley 2018) with two changes: a product's embedding is a projection of its vector,
plus one of its own where it was sold when the model was trained, so that new products have one; and
places are counted back from the newest, so that what is forgotten of the oldest moves none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .shelf import Scores, Shelf

MOST_READ = 32  # products, the newest
EPS = 1e-5
Weights = Mapping[str, NDArray[np.float32]]
Rows = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Transformer:
    """The weights of one model and the products that have an embedding of their own."""

    weights: Weights
    handles: Mapping[str, int]  # handle -> row of `own`
    heads: int

    def scores(self, handles: Sequence[str], shelf: Shelf) -> Scores:
        """How likely each product of the shelf comes next, as logits."""
        read = [shelf.places[h] for h in handles if h in shelf.places][-MOST_READ:]
        if not read:
            return np.zeros(len(shelf.products))
        items = self.items(shelf)
        return np.asarray(items @ self._state(items[read]), np.float64)

    @lru_cache(maxsize=2)  # noqa: B019 - one model and one shelf a process, and those before
    def items(self, shelf: Shelf) -> Rows:
        """The embedding of each product, (N, D)."""
        rows: Rows = shelf.vectors @ self.weights["project"].T
        known = [(place, self.handles[p.handle]) for place, p in enumerate(shelf.products)
                 if p.handle in self.handles]  # fmt: skip
        if known:
            places, own = zip(*known, strict=True)
            rows[list(places)] += self.weights["own"][list(own)]
        return rows

    def _state(self, read: Rows) -> Rows:
        """What follows from the products read, oldest first, (D,)."""
        ages = np.arange(len(read) - 1, -1, -1)
        hidden: Rows = read * math.sqrt(read.shape[1]) + self.weights["ages"][ages]
        depth = sum(name.endswith(".query") for name in self.weights)
        for layer in range(depth):
            hidden = hidden + self._attended(layer, self._norm(f"{layer}.before", hidden))
            hidden = hidden + self._fed(layer, self._norm(f"{layer}.between", hidden))
        return self._norm("last", hidden)[-1]

    def _attended(self, layer: int, hidden: Rows) -> Rows:
        """Causal self-attention (Vaswani et al. 2017)."""
        size, width = hidden.shape

        def split(name: str) -> Rows:
            rows: Rows = hidden @ self.weights[f"{layer}.{name}"].T
            return rows.reshape(size, self.heads, -1).transpose(1, 0, 2)

        query, key, value = split("query"), split("key"), split("value")  # (H, T, D/H)
        likely = query @ key.transpose(0, 2, 1) / math.sqrt(width / self.heads)
        likely = np.where(np.tril(np.ones((size, size), bool)), likely, -1e9)
        likely = np.exp(likely - likely.max(-1, keepdims=True))
        mixed = (likely / likely.sum(-1, keepdims=True)) @ value
        told: Rows = mixed.transpose(1, 0, 2).reshape(size, width)
        return told @ self.weights[f"{layer}.out"].T

    def _fed(self, layer: int, hidden: Rows) -> Rows:
        wide = hidden @ self.weights[f"{layer}.widen"].T
        told: Rows = np.maximum(wide, 0.0) @ self.weights[f"{layer}.narrow"].T
        return told

    def _norm(self, name: str, hidden: Rows) -> Rows:
        centred = hidden - hidden.mean(-1, keepdims=True)
        even: Rows = centred / np.sqrt(centred.var(-1, keepdims=True) + EPS)
        return even * self.weights[name]
