"""The studio: product texts for the shop's pages, feeds and letters. A road of its own, on which
nobody asks: an engine words what is known of a product, plain code checks every sentence against
it, and what is not borne out is left out.
"""

from __future__ import annotations

from chatbot import facts
from chatbot.terms import Encode

from .keeping import keep, newest
from .kinds import KINDS, Wish
from .writing import Draft, StudioError, draft

__all__ = ["KINDS", "Draft", "StudioError", "Wish", "draft", "keep", "stands"]


def stands(handle: str, wish: Wish, encode: Encode) -> bool:
    """Whether a text of the product, as it is now, has been drafted so already."""
    known = facts.of_product(handle, encode)
    return bool(known and newest(handle, known[0].version, wish))
