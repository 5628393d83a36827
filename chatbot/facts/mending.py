"""The passage that tells what to do about what came broken, broke in use, or was the wrong
thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.terms import USED, Judged, Reading
from storefront.queries import Passage

from .deciding import SURE
from .similarity import ANSWERED
from .topics import on_asks
from .world import World

TROUBLE = frozenset(("damaged", "wrong_item"))
OF_FAULTS = ("damaged", "to_claim")  # what articles on things that broke are called by
TELL_US = re.compile(  # which every shop asks for
    r"\b(?:send|with|attach|include|take|need|enclose)\b[^.]{0,60}\b(?:photos?|photographs?"
    r"|pictures?)\b|\b(?:tell|write|let us know)\b[^.]{0,30}\bwithin \d+ \w+ of (?:deliver|arriv)",
    re.I,
)
COMES = re.compile(r"\b(?:deliver|arriv|parcel|unpack|in the (?:box|post|mail))", re.I)
ASKS_ELSE = re.compile(
    r"\bwho pays?\b|\bhow much\b|\bpostage\b|\bhow (?:long|many days)\b"
    r"(?![^.?!]{0,40}\b(?:tell|report|let (?:you|u) know|write|claim|complain|flag|raise)\b)",
    re.I,
)
MENDED = re.compile(
    r"\b(?:replac|refund|money|new one|new part|right one|another one|put right|mend|repair"
    r"|order number)",
    re.I,
)
LIKELY = 0.1  # from here a passage may tell
Hit = tuple[Judged, int]


def rows(reading: Reading, world: World) -> list[int]:
    """The place of the passage, of an article on such trouble, that says what the shop needs to
    see, and of the one that says what it does then, for who was sent a wrong thing or got it
    broken."""
    return _rows(reading, world) if _at_once(reading) else []


def _at_once(reading: Reading) -> bool:
    """Whether no other passage can tell as well; of what is missing in the box one may."""
    came = reading.fault and "missing" not in reading.asks
    return bool(came or reading.asks[0] == "wrong_item")


def _rows(reading: Reading, world: World) -> list[int]:
    """Those two, first of articles on what has been delivered; of what broke in use none."""
    asked = [ask for ask in reading.asks[:1] if ask in TROUBLE]
    if not asked or reading.fault == USED or ASKS_ELSE.search(reading.text):
        return []
    told = [i for i, p in enumerate(world.passages) if _tells(p, asked, world.passages)]
    best = sorted(told, key=lambda i: not COMES.search(world.passages[i].text))[:1]
    return [*best, *_then(best, world.passages)]


def _tells(passage: Passage, asked: Sequence[str], passages: Sequence[Passage]) -> bool:
    """Whether a passage says what has to be shown, and its article what becomes of it."""
    there = on_asks(passage, asked)
    there = there or (on_asks(passage, ("warranty",)) and bool(COMES.search(passage.text)))
    return bool(there and TELL_US.search(passage.text)) and any(
        MENDED.search(p.text) for p in passages if p.article == passage.article
    )


def _then(best: Sequence[int], passages: Sequence[Passage]) -> list[int]:
    """The place of the passage right behind the one at `best`, where only that tells what the shop
    does."""
    own = [i for i in best if not MENDED.search(passages[i].text)]
    behind = [i + 1 for i in own if i + 1 < len(passages)]
    return [i for i in behind if passages[i].article == passages[i - 1].article]


def rather(hits: list[Hit], reading: Reading, world: World) -> list[Hit]:
    """Of passages found for what broke in use only such as stand in articles on that, or surely
    answer, where there are likely ones; before those found for what may have come broken, where
    none surely answers, what the shop does then."""
    if reading.fault != USED:
        known = any(found.sure >= ANSWERED for found, _i in hits[:1])
        first = [] if known or _at_once(reading) else _rows(reading, world)
        return [*((SURE, i) for i in first), *(hit for hit in hits if hit[1] not in first)]
    own = [h for h in hits if h[0].sure >= ANSWERED or on_asks(world.passages[h[1]], OF_FAULTS)]
    return own if own and own[0][0].sure >= LIKELY else hits
