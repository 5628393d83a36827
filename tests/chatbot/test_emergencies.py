"""Danger and despair are heard whatever else was asked, and a person comes at once."""

import pytest

from chatbot import acts
from chatbot.reading.emergencies import emergency
from tests.chatbot.small_shop import KETTLE, read

DANGER = (
    "it smells of gas in the tent since we swapped the canister", "the power bank is bulging",
    "everyone's dizzy, we ran the stove inside", "my face and lips are swelling up, is it the wool",
    "my toddler swallowed the button", "lamp caught fire!!", "the valve hisses, is that ok",
)  # fmt: skip
DESPAIR = ("i dont want to be here anymore", "thinking of ending it, i want to die", "suicide")
ILL = ("my chest hurts and left arm numb after hiking", "i think he's having a stroke",
       "chest feels tight and my face went numb")  # fmt: skip
CALM = (
    "is the stove safe to use in a tent?", "does the ink bleed", "is the battery replaceable",
    "does the pan smoke", "will it swell in the wash", "are there nuts in it, he's allergic",
    "I'm sick of waiting", "my boots leak", "this price is killing me", "does the canister fit",
    "how many chests of drawers", "the jacket is tight on the chest", "a brush stroke effect",
)  # fmt: skip


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_heard(text):
    assert emergency(text) == "danger"


@pytest.mark.parametrize("text", ILL)
def test_who_is_gravely_ill_is_told_to_call_for_help_at_once(text):
    assert emergency(text) == "emergency"
    (told,) = acts.decide(read("emergency", intent="out_of_scope"), KETTLE)
    assert (told.name, told.outcome) == ("safety.emergency", "answered")


@pytest.mark.parametrize("text", DESPAIR)
def test_despair_is_heard(text):
    assert emergency(text) == "despair"


@pytest.mark.parametrize("text", CALM)
def test_a_plain_question_is_no_emergency(text):
    assert emergency(text) == ""


@pytest.mark.parametrize("urgent", ["danger", "despair"])
def test_a_person_comes_and_nothing_is_sold(urgent):
    told = acts.decide(read(urgent, intent="complaint"), KETTLE)
    assert [a.name for a in told] == [f"safety.{urgent}", "person.asked"]
    assert acts.outcome(told) == "handed_off"
