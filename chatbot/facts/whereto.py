"""The places that a message asks things to be sent to: "how much to Lyon", "to York or Derry"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from .gazetteer import Place, located

WORD = re.compile(r"[(,&]|[\w'’.-]+")
MARKS = "(,&"
# What only comes in the way of a place, or bears its name: "post for Shetland wool".
GOODS = frozenset(
    "wool yarn knit jumper jumpers sweater sweaters tweed cloth fabric linen cotton lace leather"
    " cake cheese tea coffee whisky wine lemon lemons salt style".split()
)
# What a place stands behind: "to Lyon", "I'm in Kent", "delivery Norway", "postage? (Aberdeen)".
BEHIND = frozenset(
    "to in into for within near around outside about between ( delivery shipping postage ship"
    " deliver post posting send sending from".split()
)
AWAY = frozenset(("from",))  # where something comes from, which is asked of if nothing else is
# What joins a place with the next, and may stand between: "between York and Derry", "than to".
JOINS = frozenset("and or & vs versus than".split())
AGAIN = frozenset("to in the for".split())
# What stands right behind it is a town, however small and in small letters: "post to ballymena".
SENT_TO = re.compile(
    r"\b(?:deliver(?:y|s|ed|ing)?|ship(?:s|ped|ping)?|post(?:age|ing|ed)?|send(?:ing)?|sent)"
    r" (?:it |them |this |these |that )?(?:to|ta|into) ",
    re.I,
)
SMALL = 4  # words of a message that may be a place alone: "and oregon?"
LONGEST = 4  # words of a place
ALONE = re.compile(r"^\W*(?:(?:and|ok|so|but|what about|how about|or|if) )*", re.I)


def places_named(text: str, home: str) -> list[Place]:
    """The places that a message names: the first, with those that are joined to it."""
    words = WORD.findall(text)
    for start in _starts(text, words):
        if found := _at(words, start, home):
            return list(_joined(words, *found, home))
    sent = SENT_TO.search(text)
    small = [name.title() for name in _names(WORD.findall(text[sent.end() :]))] if sent else []
    return [place for name in small if (place := located(name, home))][:1]


def _starts(text: str, words: Sequence[str]) -> list[int]:
    """Where places may begin, those that something comes from last."""
    behind = [(n, word.casefold()) for n, word in enumerate(words) if word.casefold() in BEHIND]
    starts = [n + 1 for n, word in sorted(behind, key=lambda at: at[1] in AWAY)]
    if len(words) <= SMALL and (before := ALONE.match(text)):
        starts.append(len(WORD.findall(before.group())))
    return starts


def _at(words: Sequence[str], start: int, home: str) -> tuple[Place, int] | None:
    """The place that begins at a word, and where it ends; one of a country that is named behind it
    lies there: "Perth, UK"."""
    for name in _names(words[start:]):
        end = start + len(name.split())
        if {word.casefold() for word in words[end : end + 1]} & GOODS:
            return None
        within = _country(words, end, home)
        if place := _lying(name, within, home) if within else located(name, home):
            return place, end
    return None


def _country(words: Sequence[str], end: int, home: str) -> Place | None:
    if words[end : end + 1] != [","]:
        return None
    known = (located(name, home) for name in _names(words[end + 1 :]))
    return next((place for place in known if place and place.is_country), None)


def _lying(name: str, country: Place, home: str) -> Place | None:
    """The place of that name in a country, or else the country itself."""
    there = located(name, country.country)
    if there and there.country == country.country:
        return there
    return country if located(name, home) else None


def _joined(words: Sequence[str], place: Place, end: int, home: str) -> Iterator[Place]:
    """A place and those that are joined to it."""
    yield place
    joins = [word.casefold() for word in words[end : end + 2]]
    if joins and joins[0] in JOINS:
        next_one = end + 1 + sum(word in AGAIN for word in joins[1:])
        if found := _at(words, next_one, home):
            yield from _joined(words, *found, home)


def _names(words: Sequence[str]) -> list[str]:
    """What words may begin with that is a place's name, the longest first."""
    own = list(takewhile(lambda word: word not in MARKS, words[:LONGEST]))
    return [" ".join(own[:length]) for length in range(len(own), 0, -1)]
