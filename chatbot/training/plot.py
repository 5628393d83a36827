"""The loss of a training run as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure


def loss_plot(losses: Sequence[float], steps: int, smoothed: int, path: Path) -> None:
    """Draw the loss over the epochs, `steps` to each, averaged over `smoothed` steps, as SVG."""
    matplotlib.rcParams["svg.hashsalt"] = "counterfoil"  # the same run draws the same bytes
    means = [
        sum(losses[max(0, i - smoothed + 1) : i + 1]) / min(i + 1, smoothed)
        for i in range(len(losses))
    ]
    figure = Figure(figsize=(6, 3.2), layout="constrained")
    axes = figure.subplots()
    axes.plot([i / steps for i in range(len(losses))], means, linewidth=1.2)
    axes.set(xlabel="epoch", ylabel="loss", title=path.stem)
    axes.grid(alpha=0.3)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
