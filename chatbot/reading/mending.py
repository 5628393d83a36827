"""What it costs to have something mended, which is not what the thing costs."""

from __future__ import annotations

import re

from chatbot.terms import TO_MEND, Memory, ProductWords

from .put_plainly import IN_TROUBLE, TELLING, Put
from .words import fold

QUESTION = "What does the repair cost?"
SHORT = 30  # words; so much is asked along with it
PRICED = r"(?:costs?|charge|price|how much|damage|what (?:would|will|do|does)[^.?!]{0,30}\bwant)"
MENDED = (
    r"(?:repair(?:s|ed|ing)?(?! (?:kit|set|tape|patch|glue|pack|book)\b)|fix(?:ed|ing)?"
    r"|mend(?:ed|ing)?|put (?:\w+ ){0,2}right|restor(?:e|ed|ing))"
)
TO_HAVE_MENDED = re.compile(
    rf"\b{PRICED}\b[^.?!]{{0,60}}\b{MENDED}\b|\b{MENDED}\b[^.?!]{{0,60}}\b{PRICED}\b"
)
# What something that was spoken of comes to: "whats that gonna run me".
COMES_TO = re.compile(
    r"\W*(?:(?:and|so|ok|okay|right|then) )*(?:(?:how much|what(?:'?s| is| does| do| will| would)?)"
    r"\b[^.?!]{0,30}\b(?:cost|costs|charge|price|damage|run me|set me back|pay|be|is)\b[^.?!]{0,30}"
    r"|(?:the )?(?:price|costs?)|how much)\W*"
)
SERVICE = re.compile(r"\b(?:services?|repairs?|mending|tune-?ups?)\b", re.I)
ANOTHER = re.compile(r"\bnew\b|\breplacement\b|\banother\b")


def costs(text: str, memory: Memory, product: ProductWords | None) -> Put | None:
    """The question what it costs to have something mended: the product in view, unless that is
    the very service, or what broke in use and was spoken of right before."""
    plain = fold(text)
    thing = product is not None and not SERVICE.search(f"{product.title}. {product.department}")
    if thing and TO_HAVE_MENDED.search(plain):
        asked = text if len(text.split()) <= SHORT else ""
        return Put("policy", TO_MEND, f"{QUESTION} {asked}".strip())
    told = memory.act.startswith(TELLING) and bool(IN_TROUBLE & set(memory.asks[:1]))
    in_use = told and "warranty" in memory.asks[:2]
    if in_use and COMES_TO.fullmatch(plain) and not ANOTHER.search(plain):
        return Put("policy", TO_MEND, f"{QUESTION} {memory.query}")
    return None
