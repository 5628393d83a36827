"""From what is known of a shopper to what they are shown, each with its reason."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

import numpy as np

from storefront.queries import Product

from . import reasons
from .history import History
from .reasons import Reason, Why
from .scoring import DEFAULT, Learned, Recipe, scores
from .shelf import Shelf
from .wishes import Fits, affordable, wished


@dataclass(frozen=True)
class Pick:
    """A product with the reason why it is shown."""

    product: Product
    reason: Reason


def pick(
    shelf: Shelf, history: History, most: int, recipe: Recipe = DEFAULT,
    learned: Learned | None = None, whys: Container[Why] = frozenset(Why),
) -> list[Pick]:  # fmt: skip
    """The best products that can be had now and were not had before, best first. What has no true
    reason is left out, what has only its department comes last. Who pays changes nothing."""
    fits = [(wish, wished(shelf, wish, history.bought)) for wish in history.wishes]
    ranked = np.argsort(-scores(shelf, history, recipe, learned, fits), kind="stable")
    found = _with_reasons(shelf, history, fits, whys, [int(place) for place in ranked])
    first: list[Pick] = []
    last: list[Pick] = []
    while len(first) < most and (one := next(found, None)):
        (last if one.reason.why is Why.DEPARTMENT else first).append(one)
    return [*first, *last][:most]


def _with_reasons(
    shelf: Shelf, history: History, fits: Fits, whys: Container[Why], ranked: list[int]
) -> Iterator[Pick]:
    unwanted = history.unwanted
    for place in ranked:
        product = shelf.products[place]
        if product.handle in unwanted or product.gift_card:
            continue
        why = reasons.found(shelf, history, fits, whys, place)
        if why and affordable(product, history.limit):
            yield Pick(product, why)
