"""English as a second language.

The commonest errors of learners by the codings of Nicholls (2003), The Cambridge Learner Corpus,
and of the CoNLL-2014 shared task (Ng et al. 2014): articles, prepositions, verb forms and
agreement, number, word order of questions; after Swan and Smith (2001), Learner English. Each
fitting rule is thrown for.
"""

from __future__ import annotations

import re
from random import Random

from .rules import KEPT, THING, Rules, rewrite

SHARE = 0.6  # of the rules that fit are followed
RULES: Rules = (
    (rf"(what|where|how much) is ({THING})", r"\1 \2 is"),
    (rf"(how much|what) does ({THING}) cost", r"\1 cost \2"),
    (r"(how|what|which|when|why|how long|how many days) (?:do|does) (I|it|you|we)", r"\1 \2"),
    (r"(how|what|which|when|where) (can|will|would) (I|you|we|my order)", r"\1 \3 \2"),
    (r"do you (still )?have", r"you \1have"),
    (rf"does ({THING}) have", r"\1 have"),
    (rf"is ({THING}) (in|available|still)", r"\1 is \2"),
    (r"does not", "do not"),
    (r"costs", "cost"),
    (r"says", "say"),
    (r"takes", "take"),
    (r"works", "work"),
    (r"comes", "come"),
    (r"arrived", "arrive"),
    (r"waited", "wait"),
    (r"was (late|damaged)", r"is \1"),
    (r"I am looking for", "I look for"),
    (r"I am waiting for", "I wait"),
    (r"I would like to", "I would like"),
    (r"has been|been", "was"),
    (r"information", "informations"),
    (r"I want to", "I want"),
    (rf"under ({KEPT})", r"until \1"),
    (r"for under", "under"),
    (r"days", "day"),
    (r"items", "item"),
    (r"talk to", "talk with"),
    (r"in (" + KEPT + ")", r"on \1"),
    (r"code for", "code of"),
    (r"for (my|order)", r"of \1"),
    (r"of (the|order)", r"from \1"),
    (r"anymore", "any more"),
)


def say(text: str, dice: Random) -> str:
    """Rules that fit, as the dice fall; two at least where two fit."""
    fitting = [rule for rule in RULES if re.search(rf"(?<!\w){rule[0].rstrip()}(?!\w)", text, re.I)]
    thrown = [rule for rule in fitting if dice.random() < SHARE]
    said = rewrite(text, thrown if len(thrown) > 1 else fitting[:2])
    return " ".join(_articles(said, dice).split())


def _articles(text: str, dice: Random) -> str:
    """Most articles left out."""
    parts = re.split(r"(\b(?:the|an|a) )", text, flags=re.I)
    kept = (part for place, part in enumerate(parts) if not place % 2 or dice.random() >= SHARE)
    said = "".join(kept)
    return said[:1].upper() + said[1:]
