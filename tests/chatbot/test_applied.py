"""The shop's terms applied to a shopper's figure: what it decides, and what things come to."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from chatbot import acts
from chatbot.facts import amounts, applied, contact, deciding
from chatbot.terms import Act, Fact
from storefront import queries
from tests.chatbot.small_shop import NOW, names, passage, read
from tests.chatbot.test_facts import ask, on_sale
from tests.chatbot.test_rules_found import shop

RULES = {
    "returns": {
        "window_days": 30, "non_returnable_if_opened": ["tea"],
        "holiday": {"ordered_from": datetime(2026, 11, 1, tzinfo=UTC).date()},
    },
    "cancellation": {"window_hours": 2},
    "shipping": {"methods": [{"name": "Ground", "cost": 6.95}, {"name": "Swift", "cost": 18}]},
}  # fmt: skip
DAYS, HOURS = "You have 30 days from delivery.", "You can cancel for 2 hours."
CARDS = "Gift cards for $15.00, $25.00 or $50.00 arrive by e-mail."
PARTS = "Afterpay, for orders from $50.00 to $900.00."
HOME = "Ground: cost $6.95, free from $59.00."


def decided(text, told, *asks, **more):
    return deciding.decided(ask(text, *asks, intents=("policy",), **more), told, shop(**RULES))


@pytest.fixture(autouse=True)
def _on_that_day(settings):
    settings.SHOP_NOW = NOW


@pytest.mark.parametrize(
    ("text", "told", "says"),
    [("is $62 enough for free delivery?", HOME, "yes"), ("is 40 enough to get it free?", HOME, "no"),
     ("is 80 enough for free delivery", "Ground: free on orders of $75.00 or more.", "yes"),
     ("do you have a $75 gift card?", CARDS, "no"), ("do you sell 25 dollar gift cards?", CARDS, "yes"),
     ("can i pay $950 with afterpay?", PARTS, "no"), ("can i pay 60 bucks with afterpay?", PARTS, "yes")],
)  # fmt: skip
def test_a_sum_decides_by_the_limit_the_list_or_the_range_that_is_written(text, told, says):
    assert decided(text, told) == says


@pytest.mark.parametrize(
    ("text", "told"),
    [("how much is $62 shipped?", HOME), ("is $59 where it gets free?", HOME),
     ("is 62 enough for free delivery to Hawaii?", HOME), ("do you have $75 mugs?", CARDS),
     ("is it free for less than $50?", HOME), ("can i pay $950 with visa?", PARTS), ("is $62 too dear?", HOME)],
)  # fmt: skip
def test_a_sum_of_which_nothing_is_written_decides_nothing(text, told):
    assert decided(text, told) == ""


def test_a_thing_with_terms_of_its_own_is_not_told_to_be_sent_free():
    assert decided("is 62 enough for free delivery?", HOME, products=("desk",)) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [("it came 20 days ago, can i return it?", "yes"), ("it came 2 weeks ago, is a return ok?", "yes"),
     ("it was delivered 40 days ago, can i return it?", "no"),
     ("i ordered it 40 days ago, can i return it?", ""),  # it came later
     ("it came 20 days ago, can i return it opened?", ""), ("the tea came 3 days ago, can i?", ""),
     ("it came a month ago, can i return it?", ""),
     ("it came 3 days ago in Malta, can i return it?", ""), ("it came 20 days ago, is it too late?", "")],
)  # fmt: skip
def test_the_days_that_have_passed_decide_where_nothing_else_may(text, says):
    assert decided(text, DAYS, "return_policy") == says


def test_what_may_have_been_ordered_for_the_holidays_is_not_told_to_be_late(settings):
    settings.SHOP_NOW = datetime(2026, 12, 24, tzinfo=UTC)
    assert decided("it came 40 days ago, can i return it?", DAYS, "return_policy") == ""
    assert decided("it came 60 days ago, can i return it?", DAYS, "return_policy") == "no"


def test_hours_decide_that_an_order_may_be_cancelled_and_never_that_it_may_not():
    assert decided("ordered an hour ago, can i cancel?", HOURS, "cancel") == "yes"
    assert decided("ordered 5 hours ago, can i cancel?", HOURS, "cancel") == ""


@pytest.mark.parametrize(
    ("text", "sum_"),
    [("is $1,062.50 ok", "1062.50"), ("62 euro", "62"), ("$5 or $6", None), ("12 days", None)],
)
def test_a_sum_is_told_by_its_sign_or_its_unit(text, sum_):
    assert amounts.typed(text) == (sum_ and Decimal(sum_))


KEPT = "What we can't take back: Opened tea, milk and flour; Gift cards; Plants."


@pytest.mark.parametrize(
    ("text", "says"),
    [("can i return opened flour?", "no"), ("i opened the milk, can i return it?", "no"),
     ("can i return flour?", ""), ("can i return a gift?", ""), ("do you take plants back?", "no"),
     ("my plants arrived dead, can i return them?", "")],
)  # fmt: skip
def test_what_a_list_leaves_out_by_all_its_words_is_told_to_be_left_out(text, says):
    assert decided(text, KEPT, "return_policy") == says
    assert decided(text, KEPT, "availability") == ""
    assert decided(text, KEPT.replace("can't", "gladly"), "return_policy") == ""


def test_where_the_shop_is_the_passage_with_its_address_tells():
    known = shop(shop={"contact": {"store_address": "Wrapping, Elm Street"}})
    (place,), none = (contact.rows(ask(t), known) for t in ("where is your store?", "where is it?"))
    assert known.passages[place].text == "Wrapping costs $4.00." and not none


def in_two_sizes(title):
    """A product at $50.00, and $60.00 in Big."""
    small, product = queries.Variant("S", ("Small",), Decimal(50), None, 5, True), on_sale(title)
    big = replace(small, sku="B", values=("Big",), price=Decimal(60))
    return replace(product, option_names=("Size",), variants=(small, big))


def told(text, wrap="Gift wrap is $4.50 an item. Not for rugs.", **more):
    lots = (
        "100 points are worth $4.00.",
        wrap,
        "We can't wrap lamps.",
        HOME,
        "Swift: cost $18.00.",
    )
    pages = tuple(queries.Passage("club", n, "Club and gift wrap", "", "club", t, "1", None, NOW, "")
                  for n, t in enumerate(lots))  # fmt: skip
    known = shop(**RULES)
    stock = {p.handle: p for p in map(on_sale, ("Fern Stove", "Kilim Rug", "Moth Lamp"))}
    stock["brass-bell"] = in_two_sizes("Brass Bell")
    world = known.__class__(**{**vars(known), "passages": pages, "products": stock})
    return applied.applied(ask(text, **more), world)


@pytest.mark.parametrize(
    ("text", "value"),
    [("how much are 400 points worth?", "400 points: $16.00 (4 × $4.00)"), ("worth of 90 points?", ""),
     ("got 250 points, what's that worth?", "200 of your 250 points: $8.00 (2 × $4.00)")],
)  # fmt: skip
def test_so_many_points_are_worth_whole_lots_of_what_is_written(text, value):
    found = [f"{f.values['name']}: {f.values['value']}" for f in told(text)]
    assert found == ([value] if value else [])


@pytest.mark.parametrize(
    "rule", ["100 points make $4.00 off.", "100 points = a $4.00 reward.", "100 points get you $4."]
)
def test_what_points_are_worth_is_written_in_many_ways(rule):
    ((_many, _noun, worth),) = applied.WORTH.findall(rule)
    assert worth.startswith("$4")


def test_a_thing_and_its_wrap_are_added_where_the_wrap_is_for_it():
    (sum_,) = told("the stove with gift wrap, total?", products=("fern-stove",))
    assert (sum_.values["value"], sum_.values["limit"]) == (
        "$54.50 in total ($50.00 + $4.50)", "Not for rugs. We can't wrap lamps.")  # fmt: skip
    assert not told("the rug with gift wrap, total?", products=("kilim-rug",))
    assert not told("the lamp with gift wrap, total?", products=("moth-lamp",))


def test_of_versions_that_differ_in_price_the_one_spoken_of_is_added_up():
    asked = {"products": ("brass-bell",), "options": {"Size": ("Big",)}}
    assert [f.values["value"] for f in told("with gift wrap, total?", **asked)] == [
        "$64.50 in total ($60.00 + $4.50)"
    ]
    assert not told("with gift wrap, total?", products=("brass-bell",))


def test_a_fee_without_a_name_is_called_by_its_article():
    found = told("the stove with gift wrap, total?", "$5.00 per item.", products=("fern-stove",))
    assert [(f.values["name"], f.values["value"]) for f in found] == [
        ("Fern Stove with gift wrap", "$55.00 in total ($50.00 + $5.00)")
    ]


def test_the_cheaper_of_two_ways_comes_first_and_both_rows_tell_how_they_differ():
    cheaper = told("is swift or ground cheaper?")
    assert [f.values["name"] for f in cheaper] == ["Ground", "Swift"]
    assert [f.kind for f in told("swift vs ground?")] == ["row", "row"]
    assert not told("is swift cheaper than by boat?")


def test_what_was_reckoned_is_told_before_anything_is_quoted():
    way = [
        Fact("way", "rule", "1", NOW, {"name": n, "price": p})
        for n, p in (("A", "$1.00"), ("B", "$2.00"))
    ]
    asked = read("ship_cost", intent="shipping", named=False, products=())
    assert names(asked, *way, passage(0.9)) == ["compare.two_price"]
    (told,) = acts.decide(
        asked, [Fact("sum", "article:club#0", "1", NOW, {"name": "400 points", "value": "$16.00"})]
    )
    assert isinstance(told, Act) and told.slots["attribute.value"] == "$16.00"


def test_a_passage_that_decides_by_a_figure_is_told_first_and_alone():
    asked = read("return_policy", intent="return_refund", named=False, products=())
    by = passage(0.4, "You have 30 days from delivery.", says="no", by="rule")
    (told,) = acts.decide(asked, [passage(0.5), by])
    assert (told.name, told.slots["passage.text"]) == (
        "policy.no",
        "You have 30 days from delivery.",
    )


def test_of_tiers_and_of_things_that_are_no_points_nothing_is_reckoned():
    tiers = "100 points are worth $5.00. 250 points are worth $15.00."
    assert not told("worth of 400 points?", tiers)
    assert not told("how much are 6 bags?", "3 bags give you $5.00 off.")


def test_numbers_are_read_with_their_thousands():
    found = told("how much are 2,500 points worth?")
    assert [f.values["name"] for f in found] == ["2500 points"]
