"""The two things that a message sets side by side: "the Dalesman or the pro", "loop vs poplar"."""

from __future__ import annotations

import re
from itertools import product as pairs

from chatbot.terms import Lexicon, ProductWords

from . import shop_words
from .words import SMALL_WORDS, fold, words

LEAD = re.compile(  # what stands before the first: "should I get the X or the Y"
    r".*\b(?:between|compare|get|buy|take|is|are|difference|choose|have|want|say|tell me"
    r"|\w+er(?= the\b))\b"
)
# Where the second ends: at a stop, or where something is said or asked of the two.
END = re.compile(
    r"[,.;:?!\n]| [-–—] |\b(?:which|what|how|is|are|does|do|did|will|would|can|for|with|in|i|we"
    r"|that|has|have|better|best|please|pls|and)\b"
)
BESIDE = r"(?:vs?\.?|versus|or|against|compared (?:to|with))"
SIDES = re.compile(rf"(?P<one>[^,.;:?!\n]+?),? \b{BESIDE} (?P<two>.+)")
BETWEEN = re.compile(
    r"\b(?:between|btwn?|b/w|compare|difference in \w+ of) (?P<one>[^,.;:?!\n]+?) "
    r"(?:and|&|n|to|with) (?P<two>.+)"
)
# "is the X5 worth the extra over the X4": behind it only what is weighed may stand. Bounded, since
# whoever repeats such words would else be read for minutes.
OVER = re.compile(
    r"\b(?P<one>[^,.;:?!\n]{1,80}?)(?: (?:be )?(?:worth|better)\b[^.;:?!\n]{0,40}?)?"
    r" over (?P<two>(?:the|this|that) .+)"
)
WEIGHED = re.compile(r"\b(?:worth|better|extra|choose|pick|prefer)\b")
TWO = re.compile(r"\b(?:the|your|these|those|between) (?:2|two) ((?:[\w'-]+\W?){1,3})")
KINDS = re.compile(  # "there seem to be two kinds", of the sort that is named before
    r"\b(?:2|two) (?:different )?(?:kinds?|types?|sorts?|models?)\b"
    r"|\bthere (?:are|seem|look)[^.?!]{0,12}\b(?:2|two)\b"
)
COMPARED = re.compile(
    r"\bwhich\b|\bdiff(?!ic)|\bcompar|\bbetween\b|\bbtwn?\b|\bversus\b|\bvs?\b"
    r"|\b(?:dearer|cheaper|better|worth)\b"
)
ONE = frozenset("one ones just regular normal ordinary other another".split())
# What tells a thing from its kin, and stands in no name of theirs: "the plain Dalesman".
PLAIN = frozenset("plain standard basic original base classic usual version model".split())
THIS = frozenset("this that it these those".split())
ANOTHER = re.compile(r"^the \w+ ones?\W*$")
MOST = 5  # words of a name
MOST_MEANT = 3  # things, where one side may be either of two
BY_NAME = 2  # from here on a side is called by words of the name alone


def either(text: str, focus: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The handles of the two things of one sort that a message sets side by side, each called by
    words of its name or its versions, and all three where one side goes by the name of two; of the
    one thing whose versions they are; or nothing. `focus`: what "this" is."""
    said = fold(text)
    if those := _two_of_a_sort(said, lexicon):
        return those
    over = OVER.search(said) if WEIGHED.search(said) else None
    for found in (BETWEEN.search(said), over, SIDES.search(said)):
        if found and (those := _sides(found, said, focus, lexicon)):
            return those
    return ()


def _two_of_a_sort(said: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The only two of a sort that is spoken of as two: "the two stand mixers"."""
    found = TWO.search(said)
    told = words(found[1]) if found else []
    names = [told[:many] for many in range(1, len(told) + 1)]
    names += [[word] for word in words(said)] if KINDS.search(said) else []
    for name in names:
        those = [p for p in lexicon.products if shop_words.sort(p) == name[-1]]
        those = [p for p in those if set(name) <= set(words(p.title))]
        if len(those) == 2:
            return tuple(p.handle for p in those)
    return ()


def _sides(
    found: re.Match[str], said: str, focus: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, ...]:
    """The things that are called by the words of two sides."""
    second = END.split(found["two"].strip())[0]
    one, two = _called(LEAD.sub("", found["one"])), _called(second)
    pair = _pair(one, two, focus, lexicon, bool(COMPARED.search(said)))
    pair = pair or _of_one(one, two, lexicon) or _plainer(one, two, focus, lexicon)
    return pair or (_other(one, two, focus, lexicon) if ANOTHER.search(second) else ())


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
    best: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for (a, first), (b, second) in pairs(*sides):
        apart = compared or (not focus and _begins(a, one) and _begins(b, two))
        if a.handle != b.handle and _alike(a, b, apart):
            shared = len(set(words(a.title)) & set(words(b.title)))
            best.setdefault((first + second, shared), []).append((a.handle, b.handle))
    top = max(best, default=(0, 0))
    meant = tuple(dict.fromkeys(h for pair in best.get(top, ()) for h in pair))
    by_name = top[0] >= 2 * BY_NAME
    return meant if len(meant) == 2 or (len(meant) == MOST_MEANT and by_name) else ()


def _begins(product: ProductWords, said: frozenset[str]) -> bool:
    """Whether one side calls a product by the word that its name begins with."""
    return words(product.title)[0] in said


def _alike(one: ProductWords, two: ProductWords, compared: bool) -> bool:
    """Whether two products are of one sort, or called alike but for a word or two of one ("GTX"),
    or, where they plainly are compared, of one department: linen and denim."""
    of_a_kind = compared and one.department == two.department
    first, second = set(words(one.title)), set(words(two.title))
    more = first < second or second < first
    return of_a_kind or more or shop_words.sort(one) == shop_words.sort(two)


def _of_one(one: frozenset[str], two: frozenset[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The one product that each side calls by another of its values: "chicken kibble or salmon"."""

    def has(product: ProductWords) -> bool:
        values = set(words(" ".join(v for vals in product.options.values() for v in vals)))
        own = values | set(words(product.text)) | set(words(product.title))
        apart = (one - two) & values and (two - one) & values
        return bool(apart) and one | two <= own

    those = [p.handle for p in lexicon.products if has(p)]
    return tuple(those) if len(those) == 1 else ()


def _plainer(
    one: frozenset[str], two: frozenset[str], focus: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, ...]:
    """A thing, and the only one that goes by all of its name but a word or two, which nothing but
    "the standard version" calls; nothing where no side is called so."""
    plain, other = (one, two) if one <= PLAIN else (two, one)
    named = [p for p, fit in _products(other, focus, lexicon) if fit >= BY_NAME]
    if len(named) != 1 or not plain or not plain <= PLAIN:
        return ()
    whole = set(words(named[0].title))
    less = [p.handle for p in lexicon.products if set(words(p.title)) < whole]
    return (*less, named[0].handle) if len(less) == 1 else ()


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
    found = [(p, fit) for p in lexicon.products if (fit := _fit(said, p))]
    by_name = any(fit >= BY_NAME for _product, fit in found)
    return found if by_name or not said & PLAIN else _products(said - PLAIN, focus, lexicon)


def _fit(said: frozenset[str], product: ProductWords) -> int:
    """3: the whole name, 2: words of it, 1: of its versions as well, 0: not all of them."""
    title = set(words(product.title))
    if said <= title:
        return 3 if said >= title - SMALL_WORDS - {shop_words.sort(product)} else 2
    own = title | set(words(" ".join(v for vals in product.options.values() for v in vals)))
    return 1 if said <= own and said & title else 0
