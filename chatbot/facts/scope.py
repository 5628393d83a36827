"""How far a question has to be looked into: to judge texts takes most of a turn's time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.terms import FIGURES, Fact, Reading

from .similarity import stems
from .world import World

FIGURE_WORDS = stems(
    "price prices cost costs costing much many stock available availability left have size sizes"
    " color colors colour colours come comes order buy want still any hello hi hey please thanks"
    " there now right no not s m l xs xl xxl"
)
OF_A_PAGE = frozenset("attribute care option compare".split())
LOOKS = frozenset(("search", "recommend", "compare"))
COSTS = re.compile(r"\b(?:free|included|extra|fees?|charged?|costs?)\b", re.I)
PAGE_TELLS = 0.75  # no article outdoes a sentence of the page that answers as surely as this
ARTICLE_TELLS = 0.35  # where an article answers as surely, no product is looked for besides


def figures_only(reading: Reading, world: World) -> bool:
    """Whether a message asks for nothing but price, stock or options of the products it names or
    calls by their sort, so that no text has to be read: "is the fleece in stock in navy"; "how
    much is it" only where it was put under a reply about a product, else it may be the shipping."""
    said = reading.named or reading.loosely or reading.offered
    if not said or reading.code or reading.again or reading.extra or set(reading.asks) - FIGURES:
        return False
    products = (world.products[h] for h in reading.products if h in world.products)
    own = {w for p in products for w in stems(p.title)}
    wished = {w for values in reading.options.values() for v in values for w in stems(v)}
    return not stems(reading.text) - own - wished - FIGURE_WORDS


def page_tells(reading: Reading, found: Sequence[Fact]) -> bool:
    """Whether the page of a product that is named answers surely what pages are asked."""
    told = max((f.score for f in found if f.kind == "sentence"), default=0.0)
    if COSTS.search(reading.text):
        return False  # an article may tell what the page leaves out
    return reading.named and reading.asks[0] in OF_A_PAGE and told >= PAGE_TELLS


def looks_for_products(reading: Reading, found: Sequence[Fact]) -> bool:
    """Whether products have to be looked for: none is named, or others are wanted, and no article
    answers surely."""
    if reading.code or LOOKS.intersection(reading.asks):
        return True
    told = max((f.score for f in found if f.kind == "passage"), default=0.0)
    of_products = any(i.startswith("product_") for i in reading.intents)
    return not reading.named and (of_products or told < ARTICLE_TELLS)
