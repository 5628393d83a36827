"""The site with parts that break loudly: every exception says what the shopper had written.

Served by uvicorn in place of storefront.asgi, for tests of what gets into the logs.
"""

from __future__ import annotations

import logging
import threading

from storefront.asgi import application  # isort: skip - it loads the apps
from chatbot import facts, writing

__all__ = ["application"]

logger = logging.getLogger("chatbot.loud")
_find = facts.find


class Engine:
    """An engine whose server quotes the prompt when it fails."""

    name, weights = "bundled script", ""

    def write(self, brief, *, seed, stop):
        """A sentence for each reference that the act must cite, unless it is to fail."""
        if "stumble" in brief.asked:
            raise writing.EngineError(f"refused: {brief.asked}", retry=True) from OSError(
                brief.asked
            )
        yield " ".join(f"It is {{{ref}}}." for ref in brief.must) or "Certainly."


def find(reading, *more):
    """Facts, unless something is to break: the road, then a thread, then a library's log."""
    if "shatter" in reading.text:
        threading.Thread(target=int, args=(reading.text,), name=reading.text).start()
        logging.getLogger("library").error("could not store %s", reading.text)
        logging.getLogger("library").error(f"could not store {reading.text}")
        try:
            raise KeyError(reading.text)
        except KeyError as error:
            raise ValueError(f"no row for {reading.text}") from error
    return _find(reading, *more)


facts.find = find
writing._loaded["bundled"] = Engine()
