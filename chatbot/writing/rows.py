"""The rows of a running batch: the texts that a causal language model grows side by side.

`transformers` has a batch of its own that requests join and leave (`ContinuousBatchingManager`).
It does not fit here: all its requests share one run of dice, so that no text comes out the same
twice; the first fault ends it for good; and on a CPU, `python -m tests.load.hub_batching` finds it
slower than this. Here the model's own forward runs over keys and values kept in place. All rows end
at the same column, a shorter one begins further right, and a mask hides what is before it: the way
`generate` pads a batch, so whatever batches there batches here.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from transformers import Cache, DynamicCache
from transformers.cache_utils import DynamicLayer, DynamicSlidingWindowLayer

MOST_TOGETHER = 32
ROOM = 128  # columns to grow into before keys and values have to move
SHARED = 16  # tokens from which on a start in common is worth taking over
PLAIN = {DynamicLayer, DynamicSlidingWindowLayer}


@dataclass
class Newcomer:
    """A prompt being read, and how much of it has been."""

    ids: list[int]
    cache: Any
    read: int = 0


class Rows:
    """What the model has read and written of each text. One thread at a time."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.knows = set(inspect.signature(model.forward).parameters)
        layers = DynamicCache(config=model.config).layers
        # A state that is not keys and values, as of Mamba, cannot be padded: such a model writes
        # one text at a time, and reads a prompt in one go.
        self.plain = all(type(layer) in PLAIN for layer in layers)
        self.most = MOST_TOGETHER if self.plain else 1
        self.last: Newcomer | None = None  # read last; prompts begin alike
        self.clear()

    def clear(self) -> None:
        """Forget every row."""
        self.lengths: list[int] = []
        self.lanes: list[Lane] = []
        self.begin = self.column = 0  # the columns in use; the next token goes to `column`
        self.mask = torch.zeros(0, 0, dtype=torch.bool)
        self.alone: Any = None

    def newcomer(self, ids: list[int]) -> Newcomer:
        """A prompt to be read, behind what it has in common with the one before."""
        if not self.plain:
            return Newcomer(ids, DynamicCache(config=self.model.config))
        cache = DynamicCache()
        shared = _alike(ids[:-1], self.last.ids) if self.last else 0
        if not self.last or shared < SHARED:
            return Newcomer(ids, cache)
        for place, layer in enumerate(self.last.cache.layers):
            cache.update(layer.keys[:, :, :shared], layer.values[:, :, :shared], place)
        return Newcomer(ids, cache, shared)

    def read(self, newcomer: Newcomer, most: int) -> Tensor | None:
        """Read on, `most` tokens; the next token's scores (1, V) once the prompt is read."""
        end = min(len(newcomer.ids), newcomer.read + most) if self.plain else len(newcomer.ids)
        scores = self._scores([newcomer.ids[newcomer.read : end]], newcomer.cache, newcomer.read)
        newcomer.read = end
        return scores if end == len(newcomer.ids) else None

    def join(self, newcomer: Newcomer) -> None:
        """Give a prompt that is read a row of its own, the last."""
        length, place = len(newcomer.ids), len(self.lengths)
        self.lengths.append(length)
        if not self.plain:
            self.alone = newcomer.cache
            return
        self.last = newcomer
        if not self.lanes:
            self.lanes = [Lane(self, layer) for layer in newcomer.cache.layers]
        if place >= len(self.mask) or length > self.column:
            self._move(max(length, self.column - self.begin))
        where = slice(self.column - length, self.column)
        for lane, layer in zip(self.lanes, newcomer.cache.layers, strict=True):
            lane.keys[place, :, where], lane.values[place, :, where] = layer.keys, layer.values
        self.mask[place], self.mask[place, where] = False, True
        self.begin = min(where.start, self.begin)

    def step(self, tokens: list[int]) -> Tensor:
        """Append a token to every row; the next one's scores (B, V)."""
        if not self.plain:
            scores = self._scores([tokens], self.alone, self.lengths[0])
        else:
            if self.column >= self.mask.shape[1]:
                self._move(self.column - self.begin)
            self.mask[: len(tokens), self.column] = True
            seen = self.mask[: len(tokens), self.begin : self.column + 1]
            ids = [[token] for token in tokens]
            scores = self._scores(ids, Cache(layers=[*self.lanes]), self.lengths, seen)
            self.column += 1
        self.lengths = [length + 1 for length in self.lengths]
        return scores

    def leave(self, place: int) -> None:
        """Give a row up; the last one takes its place."""
        last = len(self.lengths) - 1
        for lane in self.lanes if place < last else ():
            lane.keys[place], lane.values[place] = lane.keys[last], lane.values[last]
        if self.lanes:
            self.mask[place] = self.mask[last]
        self.lengths[place] = self.lengths[last]
        self.lengths.pop()
        self.begin = self.column - max(self.lengths, default=0)

    @torch.inference_mode()
    def _scores(
        self, ids: list[list[int]], cache: Any, at: int | list[int], seen: Tensor | None = None
    ) -> Tensor:
        """The next token's scores (B, V) after `ids`, which stand from `at` on in their texts."""
        device = self.model.device
        tokens = torch.tensor(ids, device=device)
        begins = torch.tensor(at, device=device).view(-1, 1)
        given = {
            "attention_mask": seen,
            "position_ids": begins + torch.arange(tokens.shape[1], device=device),
            "past_key_values": cache,
            "cache_params": cache,
            "use_cache": True,
            "logits_to_keep": 1,
        }
        known = {k: v for k, v in given.items() if k in self.knows and v is not None}
        logits: Tensor = self.model(tokens, **known).logits
        return logits[:, -1]

    def _move(self, width: int) -> None:
        """Make room: columns for a row of `width` and more, twice the rows if all are taken."""
        rows = max(len(self.mask), 1)
        rows = rows if len(self.lengths) <= rows else 2 * rows
        old = slice(self.begin, self.column)
        new = slice(width - (self.column - self.begin), width)
        mask = torch.zeros(rows, width + ROOM, dtype=torch.bool, device=self.model.device)
        mask[: len(self.mask), new] = self.mask.to(mask.device)[:, old]
        for lane in self.lanes:
            lane.move(rows, width + ROOM, old, new)
        self.mask, self.begin, self.column = mask, new.start, width


