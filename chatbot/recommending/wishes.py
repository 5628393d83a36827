"""What was said in so many words, and where a page says the same ("vegan", "under $100")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storefront.queries import Product

from .history import Wish
from .shelf import Shelf
from .words import WORD, words

USUAL = 0.25  # a word on so many of the pages tells nothing
SHORT = 3  # letters
# Who says what they do not want, or speaks of somebody else, is not taken at their word.
DENIED = re.compile(
    r"\b(?:not?|never|none|nothing|without|except|but|instead|avoid|hate|dislike|allergic|less|free"
    r"|nor|neither|gift|present|for (?:my|her|him|them))\b|n['’]t\b",
    re.I,
)
SMALL = frozenset(
    "the and for with from that this what have something anything need want look looking some you"
    " your please can could would like get got are any is it its one under below than more good"
    " best recommend show find buy great nice new about over all my out very just also will when"
    " how which who much many most there they them our use used day year size price cost"
    " order".split()
)


@dataclass(frozen=True)
class Said:
    """A word that was said, and what of a page says it, too: a tag, or a sentence."""

    word: str
    tag: str = ""
    sentence: str = ""


Fits = Sequence[tuple[Wish, Mapping[int, Said]]]  # what each wish is met by, by place


def wished(shelf: Shelf, wish: Wish) -> dict[int, Said]:
    """The products that a wish fits, with the most telling word by which each does."""
    found: dict[int, Said] = {}
    if DENIED.search(wish.text):
        return found
    for spoken in _telling(shelf, wish.text):
        for place in shelf.index.places[words(spoken)[0]]:
            product = shelf.products[place]
            said = None if place in found else _where(product, spoken)
            if said and affordable(product, wish.limit):
                found[place] = said
    return found


def _telling(shelf: Shelf, text: str) -> list[str]:
    """The words of a message that pages use, and few of them, the rarest first."""
    telling = {}
    for spoken in WORD.findall(text):
        stem = words(spoken)[0]
        having = len(shelf.index.places.get(stem, ()))
        small = spoken.casefold() in SMALL or stem in SMALL or spoken.isdigit()
        if len(stem) >= SHORT and not small and 0 < having <= USUAL * shelf.index.size:
            telling[spoken] = (having, stem)
    return sorted(telling, key=lambda w: telling[w])


def _where(product: Product, spoken: str) -> Said | None:
    """The tag or the sentence that says it, unless that denies it."""
    stem = words(spoken)[0]
    for tag in product.tags:
        if stem in words(tag) and not DENIED.search(tag):
            return Said(spoken, tag=tag)
    for sentence in product.sentences:
        if stem in words(sentence.text) and not DENIED.search(sentence.text):
            return Said(spoken, sentence=sentence.text)
    return None


def affordable(product: Product, limit: float | None) -> bool:
    """Whether something of it that can be had costs no more than a shopper has named."""
    prices = [float(v.price) for v in product.variants if v.in_stock]
    return bool(prices) and (limit is None or min(prices) <= limit)
