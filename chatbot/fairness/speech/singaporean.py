"""Colloquial Singaporean English in writing.

After Gupta (1994), The Step-Tongue, Wee (2004) in A Handbook of Varieties of English, and
Leimgruber (2013), Singapore English: no articles, no copula, existential and possessive "got", "or
not" for yes-no questions, "can or not", "already" for what is done, the particles lah, leh, ah.
"""

from __future__ import annotations

import re
from random import Random

from .rules import THING, bare, rewrite, sentences

HAVING = "do you (?:still )?have|have you got|is there|are there|do you sell"
QUESTIONS = (
    (rf"(?:{HAVING})(?: any| a)? (.+?)\?", r"got \1 or not?"),
    (r"can (?:I|you) (?:still )?(.+?)\?", r"can \1 or not?"),
    (r"does (.+?) have(?: a)? (.+?)\?", r"\1 got \2 or not?"),
    (r"does (.+?)\?", r"\1 or not?"),
    (rf"is ({THING}) (.+?)\?", r"\1 \2 or not?"),
    (rf"has ({THING}) been (.+?)\?", r"\1 \2 already or not?"),
)
RULES = (
    (r"how much (?:is|does) (.+?)(?: cost)?\?", r"how much \1?"),
    (r"(what|where|when) is", r"\1"),
    (
        r"(how|what|which|when|why|how long|how much) (?:do|does|can|will) (I|it|you|we|my order)",
        r"\1 \2",
    ),
    (r"I would like to", "I want to"),
    (r"want to", "want"),
    (r"I am looking for", "I looking for"),
    (r"I am", "I"),
    (r"I do not have", "I never get"),
    (r"did not get", "never get"),
    (r"do not", "don't"),
    (r"arrived(?=[.?!])", "arrive already"),
    (r"arrived", "arrive"),
    (r"came", "come"),
    (r"it is", "it"),
    (r"(\w+) is", r"\1"),
)
ASKING, TELLING = ("ah?", "leh?", "?"), (" lah.", " leh.", ".")
OPEN = re.compile(r"(?:can|do|does|is|are|has|have)\b", re.I)  # of a yes-no question


def say(text: str, dice: Random) -> str:
    """All rules that fit, one form of a question each, and a particle where a sentence ends."""
    return " ".join(_particle(_sentence(part.strip()), dice) for part in sentences(text))


def _sentence(text: str) -> str:
    for rule in QUESTIONS if OPEN.match(text) else ():
        asked = rewrite(text, (rule,))
        if asked != text:
            return bare(asked)
    return bare(rewrite(text, RULES))


def _particle(text: str, dice: Random) -> str:
    if text.endswith("?") and not text.endswith("or not?"):
        end = dice.choice(ASKING)
        return text[:-1] + (end if end == "?" else f" {end}")
    return text[:-1] + dice.choice(TELLING) if text.endswith(".") else text
