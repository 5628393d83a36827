"""Which products a message is about: named, pointed at, spoken of before, or on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatbot.terms import Lexicon, Memory, ProductWords

from . import options, products, strangers
from .dates import by_date
from .described import described
from .either import either
from .leaning import leans
from .pointing import OTHER, WHICH, pointed
from .products import RARE, Rarity
from .words import fold, stem, words

LONG = 8  # words
WHOLE = 0.75  # share of a title's weight from which it was surely meant
POINTING = frozenset("it this these they".split())
ONE_OF_THEM = re.compile(r"\b(?:it|it'?s|that one|this one|that)\b")
# "wired or wireless?" asks what the thing in view is.
EITHER = re.compile(r"^\W*(?:(?:and|so|ok|is (?:it|that|this)) )*\w+ or \w+\W*$")
THIS_OR = re.compile(r"\b(?:this|that|it|these|them|those)(?: one| ones)? or (?:the|your|an?)\b")
INCLUDED = re.compile(
    r"\bextra\W*$|\bincl(?:uded|udes)?\b|\bcomes? w(?:ith)?(?:\b|/)|\bin the box\b"
)
THE_WORD = re.compile(r"\b(?:the|your|these|those) (\w+)")
# What tells one of several from the others names no other thing: "the big bag, how much".
OF_SIZE = frozenset("big large small little mini medium short long tall wide".split())
# Whose sizes a number is one of: "women 8.5 is what in those".
WHOSE = frozenset("woman women man men lady".split())
WHOSE_SIZE = re.compile(r"\b(?:wom[ae]n|m[ae]n|lad(?:y|ies))'?s?'? (?:size )?\d")
SEVERAL = re.compile(r"\b(?:each|both|all|these|those|they|them|which|either|any of)\b")


@dataclass(frozen=True)
class Spoken:
    """The products a message is about, best first, and how it says so."""

    handles: tuple[str, ...] = ()
    named: bool = False
    loosely: bool = False
    stranger: str = ""  # a name the shop does not know


def spoken_of(
    text: str, page: str, memory: Memory, lexicon: Lexicon, rarity: Rarity, usual: frozenset[str],
    *, asks: bool = False,
) -> Spoken:  # fmt: skip
    """The products a message is about: those it names or points at, or those spoken of. `usual`:
    words that are meant by a slip; without any, nothing is taken for the name of a stranger.
    `asks`: whether something is asked of a product, which may then be called by what its page
    says."""
    focus = memory.products or ((page,) if page else ())
    spoken, group = _of(focus, lexicon), _of(memory.group, lexicon)
    matches = _matches(text, [*spoken, *group], lexicon, rarity)
    two = either(text, focus, lexicon) if len(matches) != 2 else ()
    if usual and not two and (strange := strangers.stranger(text, matches, lexicon, rarity, usual)):
        return Spoken(stranger=strange)
    if those := _pointed(text, spoken, group, matches) or _of_the_group(
        text, spoken, group, matches
    ):
        return Spoken(those, named=len(those) == 1)
    if focus and not _compares(text) and _stays(text, focus[0], matches):
        return Spoken(focus[:1], named=any(m.handle == focus[0] for m in matches))
    if two:
        return Spoken(two, named=len(two) > 1, loosely=len(two) == 1)
    found = _found(text, spoken, focus, matches, lexicon, rarity)
    if not (found.handles or focus) and (one := by_date(text, lexicon)):
        return Spoken(one, named=True)
    if not (found.handles or focus) and (one := described(text, lexicon, rarity, asks=asks)):
        return Spoken(one, loosely=True)
    return found


def _found(
    text: str, spoken: list[ProductWords], focus: tuple[str, ...], matches: list[products.Match],
    lexicon: Lexicon, rarity: Rarity,
) -> Spoken:  # fmt: skip
    """The products that go by the words of a message, or else those spoken of."""
    found = tuple(m.handle for m in matches)
    if not found and focus and (only := products.only_one(text, lexicon)):
        return Spoken(only, loosely=True)
    if not found and focus:
        found = products.siblings(text, focus[0], lexicon, rarity)
    if not found and len(spoken) > 1 and (those := _coming_in(text, spoken)):
        return Spoken(those)
    if not found:
        return Spoken(focus[:1] if _means_one(text) else focus)
    both = focus[:1] if len(found) == 1 and _compares(text) else ()
    named = not matches or any(m.by_name for m in matches)
    return Spoken(tuple(dict.fromkeys((*both, *found))), named, not named)


def _of(handles: tuple[str, ...], lexicon: Lexicon) -> list[ProductWords]:
    return [p for h in handles for p in lexicon.products if p.handle == h]


def _pointed(
    text: str, spoken: list[ProductWords], group: list[ProductWords],
    matches: list[products.Match],
) -> tuple[str, ...]:  # fmt: skip
    """What a message points at among the products spoken of, or among the `group` from which the
    one in view was picked: there a size is rather an option of that one, "the other" is not that
    one, and "which" means all. What names another product points at none of these."""
    if any(m.by_name for m in matches):
        return ()
    if one := pointed(text, spoken):
        return (one,)
    if len(spoken) != 1 or len(group) < 2:
        return ()
    others = sorted(group, key=lambda p: p.handle != spoken[0].handle)
    if one := pointed(text, others if OTHER.search(fold(text)) else group, by_size=False):
        return (one,)
    return tuple(p.handle for p in group) if WHICH.search(fold(text)) and not matches else ()


def _of_the_group(
    text: str, spoken: list[ProductWords], group: list[ProductWords],
    matches: list[products.Match],
) -> tuple[str, ...]:  # fmt: skip
    """Those of the `group` that come in what is said, where what is in view does not: "carbon?" of
    three tripods when the cheap one was spoken of last."""
    if matches or not leans(text) or any(options.wished(text, p.options) for p in spoken):
        return ()
    return tuple(p.handle for p in group if options.wished(text, p.options))


def _matches(
    text: str, told_of: list[ProductWords], lexicon: Lexicon, rarity: Rarity
) -> list[products.Match]:  # fmt: skip
    """The products a message names, but for those that are only called as an option of what was
    `told_of` is; in a story not by a word of what they are made of or for, unless it is used as a
    name: "the plectrums"."""
    found = [m for m in products.named(text, lexicon, rarity) if not _is_option(m, told_of)]
    no_name = OF_SIZE | WHOSE if WHOSE_SIZE.search(fold(text)) else OF_SIZE
    found = [m for m in found if not (told_of and m.said <= no_name)]
    short = len(words(text)) < LONG
    sought = strangers.sought_sort(text, lexicon)
    found = [m for m in found if not sought or sought in m.stems or _called(m)]
    return [m for m in found if short or m.by_name or m.by_sort or _pointed_at(m, text, rarity)]


def _pointed_at(match: products.Match, text: str, rarity: Rarity) -> bool:
    """Whether a message speaks of "the" thing by a rare word of a product's name."""
    pointed = {stem(word) for word in THE_WORD.findall(fold(text))} & match.said
    return any(rarity(word) >= RARE for word in pointed)


