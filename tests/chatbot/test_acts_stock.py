"""What is said of stock and of versions: what is gone, how few are left, what is never made."""

from dataclasses import replace

import pytest

from chatbot import acts
from tests.chatbot.small_shop import KETTLE, names, product, read, sentence, variant


def test_what_is_sold_out_is_told_with_what_is_left():
    (act,) = acts.decide(read("availability", options={"Color": ("Blue",)}), KETTLE)
    assert (act.name, act.slots["variant2.options"]) == ("stock.out_alternatives", "Red")


def test_what_is_there_and_what_is_not_are_told_apart():
    (told,) = acts.decide(read("availability"), KETTLE)
    assert told.name == "stock.some"
    assert [told.slots["variant.options"], told.slots["variant2.options"]] == ["Red", "Blue"]


def test_when_it_comes_back_is_not_known_and_what_is_there_is_told():
    wish = {"Color": ("Blue",)}
    assert names(read("restock", options=wish), *KETTLE) == [
        "stock.out_alternatives",
        "restock.unknown",
    ]
    assert names(read("restock"), product(), variant("Blue", "sold out")) == [
        "stock.out_all",
        "restock.unknown",
    ]


def test_the_last_pieces_are_counted():
    facts = [product(), variant("Red", "low stock", left="2")]
    (act,) = acts.decide(read("availability"), facts)
    assert (act.name, act.slots["variant.stock"]) == ("stock.low", "2")


def test_who_wants_more_than_are_left_hears_how_many_there_are():
    facts = [product(), variant("Red", "in stock", left="4")]
    (short,) = acts.decide(read("availability", quantity=5), facts)
    assert (short.name, short.slots["variant.stock"]) == ("stock.low", "4")
    (enough,) = acts.decide(read("availability", quantity=4), facts)
    assert enough.name == "stock.in"
    made = [product(), variant("Red", "in stock", left="0")]  # to order
    assert names(read("availability", quantity=5), *made) == ["stock.in"]


def test_a_color_that_does_not_exist_is_said_not_to():
    assert names(read("availability", foreign_options=("pink",)), *KETTLE) == ["option.no_such"]


@pytest.mark.parametrize(
    ("wish", "told"), [("navy", "Red and Blue"), ("pink", "Red and Blue"), ("xxl", "S and M"),
                       ("44", "S and M"), ("kids size", "S and M")],
)  # fmt: skip
def test_a_color_there_is_not_is_answered_by_colors_and_a_size_by_sizes(wish, told):
    both = product(**{"option:Size": "S and M"})
    (act,) = acts.decide(read("availability", foreign_options=(wish,)), [both])
    assert act.slots["option.values"] == told


def test_in_place_of_a_color_there_is_not_those_are_told_that_can_be_had():
    (act,) = acts.decide(read("availability", foreign_options=("pink",)), KETTLE)
    assert act.slots["option.values"] == "Red"
    (act,) = acts.decide(read("availability", foreign_options=("pink",)), [product()])
    assert act.slots["option.values"] == "Red and Blue"


def two(color, size):
    own = {"option:Color": color, "option:Size": size, "options": f"{color} / {size}"}
    made = variant(color, "in stock", "9.00")
    return replace(made, source=f"{color}{size}", values={**made.values, **own})


@pytest.mark.parametrize(
    ("size", "name", "told"),
    [("M", "option.no_such", "Red / S and Blue / M"), ("S", "stock.in", None)],
)
def test_what_is_never_made_both_ways_is_said_not_to_be(size, name, told):
    facts = [product(**{"option:Size": "S and M"}), two("Red", "S"), two("Blue", "M")]
    wish = {"Color": ("Red",), "Size": (size,)}
    (act,) = acts.decide(read("availability", options=wish), facts)
    assert (act.name, act.slots.get("option.values")) == (name, told)


def rug(*values):
    own = {"option:Color": values[0], "option:Fill": " and ".join(values)}
    facts = [variant("Red", "in stock", **{"option:Color": v, "option:Fill": v}) for v in values]
    return [product(**own), *facts]


@pytest.mark.parametrize(
    ("ask", "values", "sure", "told"),
    [("option", ("100 g", "300 g"), 0.9, "attribute.passage"),
     ("availability", ("100 g", "300 g"), 0.9, "attribute.passage"),
     ("option", ("100 g", "300 g"), 0.2, "option.no_such"),
     ("option", ("Blue", "Teal"), 0.9, "option.no_such")],
)  # fmt: skip
def test_of_what_comes_in_sizes_alone_the_page_tells_the_color(ask, values, sure, told):
    asked = read(ask, text="what colors is the rug in, pink?", foreign_options=("pink",))
    page = sentence(sure, "The outside is green and nothing else.")
    assert names(asked, *rug(*values), page)[0] == told
