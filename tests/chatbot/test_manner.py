"""No nod to a question that a sentence does not settle, and no "now" of people who are away."""

import threading
from dataclasses import replace

import pytest

from chatbot import acts
from chatbot.drafting import Drafter
from chatbot.manner import fitting
from chatbot.terms import Act, Outcome
from tests.chatbot.small_shop import read
from tests.chatbot.test_claims import fact

LINE = Act("attribute.labelled", Outcome.ANSWERED)
LEFT = Act("complaint.with_next", Outcome.ANSWERED)


@pytest.mark.parametrize(
    "nod", ["Sure, ", "Sure thing: ", "Of course. ", "Happy to help with the lamp! ", "Certainly. "]
)
def test_a_line_nods_to_no_question_that_it_may_not_settle(nod):
    assert fitting(f"{nod}power: 120 V.", LINE, "would it work in Denmark") == "Power: 120 V."
    assert fitting(f"{nod}power: 120 V.", LINE, "what power does it take").startswith(nod.strip())


def test_a_text_that_says_yes_may_nod():
    yes = replace(LINE, name="attribute.yes_text")
    assert fitting("Sure thing: it does.", yes, "does it fit?") == "Sure thing: it does."


def test_a_nod_that_is_a_sentence_of_its_own_is_left_out(engine):
    engine.texts.append("Of course. The cord is long.")
    act = replace(LINE, facts=(fact("sentence", text="The cord is long."),))
    drafter = Drafter("does it reach?", ())
    said = drafter.draft(act, [], 1, threading.Event())
    assert [s.text for s in said] == ["The cord is long."]


@pytest.mark.parametrize(("there", "told"), [("no", "A person can help."), ("yes", "A person can help now.")])  # fmt: skip
def test_nobody_is_there_now_while_the_team_is_away(there, told):
    shop = fact("shop", chat_open=there)
    assert fitting("A person can help now.", replace(LEFT, facts=(shop,)), "help") == told


@pytest.mark.parametrize("there", ["no", "yes"])
def test_what_is_left_to_a_person_has_on_record_that_nobody_is_there(there):
    shop = fact("shop", chat_open=there, chat_back="Monday")
    (told, *_rest) = acts.decide(read("complaint", intent="complaint"), [shop])
    assert (shop in told.facts) is (there == "no")
