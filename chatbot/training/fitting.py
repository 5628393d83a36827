"""The loop that every bundled model is trained with: seeded, resumable, with bar and loss plot."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn
from tqdm import tqdm

from chatbot import processor

from .plot import loss_plot
from .progress import Progress, Stateful

SMOOTHED = 50  # steps over which the loss on the bar and the plot is averaged
WARM = 0.08  # of all steps the rate rises
BEFORE = 0.25  # of the weights that a run went on from stay in what it makes of them
Group = dict[str, object]
Batch = TypeVar("Batch")


@dataclass
class Fit(Generic[Batch]):
    """One run: what is trained, on which batches, by which loss."""

    model: nn.Module
    groups: Sequence[Group]  # parameter groups of AdamW, each with its top rate "lr"
    batches: Callable[[random.Random], Iterable[Batch]]  # an epoch's, in an order of its own
    steps: int  # batches an epoch
    loss: Callable[[Batch], Tensor]
    epochs: int
    seed: int = 0
    kept: Path | None = None  # where an interrupted run goes on from
    state: Stateful | None = None  # what of the model is kept for that, if not all of it
    plot: Path | None = None  # an SVG of the loss
    after: Callable[[int], str] | None = None  # says how an epoch went, on examples held out
    losses: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Train in place. Every epoch is seeded by itself, so that an interrupted run that goes
        on ends where it would have ended."""
        rates = [float(str(g["lr"])) for g in self.groups]
        optimizer = torch.optim.AdamW(list(self.groups), weight_decay=0.05, betas=(0.9, 0.98))
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, rates, total_steps=self.epochs * self.steps + 1, pct_start=WARM
        )
        state = self.state or self.model
        progress = Progress(self.kept, state, optimizer, schedule) if self.kept else None
        for epoch in range(progress.resume() if progress else 0, self.epochs):
            self._epoch(epoch, optimizer, schedule)
            if progress:
                progress.keep(epoch + 1)
        if progress:
            progress.finish()
        self.model.eval()

    def _epoch(
        self, epoch: int, optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LRScheduler,
    ) -> None:  # fmt: skip
        torch.manual_seed(self.seed + epoch)
        self.model.train()
        some = self.batches(random.Random(self.seed + epoch))  # noqa: S311 - variety, not secrecy
        bar = tqdm(some, desc=f"epoch {epoch + 1}/{self.epochs}", total=self.steps, unit="batch")
        for batch in bar:
            self._step(self.loss(batch), optimizer)
            schedule.step()
            recent = self.losses[-SMOOTHED:]
            bar.set_postfix(loss=f"{sum(recent) / len(recent):.3f}")
        if self.plot:
            loss_plot(self.losses, self.steps, SMOOTHED, self.plot)
        if self.after:
            self.model.eval()
            tqdm.write(f"epoch {epoch + 1}: {self.after(epoch)}")

    def _step(self, loss: Tensor, optimizer: torch.optim.Optimizer) -> None:
        self.model.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        optimizer.step()
        self.losses.append(float(loss.detach()))


def lean_back(model: nn.Module, before: Mapping[str, Tensor], share: float = BEFORE) -> None:
    """Move trained weights a `share` of the way back to those `before` that the run went on from:
    between the two a model keeps what it knew and has what it learnt (WiSE-FT, Wortsman et al.
    2022)."""
    state = model.state_dict()
    model.load_state_dict({k: torch.lerp(v, before[k].to(v), share) for k, v in state.items()})


def mixed_precision(device: str) -> AbstractContextManager[object]:
    """bfloat16 where the processor computes in it: it halves the time and costs nothing at this
    size. Elsewhere it is emulated, also where oneDNN calls it supported, which takes several times
    as long as single precision."""
    able = device.startswith("cuda") or processor.best() == torch.bfloat16
    return torch.autocast(device.split(":")[0], dtype=torch.bfloat16, enabled=able)
