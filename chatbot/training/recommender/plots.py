"""The figures of a choice as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure


def bars(rows: Mapping[str, Mapping[str, Any]], chosen: str, path: Path) -> None:
    """NDCG@10 of each method with its interval, the chosen one darker, as SVG."""
    matplotlib.rcParams["svg.hashsalt"] = "counterfoil"  # the same figures draw the same bytes
    names = list(rows)
    values = [rows[name]["ndcg"] for name in names]
    below = [max(0.0, v - rows[n]["ndcg_from"]) for n, v in zip(names, values, strict=True)]
    above = [max(0.0, rows[n]["ndcg_to"] - v) for n, v in zip(names, values, strict=True)]
    figure = Figure(figsize=(6.4, 3.4), layout="constrained")
    axes = figure.subplots()
    colours = ["#12625a" if name == chosen else "#8fb0a6" for name in names]
    axes.barh(names, values, xerr=[below, above], color=colours, capsize=3)
    axes.invert_yaxis()
    axes.set(xlabel="NDCG@10 on the newest orders, 95 % interval")
    axes.grid(axis="x", alpha=0.3)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
