"""What a signed-in shopper may like by what they have bought, and which of it is the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from chatbot.terms import Fact, Reading
from storefront import queries

from .orders import Viewer
from .products import product_fact
from .similarity import stems
from .world import World

MOST = 3
VAGUE = stems(
    "recommend recommendation suggest suggestion something anything idea like good great nice new"
    " next buy order orders need want would bought past previous last love pick choose show based"
    " history purchase purchases get looking help thing things else other us some any"
)
FOR_OTHERS = re.compile(r"\b(?:gift|present|for (?:my|her|him|them|an?|our)\b)", re.I)


def alike(reading: Reading, viewer: Viewer, world: World) -> list[Fact]:
    """Products in stock that share a tag or the department with something the shopper bought and
    are nearest to it in meaning, best first; none where the message says what it should be."""
    said = stems(reading.text) & world.page_words - VAGUE
    if viewer.shopper_id is None or "recommend" not in reading.asks:
        return []
    if said or FOR_OTHERS.search(reading.text):
        return []
    bought = _bought(queries.orders_of(viewer.shopper_id), world)
    near = _nearest(bought, world)
    found = [(p, b, s) for p, b in near if (s := _shared(p, b)) and p.handle not in bought]
    return [_fact(p, b, s, world) for p, b, s in found[:MOST]]


def _bought(orders: Sequence[queries.Order], world: World) -> dict[str, queries.Product]:
    """What the orders hold that is still on sale, by handle."""
    handles = [line.handle for order in orders for line in order.lines]
    return {h: world.products[h] for h in handles if h in world.products}


def _nearest(
    bought: dict[str, queries.Product], world: World
) -> list[tuple[queries.Product, queries.Product]]:
    """Every product that can be had, with the bought one it is nearest to, nearest first."""
    if not bought:
        return []
    places = {handle: i for i, handle in enumerate(world.products)}
    cosines = world.cards @ world.cards[[places[h] for h in bought]].T
    best, score = cosines.argmax(axis=1), cosines.max(axis=1)
    own, all_ = list(bought.values()), list(world.products.values())
    pairs = [(all_[i], own[best[i]]) for i in np.argsort(-score)]
    return [(p, b) for p, b in pairs if any(v.in_stock for v in p.variants)]


def _shared(product: queries.Product, bought: queries.Product) -> str:
    """The department they share, or else a tag; empty for none."""
    if product.department and product.department == bought.department:
        return product.department
    return next((tag for tag in product.tags if tag in bought.tags), "")


def _fact(product: queries.Product, bought: queries.Product, shared: str, world: World) -> Fact:
    fact = product_fact(product, world, "alike")
    return replace(fact, values={**fact.values, "bought": bought.title, "shared": shared})
