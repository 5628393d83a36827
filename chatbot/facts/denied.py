"""What a page denies of a shopper's need: "not waterproof" to who wants something for the rain,
"toxic to cats" to who wants what is safe for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .similarity import stems

CLAUSE = re.compile(r"[;,.!?()]+|\bbut\b|\band(?= (?:not?|without|never)\b)")
NEGATION = re.compile(  # "the no. 3" is a name
    r"\b(?:not|no(?!\.? ?\d)|non|never|without|neither|nor|free of|allerg\w+ to)\b|n['’]t\b", re.I
)
FREE = re.compile(r"([\w]+)[- ]free\b", re.I)  # "nickel-free"
NONE = re.compile(r"^([\w' -]+): (?:none|no)\b", re.I)  # "Noise cancelling: none"
REACH = 4  # words behind a negation that it denies
# "not suitable for hobs" denies hobs; "not toxic to cats" says nothing of cats.
LEAD = re.compile(
    r"^\W*(?:(?:suitable|suited|meant|made|designed|recommended|intended|rated|for|a|an|the|any|in|as"
    r"|is|are|be|it|them)\b\W*)+",
    re.I,
)
TURN = re.compile(r"\b(?:for|to|in|on|with|of|at|by|from|when|if|so|because|than)\b", re.I)
# What lies not in the box says nothing of what a thing is good for.
ASIDE = re.compile(
    r"\b(?:includ\w+|in the box|needed|necessary|return\w*|exchang\w+|fitted)\b", re.I
)
EMPTY = stems(
    "use used using good need needs want look looking sell thing things one like size long much"
    " more than only just really too very so any all for day time year buy cheap expensive too"
    " sure idea mind matter problem"
)
# Needs that go by several words; who says one of the first needs what pages call by the second.
WET = re.compile(
    r"\b(?:rain\w*|wet|damp|drizzl\w+|splash\w*|showers?|pools?|swim\w*|puddles?|downpours?"
    r"|(?:water|splash|weather)[- ]?proof)\b",
    re.I,
)
HARMLESS = re.compile(r"\b(?:(?:pet[- ]|child[- ]|cat[- ]|dog[- ])?safe|harmless)\b", re.I)
# One of those shown is set apart by its name, and not by what pages say: "not the press".
SET_APART = re.compile(r"\bnot (?:the|that|this|those|these) \w+", re.I)


@dataclass(frozen=True)
class Said:
    """The words that a text affirms, and those that it denies."""

    affirmed: frozenset[str]
    denied: frozenset[str]


def denial(wish: str, page: Sequence[str], options: Sequence[str] = ()) -> str:
    """The text of a page that denies what is wished for, where the page nowhere says it, or that
    holds what is not wanted; empty for none. What only some of its options hold is left to
    choose."""
    wanted, told = _needs(wish), _page(tuple(page))
    refused = wanted.affirmed & told.denied - told.affirmed - EMPTY
    held = _held(wanted, told, options)
    return next((t for t in page if refused & _said(t).denied or held & _said(t).affirmed), "")


def unwanted(wish: str, page: Sequence[str], options: Sequence[str] = ()) -> bool:
    """Whether a page holds what a wish turns down: "not leather"."""
    return bool(_held(_needs(wish), _page(tuple(page)), options))


def _held(wanted: Said, told: Said, options: Sequence[str]) -> frozenset[str]:
    choice = frozenset(w for value in options for w in stems(value))
    return wanted.denied & told.affirmed - choice - EMPTY


def _needs(wish: str) -> Said:
    """What is needed, by the words of pages."""
    said = _said(SET_APART.sub("", wish))
    wet = stems("waterproof rainproof") if WET.search(wish) else frozenset[str]()
    toxic = stems("toxic poisonous") if HARMLESS.search(wish) else frozenset[str]()
    return Said(said.affirmed | wet - said.denied, said.denied | toxic - said.affirmed)


@lru_cache(maxsize=1 << 12)
def _page(texts: tuple[str, ...]) -> Said:
    told = [_said(text) for text in texts if not ASIDE.search(text)]
    denied = frozenset[str]().union(*(t.denied for t in told))
    return Said(frozenset[str]().union(*(t.affirmed for t in told)), denied)


def _said(text: str) -> Said:
    affirmed, denied = set[str](), set[str]()
    for clause in CLAUSE.split(text):
        whole = clause.strip()
        free, none, no = FREE.search(whole), NONE.match(whole), NEGATION.search(whole)
        named = (free.group(1) if free else "", none.group(1) if none else "",
                 _behind(whole[no.end() :]) if no else "")  # fmt: skip
        lost = {w for part in named for w in stems(part)}
        denied |= lost
        affirmed |= stems(whole) - lost
    return Said(frozenset(affirmed), frozenset(denied))


def _behind(rest: str) -> str:
    """What a negation denies of the words behind it."""
    return " ".join(TURN.split(LEAD.sub("", rest))[0].split()[:REACH])