class Lane(DynamicLayer):  # type: ignore[no-untyped-call]
    """Keys and values of one layer, (rows, heads, columns, size), written in place."""

    keys: Tensor
    values: Tensor

    def __init__(self, rows: Rows, like: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.rows, self.is_initialized = rows, True
        self.keys, self.values = like.keys[:0, :, :0], like.values[:0, :, :0]

    def move(self, rows: int, columns: int, old: slice, new: slice) -> None:
        """Take over the columns `old` as `new`, with room for more."""
        for name in ("keys", "values"):
            kept: Tensor = getattr(self, name)
            moved = kept.new_zeros(rows, kept.shape[1], columns, kept.shape[3])
            moved[: len(kept), :, new] = kept[:, :, old]
            setattr(self, name, moved)

    def update(
        self, key_states: Tensor, value_states: Tensor, *_more: Any, **_named: Any
    ) -> tuple[Tensor, Tensor]:
        """Write the newest column; all that the rows have seen."""
        count, column = len(key_states), self.rows.column
        self.keys[:count, :, column : column + 1] = key_states
        self.values[:count, :, column : column + 1] = value_states
        seen = slice(self.rows.begin, column + 1)
        return self.keys[:count, :, seen], self.values[:count, :, seen]

    def get_seq_length(self) -> int:
        """How many columns have been seen."""
        return self.rows.column - self.rows.begin


def _alike(one: list[int], other: list[int]) -> int:
    """How many tokens two prompts begin alike with."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
