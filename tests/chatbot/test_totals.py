"""What several things come to that a message adds up."""

from dataclasses import replace

import pytest

from chatbot import acts
from chatbot.facts.totals import totals
from chatbot.reading.basket import items
from chatbot.terms import Item, Lexicon, ProductWords
from tests.chatbot.small_shop import KETTLE, read
from tests.chatbot.test_applied import RULES, in_two_sizes, shop
from tests.chatbot.test_facts import ask

BELL = ProductWords("brass-bell", "Brass Bell", "Home", {"Size": ("Small", "Big")}, "Brass Bell")
MUG = ProductWords("oat-mug", "Oat Mug", "Home", {}, "Oat Mug")
LEXICON = Lexicon((BELL, MUG), frozenset(), "#1001", (), "")


def heard(text):
    return [
        (i.handle, dict(i.options), i.quantity) for i in items(text, LEXICON, lambda _word: 1.0)
    ]


def told(*things, asks=("price",)):
    known = shop(**RULES)
    stock = {"brass-bell": in_two_sizes("Brass Bell"), "oat-mug": in_two_sizes("Oat Mug")}
    world = known.__class__(**{**vars(known), "products": stock})
    return totals(ask("what is that together", *asks, basket=things), world)


BOTH = tuple(
    replace(KETTLE[1], values=KETTLE[1].values | {"name": name, "price": price})
    for name, price in (("Brass Bell", "$50.00"), ("Oat Mug", "$60.00"))
)
SMALL_BELL = Item("brass-bell", {"Size": ("Small",)})
BIG_MUG = Item("oat-mug", {"Size": ("Big",)})


@pytest.mark.parametrize(
    "text", ["2 small brass bells and an oat mug, what does that come to",
             "i need an oat mug plus two small brass bells. all in?"],
)  # fmt: skip
def test_each_part_of_a_message_is_heard_with_its_number_and_version(text):
    assert sorted(heard(text)) == [("brass-bell", {"Size": ("Small",)}, 2), ("oat-mug", {}, 1)]


@pytest.mark.parametrize(
    "text", ["a small brass bell and an oat mug, are they all in stock",
             "2 small brass bells in total",
             "a small brass bell and a big brass bell, altogether",
             "a 3 pack of the oat mug and a small brass bell, altogether"],
)  # fmt: skip
def test_where_nothing_or_one_thing_is_added_up_no_items_are_heard(text):
    assert heard(text) == []


def test_what_they_come_to_is_told_with_each_price():
    (fact,) = told(replace(SMALL_BELL, quantity=2), BIG_MUG)
    assert fact.source == "product:brass-bell#sum"  # beside the product's own fact
    assert fact.values == {
        "name": "2 × Brass Bell and Oat Mug",
        "value": "$160.00 in total for the goods (2 × $50.00 + $60.00)",
    }
    (act,) = acts.decide(read("price", products=(), named=False), [fact, *KETTLE[1:], *BOTH])
    assert (act.name, act.facts) == ("attribute.labelled", (fact, *BOTH))


@pytest.mark.parametrize(
    "things", [(replace(SMALL_BELL, options={}), BIG_MUG), (SMALL_BELL, Item("gone")), (),
               (replace(SMALL_BELL, quantity=3), BIG_MUG)],
)  # fmt: skip
def test_of_what_may_cost_this_or_that_or_are_many_pieces_no_sum_is_told(things):
    assert told(*things) == []


def test_no_sum_is_told_to_who_asks_for_something_else():
    assert told(SMALL_BELL, BIG_MUG, asks=("availability",)) == []
