"""Training of the Transformer that chatbot/recommending/learned.py runs: from what a shopper had
bought to all of what their next order brought, by cross-entropy over the whole shop (full softmax:
Klenitskiy & Vasilev 2023)."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from chatbot.recommending.learned import EPS, MOST_READ, Transformer
from chatbot.recommending.shelf import Shelf
from chatbot.training.fitting import Fit

WIDTH, HEADS, LAYERS, WIDER = 64, 2, 2, 2
BATCH = 64
DROPPED, FORGOTTEN = 0.2, 0.1  # of numbers, and of what was bought
RATES = {"own": 5e-3, "rest": 2e-3}


@dataclass(frozen=True)
class Step:
    """One order and the orders before it, as places on the shelf."""

    before: tuple[tuple[int, ...], ...]  # oldest first
    after: tuple[int, ...]


class Sequences(nn.Module):
    """SASRec as it is trained; the names of its weights are those it is run by."""

    def __init__(self, vectors: Tensor) -> None:
        super().__init__()
        self.register_buffer("vectors", vectors, persistent=False)  # (N, 384)
        self.project = nn.Linear(vectors.shape[1], WIDTH, bias=False)
        self.own = nn.Parameter(torch.zeros(len(vectors), WIDTH))
        nn.init.normal_(self.own, std=0.02)
        self.ages = nn.Parameter(torch.zeros(MOST_READ, WIDTH))
        self.layers = nn.ModuleList(Layer() for _n in range(LAYERS))
        self.last = nn.LayerNorm(WIDTH, eps=EPS, bias=False)
        self.dropout = nn.Dropout(DROPPED)

    def items(self) -> Tensor:
        """(N, D)"""
        items: Tensor = self.project(self.vectors) + self.own
        return items

    def forward(self, read: Tensor, lengths: Tensor) -> Tensor:
        """Places (B, T), filled up behind, and how many count -> logits (B, N)."""
        items, (rows, size) = self.items(), read.shape
        ages = (lengths[:, None] - 1 - torch.arange(size, device=read.device)).clamp(min=0)
        hidden = self.dropout(items[read] * math.sqrt(WIDTH) + self.ages[ages])
        for layer in self.layers:
            hidden = layer(hidden)
        state = self.last(hidden)[torch.arange(rows, device=read.device), lengths - 1]
        logits: Tensor = state @ items.T
        return logits

    def exported(self, handles: Sequence[str]) -> Transformer:
        """The weights as they are run."""
        weights = {
            name.removeprefix("layers.").removesuffix(".weight"): np.ascontiguousarray(
                part.detach().cpu().numpy(), np.float32
            )
            for name, part in self.named_parameters()
        }
        return Transformer(weights, {h: place for place, h in enumerate(handles)}, HEADS)


class Layer(nn.Module):
    """Causal self-attention and two linear layers, each behind a norm (Xiong et al. 2020)."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = (nn.LayerNorm(WIDTH, eps=EPS, bias=False) for _n in range(2))
        self.query, self.key, self.value, self.out = (
            nn.Linear(WIDTH, WIDTH, bias=False) for _n in range(4)
        )
        self.widen = nn.Linear(WIDTH, WIDER * WIDTH, bias=False)
        self.narrow = nn.Linear(WIDER * WIDTH, WIDTH, bias=False)
        self.dropout = nn.Dropout(DROPPED)

    def forward(self, hidden: Tensor) -> Tensor:
        """(B, T, D) -> (B, T, D)"""
        hidden = hidden + self.dropout(self._attended(self.before(hidden)))
        wide = torch.relu(self.widen(self.between(hidden)))
        out: Tensor = hidden + self.dropout(self.narrow(wide))
        return out

    def _attended(self, hidden: Tensor) -> Tensor:
        rows, size, _width = hidden.shape
        query, key, value = (
            part(hidden).view(rows, size, HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        mixed = nn.functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        out: Tensor = self.out(mixed.transpose(1, 2).reshape(rows, size, WIDTH))
        return out


def steps(shelf: Shelf) -> list[Step]:
    """Every order of a shopper who had ordered before."""
    return [
        Step(tuple(orders[:n]), orders[n])
        for orders in shelf.orders.values()
        for n in range(1, len(orders))
    ]


def learn(
    shelf: Shelf, epochs: int, device: str = "cpu", kept: Path | None = None,
    plot: Path | None = None, seed: int = 0,
) -> Transformer:  # fmt: skip
    """A model of the shelf's orders."""
    torch.manual_seed(seed)
    model = Sequences(torch.from_numpy(shelf.vectors)).to(device)
    known = steps(shelf)
    rest = [p for name, p in model.named_parameters() if name != "own"]
    fit = Fit(
        model=model,
        groups=[{"params": [model.own], "lr": RATES["own"]}, {"params": rest, "lr": RATES["rest"]}],
        batches=lambda chance: _batches(known, chance), steps=math.ceil(len(known) / BATCH),
        loss=lambda batch: _loss(model, batch, device), epochs=epochs, kept=kept, plot=plot,
        seed=seed,
    )  # fmt: skip
    fit.run()
    return model.exported([p.handle for p in shelf.products])


def _batches(known: Sequence[Step], chance: random.Random) -> Iterator[list[Step]]:
    order = chance.sample(known, len(known))
    for start in range(0, len(order), BATCH):
        yield [_varied(step, chance) for step in order[start : start + BATCH]]


def _varied(step: Step, chance: random.Random) -> Step:
    """The same with the things of an order in another order, and some forgotten."""
    before = [
        tuple(p for p in chance.sample(some, len(some)) if chance.random() > FORGOTTEN)
        for some in step.before
    ]
    return Step(tuple(before) if any(before) else step.before, step.after)


def _loss(model: Sequences, batch: Sequence[Step], device: str) -> Tensor:
    """How surprised the model is by what each order brought that was not had before."""
    read = [[p for some in step.before for p in some][-MOST_READ:] for step in batch]
    lengths = torch.tensor([len(row) for row in read], device=device)
    filled = torch.tensor([row + [0] * (max(map(len, read)) - len(row)) for row in read])
    logits = model(filled.to(device), lengths)
    wanted = torch.zeros_like(logits)
    for number, step in enumerate(batch):
        had = {p for some in step.before for p in some}
        logits[number, list(had)] = -1e4
        new = [p for p in step.after if p not in had]
        wanted[number, new] = 1 / max(1, len(new))
    return -(wanted * torch.log_softmax(logits, -1)).sum(-1).mean()
