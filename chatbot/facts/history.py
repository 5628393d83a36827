"""What a signed-in shopper may like by what they have bought, and which of it is the reason."""

from __future__ import annotations

import re
from dataclasses import replace

from chatbot.terms import Fact, Liked, Reading

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
    """What a shopper may like by what they bought, best first; none where the message says what it
    should be, or where nothing may be concluded from their orders."""
    said = stems(reading.text) & world.page_words - VAGUE
    if viewer.likes is None or "recommend" not in reading.asks:
        return []
    if said or FOR_OTHERS.search(reading.text):
        return []
    vectors = dict(zip(world.products, world.cards, strict=True))
    found = viewer.likes(vectors, reading.price_limit)
    return [_fact(liked, world) for liked in found if liked.handle in world.products][:MOST]


def _fact(liked: Liked, world: World) -> Fact:
    fact = product_fact(world.products[liked.handle], world, "alike")
    return replace(fact, values={**fact.values, "bought": liked.bought, "shared": liked.shared})
