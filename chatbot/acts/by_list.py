"""What is said to a message that was read by a word list."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.terms import Act, Fact, Outcome, Reading

from . import people
from .known import Known, notice, outcome

SURE = 0.5  # below, what is asked is a guess
# The list may have missed what the shop does say.
LOST = frozenset(
    "attribute.unknown decline.no_data search.none search.no_such clarify.not_understood"
    " policy.unsure attribute.unsure clarify.which_product decline.out_of_scope".split()
)
ANSWERED = "language.by_list"
HANDED_OVER = "language.cannot_serve"


def by_list(
    reading: Reading, facts: Sequence[Fact], told: Sequence[Act], *, again: bool
) -> list[Act]:
    """The answer behind a notice of how the message was read, once as long as messages are in its
    language `again`; where it is hardly understood, or what the shop says of it may be missed,
    only that a person answers."""
    if outcome(told) == Outcome.HANDED_OFF:
        return list(told)
    if reading.confidence < SURE or any(a.name in LOST for a in told):
        lost = _of_language(HANDED_OVER, Outcome.HANDED_OFF, reading)
        return [lost, *people.away([lost], Known(reading, tuple(facts)))]
    if again and HANDED_OVER not in reading.before:
        return list(told)
    return [_of_language(ANSWERED, outcome(told), reading), *told]


def _of_language(key: str, end: Outcome, reading: Reading) -> Act:
    return notice(key, end, {"language": reading.language})
