"""A value belongs to what the sentence speaks of: the right number of another thing is false."""

from datetime import UTC, datetime

import pytest

from chatbot.claims import check
from chatbot.terms import Fact

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TITLES = ("Larkspur Kettle", "Larkspur Kettle 2", "Brindle Teapot")


def fact(kind, subject="", **values):
    named = {k.replace("_of_", ":"): v for k, v in values.items()}
    return Fact(kind, f"{kind}:{subject}:{values.get('options', '')}", "1", NOW, named, subject)


def kettle(colour, price, **more):
    return fact("variant", "Larkspur Kettle", name="Larkspur Kettle", options=colour, price=price,
                amount=price[1:], option_of_Colour=colour, **more)  # fmt: skip


RED = kettle("Red", "$49.00", stock="in stock", left="12", was="$59.00")
BLUE = kettle("Blue", "$52.00", stock="sold out", left="0")
BOTH = fact("product", "Larkspur Kettle", name="Larkspur Kettle", price_min="$49.00",
            price_max="$52.00", stock="in stock")  # fmt: skip
FIRST = fact("order", "#2001", number="#2001", state="shipped", items="the Larkspur Kettle",
             placed_on="November 12, 2026", shipped_on="November 14, 2026", carrier="UPS",
             eta="November 23, 2026", total="$55.00", shipping="$6.00", code="TEA10", late="no",
             tracking="1Z0000001")  # fmt: skip
SECOND = fact("order", "#2002", number="#2002", state="partly", items="the Brindle Teapot",
              placed_on="November 10, 2026", total="$31.00", carrier="FedEx")  # fmt: skip
TEA = fact("promotion", code="TEA10", state="current", percent="10%", minimum="$40.00",
           ends_on="November 30, 2026", full_price_only="yes")  # fmt: skip
MUG = fact("promotion", code="MUG20", state="ended", percent="20%", ends_on="October 31, 2026")
ALL = (RED, BLUE, BOTH, FIRST, SECOND, TEA, MUG)


def held(sentence, asked=""):
    return [c for c in check(sentence, ALL, asked=asked, titles=TITLES) if c.verdict == "held"]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("The Larkspur Kettle in Red is $49.00.", "The Larkspur Kettle in Red is $52.00."),
        ("Red is $49.00, and Blue is $52.00.", "Red is $52.00, and Blue is $49.00."),
        ("In Red it's $49.00, down from $59.00.", "In Red it's $59.00, down from $49.00."),
        ("Red is in stock, but Blue isn't.", "Blue is in stock, but Red isn't."),
        ("We have 12 left in Red.", "We have 21 left in Red."),
        ("Order #2001 came to $55.00.", "Order #2001 came to $31.00."),
        ("You paid $6.00 for shipping on #2001.", "You paid $55.00 for shipping on #2001."),
        ("#2001 was placed on November 12.", "#2001 was placed on November 14."),
        ("#2001 should arrive on November 23.", "#2001 should arrive on November 14."),
        ("#2001 is with UPS.", "#2001 is with FedEx."),
        ("#2001 isn't late.", "#2001 is running late."),
        ("Only part of #2002 has shipped.", "All of #2002 has shipped."),
        ("The Brindle Teapot is in #2002.", "The Brindle Teapot is in #2001."),
        ("You used TEA10 on #2001.", "You used MUG20 on #2001."),
        ("TEA10 takes 10% off orders of $40.00 or more.", "TEA10 takes 20% off orders of $40.00."),
        ("TEA10 is valid until November 30.", "TEA10 is valid until October 31."),
        ("MUG20 has ended.", "TEA10 has ended."),
        ("TEA10 needs a minimum of $40.00.", "TEA10 has no minimum."),
        ("Blue is sold out.", "Blue is available."),
        ("Red is in stock.", "All colours are in stock."),
        ("Red is in stock.", "It's available in every colour."),
        ("In Red it's $49.00.", "Every colour costs $49.00."),
        ("#2001 has shipped.", "#2001 can still be cancelled."),
        ("Only part of #2002 has shipped.", "#2002 is late because it was out of stock."),
        ("TEA10 doesn't work on sale items.", "TEA10 works on sale items too."),
        ("TEA10 takes ten percent off.", "TEA10 takes twenty percent off."),
        ("TEA10 is for orders of $40.00 or more.", "TEA10 takes fifteen dollars off."),
        ("Your tracking number is 1Z0000001.", "Your tracking number is 1Z0000002."),
    ],
)
def test_what_is_true_of_a_thing_is_false_of_its_neighbour(true, false):
    assert not held(true)
    assert held(false)


