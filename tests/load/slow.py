"""The site with an engine that takes its time over every text and next to no processor: so many
seconds, in so many frames a second, as STREAM_SECONDS and STREAM_FRAMES say.

Served by uvicorn in place of storefront.asgi, where many replies are to be under way at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

from storefront.asgi import application  # isort: skip - it loads the apps
from chatbot import writing
from chatbot.terms import Brief

__all__ = ["application"]


class Slow:
    """What must be said, word by word, spread evenly over the frames; the others are empty."""

    name, weights = "bundled script", ""

    def __init__(self, seconds: float, rate: float) -> None:
        self.frames, self.pause = round(seconds * rate), 1 / rate

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Frames until all is said or `stop` is set."""
        words = [f"It is {{{ref}}}. " for ref in brief.must] or ["Certainly. "]
        for n in range(self.frames):
            start, end = (len(words) * place // self.frames for place in (n, n + 1))
            yield "".join(words[start:end])
            if stop.wait(self.pause):
                return


writing._loaded["bundled"] = Slow(
    float(os.environ["STREAM_SECONDS"]), float(os.environ["STREAM_FRAMES"])
)
