"""Which products a message names: whole titles, parts of them, with typos."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from chatbot.terms import Lexicon, ProductWords

from .words import SMALL_WORDS, words

Rarity = Callable[[str], float]  # 0 for words everybody uses, 1 for rare ones

NAMED = 0.5  # this share of a title's weight names it
DISTINCT = 0.55  # a word this rare, on few pages, names it alone
FEW = 4  # pages
ALIKE = 84  # rapidfuzz ratio, 0..100: one slip in a word of six letters


@dataclass(frozen=True)
class Match:
    """A product and the words of the message that name it."""

    handle: str
    score: float  # share of the title's weight, 0..1
    stems: frozenset[str]


def named(text: str, lexicon: Lexicon, rarity: Rarity) -> tuple[Match, ...]:
    """The products `text` names, best first; those that fit as well as each other all stay."""
    said = [w for w in words(text) if w not in SMALL_WORDS]
    counts = _titles_with(lexicon)
    matches = [m for p in lexicon.products if (m := _match(p, said, counts, lexicon, rarity))]
    best = [m for m in matches if not any(m.stems < other.stems for other in matches)]
    return tuple(sorted(best, key=lambda m: (-len(m.stems), -m.score)))


def siblings(text: str, focus: str, lexicon: Lexicon, rarity: Rarity) -> tuple[str, ...]:
    """Products that share the focus's name and fit `text` better: "and the 3 person one?" after
    the Drift 2 Tent means the Drift 3 Tent."""
    own = next((p for p in lexicon.products if p.handle == focus), None)
    said = {w for w in words(text) if w not in SMALL_WORDS}
    if own is None or not said:
        return ()
    family = _family(own, lexicon, rarity)
    fits = [(len(said & set(words(p.title))), p.handle) for p in family]
    most = max((n for n, _handle in fits), default=0)
    own_fit = len(said & set(words(own.title)))
    return tuple(h for n, h in fits if n == most and n > own_fit)


def _family(own: ProductWords, lexicon: Lexicon, rarity: Rarity) -> list[ProductWords]:
    """Products whose titles share a rare word with `own`."""
    rare = {w for w in words(own.title) if _telling(w, lexicon, rarity)}
    return [p for p in lexicon.products if p is not own and rare & set(words(p.title))]


def _match(
    product: ProductWords, said: Sequence[str], counts: Counter[str], lexicon: Lexicon,
    rarity: Rarity,
) -> Match | None:  # fmt: skip
    title = [w for w in words(product.title) if w not in SMALL_WORDS]
    weights = {w: _weight(w, counts, len(lexicon.products), rarity) for w in title}
    hits = {w: hit for w in weights if (hit := _hit(w, said))}
    if not hits:
        return None
    score = sum(weights[w] * hit for w, hit in hits.items()) / sum(weights.values())
    telling = any(_telling(w, lexicon, rarity) for w in hits)
    if score < NAMED and not telling:
        return None
    return Match(product.handle, score, frozenset(hits))


def _telling(word: str, lexicon: Lexicon, rarity: Rarity) -> bool:
    """Whether a word names a product alone: rare in English, and on few of the shop's pages."""
    return not word.isdigit() and _pages_with(lexicon)[word] <= FEW and rarity(word) >= DISTINCT


def _weight(word: str, counts: Counter[str], titles: int, rarity: Rarity) -> float:
    """How much a word tells one title from the others."""
    return math.log(1 + titles / counts[word]) * (0.4 + 0.6 * rarity(word))


def _hit(word: str, said: Sequence[str]) -> float:
    """How surely `word` was said: 1 exactly, a little less with a slip, 0 not."""
    if word in said:
        return 1.0
    if len(word) < 5 or word.isdigit():
        return 0.0
    joined = (a + b for a, b in pairwise(said))
    if word in joined:
        return 0.95
    near = max((fuzz.ratio(word, w) for w in said if abs(len(w) - len(word)) <= 2), default=0.0)
    return near / 100 if near >= ALIKE else 0.0


@lru_cache(maxsize=4)
def _titles_with(lexicon: Lexicon) -> Counter[str]:
    """In how many titles each word stands."""
    return Counter(w for p in lexicon.products for w in set(words(p.title)))


@lru_cache(maxsize=4)
def _pages_with(lexicon: Lexicon) -> Counter[str]:
    """On how many products' pages each word stands."""
    return Counter(w for p in lexicon.products for w in set(words(p.text)))
