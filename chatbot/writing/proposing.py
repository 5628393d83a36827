"""What a text is likely to say next, to be tried several tokens at once (speculative decoding;
Leviathan et al. 2023).

No second model proposes it but a table of n-grams, as the writer has learnt its replies nearly by
heart (as prompt lookup, Saxena 2023, and LLMA, Yang et al. 2023, copy from a text at hand). For
each act it holds what most often followed the last tokens, the longest match counts, and a longer
one stands in it only where it tells something else than the shorter one. It is made when the writer
is trained and never grows. What it proposes costs or spares time and changes no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .nucleus import Whole

FILE = "proposals.npz"
ORDER = 6  # tokens looked back on, at most
START = -1  # before the first token
NONE = -2  # where there is no token: nothing is proposed, or fewer are looked back on
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # spreads keys (Fibonacci hashing)

Keys = NDArray[np.uint64]


class Rows(NamedTuple):
    """A table as it is stored: rows of whole numbers."""

    act: NDArray[np.int16]  # (E,), the act's token
    before: NDArray[np.int16]  # (E, ORDER), what came before, the newest first
    after: NDArray[np.int16]  # (E,), what follows

    def save(self, folder: Path) -> None:
        """As one small file beside the weights."""
        np.savez_compressed(folder / FILE, act=self.act, before=self.before.T, after=self.after)


def stored(rows: Iterable[tuple[Sequence[int], int]]) -> Rows:
    """A table of (the act's token and what came before, the newest first; what follows)."""
    found = list(rows)
    before = np.full((len(found), ORDER), NONE, np.int16)
    for row, (key, _after) in zip(before, found, strict=True):
        row[: len(key) - 1] = key[1:]
    act, after = (
        np.array(c, np.int16) for c in ([k[0] for k, _a in found], [a for _k, a in found])
    )
    return Rows(act, before, after)


def load(folder: Path) -> Table:
    """The table of a writer in `folder`; one that proposes nothing where there is none."""
    if not (folder / FILE).exists():
        return Table(stored(()))
    with np.load(folder / FILE) as file:
        return Table(Rows(file["act"], file["before"].T, file["after"]))


class Table:
    """A table made ready to be looked up for many texts at once."""

    def __init__(self, rows: Rows) -> None:
        many = (rows.before != NONE).sum(1)
        keys = _keys(rows.act, rows.before)[np.arange(len(many)), many - 1]
        order = keys.argsort(kind="stable")
        self.keys, self.after = keys[order], rows.after[order].astype(np.int64)

    def proposed(self, act: Whole, before: Whole, many: int) -> Whole:
        """The next `many` tokens (R, many) of texts of acts (R,) behind their last tokens
        (R, ORDER), the newest first."""
        tokens = np.full((len(act), many), NONE)
        for column in tokens.T if len(self.keys) else ():
            column[:] = self._next(_keys(act, before))
            before = np.concatenate([column[:, None], before[:, :-1]], 1)
        return tokens

    def _next(self, keys: Keys) -> Whole:
        """What follows by the longest match of `keys` (R, ORDER), the shortest first."""
        at = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        met = self.keys[at] == keys
        longest = ORDER - 1 - met[:, ::-1].argmax(1)
        return np.where(met.any(1), self.after[at[np.arange(len(at)), longest]], NONE)


def _keys(act: NDArray[np.signedinteger], before: NDArray[np.signedinteger]) -> Keys:
    """One number (R, ORDER) for an act (R,) and its last token, one for its last two, and on."""
    keys, key = np.empty(before.shape, np.uint64), act.astype(np.uint64)
    for column, token in zip(keys.T, before.T, strict=True):
        key = (key + np.uint64(1)) * FACTOR + token.astype(np.uint64)
        column[:] = key
    return keys
