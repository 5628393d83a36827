"""For whom a discount is spoken of."""

import pytest

from chatbot.reading.offers import offer_for
from chatbot.terms import Lexicon, ProductWords

COMMON = frozenset("get give have would".split())
DESK = ProductWords("desk", "Student Desk", "Desks", {}, "Student Desk Folding legs of walnut.")


def rarity(word):
    return 0.3 if word in COMMON else 0.95


def offer(text, *products):
    return offer_for(text, Lexicon(products, frozenset(), "", ("en",)), rarity)


@pytest.mark.parametrize(
    ("text", "whom"),
    [("do nurses get a discount?", "nurse"), ("I'm a teacher, any money off", "teacher"),
     ("where is my newsletter code", "newsletter"), ("10% off for first-order people?", "first-order"),
     ("the students' discount please", "student"), ("beekeepers discount?", "beekeeper"),
     ("a Black Friday discount", "friday"), ("do students get anything off", "student"),
     ("student here, got my card and everything. owt off online?", "student")],
)  # fmt: skip
def test_it_reads_for_whom_or_what_a_discount_is_spoken_of(text, whom):
    assert offer(text) == whom


@pytest.mark.parametrize(
    "text",
    ["any discount?", "an extra discount", "would you get discounts", "I am a nurse",
     "unsubscribe me from the newsletter", "a code for the kettle", "walnut discount?",
     "what price is the student desk"],
)  # fmt: skip
def test_a_discount_for_all_a_group_alone_and_a_product_are_no_offer(text):
    assert offer(text, DESK) == ""