def test_a_bare_yes_settles_nothing_unless_the_engine_knows_what_it_settles():
    assert held("Yes, of course.")
    assert held("I confirm it: you may use MOON20.")
    rule = fact("passage", text="Codes are entered at the checkout.", says="yes")
    assert [c for c in check("Yes, of course.", [rule, MUG]) if c.verdict == "held"]
    assert not [c for c in check("Yes, of course.", [rule]) if c.verdict == "held"]
    assert not [c for c in check("Yes, of course.", ALL, taught=True) if c.verdict == "held"]


def test_ten_left_are_ten():
    ten = [kettle("Red", "$49.00", stock="in stock", left="10")]
    assert all(c.verdict == "supported" for c in check("We have 10 left in Red.", ten))


def test_a_sentence_without_end_is_held_before_it_is_read():
    assert [c.kind for c in check("$1 " * 500, ALL)] == ["length"]


def test_it_is_what_was_asked_about():
    assert not held("It's $49.00.", asked="how much is the Larkspur Kettle in red")
    assert held("It's $52.00.", asked="how much is the Larkspur Kettle in red")


def test_a_name_pieced_together_of_two_is_no_product():
    assert held("You may like our Brindle Kettle.")
    assert not held("You may like our Larkspur Kettle.")


def test_a_difference_has_to_come_out():
    assert not held("Blue costs $3.00 more.")
    assert held("Blue costs $4.00 more.")


@pytest.mark.parametrize("sentence", ["Write to help@elsewhere.example.", "Call (218) 555-0147."])
def test_only_the_shops_own_addresses_are_given(sentence):
    assert held(sentence)


CAMERA = [
    fact("variant", "Tarn Camera", name="Tarn Camera", options=kit, price=price, option_of_Kit=kit)
    for kit, price in (
        ("Body only", "$1,299.00"), ("With lens", "$1,699.00"), ("Double", "$2,099.00")
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "verdicts"),
    [("It's $1,299.00 in Body only and $1,699.00 in With lens.", {"supported"}),
     ("It's $1,699.00 in Body only and $1,299.00 in With lens.", {"held"})],
)  # fmt: skip
def test_the_comma_of_a_thousand_ends_no_part_of_a_sentence(told, verdicts):
    found = check(told, CAMERA, asked="price of the tarn camera?", titles=("Tarn Camera",))
    assert {c.verdict for c in found if c.kind == "money"} == verdicts


@pytest.mark.parametrize(("last", "holds"), [("$2,099.00", True), ("$1,699.00", False)])
def test_several_prices_beyond_a_thousand_are_borne_out_each_by_its_version(last, holds):
    told = f"Body only at $1,299.00, With lens at $1,699.00, Double at {last}."
    found = check(told, CAMERA, asked="price of the tarn camera?", titles=("Tarn Camera",))
    assert all(c.verdict == "supported" for c in found) is holds


@pytest.mark.parametrize(
    "name", ["Camera Bag", "Willow Duet Lamp", "Sentry Shoes", "Enduro Runners"]
)
@pytest.mark.parametrize(("day", "verdict"), [("13", "supported"), ("19", "held")])
def test_a_products_name_does_not_say_what_happened_on_a_day(name, day, verdict):
    order = fact("order", number="#1042", items=name, placed_on="November 13, 2026",
                 eta="November 19, 2026", delivered_on="November 17, 2026", state="shipped")  # fmt: skip
    told = f"You ordered the {name} on November {day}, 2026."
    (found,) = [c for c in check(told, [order], titles=(name,)) if c.kind == "date"]
    assert found.verdict == verdict


def test_a_price_before_is_known_by_its_word_whatever_the_sign():
    red = kettle("Red", "CA$49.00", stock="in stock", was="CA$59.00")
    told = "CA$49.00 for the Larkspur Kettle in Red, instead of CA$59.00."
    assert {c.verdict for c in check(told, (red,), titles=TITLES)} == {"supported"}
    turned = "CA$59.00 for the Larkspur Kettle in Red, instead of CA$49.00."
    assert "held" in {c.verdict for c in check(turned, (red,), titles=TITLES)}
