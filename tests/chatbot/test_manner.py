"""No nod to a question that a sentence does not settle, and no "now" of people who are away."""

import threading
from dataclasses import replace

import pytest

from chatbot.drafting import Drafter
from chatbot.manner import away, fitting
from chatbot.terms import Act, Outcome
from tests.chatbot.test_claims import fact

LINE = Act("attribute.labelled", Outcome.ANSWERED)
LEFT = Act("complaint.with_next", Outcome.ANSWERED)


@pytest.mark.parametrize(
    "nod", ["Sure, ", "Sure thing: ", "Of course. ", "Happy to help with the lamp! ", "Certainly. "]
)
def test_a_line_nods_to_no_question_that_it_may_not_settle(nod):
    assert (
        fitting(f"{nod}power: 120 V.", LINE, "would it work in Denmark", False) == "Power: 120 V."
    )
    assert fitting(f"{nod}power: 120 V.", LINE, "what power does it take", False).startswith(
        nod.strip()
    )


@pytest.mark.parametrize("opener", ["Glad you asked! ", "Good to check first! ", "Good question: "])
def test_what_is_told_word_for_word_begins_without_an_opener(opener):
    asked = "how long does it last?"
    assert fitting(f"{opener}{{passage.text}}", LINE, asked, False) == "{passage.text}"
    assert fitting(f"{opener}It lasts.", LEFT, asked, False) == f"{opener}It lasts."


def test_a_text_that_says_yes_may_nod():
    yes = replace(LINE, name="attribute.yes_text")
    assert fitting("Sure thing: it does.", yes, "does it fit?", False) == "Sure thing: it does."


def test_a_nod_that_is_a_sentence_of_its_own_is_left_out(engine):
    engine.texts.append("Of course. The cord is long.")
    act = replace(LINE, facts=(fact("sentence", text="The cord is long."),))
    drafter = Drafter("does it reach?", ())
    said = drafter.draft(act, [], 1, threading.Event())
    assert [s.text for s in said] == ["The cord is long."]


@pytest.mark.parametrize(("known", "verdict"), [("2 years.", "supported"), ("1 year.", "held")])
def test_a_passage_is_checked_as_a_quotation_and_read_without_marks(engine, known, verdict):
    engine.texts.append("{passage.text} Does that help?")
    act = replace(LINE, slots={"passage.text": "2 years."}, facts=(fact("sentence", text=known),))
    (said,) = Drafter("warranty?", ()).draft(act, [], 1, threading.Event())
    assert said.text == "2 years. Does that help?"
    assert [c.verdict for c in said.claims if c.kind == "quote"] == [verdict]


@pytest.mark.parametrize(
    ("nobody", "told"), [(True, "A person can help."), (False, "A person can help now.")]
)
def test_nobody_is_there_now_while_the_team_is_away(nobody, told):
    assert fitting("A person can help now.", LEFT, "help", nobody) == told
    assert fitting("It is in stock now.", LEFT, "help", nobody) == "It is in stock now."


@pytest.mark.parametrize(("there", "nobody"), [("no", True), ("yes", False), ("", False)])
def test_whether_the_team_is_away_is_on_record(there, nobody):
    assert away([{"values": {"chat_open": there}}, {"values": {}}]) is nobody


def test_what_is_quoted_stays_as_it_is():
    told = 'Our rule: "A person answers right away."'
    assert fitting(told, LEFT, "help", True) == told
