"""Training of the reader's heads: the upper encoder layers and two linear heads.

The shared lower layers are frozen, so their output is computed once and training only runs the
layers it changes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from tqdm import tqdm

from chatbot.reading.encoder import Classifier, Encoder, ReaderError

from . import corpus
from .fitting import Fit, lean_back, mixed_precision

BATCH = 48
CHUNKS = 4  # of like length that a batch is cut into, so that little is padding
RATE_LAYERS, RATE_HEADS = 6e-5, 1e-3
COPIES = 2  # varied copies of each message, besides the message itself
MORE_COPIES = 1  # the same of a run that goes on from trained heads
FIRST_INTENT = 0.75  # the first intent's share of the target when there are several
ASKS_WEIGHT = 10  # of the asks' loss, a mean over many, beside the intents' one
ALIEN = 0.2  # of the single messages stand behind one that has nothing to do with them


@dataclass(frozen=True)
class Score:
    """How the heads fare on messages they have not learnt from."""

    accuracy: float  # of the first intent
    error: float  # expected calibration error of its probability (Guo et al. 2017)

    def __str__(self) -> str:
        return f"first intent right {self.accuracy:.1%}, calibration error {self.error:.3f}"


def train(
    folder: Path, epochs: int, device: str, *, seed: int = 0, held_out: float = 0.08,
    most: int | None = None, kept: Path | None = None, start: Path | None = None,
) -> Score:  # fmt: skip
    """Train the heads, save them under `folder`; how they fare on messages held out. `most`: no
    more messages than this, for a trial; `kept`: where an interrupted run goes on from; `start`:
    trained heads of the same intents and asks to go on from, by fewer copies of each message."""
    chance = random.Random(seed)  # noqa: S311 - variety, not secrecy
    torch.manual_seed(seed)
    found = corpus.messages()
    chance.shuffle(found)
    found = found[:most]
    cut = max(1, int(len(found) * held_out))
    intents, asks = _labels(found, start)
    encoder = Encoder()
    model = Classifier(encoder, len(intents), len(asks)).to(device)
    trained = load_file(start / "model.safetensors") if start else {}
    if trained:
        model.load_state_dict({k: v.float() for k, v in trained.items()})
    copies = MORE_COPIES if start else COPIES
    data = _prepared(encoder, _varied(found[cut:], chance, copies), intents, asks)
    test = _prepared(encoder, [replace(m, text=corpus.plain(m.text)) for m in found[:cut]],
                     intents, asks)  # fmt: skip
    _fit(model, data, epochs, device, seed=seed, kept=kept, plot=folder / "loss.svg")
    if trained:
        lean_back(model, trained)
    _save(model, folder, intents, asks)
    return measured(model, test, device)


def _labels(found: list[corpus.Message], start: Path | None) -> tuple[list[str], list[str]]:
    """The intents and asks there are to tell; those of the trained heads where some are given."""
    intents = sorted({i for m in found for i in m.intents})
    asks = sorted({a for m in found for a in m.asks})
    if start is None:
        return intents, asks
    known = json.loads((start / "labels.json").read_text())
    if new := {*intents, *asks} - {*known["intents"], *known["asks"]}:
        raise ReaderError(
            f"{start.name} was trained before the corpus had {', '.join(sorted(new))}; train the "
            "reader anew, without --from, or let it learn new asks alone with --grow."
        )
    return known["intents"], known["asks"]


Row = tuple[Tensor, Tensor, Tensor]  # hidden (T, 384) half, intents (I,), asks (A,)


def _varied(
    found: list[corpus.Message], chance: random.Random, copies: int
) -> list[corpus.Message]:  # fmt: skip
    words = corpus.span_words(found)
    many = [replace(m, text=corpus.plain(m.text)) for m in found]
    many += [corpus.varied(m, words, chance) for m in found for _copy in range(copies)]
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
    model: Classifier, rows: list[Row], epochs: int, device: str, *, seed: int = 0,
    kept: Path | None = None, plot: Path | None = None,
) -> None:  # fmt: skip
    heads = [*model.intents.parameters(), *model.asks.parameters()]

    def batches(chance: random.Random) -> Iterable[list[Row]]:
        mixed = chance.sample(rows, len(rows))
        for start in range(0, len(mixed), BATCH):
            yield mixed[start : start + BATCH]

    Fit(
        model=model,
        groups=[{"params": model.layers.parameters(), "lr": RATE_LAYERS},
                {"params": heads, "lr": RATE_HEADS}],
        batches=batches,
        steps=-(-len(rows) // BATCH),
        loss=lambda some: _loss(model, some, device),
        epochs=epochs, seed=seed, kept=kept, plot=plot,
    ).run()  # fmt: skip


def _loss(model: Classifier, rows: list[Row], device: str) -> Tensor:
    """The mean over `rows`, read in chunks of like length."""
    order = sorted(rows, key=lambda row: len(row[0]))
    size = -(-len(order) // CHUNKS)
    parts = [order[start : start + size] for start in range(0, len(order), size)]
    return torch.stack([_loss_of(model, p, device) * len(p) for p in parts]).sum() / len(rows)


def _loss_of(model: Classifier, rows: list[Row], device: str) -> Tensor:
    hidden, mask, intents, asks = _batch(rows, device)
    with mixed_precision(device):
        told_intents, told_asks = model(hidden, mask)
    choice = nn.functional.cross_entropy(told_intents.float(), intents)
    finer = nn.functional.binary_cross_entropy_with_logits(told_asks.float(), asks)
    shares = asks / asks.sum(-1, keepdim=True).clamp(min=1)
    likeliest = nn.functional.cross_entropy(told_asks.float(), shares)  # those before all others
    return choice + ASKS_WEIGHT * finer + likeliest


@torch.inference_mode()
def measured(model: Classifier, rows: list[Row], device: str) -> Score:
    """How `model` fares on `rows`."""
    sure, right = [], []
    for start in range(0, len(rows), BATCH):
        hidden, mask, intents, _asks = _batch(rows[start : start + BATCH], device)
        chances = model(hidden, mask)[0].softmax(-1)
        sure += chances.max(-1).values.tolist()
        right += (chances.argmax(-1) == intents.argmax(-1)).tolist()
    return Score(sum(right) / max(len(right), 1), calibration_error(sure, right))


def calibration_error(sure: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """The expected calibration error (Guo et al. 2017): how far stated sureness, 0..1, and the
    share of right answers lie apart, over bins of equal width, weighted by their size."""
    total = 0.0
    for n in range(bins):
        own = [(s, r) for s, r in zip(sure, right, strict=True)
               if n / bins < s <= (n + 1) / bins]  # fmt: skip
        total += abs(sum(s for s, _r in own) - sum(r for _s, r in own))
    return total / max(len(sure), 1)


def _save(model: Classifier, folder: Path, intents: list[str], asks: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state = {k: v.half().cpu().contiguous() for k, v in model.state_dict().items()}
    save_file(state, folder / "model.safetensors")
    (folder / "labels.json").write_text(json.dumps({"intents": intents, "asks": asks}, indent=1))
