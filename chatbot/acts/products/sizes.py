"""The biggest or the smallest size of a product, and whether it can be had."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.acts.known import Known, act
from chatbot.terms import Act, Fact
from chatbot.units import SCALE

from .stock import is_gone

BIGGEST = re.compile(r"\b(?:biggest|largest|longest|tallest|max(?:imum)? size)\b", re.I)
SMALLEST = re.compile(r"\b(?:smallest|tiniest|shortest)\b", re.I)
NO_SIZE = re.compile(r"\b(?:sizes|options|all|how (?:big|large|small|tall|long|much|many))\b", re.I)
SIZES = re.compile(r"size|length|height|width|diameter|capacity|volume|weight|pack|bag", re.I)
FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


def biggest(product: Fact, known: Known) -> list[Act]:
    """Whether the biggest or the smallest size can be had, to who asks for just that one; where it
    is sold out, with the next one that can."""
    text = known.reading.text
    which = 1 if BIGGEST.search(text) else -1 if SMALLEST.search(text) else 0
    key = next((k for k in product.values if k.startswith("option:") and SIZES.search(k)), "")
    variants = known.wished(product, but=key)
    ranked = _by_size([v.values.get(key, "") for v in variants])[:: which or 1]
    if not which or not ranked or NO_SIZE.search(text):
        return []
    return [_told([[v for v in variants if v.values[key] == size] for size in ranked], key)]


def _told(by_size: Sequence[Sequence[Fact]], key: str) -> Act:
    """Whether the last size can be had, and the next one that can."""
    there = [[v for v in those if not is_gone(v)] for those in by_size]
    asked = by_size[-1]
    slots = {"product.name": asked[0].values["name"], "variant.options": _label(asked, key)}
    if there[-1]:
        return act("stock.in", slots, there[-1])
    left = next((those for those in reversed(there) if those), None)
    if left is None:
        return act("stock.out", slots, asked)
    return act("stock.out_alternatives", slots | {"variant2.options": _label(left, key)},
               [*asked, *left])  # fmt: skip


def _label(variants: Sequence[Fact], key: str) -> str:
    """The size, or the whole of what one version is: what is gone in one color may be there in
    another."""
    return variants[0].values["options" if len(variants) == 1 else key]


def _by_size(values: Sequence[str]) -> list[str]:
    """Sizes from small to big, by their letters, words or first figures; none where they have no
    such order."""
    sizes = list(dict.fromkeys(values))
    if all(s.casefold() in SCALE for s in sizes):
        return sorted(sizes, key=lambda s: SCALE.index(s.casefold()))
    units = {FIGURE.sub("", s, count=1).casefold().strip() for s in sizes}
    if len(units) == 1 and all(FIGURE.match(s) for s in sizes):
        return sorted(sizes, key=lambda s: float(FIGURE.findall(s)[0].replace(",", ".")))
    return []
