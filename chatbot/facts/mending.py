"""The passage that tells what to do about what came broken or was the wrong thing."""

from __future__ import annotations

import re

from chatbot.terms import Reading

from .topics import on_asks
from .world import World

TROUBLE = frozenset(("damaged", "wrong_item"))
TELL_US = re.compile(  # which every shop asks for
    r"\b(?:send|with|attach|include|take|need|enclose)\b[^.]{0,60}\b(?:photos?|pictures?)\b", re.I
)
ASKS_ELSE = re.compile(r"\bwho pays?\b|\bhow (?:long|many days|much)\b|\bpostage\b", re.I)
MENDED = re.compile(r"\b(?:replac|refund|money back|new one|mend|repair|order number)", re.I)


def rows(reading: Reading, world: World) -> list[int]:
    """The place of the first passage, of an article on such trouble, that says what the shop needs
    to see and what it does then."""
    asked = [ask for ask in reading.asks[:1] if ask in TROUBLE]
    if not asked or ASKS_ELSE.search(reading.text):
        return []
    told = (i for i, p in enumerate(world.passages)
            if on_asks(p, asked) and TELL_US.search(p.text) and MENDED.search(p.text))  # fmt: skip
    return list(told)[:1]
