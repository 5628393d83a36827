"""A step of a Llama (Touvron et al. 2023) for many texts at once, over a cache with fixed slots.

`transformers` pads a batch to one length and grows its cache by copying it at every token. Here
each text has a slot of its own, so that texts of any length stand side by side, join and leave.
What a text gets does not depend on what stands beside it: products of matrices come out the same
for a row whatever the others are, and lengths are rounded up to what the kernels of attention take
at once. That holds bit by bit on one machine and one build of torch. Sums, norms and what layers
hand on stay in full precision. Without oneDNN texts are as good, but may depend on others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import rms_norm, scaled_dot_product_attention, silu

from .engine import EngineError
from .products import Matrix, packed, product

LANES = 16  # lengths are multiples of this: so sums over them are cut into the same parts


class Layer(NamedTuple):
    """The weights of one layer, those that read the same input laid on top of each other."""

    before: Tensor  # (C,), scale of the norm before attention
    qkv: Matrix  # (3 C, C)
    out: Matrix  # (C, C)
    between: Tensor  # (C,), scale of the norm before the feed-forward part
    gate_up: Matrix  # (2 F, C)
    down: Matrix  # (C, F)


class Llama:
    """The decoder of a loaded `LlamaForCausalLM`, with room for `rows` texts of `length` tokens."""

    def __init__(self, model: Any, rows: int, length: int) -> None:
        config = model.config
        self.heads, self.width = config.num_attention_heads, config.head_dim
        if config.num_key_value_heads != self.heads or config.hidden_act != "silu":
            raise EngineError(
                f"The writer's weights have {config.num_key_value_heads} heads of keys to"
                f" {self.heads} of queries and {config.hidden_act} as activation; train a writer"
                " with as many of both and silu, with `manage.py train writer`."
            )
        self.eps = config.rms_norm_eps
        self.embedding = model.model.embed_tokens.weight.detach()  # (V, C)
        self.layers = [_layer(block) for block in model.model.layers]
        self.norm, self.head = model.model.norm.weight.detach(), packed(model.lm_head.weight)
        self.length = -(-length // LANES) * LANES
        places = torch.arange(self.length)[None]
        self.cos, self.sin = (
            t[0] for t in model.model.rotary_emb(self.embedding, places)
        )  # (T, D)
        shape = (len(self.layers), rows, self.length, 2 * self.heads, self.width)
        # Keys and values. Nothing of it may be left over from before: what is not looked at counts
        # for nothing, yet nothing times NaN is NaN. numpy's zeros take no memory until written to.
        self.cache = torch.from_numpy(np.zeros(shape, np.float32))

    def step(self, tokens: Tensor, places: Tensor, prompts: Sequence[Sequence[int]]) -> Tensor:
        """The next token's scores (B + J, V) of B texts that go on in slots 0 to B - 1, each with
        its newest token and that token's place, and of J prompts that join in the slots behind."""
        going, joined = len(tokens), len(prompts)
        wide = _rounded(max(map(len, prompts), default=0))
        ids = torch.zeros(joined, wide, dtype=torch.long)
        for row, prompt in zip(ids, prompts, strict=True):
            row[: len(prompt)] = torch.tensor(prompt)
        at = torch.cat([places, torch.arange(wide).repeat(joined)])
        slots = torch.cat(
            [torch.arange(going), torch.arange(going, going + joined).repeat_interleave(wide)]
        )
        hidden = self.embedding[torch.cat([tokens, ids.flatten()])]  # (N, C), N = B + J P
        seen = self._seen(places)
        cos, sin = self.cos[at][:, None], self.sin[at][:, None]
        for number, layer in enumerate(self.layers):
            queries, found = self._read(layer, hidden, cos, sin)
            self.cache[number, slots, at] = found
            mixed = torch.cat([
                self._go_on(number, queries[:going], seen),
                self._join(queries[going:], found[going:], wide),
            ])  # fmt: skip
            hidden = hidden + product(mixed, layer.out)
            gate, up = product(self._normed(hidden, layer.between), layer.gate_up).chunk(2, -1)
            hidden = hidden + product(silu(gate) * up, layer.down)
        ends = [going + n * wide + len(p) - 1 for n, p in enumerate(prompts)]
        newest = torch.cat([hidden[:going], hidden[ends]])
        return product(self._normed(newest, self.norm), self.head)

    def copy(self, sources: Tensor, slots: Tensor, length: int) -> None:
        """Let `slots` hold what `sources` hold, of which none is itself written over."""
        self.cache[:, slots, :length] = self.cache[:, sources, :length]

    def _seen(self, places: Tensor) -> Tensor:
        """What each text (B, 1, 1, T) may look at: 0, and minus infinity past its newest token."""
        long = _rounded(int(places.max()) + 1) if len(places) else 0
        past = torch.arange(long) > places[:, None]
        return torch.zeros(len(places), long).masked_fill(past, -torch.inf)[:, None, None]

    def _normed(self, hidden: Tensor, scale: Tensor) -> Tensor:
        return rms_norm(hidden, scale.shape, scale, self.eps)

    def _read(
        self, layer: Layer, hidden: Tensor, cos: Tensor, sin: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Queries (N, H, D), and keys above values (N, 2 H, D); queries and keys are turned by
        their place (Su et al. 2021)."""
        qkv = product(self._normed(hidden, layer.before), layer.qkv)
        split = qkv.view(len(hidden), 3 * self.heads, self.width)
        both, values = split[:, : 2 * self.heads], split[:, 2 * self.heads :]
        left, right = both.chunk(2, -1)
        turned = both * cos + torch.cat([-right, left], -1) * sin
        return turned[:, : self.heads], torch.cat([turned[:, self.heads :], values], 1)

    def _go_on(self, number: int, queries: Tensor, seen: Tensor) -> Tensor:
        """What texts that go on (B, H, D) find in their slots, (B, C)."""
        going, long = len(queries), seen.shape[-1]
        if not going:
            return queries.flatten(1)
        known = self.cache[number, :going, :long].transpose(1, 2)  # (B, 2 H, T, D)
        keys, values = known.chunk(2, 1)
        return scaled_dot_product_attention(
            queries[:, :, None], keys, values, attn_mask=seen
        ).reshape(going, -1)

    def _join(self, queries: Tensor, found: Tensor, wide: int) -> Tensor:
        """What prompts of `wide` tokens (J P, H, D) find in themselves, (J P, C): what stands
        behind their end is not looked at by what stands before it."""
        if not wide:
            return queries.flatten(1)
        three = torch.cat([queries, found], 1).view(-1, wide, 3 * self.heads, self.width)
        q, k, v = three.transpose(1, 2).chunk(3, 1)
        told = scaled_dot_product_attention(q, k, v, is_causal=True)  # (J, H, P, D)
        return told.transpose(1, 2).flatten(2).flatten(0, 1)


def _layer(block: Any) -> Layer:
    attention, forward = block.self_attn, block.mlp
    return Layer(
        before=block.input_layernorm.weight.detach(),
        qkv=packed(attention.q_proj.weight, attention.k_proj.weight, attention.v_proj.weight),
        out=packed(attention.o_proj.weight),
        between=block.post_attention_layernorm.weight.detach(),
        gate_up=packed(forward.gate_proj.weight, forward.up_proj.weight),
        down=packed(forward.down_proj.weight),
    )


def _rounded(length: int) -> int:
    return -(-length // LANES) * LANES
