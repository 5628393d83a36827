"""Several things that go by one word are shown side by side, each said once; one that fits with why."""

from dataclasses import replace

import pytest

from chatbot import acts
from tests.chatbot.small_shop import KETTLE, names, passage, product, read, sentence, variant


def of_teapot(fact, **values):
    """The same of another product."""
    own = {"handle": "teapot", "name": "Brindle Teapot"}
    return replace(fact, values={**fact.values, **own, **values})


def teapot(stock="in stock"):
    return of_teapot(product(stock=stock)), of_teapot(variant("Red", stock, "36.00"))


def asked(*asks, **more):
    base = {"text": "any pots?", "products": ("kettle", "teapot"), "named": False}
    return read(*asks, **base | {"loosely": True} | more)


def test_several_of_a_sort_are_shown_with_their_prices_and_linked_with_their_stock():
    (act,) = acts.decide(asked("availability", "price"), [*KETTLE, *teapot()])
    assert act.name == "search.found"
    assert (act.slots["product.name"], act.slots["product2.name"]) == (
        "Larkspur Kettle",
        "Brindle Teapot",
    )
    assert [card.text.split(" · ")[-1] for card in act.cards] == [
        "1 of 2 versions in stock",
        "in stock",
    ]


@pytest.mark.parametrize(
    ("reading", "stock", "told"),
    [(asked("availability", "price"), "sold out", ["stock.some", "stock.out_all"]),
     (asked("availability", "price", loosely=False), "in stock", ["stock.some", "stock.in"]),
     (asked("availability"), "in stock", ["stock.some", "stock.in"])],
)  # fmt: skip
def test_their_stock_is_told_where_just_that_is_asked_or_one_is_gone(reading, stock, told):
    assert names(reading, *KETTLE, *teapot(stock))[: len(told)] == told


def test_what_is_shown_to_who_looks_for_a_sort_is_not_told_to_be_there_as_well():
    reading = asked("search", "availability", intent="product_search")
    found = replace(product(), kind="found", score=0.9)
    assert names(reading, found, *KETTLE, *teapot()) == ["search.found_one"]
    told = names(replace(reading, wishes=True), found, *KETTLE, *teapot())
    assert "stock.in" in told


def test_a_line_that_stands_side_by_side_with_another_is_not_quoted_again():
    said = sentence(0.9, "Holds a litre."), of_teapot(sentence(0.5), text="Holds two.")
    reading = asked("compare", "attribute", text="which holds more", named=True)
    assert names(reading, *KETTLE, *teapot(), *said) == ["compare.two_text"]


@pytest.mark.parametrize(("score", "told"), [(0.5, "Holds a litre."), (0.2, None)])
def test_the_one_thing_that_fits_is_suggested_by_the_line_that_tells_of_the_wish(score, told):
    found = replace(product(), kind="found", score=0.9)
    reading = asked("search", intent="product_search", products=("kettle",))
    act, *_ = acts.decide(reading, [found, *KETTLE, sentence(score, "Holds a litre.")])
    assert act.name == ("recommend.with_reason" if told else "search.found_one")
    assert act.slots.get("passage.text") == told


@pytest.mark.parametrize(("score", "told"), [(0.3, "Free to Kent."), (0.21, None), (0.15, None)])
def test_a_rule_on_the_very_topic_is_told_that_is_nearly_as_likely_as_one_beside_it(score, told):
    beside, rule = passage(0.34, "Labels cost $4."), passage(score, "Free to Kent.", on_topic="yes")
    reading = asked("ship_cost", intent="shipping", products=(), loosely=False)
    act = acts.decide(reading, [beside, rule])[0]
    assert act.slots.get("passage.text") == told
