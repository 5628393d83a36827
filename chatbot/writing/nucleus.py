"""Nucleus sampling (Holtzman et al. 2020) for many texts at once, by dice thrown beforehand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

TEMPERATURE, TOP_P = 0.5, 0.9

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Nucleus(NamedTuple):
    """The likeliest tokens of each row, the likeliest first, (B, K) each."""

    tokens: Whole
    reach: Floats  # chances added up; infinite past the nucleus
    told: Floats  # how likely the unguarded model finds each token, as a log

    def drawn(self, rows: Whole, dice: Floats) -> tuple[Whole, Floats]:
        """A token for each of `rows` (D,) by a throw (D,) from [0, 1), and how likely it is as a
        log: the same throw gives the same token."""
        reach = self.reach[rows]
        whole = np.where(np.isinf(reach), 0, reach).max(1)
        place = (reach <= (dice * whole)[:, None]).sum(1)
        return self.tokens[rows, place], self.told[rows, place]


def nucleus(scores: Tensor, closed: Tensor) -> Nucleus:
    """The nuclei of `scores` (B, V) without the tokens that are `closed` (B, V)."""
    chances = (scores.masked_fill(closed, -torch.inf) / TEMPERATURE).softmax(-1)
    # All tokens below this share hold less together than the nucleus leaves out.
    row, token = (chances >= (1 - TOP_P) / scores.shape[1]).nonzero(as_tuple=True)
    told = scores[row, token] - scores.logsumexp(-1)[row]
    return _sorted(len(scores), row.numpy(), token.numpy(), chances[row, token], told)


def _sorted(many: int, row: Whole, token: Whole, chances: Tensor, told: Tensor) -> Nucleus:
    """Tokens of rows, given row by row, each row's laid side by side and sorted by chance."""
    counts = np.bincount(row, minlength=many)
    place = np.arange(len(row)) - np.repeat(counts.cumsum() - counts, counts)
    chance, said = np.zeros((2, many, counts.max()))
    tokens = np.zeros(chance.shape, np.int64)
    chance[row, place], said[row, place], tokens[row, place] = chances, told, token
    order = (-chance).argsort(1, kind="stable")
    chance, said, tokens = (np.take_along_axis(a, order, 1) for a in (chance, said, tokens))
    reach = chance.cumsum(1)
    kept = (reach - chance < TOP_P) & (chance > 0)
    return Nucleus(tokens, np.where(kept, reach, np.inf), said)
