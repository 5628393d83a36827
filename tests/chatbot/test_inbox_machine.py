"""The table of who has a conversation: nobody is lost, and handing over never loops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.inbox.machine import (
    ASSISTANT,
    CLOSED,
    PERSON,
    STATES,
    TABLE,
    WAITING,
    Event,
    NotPossible,
    after,
)
from chatbot.models import Conversation

# What only the person who has it can do, or the shopper who wants nothing of it to be left.
DEEDS = {Event.HANDED_BACK, Event.CLOSED, Event.ERASED}
BY_THEMSELVES = {Event.WROTE, Event.ASKED, Event.LAPSED}
walks = st.lists(st.sampled_from(list(Event)), max_size=60)


def test_its_states_are_those_of_a_conversation():
    assert set(STATES) == set(Conversation.State.values)


@given(walks)
def test_who_asked_waits_or_has_a_person_until_a_person_ends_it(events):
    state, asked = ASSISTANT, False
    for event in events:
        if (state, event) not in TABLE:
            continue
        state = after(state, event)
        asked = asked or event == Event.ASKED
        asked = asked and event not in DEEDS
        assert not asked or state in (WAITING, PERSON)


@pytest.mark.parametrize("start", STATES)
def test_what_happens_by_itself_goes_round_in_no_circle(start):
    seen, state = [start], start
    for _step in range(10):
        led = {TABLE.get((state, event), state) for event in BY_THEMSELVES} - {state}
        if not led:
            return
        state = WAITING if WAITING in led else led.pop()
        assert state not in seen
        seen.append(state)


@pytest.mark.parametrize("state", STATES)
def test_a_person_can_be_reached_from_everywhere(state):
    assert state == PERSON or after(state, Event.TAKEN) == PERSON


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", Event)
def test_what_does_not_fit_is_refused_with_what_would(state, event):
    if (state, event) in TABLE:
        assert after(state, event) in STATES
        return
    with pytest.raises(NotPossible, match=f"{state} can't be {event}; possible: wrote"):
        after(state, event)


def test_a_closed_conversation_goes_back_to_the_assistant_when_the_shopper_writes():
    assert after(CLOSED, Event.WROTE) == ASSISTANT
