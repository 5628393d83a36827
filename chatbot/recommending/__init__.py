"""The recommending room: what a shopper may like, and why, in words that are true.

Products come by content, by what was bought together and next, and by popularity, or by the shop's
own model where that is better on its held-out orders. No price, margin or payment ranks anything.
Guests, and who switched it off, are shown things by the page they are on alone.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from chatbot.terms import Vectors
from storefront import queries

from . import now, past, saved
from .now import keep
from .past import Whom
from .picking import Pick, pick
from .reasons import Why
from .tastes import daily, dismiss, dismissed, look, personal, purge, restore, switch, wipe

__all__ = ["Pick", "Whom", "Why", "daily", "dismiss", "dismissed", "keep", "look", "personal",
           "purge", "restore", "shown", "switch", "wipe"]  # fmt: skip

SPARE = 4  # more than are shown, of which some may just have been sold


def shown(
    whom: Whom, most: int, *, page: str = "", limit: float | None = None,
    whys: Container[Why] = frozenset(Why), vectors: Mapping[str, Vectors] | None = None,
) -> list[Pick]:  # fmt: skip
    """What they are shown, best first: at most so many, none dearer than `limit`, each for one of
    the reasons `whys`. `vectors` of the products stand in while none are kept."""
    shelf = now.shelf()
    if vectors and not shelf.vectors.any():
        shelf = now.build(shelf.products, shelf.baskets, vectors)
    made = saved.chosen()
    known = past.known(whom, page, limit)
    picks = pick(shelf, known, most + SPARE, made.recipe, made.model, whys)
    return _as_they_are(picks)[:most]


def _as_they_are(picks: list[Pick]) -> list[Pick]:
    """Those that can still be had, with today's prices."""
    today = queries.products_called([p.product.handle for p in picks])
    found = [
        replace(p, product=today[p.product.handle]) for p in picks if p.product.handle in today
    ]
    return [p for p in found if any(v.in_stock for v in p.product.variants)]
