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
CALM = (
    "is the stove safe to use in a tent?", "does the ink bleed", "is the battery replaceable",
    "does the pan smoke", "will it swell in the wash", "are there nuts in it, he's allergic",
    "I'm sick of waiting", "my boots leak", "this price is killing me", "does the canister fit",
)  # fmt: skip


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_heard(text):
    assert emergency(text) == "danger"


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
