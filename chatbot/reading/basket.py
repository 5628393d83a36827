"""The several things that a message adds up: "two of the small ones and the nozzle set, in all"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatbot.terms import Item, Lexicon, Memory, ProductWords

from . import quantities
from .products import Rarity
from .spoken import spoken_of
from .wanted import wanted
from .words import NUMBERS, fold, words

ADDS_UP = re.compile(r"\badds? up\b|\ball (?:in|told)\W*$|\bcomes? to\b")
BETWEEN = re.compile(r"[,;+&.?!]+(?!\d)|\b(?:and|plus|n|with)\b")
COUNTED = re.compile(rf"(?<![\w.,])(?:[1-9]\d?|{'|'.join(NUMBERS)}) [a-z]")


def items(text: str, lexicon: Lexicon, rarity: Rarity) -> tuple[Item, ...]:
    """What is added up, for who asks what at least two things that are named come to; none where
    one of them may be several."""
    plain = fold(text)
    if not (quantities.total(text) or ADDS_UP.search(plain)):
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
        many = _many(part, product)
        sure = many and len(spoken.handles) == 1 and not wish.foreign
        yield Item(product.handle, wish.options, many) if sure else None


def _many(part: str, product: ProductWords) -> int:
    """How many of a thing a part of a list speaks of: "i need 2 refill pods"; 0 where a number is
    said that may count something else: "a 3 pack"."""
    counted = COUNTED.search(part)
    if counted is None:
        return 1
    listed = f"{part[counted.start() :]}, total"  # a list is counted as where a sum is asked for
    many = quantities.quantity(listed, product.title)
    versions = " ".join(v for values in product.options.values() for v in values)
    own = {"1", "one", *words(f"{product.title} {versions}")}
    return 0 if many == 1 and counted.group().split()[0] not in own else many
