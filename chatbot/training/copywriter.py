"""Training of the copywriter: a writer of its own, smaller, that words lines of product texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import corpus, writer


def train(folder: Path, epochs: int, device: str, **how: Any) -> float:
    """As writer.train, from the corpus' lines of product texts."""
    size = writer.COPYWRITER
    return writer.train(folder, epochs, device, learns=corpus.copy(), size=size, **how)
