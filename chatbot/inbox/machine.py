"""Who has a conversation: one table of states and events. Pure; the desk carries it out.

What the shopper and the clock do leads towards a person or stays where it is; only a person's own
deed leads away from one, so that handing over can't go round in circles. A conversation that is
erased has no way on.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

ASSISTANT, WAITING, PERSON, CLOSED = STATES = ("assistant", "waiting", "person", "closed")


class Event(StrEnum):
    """What happens to a conversation."""

    WROTE = "wrote"  # the shopper writes on
    ASKED = "asked"  # a person is needed
    LAPSED = "lapsed"  # the person has not been heard of for too long
    TAKEN = "taken"
    TRANSFERRED = "transferred"
    HANDED_BACK = "handed_back"
    CLOSED = "closed"
    ERASED = "erased"  # by the shopper, or because it is old


TABLE: Mapping[tuple[str, Event], str] = {
    (ASSISTANT, Event.WROTE): ASSISTANT,
    (ASSISTANT, Event.ASKED): WAITING,
    (ASSISTANT, Event.TAKEN): PERSON,
    (WAITING, Event.WROTE): WAITING,
    (WAITING, Event.ASKED): WAITING,
    (WAITING, Event.TAKEN): PERSON,
    (PERSON, Event.WROTE): PERSON,
    (PERSON, Event.ASKED): PERSON,
    (PERSON, Event.LAPSED): WAITING,
    (PERSON, Event.TRANSFERRED): PERSON,
    (PERSON, Event.HANDED_BACK): ASSISTANT,
    (PERSON, Event.CLOSED): CLOSED,
    (CLOSED, Event.WROTE): ASSISTANT,
    (CLOSED, Event.ASKED): WAITING,
    (CLOSED, Event.TAKEN): PERSON,
    **{(state, Event.ERASED): CLOSED for state in STATES},
}


class NotPossible(Exception):
    """Raised when an event does not fit the state; says which do."""


def after(state: str, event: Event) -> str:
    """The state that `event` leads to."""
    if (state, event) not in TABLE:
        fitting = ", ".join(e for s, e in TABLE if s == state) or "nothing"
        raise NotPossible(f"A conversation that is {state} can't be {event}; possible: {fitting}.")
    return TABLE[state, event]
