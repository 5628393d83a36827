"""The question before, asked again of another product: "and the 3 person one?"."""

from __future__ import annotations

import re

from chatbot.terms import Lexicon, Memory

from .asks import says_itself
from .spoken import Spoken
from .words import fold, words

AGAIN = frozenset("attribute care compare size_help warranty".split())
OPENING = re.compile(
    r"^\W*(?:(?:ok|okay|and|or|so|then|also|hm+|oh|n|&|what about|how about|same for)\W+)+"
)
# Who writes one of these says more than a name.
TELLING = frozenset(
    "is are was does do did can could will would has have had get got how what when where who why"
    " which buy order return need want like".split()
)
MOST = 6  # words of a message that only names something
OF_TEXTS = ("attribute.", "compare.", "policy.")  # acts that tell what a text says


def asked_again(text: str, spoken: Spoken, memory: Memory, lexicon: Lexicon) -> str:
    """The question before, less the name of what it was asked of, where `text` only names another
    product; else empty."""
    said = words(OPENING.sub("", fold(text)))
    names = (spoken.named or spoken.loosely) and len(said) <= MOST and not TELLING & set(said)
    other = spoken.handles[:1] != memory.products[:1]
    told = memory.act.startswith(OF_TEXTS) and bool(AGAIN & set(memory.asks[:1]))
    if not (names and other and told) or says_itself(text):
        return ""
    before = [p.title for p in lexicon.products if p.handle in memory.products]
    own = {w for title in before for w in words(title)}
    return " ".join(w for w in memory.query.split() if not own & set(words(w)))