def _called(match: products.Match) -> bool:
    """Whether a product is called by the word its name begins with: "the Thornbury"."""
    return match.by_name and words(match.title)[0] in match.stems


def _coming_in(text: str, spoken: list[ProductWords]) -> tuple[str, ...]:
    """Of several in view those that come in what is said, where not all do: "the red one"."""
    those = tuple(p.handle for p in spoken if options.wished(text, p.options))
    return those if len(those) < len(spoken) else ()


def _means_one(text: str) -> bool:
    """Whether a message speaks of one thing, which is the first of those in view."""
    plain = fold(text)
    return bool(ONE_OF_THEM.search(plain)) and not SEVERAL.search(plain)


def _stays(text: str, focus: str, matches: list[products.Match]) -> bool:
    """Whether a message is still about the product in view although others share a word with it:
    "carbon footprint of one bottle" on a bottle's page, "does it come with the footprint"."""
    if not matches or any(m.by_name and m.score >= WHOLE for m in matches):
        return False
    if EITHER.search(fold(text)) and not any(m.by_name or m.by_sort for m in matches):
        return True
    if any(m.handle == focus for m in matches):
        return True
    if INCLUDED.search(fold(text)):
        return True
    typed = words(text)
    first = min((typed.index(w) for m in matches for w in m.said if w in typed), default=0)
    return bool(POINTING & set(typed[:first]))


def _is_option(match: products.Match, told_of: list[ProductWords]) -> bool:
    """Whether what sounds like another product is an option of one just told of ("in lichen?")."""
    own = {
        w
        for p in told_of
        if p.handle != match.handle
        for vals in p.options.values()
        for v in vals
        for w in words(v)
    }
    return match.stems <= own


def _compares(text: str) -> bool:
    said = {"vs", "v", "versus", "than", "compare", "difference", "diff", "better"} & set(
        words(text)
    )
    return bool(said or THIS_OR.search(fold(text)))
