"""Which texts are put to the judge, and what is made of its verdicts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.facts import similarity
from chatbot.terms import Judged

TEXTS = ["Capacity: 0.9 L.", "Works on induction.", "Made of steel."]


def test_a_text_that_shares_a_telling_word_comes_before_one_as_near_in_meaning():
    same = np.ones((3, 4), np.float32) / 2
    scores = similarity.ranked("does it work on induction?", same[0], TEXTS, same)
    assert scores[0][1] == 1
    assert scores[0][0] > scores[1][0]


def test_no_texts_are_ranked_as_none():
    assert similarity.ranked("?", np.zeros(4), [], np.zeros((0, 4))) == []


def test_a_question_loses_the_products_name_unless_nothing_else_is_left():
    assert similarity.unnamed("is the Larkspur Kettle heavy?", "Larkspur Kettle") == "is the heavy?"
    assert similarity.unnamed("larkspur kettle?", "Larkspur Kettle") == "larkspur kettle?"


def verdicts(table):
    """A judge that finds each text as sure as `table` says, by question and text."""
    return lambda question, texts, _near: [Judged(table[question, t], 0.0) for t in texts]


def test_of_two_forms_of_a_question_the_surer_counts_for_each_text():
    table = {("and how big?", "a"): 0.1, ("and how big?", "b"): 0.4,
             ("the kettle? and how big?", "a"): 0.8, ("the kettle? and how big?", "b"): 0.2}  # fmt: skip
    asked = ["and how big?", "the kettle? and how big?"]
    found = similarity.judged(asked, {0: 0.5, 1: 0.4}, ["a", "b"], verdicts(table))
    assert [(judged.sure, place) for judged, place in found] == [(0.8, 0), (0.4, 1)]


def test_a_question_that_is_answered_alone_is_not_read_together_with_the_one_before():
    table = {("and how big?", "a"): 0.95, ("and how big?", "b"): 0.02}
    asked = ["and how big?", "the kettle? and how big?"]  # of which the judge knows nothing
    found = similarity.judged(asked, {0: 0.5, 1: 0.4}, ["a", "b"], verdicts(table))
    assert [(judged.sure, place) for judged, place in found] == [(0.95, 0), (0.02, 1)]


@given(st.dictionaries(st.integers(0, 9), st.floats(0, 1), max_size=6))
def test_the_surest_comes_first_and_only_what_was_near_comes_at_all(near):
    texts = [str(n) for n in range(10)]
    found = similarity.judged(["?"], near, texts, lambda _q, _t, sure: [Judged(s, s) for s in sure])
    assert sorted(place for _judged, place in found) == sorted(near)
    assert [judged.sure for judged, _place in found] == sorted(near.values(), reverse=True)


@pytest.mark.parametrize(
    ("yes", "no", "said"), [(0.97, 0.01, "yes"), (0.01, 0.97, "no"), (0.9, 0.1, ""), (0.0, 0.0, "")]
)
def test_only_what_is_beyond_doubt_is_a_yes_or_no(yes, no, said):
    assert similarity.says(Judged(0.9, 0.9, yes, no)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("How thick folded, how heavy", ["How thick folded", "how heavy"]),
        ("is it quiet and does it run on gas?", ["is it quiet", "does it run on gas?"]),
        ("is it for salt and pepper", ["is it for salt and pepper"]),
        ("how heavy is it, and", ["how heavy is it, and"]),
    ],
)
def test_a_message_that_asks_two_things_is_two_questions(text, said):
    assert similarity.parts(text) == said


def test_what_is_typed_in_a_hurry_is_asked_in_whole_words():
    assert similarity.asking("r u open pls") == "are you open please"


@pytest.mark.parametrize("word", ["bike", "candle", "headphone", "razor", "case", "size", "table"])
def test_a_word_and_its_plural_share_a_stem_and_another_word_does_not(word):
    assert similarity.stems(word) == similarity.stems(f"{word}s") != similarity.stems("kettle")


@pytest.mark.parametrize(
    "one, other", [("washable", "wash"), ("glasses", "glass"), ("fitted", "fit")]
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert similarity.stems(one) == similarity.stems(other)


def test_a_short_word_is_not_taken_apart():
    assert similarity.stems("table") != similarity.stems("tab")
    assert similarity.stems("ring") != similarity.stems("red")


def test_how_wide_a_thing_is_no_line_without_a_number_tells():
    def sure(_question, texts, _near):
        return [Judged(0.9, 0.9) for _ in texts]

    def told(text):
        return similarity.judged(["how wide are the slots"], {0: 1.0}, [text], sure)

    assert told("Slots: 36 mm wide.") and not told("Wide slots for doorsteps.")
