"""Which lines of a page tell what a thing holds, or who made it: others only seem to answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from chatbot.terms import Fact, Judged

from .similarity import stems

# "Is there any lead in the enamel", "does it contain nuts", "any latex in the gloves?"
HELD = re.compile(
    r"\b(?:(?:is|are) there|any|has it|have they) (?:any |an? )?((?:[\w-]+ )?[\w-]+)"
    r" (?:in|inside|on|used in) (?:it|this|that|these|those|them|the|your|any)\b"
    r"|\bcontain(?:s|ing)? (?:any |an? )?([\w-]+)|\btraces? of ([\w-]+)",
    re.I,
)
# What a thing is made of may tell of a substance without its name.
COMPOSED = re.compile(
    r"^(?:material|ingredient|fabric|contain|composition|filling|coating|blend|allergen|shell|outer"
    r"|inner|lining|cover|body|recipe|base)\w*\b[^:]*:|\d ?%|\b[a-z]+-free\b|\bfree (?:of|from)\b"
    r"|\b(?:made|woven|sewn|cut|sweetened|filled|lined|coated|blended|flavou?red|scented|treated"
    r"|enriched|glazed|dyed|tanned) (?:of|from|with|in|out)\b",
    re.I,
)
MAKER = re.compile(
    r"\bwho (?:makes?|made|manufactures?|manufactured|produces?|builds?|built|supplies|designed)\b"
    r"|\b(?:what|which) (?:brand|make|manufacturer|company|maker)\b|\b(?:brand|maker) of\b",
    re.I,
)
MADE = re.compile(
    r"\b(?:made|built|sewn|woven|knitted|forged|designed|produced|manufactur\w+|supplied|cast"
    r"|thrown|grown|roasted|bottled|printed|assembled|turned|brands?|makers?|by hand)\b",
    re.I,
)
NAME = re.compile(r"(?<=[a-z,;:(] )[A-Z][a-z]{2,}")
SHORT = 2  # letters; so few begin many words
SURELY = 0.8  # a line this sure answers in words of its own


def telling(
    question: str, found: Mapping[int, Judged], texts: Sequence[str], refused: Collection[str]
) -> dict[int, Judged]:
    """Of the lines of a page with how surely each answers those that can: of who asks for a
    substance such as tell of it or of what the thing is made of, or `refused` ones; of who asks for
    the maker such as have a name or a word of making."""
    if MAKER.search(question):
        made = (i for i in found if MADE.search(texts[i]) or NAME.search(texts[i]))
        return {i: found[i] for i in made}
    sought = _sought(question)
    if not sought:
        return dict(found)
    return {
        i: told
        for i, told in found.items()
        if told.sure >= SURELY or texts[i] in refused or _tells_of(sought, texts[i])
    }


def of_articles(question: str, passages: Sequence[Fact]) -> list[Fact]:
    """Of the passages those that can tell: of a substance such as name it, of a maker such as have
    a word of making."""
    if MAKER.search(question):
        return [p for p in passages if MADE.search(p.values["text"])]
    sought = _sought(question)
    return [p for p in passages if not sought or _names(sought, p.values["text"])]


def _sought(question: str) -> frozenset[str]:
    """What a question asks whether a thing holds, in words; nothing for another question."""
    found = HELD.search(question)
    return stems(next(filter(None, found.groups()))) if found else frozenset()


def _tells_of(sought: Collection[str], text: str) -> bool:
    """Whether a line has the word, or tells what the thing is made of."""
    return _names(sought, text) or bool(COMPOSED.search(text))


def _names(sought: Collection[str], text: str) -> bool:
    """Whether a text has the word, also in a longer or a shorter one."""
    said = [w for w in stems(text) if len(w) > SHORT]
    return any(w.startswith(s) or s.startswith(w) for s in sought for w in said)
