"""Encoder layers for reading only: no padding, few steps, and where the processor multiplies them
itself, numbers of half the size.

A text costs what it is long. Sums, means and what layers hand on stay in full precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


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
        three = (own.query, own.key, own.value)
        self.mixing = self._laid([p.weight for p in three]), self._laid([p.bias for p in three])
        self.after, self.after_norm = self._linear(layer.attention.output)
        self.wide = (
            self._laid([layer.intermediate.dense.weight]),
            self._laid([layer.intermediate.dense.bias]),
        )
        self.narrow, self.narrow_norm = self._linear(layer.output)

    def _laid(self, parts: Sequence[Tensor]) -> Tensor:
        return torch.cat([part.detach() for part in parts]).to(self.kind)

    def _linear(self, part: Any) -> tuple[tuple[Tensor, Tensor], nn.LayerNorm]:
        return (self._laid([part.dense.weight]), self._laid([part.dense.bias])), part.LayerNorm

    def __call__(self, hidden: Tensor, lengths: Sequence[int]) -> Tensor:
        """(N, 384) of texts one behind the other, N the sum of their lengths -> the same."""
        mixed = functional.linear(hidden.to(self.kind), *self.mixing)
        seen = torch.cat([self._attention(part) for part in cut(mixed, lengths)])
        hidden = self._added(hidden, seen, self.after, self.after_norm)
        wide = functional.gelu(functional.linear(hidden.to(self.kind), *self.wide))
        return self._added(hidden, wide, self.narrow, self.narrow_norm)

    def _attention(self, mixed: Tensor) -> Tensor:
        """(T, 3 x 384) of one text -> (T, 384)."""
        three = mixed.view(1, len(mixed), 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(*three)  # (1, heads, T, 32)
        return seen[0].transpose(0, 1).reshape(len(mixed), -1)

    def _added(
        self, hidden: Tensor, more: Tensor, weights: tuple[Tensor, Tensor], norm: nn.LayerNorm
    ) -> Tensor:
        told: Tensor = norm(hidden + functional.linear(more, *weights).float())
        return told
