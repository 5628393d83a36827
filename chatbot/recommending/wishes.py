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
FEW = 6  # words of a sentence that says one thing
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
    """What has a tag that was said whole, or a short sentence with a word that was said; a word of
    a long sentence may mean anything."""
    found: dict[int, Said] = {}
    said = [(m.start(), m.end(), words(m.group())[0]) for m in WORD.finditer(wish.text)]
    telling = {stem: wish.text[a:b] for a, b, stem in said if _tells(shelf, stem)}
    for tag, places in shelf.with_tag.items():
        span = _span(said, words(tag))
        if span and telling.keys() & set(words(tag)) and not DENIED.search(tag):
            found |= {n: Said(wish.text[slice(*span)], tag=tag) for n in places}
    for stem, spoken in telling.items():
        for place in shelf.index.places[stem]:
            sentence = _short(shelf.products[place], stem)
            if sentence and place not in found:
                found[place] = Said(spoken, sentence=sentence)
    return {n: s for n, s in found.items() if affordable(shelf.products[n], wish.limit)}


def _tells(shelf: Shelf, stem: str) -> bool:
    """Whether pages use a word, and few of them."""
    having = len(shelf.index.places.get(stem, ()))
    small = stem in SMALL or stem.isdigit() or (len(stem) < SHORT and stem.isascii())
    return not small and 0 < having <= USUAL * shelf.index.size


def _span(said: Sequence[tuple[int, int, str]], sought: list[str]) -> tuple[int, int] | None:
    """From where to where a message says these words, one behind the other."""
    for n in range(len(said) - len(sought) + 1):
        here = said[n : n + len(sought)]
        if sought and [stem for _a, _b, stem in here] == sought:
            return here[0][0], here[-1][1]
    return None


def _short(product: Product, stem: str) -> str:
    """A short sentence of its page with the word, unless that denies it."""
    for sentence in product.sentences:
        told = words(sentence.text)
        if stem in told and len(told) <= FEW and not DENIED.search(sentence.text):
            return sentence.text
    return ""


def affordable(product: Product, limit: float | None) -> bool:
    """Whether something of it that can be had costs no more than a shopper has named."""
    prices = [float(v.price) for v in product.variants if v.in_stock]
    return bool(prices) and (limit is None or min(prices) <= limit)
