"""Training of the reader's heads: the upper encoder layers and two linear heads.

The shared lower layers are frozen, so their output is computed once and training only runs the
layers it changes.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from tqdm import tqdm

from chatbot.reading.encoder import Classifier, Encoder

from . import corpus

BATCH = 48
RATE_LAYERS, RATE_HEADS = 6e-5, 1e-3
COPIES = 2  # varied copies of each message, besides the message itself
FIRST_INTENT = 0.75  # the first intent's share of the target when there are several
ALIEN = 0.2  # of the single messages stand behind one that has nothing to do with them


def train(folder: Path, epochs: int, device: str, seed: int = 0, held_out: float = 0.08) -> float:
    """Train the heads, save them under `folder`; the accuracy of the first intent on messages
    held out, 0..1."""
    chance = random.Random(seed)  # noqa: S311 - variety, not secrecy
    torch.manual_seed(seed)
    found = corpus.messages()
    chance.shuffle(found)
    cut = int(len(found) * held_out)
    intents = sorted({i for m in found for i in m.intents})
    asks = sorted({a for m in found for a in m.asks})
    encoder = Encoder()
    model = Classifier(encoder, len(intents), len(asks)).to(device)
    data = _prepared(encoder, _varied(found[cut:], chance), intents, asks)
    test = _prepared(encoder, [replace(m, text=corpus.plain(m.text)) for m in found[:cut]],
                     intents, asks)  # fmt: skip
    _fit(model, data, epochs, device, chance)
    _save(model, folder, intents, asks)
    return _accuracy(model, test, device)


Row = tuple[Tensor, Tensor, Tensor]  # hidden (T, 384) half, intents (I,), asks (A,)


def _varied(found: list[corpus.Message], chance: random.Random) -> list[corpus.Message]:
    words = corpus.span_words(found)
    many = [replace(m, text=corpus.plain(m.text)) for m in found]
    many += [corpus.varied(m, words, chance) for m in found for _copy in range(COPIES)]
    many += [corpus.varied(m, words, chance) for m in corpus.fragments(words)]
    return [_behind_another(m, many, chance) for m in many]


def _behind_another(
    message: corpus.Message, others: list[corpus.Message], chance: random.Random
) -> corpus.Message:
    """So that the heads learn when to look back and when not."""
    if message.before or chance.random() > ALIEN:
        return message
    return replace(message, before=chance.choice(others).text)


@torch.inference_mode()
def _prepared(
    encoder: Encoder, found: list[corpus.Message], intents: list[str], asks: list[str]
) -> list[Row]:
    rows: list[Row] = []
    for start in tqdm(range(0, len(found), BATCH), desc="shared layers", unit="batch"):
        some = found[start : start + BATCH]
        hidden, mask = encoder.lower([m.text for m in some], [m.before for m in some])
        for i, message in enumerate(some):
            states = hidden[i, : int(mask[i].sum())].half().clone()
            rows.append((states, _shares(message.intents, intents), _marks(message.asks, asks)))
    return rows


def _shares(names: tuple[str, ...], vocabulary: list[str]) -> Tensor:
    target = torch.zeros(len(vocabulary))
    rest = (1 - FIRST_INTENT) / max(len(names) - 1, 1)
    for place, name in enumerate(names):
        target[vocabulary.index(name)] += FIRST_INTENT if place == 0 else rest
    return target / target.sum()


def _marks(names: tuple[str, ...], vocabulary: list[str]) -> Tensor:
    target = torch.zeros(len(vocabulary))
    target[[vocabulary.index(n) for n in names]] = 1.0
    return target


def _batch(rows: list[Row], device: str) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    hidden = nn.utils.rnn.pad_sequence([r[0] for r in rows], batch_first=True).float()
    mask = nn.utils.rnn.pad_sequence(
        [torch.ones(len(r[0]), dtype=torch.long) for r in rows], batch_first=True
    )
    intents, asks = torch.stack([r[1] for r in rows]), torch.stack([r[2] for r in rows])
    return hidden.to(device), mask.to(device), intents.to(device), asks.to(device)


def _fit(
    model: Classifier, rows: list[Row], epochs: int, device: str, chance: random.Random
) -> None:
    heads = [*model.intents.parameters(), *model.asks.parameters()]
    groups = [
        {"params": model.layers.parameters(), "lr": RATE_LAYERS},
        {"params": heads, "lr": RATE_HEADS},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(rows) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [RATE_LAYERS, RATE_HEADS], total_steps=steps, pct_start=0.1
    )
    model.train()
    for epoch in range(epochs):
        chance.shuffle(rows)
        bar = tqdm(range(0, len(rows), BATCH), desc=f"epoch {epoch + 1}/{epochs}", unit="batch")
        for start in bar:
            hidden, mask, intents, asks = _batch(rows[start : start + BATCH], device)
            told_intents, told_asks = model(hidden, mask)
            loss = nn.functional.cross_entropy(told_intents, intents)
            loss = loss + 10 * nn.functional.binary_cross_entropy_with_logits(told_asks, asks)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            bar.set_postfix(loss=f"{loss.item():.3f}")
    model.eval()


@torch.inference_mode()
def _accuracy(model: Classifier, rows: list[Row], device: str) -> float:
    right = 0
    for start in range(0, len(rows), BATCH):
        hidden, mask, intents, _asks = _batch(rows[start : start + BATCH], device)
        right += int((model(hidden, mask)[0].argmax(-1) == intents.argmax(-1)).sum())
    return right / max(len(rows), 1)


def _save(model: Classifier, folder: Path, intents: list[str], asks: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: v.half().cpu().contiguous() for k, v in model.state_dict().items()}
    save_file(state, folder / "model.safetensors")
    (folder / "labels.json").write_text(json.dumps({"intents": intents, "asks": asks}, indent=1))
