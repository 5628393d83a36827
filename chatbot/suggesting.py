"""The road of recommendations: it calls the rooms that know the shop's texts and its shoppers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import facts, health, reading, recommending
from .terms import Liked, Likes, Vectors

MOST = 3  # said in one reply
BY_ORDERS = frozenset((recommending.Why.BOUGHT_ALIKE,))  # what an act can say

_kept_of = ""  # the state of the shop whose vectors this process has kept


def likes(shopper_id: int | None) -> Likes | None:
    """How a chat finds what its shopper may like; None for a guest."""
    if shopper_id is None:
        return None
    whom = recommending.Whom(shopper_id)

    def found(vectors: Mapping[str, Vectors], limit: float | None) -> Sequence[Liked]:
        picks = recommending.shown(whom, MOST, limit=limit, whys=BY_ORDERS, vectors=vectors)
        return [Liked(p.product.handle, p.reason.title, p.reason.shared) for p in picks]

    return found


def keep_up() -> None:
    """Keep the vectors of what is on sale, by which pages of processes without an encoder tell what
    is alike."""
    global _kept_of
    version, vectors = facts.cards(reading.encode())
    if version != _kept_of:
        recommending.keep(vectors)
        _kept_of = version


def step() -> None:
    """The same as a chore, once this process has its models."""
    if health.warm.is_set():
        keep_up()
