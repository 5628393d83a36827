"""Products of rows with matrices of weights, by oneDNN, in which a row's bits depend on no other.

Numbers of half precision are several times as quick where the processor computes in them, but its
kernels, above all those for tiles (AMX), add up in another order for some counts of rows. So rows
are filled up to whole blocks, at least so many and at most so many a call; that a row comes out of
all such calls the same is tried on every matrix when it is packed. Where it does not, that matrix
multiplies in full precision, whose sums run in one order however many rows there are.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from chatbot import processor
from chatbot.processor import ordered, times

BLOCK = 16  # rows of a tile; a call takes a multiple of this
LEAST = (16, 48)  # rows of a call, the fewest first: what is filled up has to be multiplied as well
MOST = 192  # rows of a call; more are cut into calls of one size
TURNS = (0, 13)  # by how many places rows are turned round for the trial


class Matrix(NamedTuple):
    """Weights (out, in), packed."""

    weights: Tensor
    least: int | None = None  # rows of a call; None where any count will do


def packed(*weights: Tensor) -> Matrix:
    """Weights on top of each other, in the fastest numbers that are steady and the order in which
    oneDNN reads them; as they are where torch comes without it, as on macOS."""
    stacked = torch.cat([w.detach() for w in weights])
    kind = processor.best()
    if kind != stacked.dtype:
        quick, rows = ordered(stacked.to(kind), BLOCK), _telling(stacked).to(kind)
        for least in LEAST:
            if _steady(Matrix(quick, least), rows):
                return Matrix(quick, least)
    return Matrix(ordered(stacked, BLOCK))


def product(rows: Tensor, matrix: Matrix) -> Tensor:
    """`rows` (N, in) times a matrix (out, in), (N, out)."""
    if matrix.least is None:
        return times(rows, matrix.weights)
    many = len(rows)
    calls = -(-many // MOST) or 1
    size = max(-(-many // (calls * BLOCK)) * BLOCK, matrix.least)
    filled = rows.new_zeros((calls * size, rows.shape[1]), dtype=matrix.weights.dtype)
    filled[:many] = rows
    parts = [times(part, matrix.weights).float() for part in filled.view(calls, size, -1)]
    return (torch.cat(parts) if calls > 1 else parts[0])[:many]


def _telling(stacked: Tensor) -> Tensor:
    """Rows that are nearly at right angles to half of the weights: what is left of their products
    tells in which order they were added up."""
    chance = torch.Generator().manual_seed(0)
    rows = torch.randn(MOST, stacked.shape[1], generator=chance)
    along = torch.linalg.qr(stacked[: stacked.shape[1] // 2].T).Q
    return rows - rows @ along @ along.T


def _steady(matrix: Matrix, rows: Tensor) -> bool:
    """Whether rows come out the same bit for bit in calls of every size and in other places."""
    whole = times(rows, matrix.weights)
    return all(
        torch.equal(
            times(rows.roll(turn, 0)[:many], matrix.weights), whole.roll(turn, 0)[:many]
        )
        for many in range(matrix.least or BLOCK, MOST + 1, BLOCK)
        for turn in TURNS
    )  # fmt: skip
