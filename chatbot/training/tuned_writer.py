"""The bundled writer tuned on what staff have vouched for, beside what it learnt before."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from tqdm import tqdm
from transformers import AutoTokenizer, LlamaForCausalLM, PreTrainedTokenizerFast

from chatbot.terms import Brief
from chatbot.writing import EngineError
from chatbot.writing.bundled import BundledWriter
from chatbot.writing.vocabulary import act_token, reference_token

from . import adapting, corpus, proposals, writer
from .adapting import Figures, Outcome
from .fitting import Fit, mixed_precision
from .reviewed import gather

RATE = 3e-4  # at 1e-3, and with two, it forgot how two acts of sixty are told
KEPT_UP = 10  # replies of the corpus beside each reviewed one, so that nothing is forgotten
TRIED = 60  # texts it has to write under its guard, each act by as many dice as that takes


def tune(
    out: Path, start: Path, epochs: int, device: str, *, seed: int = 0, most: int | None = None,
    kept: Path | None = None, least: int = adapting.LEAST,
) -> Outcome:  # fmt: skip
    """Tune the writer in `start` and save it in `out`, adapter merged, if it got better. Raises
    TooFewError and WorseError. `most`, `kept` as of writer.train."""
    tokenizer = cast(
        PreTrainedTokenizerFast, AutoTokenizer.from_pretrained(start, local_files_only=True)
    )
    rows = [r.row for r in adapting.enough(gather(), least)[:most]]
    learnt, test = adapting.parted([r for r in rows if _speaks(tokenizer, r)], seed)
    old, known = writer.split(_corpus(tokenizer), 0.05, random.Random(seed))  # noqa: S311
    torch.manual_seed(seed)
    base = LlamaForCausalLM.from_pretrained(start, local_files_only=True, dtype=torch.float32)
    before = _figures(base, tokenizer, test, known, start)
    model = adapting.adapted(nn.Module.to(base, device))
    new = out.with_name(f"{out.name}.new")
    _fit(model, tokenizer, learnt, old, epochs, device, seed, kept, new / "loss.svg")
    whole = nn.Module.to(adapting.merged(nn.Module.to(model, "cpu"), new), torch.float16)
    whole.save_pretrained(new)
    tokenizer.save_pretrained(new)
    proposals.save(new, tokenizer, old + learnt)
    again = LlamaForCausalLM.from_pretrained(new, local_files_only=True, dtype=torch.float32)
    after = _figures(again, tokenizer, test, known, new)
    return adapting.settle(len(learnt), before, after, new, out)


def _corpus(tokenizer: PreTrainedTokenizerFast) -> list[corpus.ReplyRow]:
    return [row for row in corpus.replies() if _speaks(tokenizer, row)]


def _speaks(tokenizer: PreTrainedTokenizerFast, row: corpus.ReplyRow) -> bool:
    """Whether a writer has a token for a row's act and for all it cites."""
    wanted = {act_token(row.act), *map(reference_token, row.references)}
    return wanted <= set(tokenizer.get_vocab())


def _fit(
    model: nn.Module, tokenizer: PreTrainedTokenizerFast, rows: list[corpus.ReplyRow],
    old: list[corpus.ReplyRow], epochs: int, device: str, seed: int, kept: Path | None, plot: Path,
) -> None:  # fmt: skip
    """Train the adapter; every epoch sees all reviewed rows and others of the corpus."""
    many = min(len(old), KEPT_UP * len(rows))

    def batches(chance: random.Random) -> Iterator[dict[str, Tensor]]:
        return writer.batches(rows + chance.sample(old, many), tokenizer, device, chance)

    def loss(batch: dict[str, Tensor]) -> Tensor:
        with mixed_precision(device):
            found: Tensor = model(**batch).loss
        return found

    Fit(
        model=model, groups=[{"params": adapting.trained(model), "lr": RATE}], batches=batches,
        steps=-(-(len(rows) + many) // writer.BATCH), loss=loss, epochs=epochs, seed=seed,
        kept=kept, state=adapting.Adapter(model), plot=plot,
    ).run()  # fmt: skip


def _figures(
    model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, test: list[corpus.ReplyRow],
    known: list[corpus.ReplyRow], folder: Path,
) -> Figures:  # fmt: skip
    """How the writer in `folder` fares; the same briefs and dice every time."""
    briefs = _briefs(test, known)
    tried = [(brief, seed) for seed in range(-(-TRIED // len(briefs))) for brief in briefs]
    engine = BundledWriter(folder)
    done = sum(_ends(engine, *one) for one in tqdm(tried, desc="texts", unit="text"))
    return Figures(
        writer.measured(model, tokenizer, test, "cpu"), done, len(tried),
        writer.measured(model, tokenizer, known, "cpu"),
    )  # fmt: skip


def _briefs(test: Sequence[corpus.ReplyRow], known: Sequence[corpus.ReplyRow]) -> list[Brief]:
    """One of each act, those that staff have reviewed first."""
    rows = {row.act: row for row in (*known, *test)}
    acts = list(dict.fromkeys(row.act for row in (*test, *known)))[:TRIED]
    return [Brief(act, rows[act].references, rows[act].references) for act in acts]


def _ends(engine: BundledWriter, brief: Brief, seed: int) -> bool:
    """Whether a text ends and cites all it must, each in its own words."""
    try:
        text = "".join(engine.write(brief, seed=seed, stop=threading.Event()))
    except EngineError:
        return False
    return all(reference_token(reference) in text for reference in brief.must)
