"""What somebody wants to spend at most is read, in figures and in words, and nothing else is."""

import pytest

from chatbot.reading import limits


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("tents under $80", 80),
        ("up to 1,200 dollars", 1200),
        ("a gift, 60 max", 60),
        ("anything under a tenner?", 10),
        ("a fiver max", 5),
        ("jackets until $100", 100),
        ("tents till €80", 80),
        ("present for my boss, twenty quid tops", 20),
        ("something for a cyclist, up to thirty five euro", 35),
        ("we have eighty pounds", 80),
        ("got a hundred and fifty dollars for a desk", 150),
        ("my budget is 100, for the train", 100),
        ("forty dollars to spend on my niece", 40),
        ("I can spend $25", 25),
        ("not more than five euros", 5),
        ("max twelve hundred", 1200),
        ("under two thousand five hundred", 2500),
        ("one under 50", 50),
    ],
)
def test_it_reads_what_may_be_spent(text, limit):
    assert limits.price_limit(text) == limit


@pytest.mark.parametrize(
    "text",
    [
        "size 40",
        "a tenor saxophone",
        "open until 8",
        "I got 20 dollars off last time",
        "we have ten dogs",
        "I have a twenty pound dog",
        "I got 40 euros back for it",
        "for eight persons",
    ],
)
def test_what_is_no_limit_is_none(text):
    assert limits.price_limit(text) is None


def test_about_so_much_may_be_a_little_more():
    assert limits.price_limit("I have about fifty pounds") == pytest.approx(57.5)
