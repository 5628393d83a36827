"""What is said to messages that were read by a word list."""

from dataclasses import replace

import pytest

from chatbot import acts
from chatbot.acts.known import act, notice
from chatbot.terms import Outcome
from tests.chatbot.test_acts import read

PRICE = act("price.one", {"product.name": "Kettle"})
GERMAN = read("price", language="de", confidence=0.9)


def told(said, reading=GERMAN, *, again=False):
    return [a.name for a in acts.by_list(reading, [], said, again=again)]


def test_the_answer_stands_behind_how_it_was_read():
    assert told([PRICE]) == ["language.by_list", "price.one"]


def test_it_is_said_once_as_long_as_the_language_stays():
    assert told([PRICE], again=True) == ["price.one"]


def test_it_is_said_after_a_message_that_was_handed_over():
    handed = replace(GERMAN, before=("language.cannot_serve",))
    assert told([PRICE], again=True, reading=handed) == ["language.by_list", "price.one"]


@pytest.mark.parametrize(
    ("lost", "confidence"), [("price.one", 0.3), ("search.none", 0.9), ("attribute.unknown", 0.9)]
)
def test_what_may_be_missed_goes_to_a_person(lost, confidence):
    guess = replace(GERMAN, confidence=confidence)
    assert told([act(lost)], guess) == ["language.cannot_serve"]


def test_who_wants_a_person_gets_one_without_more_words():
    assert told([notice("person.joins", Outcome.HANDED_OFF)]) == ["person.joins"]


def test_a_question_back_stays_one():
    asks = act("clarify.order", outcome=Outcome.CLARIFIED)
    (first, _asks) = acts.by_list(GERMAN, [], [asks], again=False)
    assert first.outcome == Outcome.CLARIFIED
