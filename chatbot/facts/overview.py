"""The opening of the article on a matter, for who asks of the whole of it: "what's your return
policy", "how do exchanges work", "what's the deal with your points"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from chatbot.terms import Reading
from storefront import queries

from .similarity import WORD, asking, stems
from .topics import is_called, on_asks
from .world import World

# What asks for a matter as such: by a word, or as a whole; else nothing but its name is said.
SUCH = frozenset(
    "policy policies rule rules term terms conditions process procedure deal story info information"
    " details basics situation program programme scheme thing overview explain".split()
)
AS_SUCH = re.compile(
    r"\bhow (?:do|does|is|are)\b.*\bwork(?:s|ing)?\b|\b(?:tell|know|what)\b.*\babout\b"
)
AROUND = frozenset(
    "work works working about what whats s is are the a an any your ur u you ya do does have has"
    " got how there on in for of with at to me us i we can could would like know tell give please"
    " pls hi hello hey and so ok okay shop store site here order orders item items things stuff"
    " generally normal usual quick question run through all".split()
)
ENOUGH = 40  # words; an opening shorter than that is told with what follows it


def rows(reading: Reading, world: World) -> list[int]:
    """The places of the first passages of the one article that a message calls and asks nothing
    narrower of, as many as tell enough."""
    asked = asking(reading.text).casefold()
    words = frozenset(WORD.findall(asked))
    matter = words - SUCH - AROUND
    alone = matter == words and not (reading.follows or reading.products)
    broad = alone or words & SUCH or AS_SUCH.search(asked)
    if not broad or not matter or reading.named:
        return []
    article = _called(matter, reading, world.passages)
    own = [i for i, p in enumerate(world.passages) if p.article == article]
    lengths = accumulate(len(world.passages[i].text.split()) for i in own)
    return own[: 1 + sum(told < ENOUGH for told in lengths)]


def _called(matter: frozenset[str], reading: Reading, passages: Iterable[queries.Passage]) -> str:
    """The article that goes by all words of a matter, and by fewest besides; empty for none and
    where several do."""
    articles = {p.article: p for p in passages}
    besides = {
        name: len(_names(p) - stems(" ".join(matter)))
        for name, p in articles.items()
        if all(_goes_by(word, p, reading) for word in matter)
    }
    least = min(besides.values(), default=0)
    best = [name for name, more in besides.items() if more == least]
    return best[0] if len(best) == 1 else ""


def _goes_by(word: str, passage: queries.Passage, reading: Reading) -> bool:
    """Whether an article's title has a word, or it is on what is asked and the word calls that."""
    asks = reading.asks[:1]
    return stems(word) <= _names(passage) or (on_asks(passage, asks) and is_called(word, asks))


def _names(passage: queries.Passage) -> frozenset[str]:
    return stems(f"{passage.article.replace('-', ' ')} {passage.title}")
