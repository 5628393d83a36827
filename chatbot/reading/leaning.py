"""Whether a message leans on what was said before, and what of that still stands."""

from __future__ import annotations

import re

from chatbot.terms import Memory

from . import details
from .words import SMALL_WORDS, fold, words

BARE_QUESTION = 4  # words; "how much", "who pays the duty" ask of what was spoken of
FEW_WORDS = 4
REFINING = 10  # words; longer messages stand for themselves
SHORT = 5  # words that carry meaning; fewer lean on what was said before
BACKWARD = frozenset(
    "it its that this these those them they one ones same both either each".split()
)
QUESTIONS = frozenset("what how when where who why which do doe does is can".split())
OF_A_THING = frozenset(
    "price cost costs much many size sizes stock available colors colours".split()
)
OF_RULES = frozenset(  # asks that articles answer, each another one
    "return_policy return_start refund_status exchange cancel ship_cost ship_time ship_where"
    " pay_methods invoice hours_contact warranty login password delete_data gift_card"
    " pickup".split()
)
# Who asks so of nothing that was spoken of asks something new: "and how do I quit".
NEW = re.compile(r"\bhow (?:do|can|could|would|should|to)\b|\b(?:who|where)\b")
OF_ANYTHING = frozenset(
    "price cost much many long day time pay paid fee charge till until then ok so".split()
)
OPENERS = (
    "and ", "n ", "& ", "what about", "how about", "ok ", "also ", "then ", "so ", "or ", "but ",
    "yes ", "yeah ",
)  # fmt: skip


def leans(text: str) -> bool:
    """Whether a message leans on the one before it."""
    plain = fold(text)
    said = words(text)
    telling = [w for w in said if w not in SMALL_WORDS]
    points = bool(BACKWARD & set(said)) or plain.startswith(OPENERS)
    asks_whole = bool(QUESTIONS & set(said)) and not points and len(said) > BARE_QUESTION
    return (len(telling) <= 2 and not asks_whole) or (len(telling) <= SHORT and points)


def says_nothing_new(text: str) -> bool:
    """Whether a message names nothing of its own: "who pays?", "how long"."""
    return not set(words(text)) - SMALL_WORDS - OF_ANYTHING


def refines(text: str, memory: Memory) -> bool:
    """Whether a message narrows down what was looked for right before: "for two, under 300"."""
    said = words(text)
    looked = memory.act.startswith(("search.", "recommend.", "clarify."))
    return looked and not QUESTIONS & set(said) and len(said) <= REFINING


def behind(text: str, memory: Memory) -> str:
    """A message that leans on what was asked before, behind it."""
    return f"{memory.query} {text}".strip()


def standing_code(
    text: str, memory: Memory, intent: str, ask: str, *, follows: bool, wishes: int, named: bool
) -> str:
    """The promo code spoken of right before, while the talk is still of it: does it work on
    another thing, of which hardly more than the name is said? `wishes`: how many options a message
    names values of; several pick a version."""
    if details.of_a_code(text):
        return memory.code
    new = (ask in OF_RULES and not says_nothing_new(text)) or NEW.search(fold(text))
    if new and not BACKWARD & set(words(text)):
        return ""
    bare = len(text.split()) <= FEW_WORDS and not OF_A_THING & set(words(text))
    names_one = bare and (wishes == 1 or named)  # "the red one", "the oak bench?"
    of_it = memory.act.startswith(("promotion.", "policy.")) and (names_one or not wishes)
    still = names_one or intent in ("promotion", "product_question", "policy", "out_of_scope")
    return memory.code if follows and of_it and still else ""
