"""What every engine is: it turns a brief into pieces of text."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Protocol

from chatbot.terms import Brief


class EngineError(Exception):
    """Raised when an engine cannot word a brief; `retry` says whether a second try may help, and
    `after` for how many seconds a server wants to be left alone before it."""

    def __init__(self, message: str, *, retry: bool = False, after: float | None = None) -> None:
        super().__init__(message)
        self.retry, self.after = retry, after


class Engine(Protocol):
    """A writer of text. Its name begins with its kind: "bundled 1f0c88a2"."""

    name: str
    weights: str  # SHA-256 of the weights, empty when they are not ours to see

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text in pieces as they come; the same seed gives the same text. Raises
        EngineError."""
        ...
