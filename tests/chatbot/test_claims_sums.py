"""On which side of a sum something lies is checked, whoever says it."""

import pytest

from chatbot.claims import check
from tests.chatbot.test_claims import fact

POLICY = fact("passage", text="Delivery is $6. Orders over $59 ship free.")
LAMP = fact("variant", "Larkspur Lamp", price="$48.00", amount="48.00", stock="in stock")


def sides(sentence, asked="", facts=(POLICY,)):
    found = check(sentence, facts, asked=asked, titles=("Larkspur Lamp",))
    return [c.verdict for c in found if c.kind == "comparison"]


@pytest.mark.parametrize(
    "told", ["Your cart is above $59.", "You've reached $59.", "That isn't below $59."]
)
def test_a_sum_that_the_shopper_named_lies_on_its_own_side(told):
    assert sides(told, "my cart is $48") == ["held"]
    assert sides(told, "my cart is 70 bucks") == ["supported"]


@pytest.mark.parametrize("told", ["Your cart is under $59.", "You're not over $59 yet."])
def test_so_does_what_lies_below(told):
    assert sides(told, "my cart is $48") == ["supported"]
    assert sides(told, "my cart is $70") == ["held"]


def test_what_the_sentence_sums_up_itself_counts_first():
    assert sides("The two are $70, which is over $59.", "the $40 one and the $30 one") == [
        "supported"
    ]
    assert sides("The two are $50, which is over $59.", "the $90 one") == ["held"]


def test_a_product_lies_where_its_price_does():
    told = "The Larkspur Lamp is {} $59, as it's $48.00."
    assert sides(told.format("under"), facts=(POLICY, LAMP)) == ["supported"]
    assert sides(told.format("over"), facts=(POLICY, LAMP)) == ["held"]


def test_of_a_sum_that_nobody_named_nothing_is_known():
    assert sides("You're above $59.") == ["held"]


@pytest.mark.parametrize(
    "told",
    [
        "Orders over $59 ship free.",
        "Once your order is over $59 it ships free.",
        "You need at least $59.",
        "Is your cart over $59?",
        "It's five cents short of $59.",
    ],
)
def test_a_rule_a_question_and_a_difference_state_no_side(told):
    assert sides(told, "my cart is $48") == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [("does order 1001 ship free", "Your order is over $59."), ("i have 2 lamps in there", "That's under $59."),
     ("a $40 lamp and a $30 mug", "Your cart is under $59."), ("my cart is $48", "No need to worry, it's over $59.")],
)  # fmt: skip
def test_what_is_no_sum_of_the_shoppers_bears_out_no_side(asked, told):
    facts = (POLICY, fact("order", total="$20.00", number="#1001"))
    assert sides(told, asked, facts if "order" in asked else (POLICY,)) == ["held"]


def test_from_what_sum_on_something_is_free_lies_on_no_side():
    assert sides("It's free over $59.", "is delivery free?") == []


@pytest.mark.parametrize(
    ("told", "verdict"),
    [("Together that's over $59.", "supported"), ("Together that's over $80.", "held"),
     ("That's over $59.", "held"), ("That's over $25.", "supported"), ("That's under $80.", "supported")],
)  # fmt: skip
def test_several_sums_count_together_only_where_they_are_told_so_or_must_stay_below(told, verdict):
    assert sides(told, "a $40 lamp and a $30 mug") == [verdict]
