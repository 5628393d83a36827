"""Who asks to have a price matched hears what is written of it."""

from dataclasses import replace

import pytest

from chatbot.facts import matching
from tests.chatbot.small_shop import pages
from tests.chatbot.test_facts import ask
from tests.chatbot.test_rules_found import shop

NONE = "There's no newsletter code, no loyalty points and no price matching."
CODES = "One code for each order. Our labels match the price on the till."
ROWS = (CODES, NONE)


def told(text, *asks, rows=ROWS):
    world = replace(shop(), passages=pages("offers", rows))
    return [rows[i] for i in matching.rows(ask(text, *asks), world)]


@pytest.mark.parametrize(
    "row", [NONE, "We don't match other shops' prices.", "If it's cheaper we match any price.",
            "A person gives you the difference; we don't match other shops."],
)  # fmt: skip
def test_the_line_on_matching_is_told(row):
    assert told("it's a tenner cheaper next door, match it?", "price_match", rows=(CODES, row)) == [
        row
    ]


def test_of_codes_or_without_such_a_line_nothing_is():
    assert told("does the code work on sale prices", "code_fails") == []
    assert told("it got cheaper, can you match the new price", "price_match") == []
    assert told("match the price?", "price_match", rows=(CODES,)) == []
