"""Which of the things in view a message is about: pointed at, stayed with, or all of them."""

from dataclasses import replace

import pytest

from chatbot import reading
from chatbot.reading.asked import Message, _between_two
from chatbot.reading.pointing import pointed, pointed_value
from chatbot.reading.spoken import Spoken
from chatbot.reading.wanted import Wanted
from chatbot.terms import Lexicon, Memory, ProductWords


def page(title, price, text=""):
    handle = title.lower().replace(" ", "-").replace("'", "")
    return ProductWords(handle, title, "Outdoor", {}, f"{title} {text}", price)


MENS = page("Ridgeback Boots", 60, "Boots for men, with a rubber sole.")
WOMENS = page("Ridgeback Women's Boots", 120, "Boots for women, with a rubber sole.")
WREN = page("Wren Shoes", 90, "Shoes for women, light as a feather.")
TENT = page("Wisp Tent", 300, "A tent for one, on a footprint.")
FOOTPRINT = page("Ground Footprint", 30, "A footprint keeps the ground from the tent.")
SOLE = page("Rubber Insole", 12, "An insole of rubber.")
SHOP = Lexicon((MENS, WOMENS, WREN, TENT, FOOTPRINT, SOLE), frozenset({"TEATIME"}), "", ("en",))
SHOES = (MENS, WOMENS, WREN)


def about(text, *focus):
    found = reading.read(text, "", Memory(products=tuple(p.handle for p in focus)), SHOP)
    return found.products


@pytest.mark.parametrize(
    ("text", "handle"),
    [("first one capacity", MENS.handle), ("ok second one weight?", WOMENS.handle),
     ("and last one?", WREN.handle), ("is the third waterproof", WREN.handle),
     ("first time here, is it good?", ""), ("my first pair", "")],
)  # fmt: skip
def test_a_place_in_the_row_points_at_one_with_or_without_the_article(text, handle):
    assert pointed(text, SHOES) == handle


@pytest.mark.parametrize(
    ("text", "handle"),
    [("the cheaper one", MENS.handle), ("the cheaper one for women", WREN.handle),
     ("the most expensive for women", WOMENS.handle)],
)  # fmt: skip
def test_the_cheaper_one_for_women_is_cheapest_among_those_for_women(text, handle):
    assert pointed(text, SHOES) == handle


def test_where_only_one_is_for_women_it_is_that_and_where_none_is_the_word_says_nothing():
    assert pointed("for women?", (MENS, WREN)) == WREN.handle
    assert pointed("the cheaper one for women", (MENS, TENT)) == MENS.handle
    assert pointed("for women?", SHOES) == ""


@pytest.mark.parametrize(
    ("text", "handle"),
    [("the cheaper one for women, in rubber?", WREN.handle), ("the cheaper one in rubber?", MENS.handle),
     ("anything in rubber?", SOLE.handle)],
)  # fmt: skip
def test_what_is_pointed_at_is_meant_though_another_is_loosely_named(text, handle):
    assert about(text, *SHOES) == (handle,)


def test_what_is_named_by_its_name_is_meant_though_another_is_pointed_at():
    assert about("not the cheaper one, the Wisp Tent", *SHOES) == (TENT.handle,)


@pytest.mark.parametrize("text", ["is that one available", "is it waterproof?", "would that do?"])
def test_who_speaks_of_one_thing_means_the_first_in_view(text):
    assert about(text, *SHOES) == (MENS.handle,)


@pytest.mark.parametrize(
    "text", ["are these available?", "which of them is it then", "is it both", "waterproof?"]
)
def test_who_speaks_of_several_or_of_none_means_all_in_view(text):
    assert about(text, *SHOES) == tuple(p.handle for p in SHOES)


@pytest.mark.parametrize(
    "text", ["is the footprint included?", "what footprint comes with it", "footprint come w it?"]
)
def test_what_comes_with_a_thing_leaves_that_thing_in_view(text):
    assert about(text, TENT) == (TENT.handle,)


def test_the_same_word_names_the_other_thing_where_nothing_is_said_to_come_with_it():
    assert about("how much is the footprint?", TENT) == (FOOTPRINT.handle,)


@pytest.mark.parametrize(
    ("text", "spelled"), [("any wellies?", "any wellies? boot"), ("any shoes?", "any shoes?"), ("any jumpers?", "any jumpers?")]
)  # fmt: skip
def test_what_the_shop_calls_by_another_word_is_looked_for_by_that(text, spelled):
    assert reading.read(text, "", Memory(), SHOP).query == spelled


@pytest.mark.parametrize(
    ("text", "code"),
    [("is there a minimum spend?", "TEATIME"), ("can it be combined with a voucher", "TEATIME"),
     ("when does it expire", "TEATIME"), ("does the wisp tent leak", "")],
)  # fmt: skip
def test_a_code_stands_where_its_terms_are_asked_though_other_things_were_told_since(text, code):
    memory = Memory(code="TEATIME", act="search.found", text="any tents?", query="any tents?")
    assert reading.read(text, "", memory, SHOP).code == code
    assert reading.read(text, "", Memory(), SHOP).code == ""


