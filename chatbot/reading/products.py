"""Which products a message names: whole titles, parts of them, with typos."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from chatbot.terms import Lexicon, ProductWords

from .options import COLORS
from .words import SMALL_WORDS, fold, slip, stem, words

Rarity = Callable[[str], float]  # 0 for words everybody uses, 1 for rare ones

NAMED = 0.5  # this share of a title's weight names it
DISTINCT = 0.55  # a word this rare, on few pages, names it alone
RARE = 0.9  # a first word this rare is the model's name ("Wisp 1 Ultralight Tent")
SHORT_FORM = 4  # letters
FEW = 4  # pages
SLIPPED = 0.9  # how surely a word with a slip is the one meant
STRANGE = 0.93  # a word this rare, on none of the shop's pages, names something else
EXCLUDED = re.compile(
    r"\b(?:not|except|besides|instead of|other than) (?:for |in )?(?:the |a |my )?\w+"
)
DESCRIBING = ("est", "ing", "ed", "able", "ly", "ish")  # endings of words that are no names
PAUSE = re.compile(r"[^\w\s'-]+")
LOWER = re.compile(r"\b[a-z][a-z']+\b")


@dataclass(frozen=True)
class Match:
    """A product and the words of the message that name it."""

    handle: str
    title: str
    score: float  # share of the title's weight, 0..1
    stems: frozenset[str]  # of the title
    said: frozenset[str]  # of the message
    by_name: bool  # by its own name ("Kestrel"), not only by what it is ("rain shell")


def named(text: str, lexicon: Lexicon, rarity: Rarity) -> tuple[Match, ...]:
    """The products `text` names, best first; those that fit as well as each other all stay."""
    said = _said(text)
    counts = _titles_with(lexicon)
    matches = [m for p in lexicon.products if (m := _match(p, said, counts, lexicon, rarity))]
    matches = _of_gender(matches, said)
    both = {"men", "women"} <= set(said)
    best = [m for m in matches if both or not _outdone(m, matches, said)]
    return tuple(sorted(best, key=lambda m: (-m.by_name, -len(m.stems), -m.score)))


def _said(text: str) -> list[str]:
    """The telling words of a message, less those it turns down ("not the mini")."""
    return [w for w in words(EXCLUDED.sub(" ", text)) if w not in SMALL_WORDS]


def _of_gender(matches: list[Match], said: Sequence[str]) -> list[Match]:
    """Without women's things where only men's were asked for; shops often name but the former."""
    if "men" not in said or "women" in said:
        return matches
    return [m for m in matches if "women" not in words(m.title)] or matches


def _outdone(match: Match, others: Sequence[Match], said: Sequence[str]) -> bool:
    """Whether another product is named by more of the same words, and the shared ones were not
    said once for each ("the Fogbell Mini and the big Fogbell")."""
    more = [o for o in others if match.said < o.said]
    twice = any(said.count(w) > 1 for w in match.stems)
    return bool(more) and not (twice and match.by_name)


def siblings(text: str, focus: str, lexicon: Lexicon, rarity: Rarity) -> tuple[str, ...]:
    """Products that share the focus's name and fit `text` better: "and the 3 person one?" after
    the Drift 2 Tent means the Drift 3 Tent."""
    own = next((p for p in lexicon.products if p.handle == focus), None)
    said = set(_said(text))
    if own is None or not said:
        return ()
    family = _family(own, lexicon, rarity)
    fits = [(len(said & set(words(p.title))), p.handle) for p in family]
    most = max((n for n, _handle in fits), default=0)
    own_fit = len(said & set(words(own.title)))
    return tuple(h for n, h in fits if n == most and n > own_fit)


def _family(own: ProductWords, lexicon: Lexicon, rarity: Rarity) -> list[ProductWords]:
    """Products whose titles share a telling word with `own`."""
    rare = {w for w in words(own.title) if _telling(w, lexicon, rarity)}
    return [p for p in lexicon.products if p is not own and rare & set(words(p.title))]


def _match(
    product: ProductWords, said: Sequence[str], counts: Counter[str], lexicon: Lexicon,
    rarity: Rarity,
) -> Match | None:  # fmt: skip
    title = [w for w in words(product.title) if w not in SMALL_WORDS]
    weights = {w: _weight(w, counts, len(lexicon.products), rarity) for w in title}
    known = _pages_with(lexicon)  # words of the shop and common ones are meant as they stand
    slips = [w for w in said if w not in known and rarity(w) >= RARE]
    hits = {w: hit for w in weights if (hit := _hit(w, said, slips))}
    if hits:
        hits |= {w: 0.9 for w in weights if w not in hits and any(_ends(w, o) for o in said)}
    used = frozenset(o for o in said if any(_hit(w, [o], [o]) or _ends(w, o) for w in hits))
    if not hits:
        return None
    score = sum(weights[w] * hit for w, hit in hits.items()) / sum(weights.values())
    first = title[0] in hits and rarity(title[0]) >= RARE and counts[title[0]] <= FEW
    telling = first or any(_telling(w, lexicon, rarity) for w in hits)
    if score < NAMED and not telling:
        return None
    own = first or any(_proper(w, lexicon) for w in hits)
    return Match(
        product.handle, product.title, score, frozenset(hits), used or frozenset(hits), own
    )


def _telling(word: str, lexicon: Lexicon, rarity: Rarity) -> bool:
    """Whether a word names a product alone: a name of its own, or rare in English and on few of
    the shop's pages."""
    if _proper(word, lexicon):
        return True
    return not word.isdigit() and _pages_with(lexicon)[word] <= FEW and rarity(word) >= DISTINCT


