"""What a page denies of a shopper's need: "not waterproof" to who wants something for the rain,
"toxic to cats" to who wants what is safe for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .similarity import stems

CLAUSE = re.compile(r"[;,.!?()]+|\bbut\b|\band(?= (?:\w+ )?(?:not?|without|never)\b)")
NEGATION = re.compile(  # "the no. 3" is a name
    r"\b(?:not|no(?!\.? ?\d)|non|never|without|neither|nor|free of|allerg\w+ to)\b|n['’]t\b", re.I
)
FREE = re.compile(r"([\w]+)[- ]free\b", re.I)  # "nickel-free"
NONE = re.compile(r"^([\w' -]+): (?:none|no)\b", re.I)  # "Noise cancelling: none"
BEFORE = re.compile(  # "a tuner isn't included"
    r"\b([\w-]+)(?: is| are)?(?:n['’]t| not) (?:included|fitted|built in|needed|necessary)\b", re.I
)
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
    " more than only just really too very so any all for day time year buy cheap expensive please"
    " sure idea mind matter problem people"
)
# Other ways to turn something down: "I hate plastic", "nothing with nuts".
AVERSE = re.compile(
    r"\b(?:(?:i|we) (?:really )?(?:hate|dislike|can'?t stand|avoid)|avoid(?:ing)?|anything but"
    r"|other than|except(?: for)?|nothing(?: with| that has| made of)?|allergic to|w/o"
    r"|(?:does|do|is|are)nt)"
    r"(?= (?!else\b)\w)",
    re.I,
)
REFUSED = re.compile(
    r"\b(?:not|no(?!\.? ?\d)|without|nor)"
    r"(?: (?:too|very|so|any|the|an?|in|for|made|of|with|have|has))* (?:non[- ])?[\w'’-]+",
    re.I,
)
# What somebody has is not what they look for: "they have a tuner already".
HAS = re.compile(
    r"\b(?:have|has|own|owns|got) (?:an? |the |some |one )?(\w+(?: \w+)?) already\b"
    r"|\balready (?:have|has|own|owns|got) (?:an? |the |some )?(\w+)",
    re.I,
)
# Needs that go by several words; who says one of the first needs what pages call by the second.
WET = re.compile(
    r"\b(?:rain\w*|wet|damp|drizzl\w+|splash\w*|showers?|pools?|swim\w*|puddles?|downpours?"
    r"|(?:water|splash|weather)[- ]?proof)\b",
    re.I,
)
TOXIC = stems("toxic poisonous")
WARNS = re.compile(
    r"\b(?:toxic|poison\w*|harm\w*|hazard\w*|danger\w*|choking|caution|warning|irritat\w+|flammable"
    r"|keep (?:away|out)|at your own risk|careful)\b",
    re.I,
)
BEINGS = stems("cat cats kitten dog dogs puppy pet pets child children kid kids toddler baby horse")
HARMLESS = re.compile(r"\b(?:(?:pet[- ]|child[- ]|cat[- ]|dog[- ])?safe|harmless)\b", re.I)
# What is answered by yes or no, and what is not.
POLAR = re.compile(
    r"(?:^|[,;:.]\s)\W*(?:(?:and|so|but|ok|okay|then|also|n)\W+)*(?:is|are|was|does|do|did|can|could|will|would|has"
    r"|have|any|got)\b|\?\W*$",
    re.I,
)
OPEN = re.compile(
    r"\b(?:what|which|how|why|when|where|who|or|need|buy|extra|separately)\b|\bnot?\b|n['’]t\b",
    re.I,
)
BARE = 2  # words; "bluetooth?" asks whether there is any
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
    held = _held(wish, told, options)
    return next((t for t in page if refused & _said(t).denied or held & _said(t).affirmed), "")


def sought(wish: str) -> str:
    """A wish less what it turns down, to which what lies near is no match; itself where that is
    all it says."""
    return affirmed(wish) or wish


def lacks(words: frozenset[str], page: Sequence[str]) -> bool:
    """Whether a page says that a thing has none of something: "free of caffeine"."""
    return bool(words & _page(tuple(page)).denied)


def affirmed(wish: str) -> str:
    """A wish less what it turns down; empty where that is all it says."""
    rest = REFUSED.sub(" ", _plainly(wish))
    return rest if stems(rest) - EMPTY else ""


def plain(text: str) -> bool:
    """Whether a text says what a thing is or does, and nothing of what it does not or lacks, and
    warns of nothing."""
    return not (NEGATION.search(text) or ASIDE.search(text) or WARNS.search(text))


def unwanted(wish: str, page: Sequence[str], options: Sequence[str] = ()) -> bool:
    """Whether a page holds what a wish turns down: "not leather"."""
    return bool(_held(wish, _page(tuple(page)), options))


def denies(question: str, page: Sequence[str]) -> list[str]:
    """The lines of a page that deny just what is asked of, in all its words, where no line says
    it: "no microphone" to who asks for one, but not "not for classical guitars" to who has a
    guitar."""
    wanted = _needs(question)
    affirmed = frozenset[str]().union(*(_said(text).affirmed for text in page))

    def refused(text: str) -> bool:
        clauses = (lost - EMPTY for _affirmed, lost in _clauses(text))
        asked = any(lost and lost <= wanted.affirmed and lost - affirmed for lost in clauses)
        return asked or bool(wanted.denied & TOXIC & _said(text).affirmed)

    return [text for text in page if refused(text)]


def is_no(question: str, line: str, options: Sequence[str] = ()) -> bool:
    """Whether a line that denies what is asked of says no to the question: not of what lies not in
    the box, which may have to be bought, nor of some of the options alone."""
    polar = POLAR.search(question) or len(question.split()) <= BARE
    some = any(stems(value) <= stems(line) for value in options) and len(options) > 1
    return bool(polar) and not (OPEN.search(question) or ASIDE.search(line) or some)


def _held(wish: str, told: Said, options: Sequence[str]) -> frozenset[str]:
    choice = frozenset(w for value in options for w in stems(value))
    near_someone = BEINGS & stems(wish)
    harmful = TOXIC if near_someone else TOXIC & _needs(wish).denied
    return (turned_down(wish) | harmful) & told.affirmed - choice


def turned_down(wish: str) -> frozenset[str]:
    """What a wish is not to hold, by the first telling word of each: "nylon" of "no nylon strings",
    for strings it may have."""
    clauses = CLAUSE.split(_plainly(wish))
    lost = (part.split() for clause in clauses for part in _lost(clause.strip()))
    telling = ((stems(word) - EMPTY for word in part) for part in lost)
    return frozenset().union(*(next(filter(None, words), frozenset()) for words in telling))


def _plainly(wish: str) -> str:
    """A wish with all that it turns down behind a plain "not"."""
    had = HAS.sub(lambda m: f"not {m[1] or m[2]}", SET_APART.sub("", wish))
    return AVERSE.sub("not", had)


def _needs(wish: str) -> Said:
    """What is needed, by the words of pages."""
    said = _said(_plainly(wish))
    wet = stems("waterproof rainproof") if WET.search(wish) else frozenset[str]()
    harmless = HARMLESS.search(wish) or said.denied & TOXIC
    toxic = TOXIC if harmless else frozenset[str]()
    return Said(said.affirmed | wet - said.denied, said.denied | toxic - said.affirmed)


@lru_cache(maxsize=1 << 12)
def _page(texts: tuple[str, ...]) -> Said:
    told = [_said(text) for text in texts if not ASIDE.search(text)]
    denied = frozenset[str]().union(*(t.denied for t in told))
    return Said(frozenset[str]().union(*(t.affirmed for t in told)), denied)


def _said(text: str) -> Said:
    affirmed, denied = zip(*_clauses(text), strict=True)
    return Said(frozenset[str]().union(*affirmed), frozenset[str]().union(*denied))


@lru_cache(maxsize=1 << 14)
def _clauses(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The words that each clause of a text affirms, and those that it denies."""
    found = []
    for clause in CLAUSE.split(text):
        lost = frozenset(w for part in _lost(clause.strip()) for w in stems(part))
        found.append((stems(clause) - lost, lost))
    return found


def _lost(clause: str) -> list[str]:
    """What a clause says there is not."""
    if before := BEFORE.search(clause):
        return [before.group(1)]
    named = (FREE.search(clause), NONE.match(clause))
    no = NEGATION.search(clause)
    return [m.group(1) for m in named if m] + ([_behind(clause[no.end() :])] if no else [])


def _behind(rest: str) -> str:
    """What a negation denies of the words behind it."""
    return " ".join(TURN.split(LEAD.sub("", rest))[0].split()[:REACH])
