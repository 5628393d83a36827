"""Questions that lean on something unsaid, put as the shop's articles answer them."""

from dataclasses import replace

import pytest

from chatbot.reading.options import untagged
from chatbot.reading.put_plainly import (
    OF_ANOTHER_STORE,
    OF_LATE_CODE,
    OF_SUBSCRIPTIONS,
    OF_TWO_CODES,
    OF_WAITING,
    of_now,
    put_plainly,
)
from chatbot.terms import Lexicon, Memory, ProductWords

SHOP = Lexicon(
    (ProductWords("kettle", "Larkspur Kettle", "Kitchen", {}, "Larkspur Kettle of steel"),),
    frozenset({"TEATIME"}), "#2001", ("en",), help="Our store is in Portland.",
)  # fmt: skip
TOLD = Memory(act="order.status_shipped", order="#2001")


@pytest.mark.parametrize(
    ("text", "memory"),
    [
        ("does the discount go on the order i already placed?", Memory()),
        ("can i use TEATIME on what i ordered yesterday", Memory()),
        ("can i put the code on that", TOLD),
        ("does the 20% count on it? i only saw it now", TOLD),
        ("on the jumper i ordered last week too?", Memory(act="promotion.terms")),
        (
            "also for what i bought last week?",
            Memory(act="policy.passage", articles=("discounts",)),
        ),
    ],
)
def test_a_code_wanted_on_what_is_ordered_is_asked_as_a_rule(text, memory):
    assert put_plainly(text, memory, SHOP) == OF_LATE_CODE


@pytest.mark.parametrize(
    ("text", "memory"),
    [
        ("does TEATIME work on the kettle", Memory()),
        ("can i put a note on that", TOLD),
        ("why didn't my code come off the order i placed", Memory()),
        ("on the jumper i ordered last week too?", Memory(act="order.details")),
    ],
)
def test_a_code_for_a_new_order_or_one_that_failed_is_not(text, memory):
    assert put_plainly(text, memory, SHOP) is None


@pytest.mark.parametrize(
    "text",
    ["which days is your Charlotte store open", "do you have a shop in new york city",
     "is the boston branch open"],
)  # fmt: skip
def test_a_store_in_a_place_that_the_shop_never_names_is_elsewhere(text):
    assert put_plainly(text, Memory(), SHOP) == OF_ANOTHER_STORE


def test_a_store_that_the_shop_says_it_has_none_of_is_elsewhere():
    said = replace(SHOP, help=f"{SHOP.help} We have one shop; there's none in Dublin.")
    assert put_plainly("how late is your Dublin shop open", Memory(), said) == OF_ANOTHER_STORE
    own = replace(SHOP, help=f"{SHOP.help} Our shop is in Dublin, none is nicer.")
    assert put_plainly("how late is your Dublin shop open", Memory(), own) is None


@pytest.mark.parametrize(
    "text",
    ["is your portland store open", "is your online store open", "can i shop in person",
     "do you have a store in my town", "is the kettle in the store"],
)  # fmt: skip
def test_a_store_of_its_own_or_of_no_place_is_not(text):
    assert put_plainly(text, Memory(), SHOP) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("you used to ship to Wales, is that gone", "do you ship to Wales?"),
        ("u guys used to sell it in green why not now", "do you sell it in green?"),
        ("i used to live in Wales", "i used to live in Wales"),
        ("is it used to clean pans", "is it used to clean pans"),
    ],
)
def test_what_was_done_before_is_asked_of_now(text, asked):
    assert of_now(text) == asked


@pytest.mark.parametrize(
    ("text", "left"),
    [("it's made in wales, right?", "it's made in wales,"), ("left or right?", "left or right?"),
     ("do you have it in right?", "do you have it in right?"), ("pruner right", "pruner right")],
)  # fmt: skip
def test_a_right_that_wants_a_yes_is_no_hand(text, left):
    assert untagged(text).strip() == left


UNPAID = Memory(act="order.unpaid", told=("order.unpaid",), order="#2001")


@pytest.mark.parametrize(
    "text",
    ["until when do i have before you drop it", "how long do you hold it for me",
     "how many days till it lapses", "when do i have to pay by"],
)  # fmt: skip
def test_how_long_an_unpaid_order_waits_is_asked_as_a_rule(text):
    assert put_plainly(text, UNPAID, SHOP) == OF_WAITING
    assert put_plainly(text, TOLD, SHOP) is None


@pytest.mark.parametrize("text", ["how can i pay", "cancel it", "when will it get here"])
def test_anything_else_of_an_unpaid_order_is_not(text):
    assert put_plainly(text, UNPAID, SHOP) is None


@pytest.mark.parametrize(
    "text",
    ["need to stop my monthly coffee subscription before it bills again",
     "pls cancel my subscription", "can i pause my soap auto-ship"],
)  # fmt: skip
def test_who_would_stop_a_subscription_hears_the_rule_on_them(text):
    assert put_plainly(text, Memory(), SHOP) == OF_SUBSCRIPTIONS


@pytest.mark.parametrize(
    "text",
    ["cancel my newsletter subscription", "cancel my order", "do you sell gift subscriptions"],
)
def test_a_newsletter_or_an_order_is_no_subscription(text):
    assert put_plainly(text, Memory(), SHOP) is None


@pytest.mark.parametrize(
    "text",
    ["can i combine the codes", "does teatime stack with my student discount",
     "can i put that together with TEATIME", "can two codes be combined",
     "are both codes ok in one order", "is that on top of the teatime offer"],
)  # fmt: skip
def test_whether_codes_go_together_is_asked_as_a_rule(text):
    assert put_plainly(text, Memory(), SHOP) == OF_TWO_CODES


@pytest.mark.parametrize(
    "text",
    ["does TEATIME work on both kettles", "do two kettles together get the discount",
     "what do both cost together", "the code for the combined pack"],
)  # fmt: skip
def test_several_things_under_one_code_are_not(text):
    assert put_plainly(text, Memory(), SHOP) is None
