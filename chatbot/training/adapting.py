"""Adapters of low rank (LoRA, Hu et al. 2022) on a model that is trained already, merged into its
weights before it is used, and the judgement whether that made it better.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from peft import (
    LoraConfig,
    get_peft_model,
    get_peft_model_state_dict,
    set_peft_model_state_dict,
)

from .reviewed import Gathered, Reviewed

RANK, SCALE, DROPOUT = 16, 32, 0.05
LEAST = 60  # rows from which on a fifth of them tells better from worse
HELD_OUT = 0.2
# Nats a token by which the loss on what it knew may rise. No share of it: the stored writer knows
# nearly all of that by heart, and a share of nothing is nothing.
MOST_FORGOTTEN = 0.03
Row = TypeVar("Row")


class TooFewError(Exception):
    """Raised when there is too little to learn from, with what there is."""


class WorseError(Exception):
    """Raised when what was trained is no better; nothing was replaced."""


class Figures(NamedTuple):
    """How a model fares on what it did not learn from."""

    reviewed: float  # loss a token (nats) on reviewed replies held out
    done: int  # texts that end and cite what they must
    tried: int
    known: float = 0.0  # loss a token on what it was trained on before, held out

    def __str__(self) -> str:
        known = f", {self.known:.3f} on what it knew" if self.known else ""
        return f"{self.reviewed:.3f} on reviewed replies{known}, {self.done}/{self.tried} done"


class Outcome(NamedTuple):
    """What a training has made of a model."""

    rows: int
    before: Figures
    after: Figures

    def __str__(self) -> str:
        return f"learnt from {self.rows} reviewed replies; before: {self.before}; now: {self.after}"


class Adapter:
    """The adapter's weights alone: what a run has to keep of a model."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def state_dict(self) -> dict[str, Any]:
        """Its weights by name."""
        state: dict[str, Any] = get_peft_model_state_dict(self.model)
        return state

    def load_state_dict(self, state_dict: dict[str, Any]) -> Any:
        """Take them up again."""
        return set_peft_model_state_dict(self.model, state_dict)


def adapted(model: Any) -> Any:
    """`model` with a fresh adapter on its linear layers, which changes nothing yet; all else is
    frozen."""
    how = LoraConfig(
        r=RANK, lora_alpha=SCALE, lora_dropout=DROPOUT, target_modules="all-linear",
        task_type="CAUSAL_LM",
    )  # fmt: skip
    return get_peft_model(model, how)


def trained(model: Any) -> list[Any]:
    """The weights of an adapted model that are learnt."""
    return [weights for weights in model.parameters() if weights.requires_grad]


def merged(model: Any, folder: Path) -> Any:
    """The model with its adapter merged in; the adapter itself is kept in `folder`."""
    how = model.peft_config["default"]
    how.base_model_name_or_path = Path(how.base_model_name_or_path or "").name  # no path of ours
    model.save_pretrained(folder / "adapter")
    return model.merge_and_unload()


def enough(gathered: Gathered, least: int) -> list[Reviewed]:
    """The rows, if there are enough of them. Raises TooFewError."""
    if len(gathered.rows) >= least:
        return gathered.rows
    left = "; ".join(f"{many} {why}" for why, many in gathered.left.most_common()) or "none"
    raise TooFewError(
        f"{len(gathered.rows)} different reviewed texts can be learnt from; it needs {least}. "
        f"Approve or correct more replies. Left out: {left}."
    )


def parted(rows: Sequence[Row], seed: int) -> tuple[list[Row], list[Row]]:
    """(to learn from, to measure with)."""
    mixed = random.Random(seed).sample(rows, len(rows))  # noqa: S311 - variety, not secrecy
    cut = max(1, round(len(mixed) * HELD_OUT))
    return mixed[cut:], mixed[:cut]


def settle(rows: int, before: Figures, after: Figures, new: Path, out: Path) -> Outcome:
    """Put `new` in the place of `out` if it is better and has forgotten nothing. Raises WorseError,
    and throws it away, if not."""
    outcome = Outcome(rows, before, after)
    if faults := list(_faults(before, after)):
        shutil.rmtree(new)
        raise WorseError(f"{'; '.join(faults)}. {out.name} stays as it is. ({outcome})")
    old = out.with_name(f"{out.name}.old")
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    return outcome


def _faults(before: Figures, after: Figures) -> list[str]:
    found = []
    if not after.reviewed < before.reviewed:
        found.append("It words reviewed replies that it has not seen no better")
    if after.known > before.known + MOST_FORGOTTEN:
        found.append("It has forgotten some of what it knew")
    if after.done < before.done:
        found.append("Fewer of its texts end and cite what they must")
    return found
