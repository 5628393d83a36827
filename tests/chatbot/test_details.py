"""What is read off a message's letters: order numbers of any shape, limits, promo codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading import details


@pytest.mark.parametrize(
    ("text", "found"),
    [("where is tk4370m", "TK4370M"), ("TK4370M", "TK4370M"), ("TK-4370 c", "TK4370C"),
     ("4370m?", "TK4370M"), ("i need 4370 m of rope", ""),
     ("do you have a 4370g bag", "")],
)  # fmt: skip
def test_letters_behind_an_order_number_may_be_each_orders_own(text, found):
    assert details.order(text, "TK4015C") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("where is order 2001", "#2001"), ("order #2001?", "#2001"), ("the Drift 200 tent", ""),
     ("it weighs 2150 g", ""), ("is it $2001", ""), ("in 2027 maybe", ""),
     ("card 5520 1042 1077 3310, how much is left?", ""), ("call me on 207 555 1042", ""),
     ("orders 1042 1043", "#1042"), ("my coat from 1955, and the one of 1042", ""),
     ("where is 1042 from", "#1042"), ("two 1000 piece puzzles in my cart", ""),
     ("order 1000, pieces missing", "#1000"), ("will it do in a 1042 cottage", ""),
     ("my basket comes to about 1042", ""), ("i paid for 1042 already", "#1042"), ("a 1200-thread sheet", ""), ("1042 cardigan", "#1042"),
     ("we ordered nothing from you yet, but would you take the old bed, which is from 2003?", ""),
     ("my order with you, from last autumn: 2003", "#2003"), ("2003 is my order", "#2003")],
)  # fmt: skip
def test_it_reads_order_numbers_as_the_shop_writes_them(text, found):
    assert details.order(text, "#1001") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("what does the 3000 weigh", ""), ("where is order 3000", "#3000"), ("#3000", "#3000"),
     ("where is 3001", "#3001"), ("3001 yards of line", "")],
)  # fmt: skip
def test_a_size_of_what_is_in_view_is_no_order_unless_it_is_called_one(text, found):
    assert details.order(text, "#8101", {"3000", "small"}) == found


@pytest.mark.parametrize(
    "text",
    ["mf20417", "where is MF-20417?", "MF 20417 please", "order 20417", "mf - 20417", "#20417"],
)
def test_letters_of_an_order_number_may_be_typed_in_any_way(text):
    assert details.order(text, "MF-20399") == "MF-20417"


@pytest.mark.parametrize(
    ("text", "found"),
    [("is it 98765 then?", ""), ("order 98765", "#98765"), ("#98765", "#98765"), ("11010?", "#11010"),
     ("10011?", "#10011")],
)  # fmt: skip
def test_a_number_far_beyond_the_newest_order_is_none_unless_it_is_called_one(text, found):
    assert details.order(text, "#10010") == found


@given(newest=st.integers(1000, 9999), back=st.integers(0, 999))
def test_every_order_up_to_the_newest_is_read_back_as_the_shop_writes_it(newest, back):
    number = max(1000, newest - back)
    assert details.order(f"where is order {number}?", f"HP-{newest}") == f"HP-{number}"


@pytest.mark.parametrize("example", ["", "HELLO", "#"])
def test_it_reads_no_order_number_where_orders_have_none(example):
    assert details.order("order 2001", example) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [("where is TAL-26-1041", "TAL-26-1041"), ("tal 25 0931 pls", "TAL-25-0931"),
     ("order 26-1041?", "TAL-26-1041"), ("its 1041", "TAL-26-1041"), ("call 26 1041 2233", "")],
)  # fmt: skip
def test_a_number_of_several_parts_is_read_whole_or_by_its_last(text, found):
    assert details.order(text, "TAL-26-1064") == found


@pytest.mark.parametrize("text", ["1041B where is it", "order 1041-b", "no. 1041?"])
def test_letters_behind_an_order_number_may_be_left_out(text):
    assert details.order(text, "1064B") == "1041B"


@pytest.mark.parametrize(
    ("text", "found"),
    [("PLM-K4133, me@example.net. gone yet?", "PLM-K4133"), ("plm k4133 pls", "PLM-K4133"),
     ("k4133?", "PLM-K4133"), ("order 4133", "PLM-K4133"), ("it says PU-4103 on the leg", ""),
     ("WT26B 4101 on the bottom", ""), ("my book 4133", "PLM-K4133")],
)  # fmt: skip
def test_letters_before_an_order_number_may_stand_apart_or_be_left_out(text, found):
    assert details.order(text, "PLM-K4137") == found


@given(
    example=st.from_regex(
        r"#?([A-Z]{2,3}-)?[A-Z]{0,3}-?(\d{2}[-/])?\d{4,6}[A-Z]{0,2}", fullmatch=True
    )
)
def test_an_order_number_of_any_shape_is_read_back(example):
    assert details.order(f"where is order {example}, please", example) == example


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("does teatime work", "TEATIME"),
        ("the tea time code", "TEATIME"),
        ("does the teatme code work", "TEATIME"),
        ("we drink teatme", ""),
        ("code SAVE20?", "SAVE20"),
        ("HELP ME NOW", ""),
        ("my code", ""),
    ],
)
def test_it_reads_promo_codes(text, code):
    assert details.code(text, frozenset({"TEATIME"})) == code
