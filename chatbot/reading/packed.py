"""Encoder layers for reading only: no padding, few steps, weights in the order in which they are
read, and where the processor multiplies them itself, numbers of half the size.

A text costs what it is long. Sums, means and what layers hand on stay in full precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from chatbot.processor import ordered, times

ROWS = 64  # tokens that are read together, about: the order of the weights is made for these
Weights = tuple[Tensor, Tensor]  # (out, in) in order, and what is added, (out,)


def cut(hidden: Tensor, lengths: Sequence[int]) -> tuple[Tensor, ...]:
    """(N, D) of texts one behind the other -> (T, D) of each."""
    return torch.split(hidden, list(lengths))


def means(hidden: Tensor, lengths: Sequence[int]) -> Tensor:
    """(N, D) of texts one behind the other -> (B, D), the mean of each."""
    return torch.stack([part.mean(0) for part in cut(hidden, lengths)])


class Layer:
    """One layer of a BERT encoder (Devlin et al. 2019), its weights laid out for packed texts."""

    def __init__(self, layer: Any, kind: torch.dtype) -> None:
        own = layer.attention.self
        self.kind, self.heads = kind, own.num_attention_heads
        self.mixing = self._laid(own.query, own.key, own.value)
        self.after = self._laid(layer.attention.output.dense)
        self.after_norm: nn.LayerNorm = layer.attention.output.LayerNorm
        self.wide = self._laid(layer.intermediate.dense)
        self.narrow = self._laid(layer.output.dense)
        self.narrow_norm: nn.LayerNorm = layer.output.LayerNorm

    def _laid(self, *parts: Any) -> Weights:
        """Linear parts as one, whose products lie side by side."""
        weights = torch.cat([part.weight.detach() for part in parts])
        added = torch.cat([part.bias.detach() for part in parts])
        return ordered(weights.to(self.kind), ROWS), added.to(self.kind)

    def __call__(self, hidden: Tensor, lengths: Sequence[int]) -> Tensor:
        """(N, 384) of texts one behind the other, N the sum of their lengths -> the same."""
        mixed = times(hidden.to(self.kind), *self.mixing)
        seen = torch.cat([self._attention(part) for part in cut(mixed, lengths)])
        hidden = self._added(hidden, seen, self.after, self.after_norm)
        wide = functional.gelu(times(hidden.to(self.kind), *self.wide))
        return self._added(hidden, wide, self.narrow, self.narrow_norm)

    def _attention(self, mixed: Tensor) -> Tensor:
        """(T, 3 x 384) of one text -> (T, 384)."""
        three = mixed.view(1, len(mixed), 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(*three)  # (1, heads, T, 32)
        return seen[0].transpose(0, 1).reshape(len(mixed), -1)

    def _added(self, hidden: Tensor, more: Tensor, weights: Weights, norm: nn.LayerNorm) -> Tensor:
        told: Tensor = norm(hidden + times(more, *weights).float())
        return told