def _proper(word: str, lexicon: Lexicon) -> bool:
    """Whether a word of few titles is a name: no page writes it with a small letter."""
    few = _titles_with(lexicon)[word] <= FEW
    return few and not word.isdigit() and word not in _common(lexicon)


def _weight(word: str, counts: Counter[str], titles: int, rarity: Rarity) -> float:
    """How much a word tells one title from the others."""
    return math.log(1 + titles / counts[word]) * (0.4 + 0.6 * rarity(word))


def _hit(word: str, said: Sequence[str], slips: Sequence[str]) -> float:
    """How surely `word` was said: 1 exactly, a little less with a slip (one of `slips`), 0 not."""
    if word in said:
        return 1.0
    if len(word) < 5 or word.isdigit():
        return 0.0
    if word in (a + b for a, b in pairwise(said)):
        return 0.95
    return SLIPPED if any(slip(w, word) or slip(f"{w}s", word) for w in slips) else 0.0


def _ends(word: str, said: str) -> bool:
    """Whether a compound was said short: "pack" for "daypack"."""
    return len(said) >= SHORT_FORM and len(word) <= 2 * len(said) and word.endswith(said)


def stranger(
    text: str, matches: Sequence[Match], lexicon: Lexicon, rarity: Rarity, usual: frozenset[str]
) -> str:
    """The name of a product the shop does not have, as typed ("petrel shell"): a rare word that
    stands on none of its pages and is no slip of a `usual` one, right before what sort of thing
    it is; empty for none."""
    if any(m.by_name for m in matches):
        return ""
    sorts = ({w for m in matches for w in m.said} | _last_words(lexicon)) - SMALL_WORDS
    for part in PAUSE.split(fold(text)):
        typed = part.split()
        for place, word in enumerate(typed):
            if _is_strange(stem(word), lexicon, rarity, usual):
                near = range(place + 1, min(place + 3, len(typed)))
                if end := next((n for n in near if stem(typed[n]) in sorts), 0):
                    rest = takewhile(lambda w: stem(w) in sorts, typed[end:])
                    return " ".join([*typed[place:end], *rest])
    return ""


def _is_strange(word: str, lexicon: Lexicon, rarity: Rarity, usual: frozenset[str]) -> bool:
    """Whether a word is rare, no color, and on no page, not even with a slip."""
    if not word.isalpha() or len(word) < 4 or word in COLORS or rarity(word) < STRANGE:
        return False
    if word.endswith(DESCRIBING):
        return False
    known = _pages_with(lexicon)
    return not any(slip(word, w) or w.startswith(word) for w in (*known, *usual))


@lru_cache(maxsize=4)
def _last_words(lexicon: Lexicon) -> frozenset[str]:
    """What the products are, by the last word of their names: tent, lamp, boot."""
    titles = (words(re.sub(r"\(.*?\)", "", p.title)) for p in lexicon.products)
    return frozenset(t[-1] for t in titles if t and t[-1].isalpha())


def on_pages(word: str, lexicon: Lexicon) -> bool:
    """Whether the shop writes the word anywhere."""
    return word in _pages_with(lexicon)


@lru_cache(maxsize=4)
def _titles_with(lexicon: Lexicon) -> Counter[str]:
    """In how many titles each word stands."""
    return Counter(w for p in lexicon.products for w in set(words(p.title)))


@lru_cache(maxsize=4)
def _pages_with(lexicon: Lexicon) -> Counter[str]:
    """On how many products' pages each word stands."""
    return Counter(w for p in lexicon.products for w in set(words(p.text)))


@lru_cache(maxsize=4)
def _common(lexicon: Lexicon) -> frozenset[str]:
    """The words that some page writes with a small letter."""
    text = " ".join(p.text for p in lexicon.products)
    return frozenset(stem(w) for w in LOWER.findall(text))
