"""Whether a message leans on what was said before, and what of that still stands."""

from __future__ import annotations

from chatbot.terms import Memory

from . import details
from .words import SMALL_WORDS, fold, words

BARE_QUESTION = 3  # words; "how much", "until when" ask of what was spoken of
FEW_WORDS = 4
REFINING = 10  # words; longer messages stand for themselves
SHORT = 5  # words that carry meaning; fewer lean on what was said before
BACKWARD = frozenset(
    "it its that this these those them they one ones same both either each".split()
)
QUESTIONS = frozenset("what how when where who why which do does is can".split())
OF_A_THING = frozenset(
    "price cost costs much many size sizes stock available colors colours".split()
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


def refines(text: str, memory: Memory) -> bool:
    """Whether a message narrows down what was looked for right before: "for two, under 300"."""
    said = words(text)
    looked = memory.act.startswith(("search.", "recommend.", "clarify."))
    return looked and not QUESTIONS & set(said) and len(said) <= REFINING


def behind(text: str, memory: Memory) -> str:
    """A message that leans on what was asked before, behind it."""
    return f"{memory.query} {text}".strip()


def standing_code(
    text: str, memory: Memory, intent: str, *, follows: bool, wishes: int, named: bool
) -> str:
    """The promo code spoken of right before, while the talk is still of it: does it work on
    another thing, of which hardly more than the name is said? `wishes`: how many options a message
    names values of; several pick a version."""
    if details.of_a_code(text):
        return memory.code
    bare = len(text.split()) <= FEW_WORDS and not OF_A_THING & set(words(text))
    names_one = bare and (wishes == 1 or named)  # "the red one", "the oak bench?"
    of_it = memory.act.startswith(("promotion.", "policy.")) and (names_one or not wishes)
    still = names_one or intent in ("promotion", "product_question", "policy", "out_of_scope")
    return memory.code if follows and of_it and still else ""
