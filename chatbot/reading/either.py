"""The two things that a message sets side by side: "the Dalesman or the pro", "loop vs poplar"."""

from __future__ import annotations

import re
from itertools import product as pairs

from chatbot.terms import Lexicon, ProductWords

from . import shop_words
from .words import SMALL_WORDS, fold, stem, words

LEAD = re.compile(  # what stands before the first: "should I get the X or the Y"
    r".*\b(?:between|compare|get|buy|take|is|are|difference|choose|have|want|say|tell me"
    r"|\w+er(?= the\b))\b"
)
# Where the second ends: at a stop, or where something is said or asked of the two.
END = re.compile(
    r"[,.;:?!\n]|\b(?:which|what|how|is|are|does|do|did|will|would|can|for|with|in|i|we|that|has|have"
    r"|better|best|please|pls|and)\b"
)
BESIDE = r"(?:vs?\.?|versus|or|against|compared (?:to|with))"
SIDES = re.compile(rf"(?P<one>[^,.;:?!\n]+?),? \b{BESIDE} (?P<two>.+)")
BETWEEN = re.compile(
    r"\b(?:between|compare|difference in \w+ (?:of|between)) (?P<one>[^,.;:?!\n]+?) "
    r"(?:and|&|n|to|with) (?P<two>.+)"
)
TWO = re.compile(r"\b(?:the|your|these|those|between) (?:2|two) (\w{3,})\b")
COMPARED = re.compile(
    r"\bwhich\b|\bdiffer|\bcompar|\bbetween\b|\bversus\b|\bvs?\b|\b(?:dearer|cheaper|better)\b"
)
ONE = frozenset("one ones just regular normal ordinary".split())
THIS = frozenset("this that it these those".split())
ANOTHER = re.compile(r"^the \w+ ones?\W*$")
MOST = 5  # words of a name


def either(text: str, focus: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The handles of the two things of one sort that a message sets side by side, each called by
    words of its name or its versions; of the one thing whose versions they are; or nothing.
    `focus`: what "this" is."""
    said = fold(text)
    if found := TWO.search(said):
        those = [p.handle for p in lexicon.products if shop_words.sort(p) == stem(found[1])]
        return tuple(those) if len(those) == 2 else ()
    for found in (BETWEEN.search(said), SIDES.search(said)):
        if found:
            one = _called(LEAD.sub("", found["one"]))
            second = END.split(found["two"].strip())[0]
            two = _called(second)
            pair = _pair(one, two, focus, lexicon, bool(COMPARED.search(said)))
            pair = pair or _of_one(one, two, lexicon)
            return pair or (_other(one, two, focus, lexicon) if ANOTHER.search(second) else ())
    return ()


def _called(said: str) -> frozenset[str]:
    """The words that one side is called by."""
    if THIS & set(said.split()):
        return THIS
    return frozenset(words(said)) - SMALL_WORDS - ONE


def _pair(
    one: frozenset[str], two: frozenset[str], focus: tuple[str, ...], lexicon: Lexicon,
    compared: bool,
) -> tuple[str, ...]:  # fmt: skip
    sides = [_products(side, focus, lexicon) for side in (one, two)]
    best: dict[int, set[tuple[str, str]]] = {}
    for (a, first), (b, second) in pairs(*sides):
        if a.handle != b.handle and _alike(a, b, compared):
            best.setdefault(first + second, set()).add((a.handle, b.handle))
    those = best[max(best)] if best else set()
    return next(iter(those)) if len(those) == 1 else ()


def _alike(one: ProductWords, two: ProductWords, compared: bool) -> bool:
    """Whether two products are of one sort, or, where they plainly are compared, of one department:
    linen and denim."""
    of_a_kind = compared and one.department == two.department
    return of_a_kind or shop_words.sort(one) == shop_words.sort(two)


def _of_one(one: frozenset[str], two: frozenset[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The one product that each side calls by another of its values: "chicken kibble or salmon"."""

    def has(product: ProductWords) -> bool:
        values = set(words(" ".join(v for vals in product.options.values() for v in vals)))
        own = values | set(words(product.text)) | set(words(product.title))
        apart = (one - two) & values and (two - one) & values
        return bool(apart) and one | two <= own

    those = [p.handle for p in lexicon.products if has(p)]
    return tuple(those) if len(those) == 1 else ()


def _other(
    one: frozenset[str], two: frozenset[str], focus: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, ...]:
    """A thing and the only other one of its sort, called by what its name does not say: "the hand
    grinder or the electric one"; nothing where that is a version of the first."""
    first = [p for p, _fit in _products(one, focus, lexicon)]
    if len(first) != 1:
        return ()
    versions = set(words(" ".join(v for vals in first[0].options.values() for v in vals)))
    sort = shop_words.sort(first[0])
    those = [p.handle for p in lexicon.products if shop_words.sort(p) == sort]
    others = [h for h in those if h != first[0].handle]
    return (first[0].handle, *others) if len(others) == 1 and not two & versions else ()


def _products(
    said: frozenset[str], focus: tuple[str, ...], lexicon: Lexicon
) -> list[tuple[ProductWords, int]]:
    """The products that go by all these words, and how well: by the name, by its versions, or only
    by what the page says."""
    if said == THIS:
        return [(p, 2) for p in lexicon.products if p.handle in focus[:1]]
    if not 0 < len(said) <= MOST:
        return []
    return [(p, fit) for p in lexicon.products if (fit := _fit(said, p))]


def _fit(said: frozenset[str], product: ProductWords) -> int:
    """3: the whole name, 2: words of it, 1: of its versions as well, 0: not all of them."""
    title = set(words(product.title))
    if said <= title:
        return 3 if said >= title - {shop_words.sort(product)} else 2
    own = title | set(words(" ".join(v for vals in product.options.values() for v in vals)))
    return 1 if said <= own and said & title else 0
