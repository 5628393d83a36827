"""Messages in a language that the reader does not know: which one it is, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from chatbot.terms import Lexicon, Memory

from . import shop_words
from .glossing import Gloss, glossaries
from .language import language
from .reader import reader
from .words import fold, stem, words

COMMON = 0.89  # rarity of a word that English shoppers use every day
LETTERS = re.compile(r"(?<![\w@.'-])[^\W\d_]+(?![\w@'-]|\.\w)")  # no part of an address
UNKNOWN = 1.0  # the rarity of what is no English word at all
ENOUGH = 0.7  # of the words that a list has to know to be read by
MOSTLY = 0.8  # of the words that a list knows: a message that sounds so is in its language
LONG_RUN = 3  # words next to each other that are of another language
STRANGE = 2  # foreign words that make an English message a mixed one


def in_english(text: str, memory: Memory, lexicon: Lexicon) -> Gloss | None:
    """A message in another language than those served as it reads in English; none where it is
    in one that is served, or no word list is of its language."""
    served = lexicon.languages or ("en",)
    if served[0] != "en":
        return None
    home = at_home(text, lexicon)
    if language(text, lexicon.languages, home) not in served:
        return _nearest(text, lexicon)
    # Words like "me" and "pan" are of several languages.
    foreign = _strange(text, lexicon) >= STRANGE and language(text, lexicon.languages) not in served
    gloss = _nearest(text, lexicon) if foreign or memory.language not in served else None
    if gloss and gloss.known > max(home, MOSTLY):
        return gloss
    return _mixed(text, lexicon) if len(served) == 1 else None


def at_home(text: str, lexicon: Lexicon) -> float:
    """The share of words that are English or the shop's own, 0..1; 0 where English is not what
    the shop speaks first."""
    if lexicon.languages[:1] not in ((), ("en",)):
        return 0.0
    said = [w for w in words(text) if w.isalpha()]
    return sum(_english(w, lexicon) for w in said) / max(len(said), 1)


def _strange(text: str, lexicon: Lexicon) -> int:
    """How many words are neither English nor the shop's own."""
    return sum(w.isalpha() and not _english(w, lexicon) for w in words(text))


def _nearest(text: str, lexicon: Lexicon) -> Gloss | None:
    """By the list that knows most of its words; short messages pass for a neighbour's language."""
    ours = partial(_ours, lexicon=lexicon)
    names = {" ".join(fold(p.title).split()[:2]) for p in lexicon.products}
    told = (one.gloss(text, ours, names) for one in glossaries().values())
    best = max(told, key=lambda gloss: gloss.known)
    return best if best.known >= ENOUGH else None


def _mixed(text: str, lexicon: Lexicon) -> Gloss | None:
    """A message with a run of foreign words in it, all of one language; where there are no others,
    it is in that language."""
    said = [(found.span(), found[0]) for found in LETTERS.finditer(text)]
    strange = [not _english(stem(fold(word)), lexicon, UNKNOWN) for _span, word in said]
    for one in glossaries().values() if sum(strange) >= STRANGE else ():
        for run in _runs([one.knows(word) for _span, word in said]):
            whole = len(run) == len(said)
            surely = sum(strange[i] and one.has(said[i][1]) for i in run) >= STRANGE
            if surely and (whole or len(run) >= LONG_RUN):
                (start, _end), (_start, end) = said[run[0]][0], said[run[-1]][0]
                told = one.gloss(text[start:end], partial(_ours, lexicon=lexicon)).text
                return Gloss(text[:start] + told + text[end:], one.language if whole else "en", 1.0)
    return None


def _runs(known: Sequence[bool]) -> Iterator[list[int]]:
    """The places of those next to each other that are known."""
    for is_known, places in groupby(range(len(known)), key=known.__getitem__):
        if is_known:
            yield list(places)


def _english(word: str, lexicon: Lexicon, rarest: float = COMMON) -> bool:
    return shop_words.on_pages(word, lexicon) or reader().rarity(word) < rarest


def _ours(word: str, lexicon: Lexicon) -> bool:
    return shop_words.on_pages(stem(word), lexicon)
