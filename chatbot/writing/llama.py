"""A step of a Llama (Touvron et al. 2023) for many texts at once, over a cache with fixed slots.

`transformers` pads a batch to one length and grows its cache by copying it at every token. Here
each text has a slot of its own, so that texts of any length stand side by side, join and leave.
What a text gets does not depend on what stands beside it: products of matrices come out the same
for a row whatever the others are, each text is given a chain of equally many tokens, and lengths
are rounded up to what the kernels of attention take at once. That holds bit by bit on one machine
and one build of torch. Sums, norms and what layers hand on stay in full precision. Without oneDNN
texts are as good, but may depend on others.
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
        self.layers = [_layer(block, self.width) for block in model.model.layers]
        self.norm, self.head = model.model.norm.weight.detach(), packed(model.lm_head.weight)
        self.length = -(-length // LANES) * LANES
        places = torch.arange(self.length)[None]
        cos, sin = model.model.rotary_emb(self.embedding, places)  # twice the same half
        self.turn = torch.complex(cos, sin)[0, :, : self.width // 2].contiguous()  # (T, D / 2)
        shape = (len(self.layers), rows, self.length, 2 * self.heads, self.width)
        # Keys and values. Nothing of it may be left over from before: what is not looked at counts
        # for nothing, yet nothing times NaN is NaN. numpy's zeros take no memory until written to.
        self.cache = torch.from_numpy(np.zeros(shape, np.float32))

    def step(self, tokens: Tensor, places: Tensor, prompts: Sequence[Sequence[int]]) -> Tensor:
        """What is made (B + J, K, C) of chains of K tokens: those of B texts that go on in slots 0
        to B - 1, with the places of their first tokens, and the ends of J prompts that join in the
        slots behind. What a chain leaves in its slot is written over by one that begins further
        back, and not seen before."""
        (going, chain), joined = tokens.shape, len(prompts)
        wide = _rounded(max(map(len, prompts), default=0))
        ids = torch.zeros(joined, wide, dtype=torch.long)
        for row, prompt in zip(ids, prompts, strict=True):
            row[: len(prompt)] = torch.tensor(prompt)
        along = places[:, None] + torch.arange(chain)  # (B, K)
        at = torch.cat([along.flatten(), torch.arange(wide).repeat(joined)])
        slots = torch.cat([
            torch.arange(going).repeat_interleave(chain),
            torch.arange(going, going + joined).repeat_interleave(wide),
        ])  # fmt: skip
        hidden = self.embedding[torch.cat([tokens.flatten(), ids.flatten()])]  # (N, C)
        hidden = self._through(hidden, slots, at, self._seen(along), wide)
        ends = [going * chain + n * wide + len(p) for n, p in enumerate(prompts)]
        kept = [hidden[: going * chain], *(hidden[end - chain : end] for end in ends)]
        return self._normed(torch.cat(kept), self.norm).view(going + joined, chain, -1)

    def scores(self, made: Tensor) -> Tensor:
        """The next token's scores (N, V) after what was made (N, C)."""
        return product(made, self.head)

    def copy(self, sources: Tensor, slots: Tensor, length: int) -> None:
        """Let `slots` hold what `sources` hold, of which none is itself written over."""
        self.cache[:, slots, :length] = self.cache[:, sources, :length]

    def _through(
        self, hidden: Tensor, slots: Tensor, at: Tensor, seen: Tensor, wide: int
    ) -> Tensor:
        """Tokens (N, C) through all layers: N = B K + J P, first the chains, then the prompts."""
        turn = self.turn[at][:, None]
        going = seen.shape[0] * seen.shape[2]
        for number, layer in enumerate(self.layers):
            queries, found = self._read(layer, hidden, turn)
            self.cache[number, slots, at] = found
            mixed = torch.cat([
                self._go_on(number, queries[:going], seen),
                self._join(queries[going:], found[going:], wide),
            ])  # fmt: skip
            hidden = hidden + product(mixed, layer.out)
            gate, up = product(self._normed(hidden, layer.between), layer.gate_up).chunk(2, -1)
            hidden = hidden + product(silu(gate) * up, layer.down)
        return hidden

    def _seen(self, along: Tensor) -> Tensor:
        """What each token of a chain (B, 1, K, T) may look at: 0, and minus infinity past it."""
        long = _rounded(int(along.max()) + 1) if len(along) else 0
        past = torch.arange(long) > along[..., None]
        return torch.zeros(*along.shape, long).masked_fill(past, -torch.inf)[:, None]

    def _normed(self, hidden: Tensor, scale: Tensor) -> Tensor:
        return rms_norm(hidden, scale.shape, scale, self.eps)

    def _read(self, layer: Layer, hidden: Tensor, turn: Tensor) -> tuple[Tensor, Tensor]:
        """Queries (N, H, D), and keys above values (N, 2 H, D); queries and keys are turned by
        their place (Su et al. 2021), two numbers side by side as one complex one."""
        qkv = product(self._normed(hidden, layer.before), layer.qkv)
        split = qkv.view(len(hidden), 3 * self.heads, self.width)
        both, values = split[:, : 2 * self.heads], split[:, 2 * self.heads :]
        pairs = both.view(len(hidden), 2 * self.heads, -1, 2)
        turned = torch.view_as_real(torch.view_as_complex(pairs) * turn)
        queries, keys = turned.flatten(-2).chunk(2, 1)
        return queries, torch.cat([keys, values], 1)

    def _go_on(self, number: int, queries: Tensor, seen: Tensor) -> Tensor:
        """What chains (B K, H, D) find in their slots, (B K, C)."""
        going, _one, chain, long = seen.shape
        if not going:
            return queries.flatten(1)
        known = self.cache[number, :going, :long].transpose(1, 2)  # (B, 2 H, T, D)
        keys, values = known.chunk(2, 1)
        asked = queries.view(going, chain, self.heads, self.width).transpose(1, 2)
        told = scaled_dot_product_attention(asked, keys, values, attn_mask=seen)
        return told.transpose(1, 2).reshape(going * chain, -1)

    def _join(self, queries: Tensor, found: Tensor, wide: int) -> Tensor:
        """What prompts of `wide` tokens (J P, H, D) find in themselves, (J P, C): what stands
        behind their end is not looked at by what stands before it."""
        if not wide:
            return queries.flatten(1)
        three = torch.cat([queries, found], 1).view(-1, wide, 3 * self.heads, self.width)
        q, k, v = three.transpose(1, 2).chunk(3, 1)
        told = scaled_dot_product_attention(q, k, v, is_causal=True)  # (J, H, P, D)
        return told.transpose(1, 2).flatten(2).flatten(0, 1)


def _layer(block: Any, width: int) -> Layer:
    attention, forward = block.self_attn, block.mlp
    query, key = (_paired(p.weight, width) for p in (attention.q_proj, attention.k_proj))
    return Layer(
        before=block.input_layernorm.weight.detach(),
        qkv=packed(query, key, attention.v_proj.weight),
        out=packed(attention.o_proj.weight),
        between=block.post_attention_layernorm.weight.detach(),
        gate_up=packed(forward.gate_proj.weight, forward.up_proj.weight),
        down=packed(forward.down_proj.weight),
    )


def _paired(weight: Tensor, width: int) -> Tensor:
    """The rows of each head in another order: those that are turned together side by side."""
    return weight.view(-1, 2, width // 2, weight.shape[1]).transpose(1, 2).reshape(weight.shape)


def _rounded(length: int) -> int:
    return -(-length // LANES) * LANES
