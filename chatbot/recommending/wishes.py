"""What was said in so many words, and where a page says the same ("vegan", "under $100")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storefront.queries import Product

from .comparing import COMPARED
from .history import Wish
from .shelf import Shelf
from .words import WORD, words

USUAL = 0.25  # a word on so many of the pages tells nothing
SHORT = 3  # letters
QUOTED = 80  # letters of a message
# Who says what they do not want, or speaks of somebody else, is not taken at their word.
DENIED = re.compile(
    r"\b(?:not?|never|none|nothing|without|except|but|instead|avoid|hate|dislike|allergic|less|free"
    r"|nor|neither)\b|n['’]t\b",
    re.I,
)
OTHERS = re.compile(r"\b(?:gift|present|for (?:my|our|her|his|him|them|their))\b", re.I)
SMALL = frozenset(
    "the and for with from that this what have something anything need want look looking some you"
    " your please can could would like get got are any is it its one under below than more good"
    " best recommend show find buy great nice new about over all my out very just also will when"
    " how which who much many most there they them our use used day year size price cost"
    " order".split()
)


@dataclass(frozen=True)
class Said:
    """What was said, and what meets it: a tag, a sentence, being lighter or cheaper than something
    bought, or that the assistant named it then."""

    word: str
    tag: str = ""
    sentence: str = ""
    than: str = ""  # a handle


Fits = Sequence[tuple[Wish, Mapping[int, Said]]]  # what each wish is met by, by place


def wished(shelf: Shelf, wish: Wish, bought: Sequence[str] = ()) -> dict[int, Said]:
    """The products that a wish fits, with the most telling word by which each does."""
    if OTHERS.search(wish.text):
        return {}
    told = [shelf.places[h] for h in wish.found if h in shelf.places]
    found = {n: Said(_quoted(wish)) for n in told if affordable(shelf.products[n], wish.limit)}
    if not DENIED.search(wish.text):
        found |= _by_words(shelf, wish)
        found |= _compared(shelf, wish, bought)
    return found


def _quoted(wish: Wish) -> str:
    return wish.text if len(wish.text) <= QUOTED else f"{wish.text[: QUOTED - 1].rstrip()}…"


def _compared(shelf: Shelf, wish: Wish, bought: Sequence[str]) -> dict[int, Said]:
    """What is as they asked ("something lighter"), beside what they bought of its department."""
    found: dict[int, Said] = {}
    own = [shelf.products[shelf.places[h]] for h in bought if h in shelf.places]
    asked = [w for w in COMPARED if re.search(rf"\b{w}\b", wish.text, re.I)]
    for word, other in ((w, o) for w in asked for o in own if o.department):
        for place, product in enumerate(shelf.products):
            here = product.department == other.department and affordable(product, wish.limit)
            if here and place not in found and COMPARED[word](product, other):
                found[place] = Said(word, than=other.handle)
    return found


def _by_words(shelf: Shelf, wish: Wish) -> dict[int, Said]:
    found: dict[int, Said] = {}
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
