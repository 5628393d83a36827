"""What is compared: products side by side, or the versions of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.acts.known import MOST, Known
from chatbot.terms import Act, Fact

from .pages import OF_DATA, SURELY, alike, attribute, pick, quoted
from .prices import SIDE, price, prices_of
from .sides import aligned, asked_for, asks_apart, beside, of_money, versions

DEARER = re.compile(r"\b(?:dearer|more expensive|by how much|extra)\b", re.I)


def compare(known: Known) -> list[Act]:
    """Two or three products side by side: what their pages say, and their prices where those are
    asked for or the pages do not surely tell."""
    products = known.of("product")[:MOST]
    if len(products) < 2:
        return _of_one(known)
    if of_money(known):
        return [prices_of(products, known)]
    one = not asks_apart(known) and len(asked_for(products, known)) < 2
    if one and (picked := pick(products, known)):
        return [*picked, *([prices_of(products, known)] if _asks_prices(known) else [])]
    told = aligned(products, known) or _by_lines(products, known)
    best = max((s.score for s in alike(products, known)), default=0.0)
    plain = best >= SURELY and not (asks_apart(known) or _asks_prices(known))
    return told if plain else [*told, prices_of(products, known)]


def _asks_prices(known: Known) -> bool:
    return bool(OF_DATA.search(known.reading.text) or DEARER.search(known.reading.text))


def _by_lines(products: Sequence[Fact], known: Known) -> list[Act]:
    """The line of each page that answers best, whatever the others say."""
    best = alike(products, known)
    if len(products) == len(best) == 2:
        return [beside(products, best)]
    return [quoted(s) for s in best]


def _of_one(known: Known) -> list[Act]:
    """The versions of one product, with what they cost where that is asked."""
    prices = price(known) if SIDE.search(known.reading.text) else []
    if of_money(known) and prices:
        return prices
    return [*prices, *(versions(known) or attribute(known))]
