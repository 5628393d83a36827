"""The several things that a message adds up: "two of the small ones and the nozzle set, in all"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatbot.terms import Item, Lexicon, Memory

from . import quantities
from .products import Rarity
from .spoken import spoken_of
from .wanted import wanted
from .words import NUMBERS, fold

ADDS_UP = re.compile(
    r"\b(?:comes? to|add(?:s|ed)? up|al+ ?together|all in|in all|together|total|altogether)\b"
)
BETWEEN = re.compile(r"[,;+&.?!]+(?!\d)|\b(?:and|plus|n|with)\b")
COUNTED = re.compile(rf"(?<![\w.,])(?:[1-9]\d?|{'|'.join(NUMBERS)}) [a-z]")


def items(text: str, lexicon: Lexicon, rarity: Rarity) -> tuple[Item, ...]:
    """What is added up, for who asks what at least two things that are named come to; none where
    one of them may be several."""
    plain = fold(text)
    if not ADDS_UP.search(plain):
        return ()
    found = list(_found(plain, lexicon, rarity))
    sure = len({one.handle for one in found if one}) == len(found) > 1
    return tuple(one for one in found if one) if sure else ()


def _found(text: str, lexicon: Lexicon, rarity: Rarity) -> Iterator[Item | None]:
    """Each part that names a thing, or nothing for one that may mean several or has what the thing
    does not come in."""
    for part in map(str.strip, BETWEEN.split(text)):
        spoken = spoken_of(part, "", Memory(), lexicon, rarity, frozenset())
        if not spoken.handles:
            continue
        product = next(p for p in lexicon.products if p.handle == spoken.handles[0])
        wish = wanted(part, product, spoken, Memory())
        if len(spoken.handles) > 1 or wish.foreign:
            yield None
        else:
            yield Item(product.handle, wish.options, _many(part, product.title))


def _many(part: str, title: str) -> int:
    """How many of a thing a part of a list speaks of: "i need 2 refill pods"."""
    counted = COUNTED.search(part)
    return quantities.quantity(f"{part[counted.start() :]}, total", title) if counted else 1
