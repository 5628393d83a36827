"""What is said to a message that was read by a word list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chatbot.terms import Act, Fact, Outcome, Reading

from . import people
from .known import Known, notice, outcome

SURE = 0.5  # below, what is asked is a guess
# The list may have missed what the shop does say.
LOST = frozenset(
    "attribute.unknown decline.no_data search.none search.no_such clarify.not_understood"
    " policy.unsure attribute.unsure clarify.which_product decline.out_of_scope"
    " safety.no_medical_advice health.no_advice_beside".split()
)
URGENT = frozenset(f"safety.{what}" for what in ("emergency", "danger", "despair", "stop_using"))
# Where a "no" or "without" that was lost on the way may harm somebody.
HARMFUL = re.compile(
    r"\b(?:allerg\w*|intoleran\w*|anaphyla\w*|co?eliac|diabet\w*|pregnan\w*|poison\w*|toxic"
    r"|danger\w*|gluten|lactose|milk|nuts?|peanuts?|eggs?|soya?|sesame|wheat|sugar|latex|bpa)\b",
    re.I,
)
# A yes or no to words that may have lost theirs: the text says it itself.
PLAIN = {
    "policy.yes": "policy.passage", "policy.no": "policy.passage",
    "attribute.yes_text": "attribute.passage", "attribute.no_text": "attribute.passage",
}  # fmt: skip
ANSWERED = "language.by_list"
HANDED_OVER = "language.cannot_serve"


def by_list(
    reading: Reading, facts: Sequence[Fact], told: Sequence[Act], *, again: bool
) -> list[Act]:
    """The answer, with no yes or no, behind a notice of how the message was read, once as long as
    messages are in its language `again`. Where it is hardly understood, what the shop says of it
    may be missed, or a misunderstanding may harm, only that a person answers."""
    if outcome(told) == Outcome.HANDED_OFF:
        return list(told)
    guessed = reading.confidence < SURE or any(a.name in LOST for a in told)
    if not URGENT & {a.name for a in told} and (guessed or HARMFUL.search(reading.text)):
        lost = _of_language(HANDED_OVER, Outcome.HANDED_OFF, reading)
        return [lost, *people.away([lost], Known(reading, tuple(facts)))]
    said = [replace(a, name=PLAIN.get(a.name, a.name)) for a in told]
    if again and HANDED_OVER not in reading.before:
        return said
    return [_of_language(ANSWERED, outcome(told), reading), *said]


def _of_language(key: str, end: Outcome, reading: Reading) -> Act:
    return notice(key, end, {"language": reading.language})
