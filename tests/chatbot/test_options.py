"""Which of a product's options a message wishes for, and which it does not have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading import options

COLORS = {"Color": ("Slate", "Signal Orange", "Red Check"), "Size": ("S", "M", "XL")}
SHADES = {"Color": ("Slate", "Pine", "Storm")}
SHOES = {"Size": ("8", "9", "10")}
BOTTLES = {"Size": ("7 oz", "12 oz"), "Scent": ("Fig Leaf", "Woodsmoke")}


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("medium slate", {"Color": ("Slate",), "Size": ("M",)}),
        ("the orange one", {"Color": ("Signal Orange",)}),
        ("S and XL?", {"Size": ("S", "XL")}),
        ("anything", {}),
    ],
)
def test_it_reads_option_values_as_the_shop_writes_them(text, wish):
    assert options.wished(text, COLORS) == wish


@pytest.mark.parametrize(
    ("text", "shade"),
    [("got it in green?", "Pine"), ("the gray one", "Slate"), ("grey pls", "Slate")],
)
def test_a_plain_color_finds_the_shade_the_shop_sells(text, shade):
    assert options.wished(text, SHADES) == {"Color": (shade,)}
    assert options.foreign(text, SHADES) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("slate or orange?", ("Slate", "Signal Orange")),  # a whole value and a word of another
        ("the slate one", ("Slate",)),
        ("slate with orange laces", ("Slate",)),  # no alternative
    ],
)
def test_alternatives_are_both_wished_for(text, values):
    assert options.wished(text, COLORS)["Color"] == values


def test_a_shade_is_no_wish_for_another_of_the_same_color():
    assert options.wished("in fern?", SHADES) == {}
    assert options.wished("in green?", {"Color": ("Pine", "Fern", "Rust")}) == {
        "Color": ("Pine", "Fern")
    }


def test_a_color_the_product_does_not_have_is_foreign():
    assert options.foreign("in pink?", COLORS) == ("pink",)
    assert options.foreign("in slate?", COLORS) == ()
    assert options.foreign("in pink?", {}) == ()


@pytest.mark.parametrize("value", ["3XL", "XXXL", "3 XL"])
@pytest.mark.parametrize("text", ["do you have 3xl", "in XXXL?", "a 3 xl please"])
def test_a_size_of_many_x_is_one_however_it_is_written(text, value):
    assert options.wished(text, {"Size": ("L", "XL", value)}) == {"Size": (value,)}
    assert options.foreign(text, {"Size": ("L", "XL", value)}) == ()


@pytest.mark.parametrize("text", ["the 25 litre", "25 liters", "25l", "25 L", "the 25-ltr cooler"])
def test_a_measure_is_found_in_any_spelling(text):
    assert options.wished(text, {"Size": ("25 L", "45 L")}) == {"Size": ("25 L",)}


@pytest.mark.parametrize("text", ["26x2", "26 × 2 please", "the 26 x 2", "in 26 X 2 presta"])
def test_what_is_measured_crosswise_is_found_in_any_spelling(text):
    tyres = {"Size": ("26 × 2", "700 × 25", "700 × 32")}
    assert options.wished(text, tyres) == {"Size": ("26 × 2",)}
    assert options.wished("700x25 or 26x2", tyres) == {"Size": ("26 × 2", "700 × 25")}


def test_the_value_that_shares_most_words_is_meant_and_of_two_alike_none():
    tubes = {"Size": ("700 × 35–45 Presta", "700 × 35–45 Schrader", "700 × 25–32 Presta")}
    assert options.wished("presta for 35-45", tubes) == {"Size": ("700 × 35–45 Presta",)}
    assert options.wished("presta", tubes) == {}


def test_how_many_litres_something_holds_is_no_wish_for_the_size_l():
    assert options.wished("does it hold 30 litres?", {"Size": ("S", "M", "L")}) == {}


@pytest.mark.parametrize(
    ("text", "sizes"),
    [("in size 14?", ("14",)), ("does it come in 9.5", ("9.5",)), ("do you do half sizes?", ("half sizes",)),
     ("in size 9?", ())],
)  # fmt: skip
def test_a_size_the_product_does_not_come_in_is_foreign(text, sizes):
    assert options.foreign(text, SHOES) == sizes


def test_what_size_somebody_is_is_no_wish_for_it_where_sizes_are_letters_or_counted_otherwise():
    for text in ("i'm US 14, size?", "womens US size 12", "im a 9.5 normally", "i wear size 40"):
        assert options.foreign(text, {"Size": ("S", "M", "L")}) == ()
        assert options.foreign(text, {"Size": ("EU 38", "EU 39")}) == ()
    assert options.foreign("do you have it in size 14", {"Size": ("S", "M", "L")}) == ("14",)
    assert options.foreign("i wear size 14", SHOES) == ("14",)


def test_a_half_size_is_not_the_whole_one():
    assert options.wished("8.5?", {"Size": ("8", "9")}) == {}
    assert options.wished("8?", {"Size": ("8", "9")}) == {"Size": ("8",)}


def test_half_sizes_are_not_foreign_where_there_are_some():
    assert options.foreign("any half sizes?", {"Size": ("8", "8.5", "9")}) == ()


def test_black_friday_is_no_color():
    assert options.foreign("is it cheaper on black friday?", SHADES) == ()
    assert options.wished("is it cheaper on black friday?", {"Color": ("Black", "Rust")}) == {}


@pytest.mark.parametrize(
    "text", ["is there a 2 year warranty?", "will they get here in 3 days?", "can i get a 10 percent discount"]
)  # fmt: skip
def test_a_number_of_something_else_is_no_size(text):
    assert options.foreign(text, SHOES) == ()


@pytest.mark.parametrize(
    ("text", "size"),
    [("how much is the larger one?", "12 oz"), ("the big bottle", "12 oz"), ("the smallest?", "7 oz"),
     ("that little one", "7 oz"), ("how much for the titchy one", "7 oz"), ("the huge one", "12 oz")],
)  # fmt: skip
def test_the_larger_one_is_the_one_of_the_larger_number(text, size):
    assert options.wished(text, BOTTLES) == {"Size": (size,)}


def test_what_is_named_counts_before_what_is_pointed_at():
    assert options.wished("the larger one in woodsmoke", BOTTLES)["Scent"] == ("Woodsmoke",)
    assert options.wished("the large", {"Size": ("Medium", "Large")}) == {"Size": ("Large",)}


def test_a_number_of_another_measure_does_not_make_the_larger_one():
    bottles = {"Size": ("500 ml", "1 L")}
    assert options.wished("the larger one", bottles) != {"Size": ("500 ml",)}


def test_sizes_that_have_names_are_larger_and_smaller_too():
    trunks = {"Size": ("Cabin", "Medium", "Jumbo")}
    assert options.wished("the biggest", trunks) == {"Size": ("Jumbo",)}
    assert options.wished("the little one", trunks) == {"Size": ("Cabin",)}
    assert options.wished("the biggest", {"Size": ("Sparrow", "Medium")}) == {}


def test_where_nothing_is_counted_nothing_is_the_larger_one():
    assert options.wished("the larger one", {"Color": ("Slate", "Pine")}) == {}


@pytest.mark.parametrize(
    ("text", "color"), [("in chestnutt?", "Chestnut"), ("charcaol", "Charcoal")]
)
def test_a_slip_still_names_a_color(text, color):
    assert options.wished(text, {"Color": ("Chestnut", "Charcoal")}) == {"Color": (color,)}


@pytest.mark.parametrize(
    ("text", "color"),
    [("is it back in stock?", "Black"), ("can i pick it up in store", "Stone"),
     ("is it too late to order?", "Slate"), ("how much is each?", "Peach"),
     ("can you ship to where i live", "Olive")],
)  # fmt: skip
def test_a_common_word_is_no_slip_of_a_color(text, color):
    assert options.wished(text, {"Color": (color, "Navy")}) == {}


@given(text=st.text(max_size=80), values=st.lists(st.text(max_size=12), max_size=4, unique=True))
def test_no_text_wishes_for_a_value_that_is_not_there(text, values):
    for found in options.wished(text, {"Size": values, "Color": values}).values():
        assert set(found) <= set(values)
    options.foreign(text, {"Size": values})


@given(value=st.sampled_from(["Slate", "Signal Orange", "XL", "25 L", "Fig Leaf", "Half Moon"]))
def test_every_value_names_itself_in_any_case(value):
    others = {"Kind": ("Slate", "Signal Orange", "XL", "25 L", "Fig Leaf", "Half Moon")}
    for said in (value, value.upper(), value.lower()):
        assert options.wished(f"do you have {said}?", others) == {"Kind": (value,)}
