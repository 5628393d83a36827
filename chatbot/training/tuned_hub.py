"""A hub model tuned on what staff have vouched for, asked as the hub engine asks it."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from tqdm import tqdm

from chatbot.terms import Brief
from chatbot.writing import EngineError, cites, render
from chatbot.writing.hub import HubWriter, ends, loaded, read
from chatbot.writing.prompting import given, prompt

from . import adapting
from .adapting import Figures, Outcome
from .fitting import Fit, mixed_precision
from .reviewed import Reviewed, gather

RATE, BATCH = 2e-4, 4
TRIED = 24  # briefs it has to word before and after
SECONDS = 300.0  # that a text of those may take, in the company of the others
IGNORED = -100  # label of tokens that are given, not learnt
Example = tuple[list[int], list[int]]  # what is asked, what is to be said


def tune(
    out: Path, start: str, epochs: int, device: str, *, seed: int = 0, most: int | None = None,
    kept: Path | None = None, least: int = adapting.LEAST,
) -> Outcome:  # fmt: skip
    """Tune the model `start`, a hub name or a folder, and save it in `out`, adapter merged, if it
    got better. Raises TooFewError, WorseError, and EngineError for a model that cannot chat."""
    learnt, test = adapting.parted(adapting.enough(gather(), least)[:most], seed)
    briefs = [one.brief for one in test[:TRIED]]
    done = _done(start, briefs)
    tokenizer, base = loaded(start)
    told = _last(tokenizer, base)
    rows, aside = ([_example(tokenizer, told, one) for one in some] for some in (learnt, test))
    nn.Module.to(base, device)
    torch.manual_seed(seed)
    before = Figures(measured(base, aside, device), done, len(briefs))
    model, new = adapting.adapted(base), out.with_name(f"{out.name}.new")
    _fit(model, rows, epochs, device, seed, kept, new / "loss.svg")
    whole = adapting.merged(model, new)
    lost = measured(whole, aside, device)
    whole.save_pretrained(new)
    tokenizer.save_pretrained(new)
    after = Figures(lost, _done(str(new), briefs), len(briefs))
    return adapting.settle(len(rows), before, after, new, out)


def said(one: Reviewed) -> str:
    """A reviewed text as an engine without references has to write it: with the values, and
    placeholders where they are a shopper's."""
    return render(one.row.text, {r: given(r, one.brief) for r in one.brief.values})


def _example(tokenizer: Any, end: int, one: Reviewed) -> Example:
    ids: list[int] = tokenizer(said(one), add_special_tokens=False).input_ids
    return read(tokenizer, prompt(one.brief)), [*ids, end]


def _last(tokenizer: Any, model: Any) -> int:
    """The token that ends a text: the tokenizer's own if the model heeds it."""
    known = ends(model)
    own = tokenizer.eos_token_id
    return own if own in known else min(known)


def _fit(
    model: nn.Module, rows: list[Example], epochs: int, device: str, seed: int,
    kept: Path | None, plot: Path,
) -> None:  # fmt: skip
    def batches(chance: random.Random) -> Iterator[dict[str, Tensor]]:
        mixed = chance.sample(rows, len(rows))
        return (batch(mixed[n : n + BATCH], device) for n in range(0, len(mixed), BATCH))

    def loss(some: dict[str, Tensor]) -> Tensor:
        with mixed_precision(device):
            found: Tensor = model(**some).loss
        return found

    Fit(
        model=model, groups=[{"params": adapting.trained(model), "lr": RATE}], batches=batches,
        steps=-(-len(rows) // BATCH), loss=loss, epochs=epochs, seed=seed, kept=kept,
        state=adapting.Adapter(model), plot=plot,
    ).run()  # fmt: skip


def batch(some: Sequence[Example], device: str) -> dict[str, Tensor]:
    """Token ids (B, T), mask and labels; only what is to be said is learnt."""
    ids = [torch.tensor(asked + told) for asked, told in some]
    labels = [torch.tensor([IGNORED] * len(asked) + told) for asked, told in some]
    pad = nn.utils.rnn.pad_sequence
    rows = {
        "input_ids": pad(ids, batch_first=True),  # what stands where nothing is seen is no matter
        "attention_mask": pad([torch.ones_like(i) for i in ids], batch_first=True),
        "labels": pad(labels, batch_first=True, padding_value=IGNORED),
    }
    return {name: row.to(device) for name, row in rows.items()}


@torch.inference_mode()
def measured(model: Any, rows: Sequence[Example], device: str) -> float:
    """The loss a token (nats) on `rows`."""
    nn.Module.eval(model)
    lost, tokens = 0.0, 0
    for one in rows:
        lost += float(model(**batch([one], device)).loss) * len(one[1])
        tokens += len(one[1])
    return lost / tokens


def _done(model: str, briefs: Sequence[Brief]) -> int:
    """How many texts end and cite what they must, all written side by side."""
    engine = HubWriter(model, SECONDS)
    with ThreadPoolExecutor(len(briefs)) as readers:
        ended = readers.map(lambda brief: _ends(engine, brief), briefs)
        return sum(tqdm(ended, desc="texts", unit="text", total=len(briefs)))


def _ends(engine: HubWriter, brief: Brief) -> bool:
    try:
        text = "".join(engine.write(brief, seed=1, stop=threading.Event()))
    except EngineError:
        return False
    return all(cites([text], r, brief.values[r]) for r in brief.must)
