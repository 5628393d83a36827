"""The studio: product texts for the shop's pages, feeds and letters. A road of its own, on which
nobody asks: an engine words what is known of a product, plain code checks every sentence against
it, and what is not borne out is left out.

`versions` are what people make of a draft, `publishing` has a second person approve it, and `live`
tells what may be shown.
"""

from __future__ import annotations

from chatbot import facts
from chatbot.terms import Encode

from .keeping import keep, newest
from .kinds import KINDS, LENGTHS, TONES, Wish
from .shown import Shown, live, live_of
from .telling import Told, tellable, told
from .writing import Draft, StudioError, draft

__all__ = [
    "KINDS",
    "LENGTHS",
    "TONES",
    "Draft",
    "Shown",
    "StudioError",
    "Told",
    "Wish",
    "draft",
    "keep",
    "live",
    "live_of",
    "stands",
    "tellable",
    "told",
]


def stands(handle: str, wish: Wish, encode: Encode) -> bool:
    """Whether a text of the product, as it is now, has been drafted so already."""
    known = facts.of_product(handle, encode)
    return bool(known and newest(handle, known[0].version, wish))
