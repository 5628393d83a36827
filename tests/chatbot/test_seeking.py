"""Who looks for something is read so: what they turn down and the shop's own name name nothing."""

from dataclasses import replace

import pytest

from chatbot.reading import strangers
from chatbot.reading.asked import PRESENT
from tests.chatbot.test_products_named import SHOP, STUDY, named, page, stranger

LOCKS = replace(
    SHOP,
    products=(page("Bolthole Chain Lock", "A chain and a lock."), page("Nettle Cable Lock", "A cable lock."),
              page("Bolthole Non-Stick Oil", "An oil."), page("Bolthole Oil", "An oil.")),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["a lock, not a cable", "a lock NOT CABLE", "lock without a cable", "anything but a cable lock",
     "a lock that doesn't have a cable", "a lock but no cable", "a lock. no cable"],
)  # fmt: skip
def test_what_is_turned_down_is_not_named_by_the_rest_of_its_name(text):
    assert "nettle-cable-lock" not in named(text, LOCKS)
    assert "bolthole-chain-lock" in named(text, LOCKS)


def test_a_name_of_two_words_behind_a_non_is_turned_down_whole():
    assert named("oil NOT non stick", LOCKS) == ["bolthole-oil"]


@pytest.mark.parametrize(
    "text", ["no, the cable lock", "no the cable lock", "no cable lock i meant"]
)
def test_a_no_to_a_question_turns_nothing_down(text):
    assert "nettle-cable-lock" in named(text, LOCKS)


def test_what_is_also_asked_for_is_not_turned_down():
    assert "nettle-cable-lock" in named("the cable lock, not the cable alone", LOCKS)


def test_a_word_of_the_shops_name_names_nothing():
    shop = replace(SHOP, products=(page("Hob & Ladle Apron", "An apron."),), name="Hob & Ladle")
    assert named("a pot for a gas hob", shop) == []
    assert named("the apron", shop) == ["hob-&-ladle-apron"]


def test_a_word_that_begins_otherwise_is_no_slip_of_the_shops():
    power = replace(SHOP, products=(page("Rose Food", "Power for a garden."),))
    assert stranger("do you sell lawn mowers", power) == "lawn mowers"
    assert stranger("do you sell lawn powr", power) == ""


@pytest.mark.parametrize(
    ("text", "wares"),
    [("is there a trailer for kids", True), ("do you sell unicycles", True),
     ("if I buy ONE apron what is it", True), ("write me a poem on aprons", False),
     ("what's the weather like", False), ("is there still time", False)],
)  # fmt: skip
def test_who_asks_for_wares_is_told_from_who_talks(text, wares):
    assert strangers.of_wares(text, STUDY) is wares


@pytest.mark.parametrize(
    ("text", "given"),
    [("a gift for my niece", True), ("it's his birthday", True), ("for my boss", True),
     ("is gift wrap extra", False), ("a gift card", False), ("a desk for 50", False)],
)  # fmt: skip
def test_a_present_is_told_from_what_is_wrapped_around_one(text, given):
    assert bool(PRESENT.search(text)) is given
