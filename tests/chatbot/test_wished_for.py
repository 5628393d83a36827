"""What is shown to who looks for something: up to a price, without what they turn down."""

from dataclasses import replace

import pytest

from chatbot import acts
from chatbot.facts import finding
from chatbot.facts.denied import plain, sought
from chatbot.terms import Judged
from tests.chatbot.small_shop import passage, product, read
from tests.chatbot.test_facts import ask, nowhere, on_sale, shop
from tests.chatbot.test_measures import fitting, looked_up, page

STRUNG = page("Oak Guitar", "Strings: nylon.")
STEEL = page("Elm Guitar", "Strings: steel.")


@pytest.mark.parametrize(
    "wish",
    ["guitar without nylon strings", "I hate nylon, a guitar", "guitar, nothing with nylon",
     "a guitar, anything but nylon", "guitar that doesnt have nylon", "guitar w/o nylon"],
)  # fmt: skip
def test_what_is_turned_down_in_any_words_is_not_shown(wish):
    assert looked_up(wish, STRUNG, STEEL) == [("found", "Elm Guitar", None)]


def test_only_the_first_word_behind_a_no_is_turned_down():
    assert ("found", "Oak Guitar", None) in looked_up("guitar without steel strings", STRUNG)


def test_what_is_not_poisonous_is_not_toxic_either():
    lily = page("Peace Lily", "Toxic to dogs.")
    assert looked_up("a lily that is not poisonous", lily)[0][0] == "denied"


def test_a_name_alone_is_not_told_as_the_reason_that_something_does_not_do():
    assert looked_up("helmet but not road", page("Road Helmet", "Light.")) == []


@pytest.mark.parametrize(
    ("wish", "rest"),
    [("boots, not leather", "boots,"), ("not leather boots", "boots"), ("not red", "not red"),
     ("a 28 cm pan NOT non stick", "a 28 cm pan"), ("the no. 3 pen", "the no. 3 pen"),
     ("bike for who cannot lift a leg", "bike for who cannot lift a leg")],
)  # fmt: skip
def test_what_is_turned_down_is_not_looked_for(wish, rest):
    assert sought(wish).strip() == rest


def test_a_gift_card_is_shown_behind_all_else_that_fits_unless_it_is_asked_for():
    stock = on_sale("Gift Card"), on_sale("Bird Feeder")
    assert [name for _kind, name, _told in looked_up("a gift", *stock)][-1] == "Gift Card"
    asked = ask("a gift card")
    first = finding.search(asked, shop(*stock), nowhere, fitting)[0]
    assert first.values["name"] == "Gift Card"


def test_things_tagged_for_children_are_for_who_speaks_of_some():
    small = replace(on_sale("Duckling Bike"), tags=("kids",))
    stock = small, on_sale("City Bike")
    assert looked_up("a bike for my wife", *stock)[0][1] == "City Bike"
    assert looked_up("a bike for my son", *stock)[0][1] == "Duckling Bike"


def test_no_article_on_wrapping_answers_who_looks_for_a_present_up_to_a_price():
    found = replace(product(), kind="found")
    sure = passage(0.95, "Wrapping a present costs £3.50.")
    looking = {"intent": "product_search", "named": False, "products": ()}
    asked = read("search", text="present for my boss", price_limit=20.0, **looking)
    assert [a.name for a in acts.decide(asked, [found, sure])] == ["search.found_one"]


@pytest.mark.parametrize(
    "wish", ["they have a tuner already, a gift", "I already own a tuner, a gift"]
)
def test_what_somebody_has_is_not_what_they_look_for(wish):
    stock = page("Clip Tuner", "A tuner."), page("Bird Feeder", "For birds.")
    assert [name for _kind, name, _told in looked_up(wish, *stock)] == ["Bird Feeder"]
    found = [replace(product(name=name), kind="found") for name in ("Clip Tuner", "Bird Feeder")]
    looking = read("search", text=wish, intent="product_search", named=False, products=())
    told = acts.decide(looking, found)
    assert told[0].slots == {"product.name": "Bird Feeder", "variant.price": "$49.00"}


def test_what_is_toxic_is_not_suggested_to_who_has_a_cat():
    lily, fern = page("Peace Lily", "Toxic to cats."), page("Fern Lily", "Green.")
    assert looked_up("a lily, she has a cat", lily, fern) == [("found", "Fern Lily", None)]
    assert ("found", "Peace Lily", None) in looked_up("a lily for the hall", lily, fern)


@pytest.mark.parametrize("line", ["Toxic to cats.", "Choking hazard.", "Keep away from fire."])
def test_a_warning_is_no_reason_to_suggest_something(line):
    assert not plain(line)


def test_another_sort_of_thing_is_not_shown_for_what_is_turned_down():
    wired, speaker = page("Oak Headphones", "Cable: 3 m."), page("Humber Speakers", "Loud.")
    assert looked_up("headphones no cable", wired, speaker)[0][0] == "denied"


@pytest.mark.parametrize(
    ("wish", "asked"),
    [("a tea, no caffeine", ["a tea, no caffeine", "a tea,"]), ("a tea, no milk", ["a tea,"])],
)  # fmt: skip
def test_what_some_page_has_none_of_is_looked_for_by_name(wish, asked):
    """Of what no page denies the nearest would be what has it."""
    heard = []

    def hearing(question, _texts, near, **_more):
        heard.append(question.strip())
        return [Judged(0.5, 0.5) for _n in near]

    finding.search(ask(wish), shop(page("Rooibos Tea", "No caffeine.")), nowhere, hearing)
    assert heard == asked
