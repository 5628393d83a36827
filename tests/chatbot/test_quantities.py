"""How many of a thing are spoken of, and whether their sum is asked for."""

import pytest

from chatbot.reading import quantities


@pytest.mark.parametrize(
    ("text", "many"),
    [("what do 3 packs cost", 3), ("the larkspur x 4", 4), ("x2 please", 2), ("price for two of them?", 2), ("5 of em", 5),
     ("a dozen boxes", 12), ("how much for 6?", 6), ("two pairs of the boots", 2),
     ("what do 3 camp mugs cost", 3), ("how much for four mugs", 4), ("what would 5 cost me", 5),
     ("and for 3 mugs?", 3), ("if i buy seven what do i pay", 7), ("can i get eight mugs", 8),
     ("how much are nine camp mugs", 9), ("we'd like to order 11 mugs, total?", 11),
     ("two pieces is how much", 2), ("so two mugs, what total", 2),
     ("what do 3 mugs in blue cost together", 3), ("four rolls of that twine", 4)],
)  # fmt: skip
def test_it_reads_how_many_of_a_thing_are_spoken_of(text, many):
    assert quantities.quantity(text, "Camp Mug") == many


@pytest.mark.parametrize(
    "text", ["is the 2-pack in?", "the drift 3 tent", "two batteries in there, total?", "in XL?", "size 10 please", "a tent for two", "",
             "does it take 3 batteries", "2 bags of 50 g in there", "do i need 2 poles", "how much are 4 person tents",
             "i want to take 3 kids", "i need a 10", "i want 8 please", "and for 3 business days?"]
)  # fmt: skip
def test_a_number_that_counts_nothing_is_no_quantity(text):
    assert quantities.quantity(text, "Drift 3 Tent", "8 / Slate") == 1


@pytest.mark.parametrize(
    ("text", "asks_it"),
    [("what's the total", True), ("i need 4, total?", True), ("what does that come to", True),
     ("what would the two come to", True), ("what are the mugs together before tax", True),
     ("do they come together in one box", False), ("do they go together with jeans", False),
     ("the total weight?", False), ("is the total on my order right", False)],
)  # fmt: skip
def test_a_total_is_one_of_money(text, asks_it):
    assert quantities.total(text) is asks_it
