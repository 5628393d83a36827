"""What of a passage is quoted: the sentence or the item that answers by itself."""

from functools import partial

import pytest

from chatbot.facts import gist
from chatbot.terms import Judged
from tests.chatbot.test_facts import nowhere
from tests.chatbot.test_rules_found import shop

CLUB = (
    "The club is free. You earn one point for each dollar that you spend, on anything at all in"
    " the shop or on the site. Points lapse after 12 months without an order."
)
BACK = "We look at a return within 3 days of its arrival, and start at once with what is owed. After that: PayPal: the money is back in 2 days. Wrap is not paid back."
HOURS = "Hours of the shop on Elm Street: Monday to Saturday: 9 am to 6 pm, with tea at 4 pm in the yard; Sunday: 12 pm to 5 pm, no tea."
HEATER = "The Otter heater of May 2026, with a gray cord and a round plug. Its grille gets hot when it runs."
KEPT = "What we can't take back: Plants: any that has been out of its pot, for whatever time it was; Tea: any that is opened, once the seal is broken."


def answers(word, sure=0.9):
    return lambda _q, texts, _near: [Judged(sure if word in t else 0.0, 1.0) for t in texts]


def quoted(text, word, sure=0.9):
    return gist.gist(["?"], text, "Club", nowhere, nowhere, answers(word, sure))


def test_the_sentence_that_surely_answers_is_quoted_alone():
    assert quoted(CLUB, "lapse") == "Points lapse after 12 months without an order."
    assert quoted(CLUB, "lapse", sure=0.4) == CLUB
    assert quoted("Free. Really.", "Free") == "Free. Really."


@pytest.mark.parametrize("what_to_do", ["Stop using it", "Don’t use it", "Unplug it"])
def test_a_warning_is_quoted_with_what_to_do_about_it(what_to_do):
    notice = f"{HEATER} {what_to_do}, and write to us: you get a new one by post, free of charge."
    assert quoted(notice, "hot") == notice
    swept = f"{HEATER} We sweep it, and write to you with the day on which it is back with you."
    assert quoted(swept, "hot") != swept


def test_the_parts_of_a_passage_are_read_once_however_often_it_is_asked_of():
    world, read = shop(), []

    def encode(texts):
        read.append(texts)
        return nowhere(texts)

    for question in ("lapsed?", "free?"):
        known = partial(world.parts, encode)
        gist.gist([question], CLUB, "Club", nowhere, known, answers("lapse"))
    assert len(read) == 1


def test_a_sentence_that_leans_on_another_comes_with_it():
    assert quoted(BACK, "PayPal").startswith("We look at a return")
    assert not quoted(BACK, "PayPal").endswith("paid back.")
    assert quoted(BACK, "We look") == quoted(BACK, "PayPal")


@pytest.mark.parametrize(
    "last", ["We send to no other country.", "That holds for all who live in the same house."]
)
def test_a_sentence_that_points_back_comes_with_what_it_points_at(last):
    before = "Orders are sent to the United States and to Canada, whoever placed them and whenever."
    assert quoted(f"{before} {last}", last) == f"{before} {last}"


@pytest.mark.parametrize(("mark", "whole"), [("{}.", True), ("{})", True), ("No {}:", False)])
def test_no_step_is_quoted_without_the_others(mark, whole):
    steps = ("Check the soles of the boots for mud first.", "Wash all of it in water above 45 °C.",
             "Dry it for 48 hours, or 72 where the soles are of felt.")  # fmt: skip
    numbered = " ".join(f"{mark.format(n)} {step}" for n, step in enumerate(steps, 1))
    text = f"Mussels and weeds travel from one lake to the next on gear that is wet. {numbered}"
    assert (quoted(text, "above") == text) is whole


def test_a_headline_is_not_quoted_without_what_it_announces():
    text = f"Points have lapsed. Write to us within 30 days and a person looks into it. {CLUB}"
    told = "Points have lapsed. Write to us within 30 days and a person looks into it."
    assert quoted(text, "have lapsed") == told


def test_a_question_is_not_quoted_without_its_answer():
    text = f"Forgot it? A person can write another bill within thirty days. {CLUB}"
    told = "Forgot it? A person can write another bill within thirty days."
    assert quoted(text, "Forgot") == told


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [(HOURS, "Sunday", "Sunday: 12 pm to 5 pm, no tea."), (KEPT, "Tea", KEPT)],
)
def test_an_item_is_quoted_alone_unless_the_line_before_it_denies_it(text, word, told):
    assert quoted(text, word) == told


SENT = "Contiguous 48 states: Ground: time 3–6 business days, cost $6.95, free on orders of $75.00; Overnight: by noon Eastern, cost $29.95, not at all to the post boxes of anybody, wherever they may be and whatever it is that is sent."


@pytest.mark.parametrize(
    ("questions", "item"),
    [(["overnight price"], "Overnight"), (["its price", "is there overnight? its price"], "Overnight"),
     (["ground price", "is there overnight? ground price"], "Ground")],
)  # fmt: skip
def test_the_item_that_a_question_calls_by_its_label_is_quoted_however_sure_another_is(
    questions, item
):
    def sure(_question, texts, _near):
        return [Judged(0.9 if "Ground" in text else 0.8, 1.0) for text in texts]

    assert gist.gist(questions, SENT, "Sent", nowhere, nowhere, sure).startswith(item)
