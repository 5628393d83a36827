"""Who asks who may come for an order, or how long it waits, hears just that."""

from dataclasses import replace

import pytest

from chatbot.facts import collecting
from tests.chatbot.small_shop import pages
from tests.chatbot.test_facts import ask
from tests.chatbot.test_rules_found import shop

READY = "Wait for the message that it is ready: collected orders take 2 opening hours."
FRIEND = "A friend may collect with the order number."
WAITS = "We keep what you collect for 7 days, then refund you."
CARDS = "We hold the goods for 5 days until your transfer is there."
ROWS = (CARDS, READY, FRIEND, WAITS)


def told(text, *asks, articles=()):
    world = replace(shop(), passages=pages("store", ROWS))
    reading = replace(ask(text, *asks or ("pickup",)), articles=articles)
    return [ROWS[i] for i in collecting.rows(reading, world)]


@pytest.mark.parametrize(
    ("text", "row"),
    [("can my girlfriend fetch it", FRIEND), ("could someone else pick it up for me", FRIEND),
     ("can i send my brother", FRIEND), ("may he come on my behalf", FRIEND),
     ("may my mate come in with the slip", FRIEND),
     ("how long do you hang on to it", WAITS), ("how many days will it wait there", WAITS),
     ("how long have i got to collect it", WAITS), ("until when must i pick it up", WAITS)],
)  # fmt: skip
def test_what_is_asked_of_collecting_is_told(text, row):
    assert told(text) == [row]


@pytest.mark.parametrize(
    "text",
    ["how long do i have to wait", "can my order be collected today", "can my parcel get here",
     "can you pick it up from my home", "how long does it take", "where do i collect it",
     "can i send the lamp back", "i want to send my blue jug back", "she is 12, can she come",
     "may my puppy come in with me", "could a friend come with us"],
)  # fmt: skip
def test_near_misses_are_left_to_the_judge(text):
    assert told(text) == []


def test_it_is_asked_of_collecting_or_right_after_it():
    assert told("how many days will it wait there", "ship_time") == []
    after = told("how many days will it wait there", "ship_time", articles=("click-and-collect",))
    assert after == [WAITS]


def test_the_part_that_tells_is_found_within_a_text_of_several():
    assert collecting.answering("can she fetch it?", [READY, f"{CARDS} {FRIEND}"]) == [1]
