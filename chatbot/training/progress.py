"""How far a training run has come, kept after every epoch so that an interrupted one goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import torch


class Stateful(Protocol):
    """What can be kept and taken up again."""

    def state_dict(self) -> dict[str, Any]: ...

    def load_state_dict(self, state_dict: dict[str, Any]) -> Any: ...


class Progress:
    """The state of one run in the file `path`; a finished run leaves none."""

    def __init__(
        self,
        path: Path,
        model: Stateful,
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LRScheduler,
    ) -> None:
        self.path = path
        self.parts: dict[str, Stateful] = {
            "model": model,
            "optimizer": optimizer,
            "schedule": schedule,
        }

    def resume(self) -> int:
        """Take up what was kept; the number of epochs already done."""
        if not self.path.exists():
            return 0
        kept = torch.load(self.path, weights_only=True)
        for name, part in self.parts.items():
            part.load_state_dict(kept[name])
        return int(kept["epochs"])

    def keep(self, epochs: int) -> None:
        """Keep the state after `epochs`; a crash while writing spoils nothing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_suffix(".tmp")
        state = {name: part.state_dict() for name, part in self.parts.items()}
        torch.save(state | {"epochs": epochs}, unfinished)
        unfinished.replace(self.path)

    def finish(self) -> None:
        """Forget the run."""
        self.path.unlink(missing_ok=True)
