"""Teaching trained heads what they are newly asked to tell, without touching what they know.

Each ask is a row of one linear head, judged for itself. A new one is fitted as logistic regression
on the vectors of the trained layers, in minutes on a CPU; all other weights stay bit for bit.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from tqdm import tqdm

from chatbot.reading.encoder import Encoder, Heads, ReaderError

from . import corpus

BATCH = 64
STEPS = 300  # of L-BFGS at most
DECAY = 2e-5  # of the rows' squared weights, beside the mean loss of a message
TOLD = 0.5  # from this probability on an ask counts as told
ROWS = ("asks.weight", "asks.bias")


class NothingNew(ReaderError):
    """Raised when the heads tell every ask of the corpus already."""


@dataclass(frozen=True)
class Share:
    """How a new ask fares on messages held out."""

    ask: str
    found: float  # of the messages that ask so
    right: float  # of the messages said to ask so

    def __str__(self) -> str:
        return f"{self.ask} found {self.found:.1%}, right {self.right:.1%}"


def grow(
    folder: Path, start: Path, *, seed: int = 0, held_out: float = 0.1, most: int | None = None
) -> list[Share]:
    """Add the asks that the corpus has gained to the heads in `start`, save them under `folder`.
    Returns how each fares on the messages held out. Raises NothingNew."""
    found = corpus.messages()
    random.Random(seed).shuffle(found)  # noqa: S311 - variety, not secrecy
    known = json.loads((start / "labels.json").read_text())
    new = sorted({a for m in found for a in m.asks} - set(known["asks"]))
    if not new:
        raise NothingNew(f"{start.name} tells every ask of the corpus; there is nothing to add.")
    vectors, marks = _learnt(Heads(Encoder(), start), found[:most], new)
    cut = max(1, int(len(vectors) * held_out))
    rows = _fitted(vectors[cut:], marks[cut:])
    _save(folder, start, known | {"asks": [*known["asks"], *new]}, rows)
    return _shares(rows(vectors[:cut]).sigmoid() >= TOLD, marks[:cut].bool(), new)


@torch.no_grad()
def _learnt(
    heads: Heads, found: Sequence[corpus.Message], new: Sequence[str]
) -> tuple[Tensor, Tensor]:
    """What the heads look at in each message, (N, 384), and which new asks it has, (N, new)."""
    plain = [replace(m, text=corpus.plain(m.text)) for m in found]
    order = sorted(range(len(plain)), key=lambda i: len(plain[i].before + plain[i].text))
    vectors = torch.zeros(len(plain), heads.model.asks.in_features)
    for start in tqdm(range(0, len(order), BATCH), desc="messages", unit="batch"):
        places = order[start : start + BATCH]  # of like length: little is padding
        some = [plain[i] for i in places]
        states = heads.encoder.lower([m.text for m in some], [m.before for m in some])
        vectors[places] = heads.model.vectors(*states)
    marks = [[float(ask in m.asks) for ask in new] for m in plain]
    return vectors, torch.tensor(marks)


def _fitted(vectors: Tensor, marks: Tensor) -> nn.Linear:
    """Logistic regression of every new ask, by L-BFGS (Liu & Nocedal 1989)."""
    rows = nn.Linear(vectors.shape[1], marks.shape[1])
    nn.init.zeros_(rows.weight)
    nn.init.zeros_(rows.bias)
    optimizer = torch.optim.LBFGS(rows.parameters(), max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = nn.functional.binary_cross_entropy_with_logits(rows(vectors), marks)
        value = value + DECAY * rows.weight.square().sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return rows.requires_grad_(False)


def _save(folder: Path, start: Path, labels: dict[str, list[str]], rows: nn.Linear) -> None:
    state = load_file(start / "model.safetensors")
    for name, row in zip(ROWS, (rows.weight, rows.bias), strict=True):
        state[name] = torch.cat([state[name], row.half()])
    folder.mkdir(parents=True, exist_ok=True)
    save_file(state, folder / "model.safetensors")
    (folder / "labels.json").write_text(json.dumps(labels, indent=1))


def _shares(told: Tensor, meant: Tensor, new: Sequence[str]) -> list[Share]:
    both = (told & meant).sum(0)
    found, right = both / meant.sum(0).clamp(min=1), both / told.sum(0).clamp(min=1)
    return [Share(ask, float(f), float(r)) for ask, f, r in zip(new, found, right, strict=True)]