def painted(title, *colors):
    handle = title.lower().replace(" ", "-")
    return ProductWords(handle, title, "Kitchen", {"Color": colors}, title, 20)


def test_of_several_in_view_those_are_meant_that_come_in_what_is_said():
    cup, bowl = painted("Larch Cup", "Brick Red", "Cream"), painted("Alder Bowl", "Cream", "Navy")
    shop = Lexicon((cup, bowl), frozenset(), "", ("en",))

    def meant(text):
        memory = Memory(products=(cup.handle, bowl.handle))
        return reading.read(text, "", memory, shop).products

    assert meant("red one?") == (cup.handle,)
    assert meant("in navy?") == (bowl.handle,)
    assert meant("in cream?") == (cup.handle, bowl.handle)


@pytest.mark.parametrize(
    ("text", "handles"),
    [("and the other one?", (WOMENS.handle,)), ("the first one again", (MENS.handle,)),
     ("which one is lighter", (MENS.handle, WOMENS.handle)), ("how heavy is it", (MENS.handle,)),
     ("the bigger one in stock?", (MENS.handle,))],
)  # fmt: skip
def test_what_one_was_picked_from_can_still_be_pointed_at(text, handles):
    memory = Memory(products=(MENS.handle,), group=(MENS.handle, WOMENS.handle))
    assert reading.read(text, "", memory, SHOP).products == handles


def test_without_a_group_the_other_one_is_nothing_else():
    alone = Memory(products=(MENS.handle,))
    assert reading.read("and the other one?", "", alone, SHOP).products == (MENS.handle,)


@pytest.mark.parametrize(
    ("text", "code"),
    [("the red one", "TEATIME"), ("is the red one in stock in my size", ""),
     ("red L", ""), ("birch bowl?", "TEATIME"), ("birch bowl price", ""), ("have you a birch bowl in stock", "")],
)  # fmt: skip
def test_a_code_stands_for_what_is_barely_named_in_answer_but_not_for_a_new_question(text, code):
    cup, bowl = painted("Larch Cup", "Brick Red", "Cream"), painted("Birch Bowl", "Blue")
    cup = replace(cup, options={**cup.options, "Size": ("M", "L")})
    shop = Lexicon((cup, bowl), frozenset({"TEATIME"}), "", ("en",))
    memory = Memory((cup.handle,), code="TEATIME", act="promotion.applies", text="on cups?",
                    query="does it work on cups?")  # fmt: skip
    assert reading.read(text, "", memory, shop).code == code


@pytest.mark.parametrize(
    ("text", "value"),
    [("L in the second", ("Moss",)), ("the last one please", ("Red",)), ("and the first?", ("Slate",)),
     ("is the first layer thick", ()), ("in the second then", ("Moss",)), ("the fourth", ()),
     ("is the second lighter", ())],
)  # fmt: skip
def test_a_place_points_at_one_of_the_values_just_told(text, value):
    assert pointed_value(text, ("Slate", "Moss", "Red")) == value


@pytest.mark.parametrize(
    ("text", "compared"),
    [("I'm torn, the Wren Lamp or the Drift Tent?", True), ("the Wren Lamp and the Drift Tent please", False),
     ("the Wren Lamp or something else?", False)],
)  # fmt: skip
def test_who_speaks_of_one_thing_or_another_compares_the_two(text, compared):
    told = ("search",)
    both = ("wren-lamp", "drift-tent") if "Drift" in text else ("wren-lamp",)
    message = Message(text, text, Spoken(both, named=True), Wanted(), Memory(), SHOP)
    assert (_between_two(message, told) is not None) is compared
    assert _between_two(message, ("price",)) is None


MINI, PRO = painted("Mini Tripod", "Black"), painted("Pro Tripod", "Oak", "Elm")
BRUSH = page("Elm Record Brush", 20, "A brush for records, of elm.")


@pytest.mark.parametrize(
    ("text", "handle"), [("elm in stock?", PRO.handle), ("the elm record brush?", BRUSH.handle)]
)
def test_a_value_that_one_of_the_group_comes_in_is_not_the_name_of_something_else(text, handle):
    shop = Lexicon((MINI, PRO, BRUSH), frozenset(), "", ("en",))
    memory = Memory((MINI.handle,), group=(MINI.handle, PRO.handle), act="price.one")
    assert reading.read(text, "", memory, shop).products[0] == handle


def test_whose_size_a_number_is_names_no_product():
    assert about("women 8.5 is what in those", TENT) == (TENT.handle,)
    assert WOMENS.handle in about("what about the boots for women?", TENT)
