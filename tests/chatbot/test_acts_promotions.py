"""What is said of codes: by their state, what they cover, and with their conditions."""

from dataclasses import replace

import pytest

from chatbot.terms import Fact
from tests.chatbot.small_shop import KETTLE, NOW, names, passage, product, read, variant


@pytest.mark.parametrize(
    ("values", "name"),
    [({"state": "unknown"}, "promotion.code_unknown"),
     ({"state": "ended", "ends_on": "May 1"}, "promotion.code_expired"),
     ({"state": "current", "departments": "Kitchen"}, "promotion.applies"),
     ({"state": "current", "departments": "Garden"}, "promotion.not_for")],
)  # fmt: skip
def test_a_code_is_told_by_its_state_and_what_it_covers(values, name):
    code = Fact("promotion", "rule:promotions.TEATIME", "1", NOW, {"code": "TEATIME"} | values)
    assert names(read("code_fails", code="TEATIME"), code, *KETTLE) == [name]


CODE = {"code": "TEATIME", "state": "current", "percent": "10%", "ends_on": "May 1"}


@pytest.mark.parametrize(
    ("values", "told"),
    [({"departments": "Kitchen"}, ["promotion.terms"]), ({}, ["promotion.terms_open"]),
     ({"minimum": "$50.00"}, ["promotion.terms_open", "promotion.minimum_of"]),
     ({"full_price_only": "yes"}, ["promotion.terms_open", "promotion.full_price"])],
)  # fmt: skip
def test_a_code_that_holds_is_told_with_all_its_conditions(values, told):
    code = Fact("promotion", "rule:promotions.TEATIME", "1", NOW, CODE | values)
    reading = read("code_wanted", intent="promotion", code="TEATIME", named=False, products=())
    assert names(reading, code) == told


def test_of_several_codes_all_are_told_but_where_one_is_for_the_thing_in_view():
    kitchen, garden = (
        Fact("promotion", f"rule:promotions.{where}", "1", NOW, CODE | {"departments": where})
        for where in ("Kitchen", "Garden")
    )
    wants = read("code_wanted", intent="promotion", text="any codes?", named=False, products=())
    assert names(wants, garden, kitchen) == ["promotion.terms", "promotion.terms"]
    told = names(replace(wants, text="any codes for the larkspur?"), garden, kitchen, *KETTLE)
    assert told == ["promotion.applies", "promotion.terms"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("any offers on?", ["promotion.terms"]), ("what is on sale?", ["search.found_one"])],
)
def test_who_asks_for_offers_hears_of_codes_and_who_asks_for_a_sale_of_prices(text, told):
    code = Fact("promotion", "rule:promotions.TEATIME", "1", NOW, CODE | {"departments": "Kitchen"})
    wants = read("sale", intent="promotion", text=text, named=False, products=())
    assert (
        names(wants, code, replace(product(price_min="$9.00", sort="Kettle"), kind="reduced"))
        == told
    )


@pytest.mark.parametrize(
    ("was", "told"), [("$60.00", ["promotion.not_for", "promotion.full_price"]),
                      ("", ["promotion.applies"])],
)  # fmt: skip
def test_of_codes_just_told_the_one_for_what_is_named_then_is_told(was, told):
    kitchen, garden = (
        Fact("promotion", f"rule:promotions.{where}", "1", NOW,
             CODE | {"departments": where, "full_price_only": "yes"})
        for where in ("Kitchen", "Garden")
    )  # fmt: skip
    asks = read("sale", intent="promotion", text="does it go for the larkspur?",
                before=("promotion.terms",))  # fmt: skip
    kettle = [product(), variant("Red", "in stock", **({"was": was} if was else {}))]
    assert names(asks, garden, kitchen, *kettle) == told


FOR_KITCHENS = Fact("promotion", "rule:promotions.TEATIME", "1", NOW,
                    CODE | {"departments": "Kitchen", "minimum": "$60.00", "minimum_amount": "60"})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first"),
    [("just the larkspur, does TEATIME work", "promotion.code_minimum"),
     ("does TEATIME work on the larkspur", "promotion.applies")],
)  # fmt: skip
def test_a_thing_by_itself_that_is_too_cheap_for_a_code_is_no_yes(text, first):
    reading = read("code_fails", text=text, code="TEATIME")
    assert names(reading, FOR_KITCHENS, *KETTLE)[0] == first
    dear = replace(FOR_KITCHENS, values={**FOR_KITCHENS.values, "minimum_amount": "40"})
    assert names(reading, dear, *KETTLE)[0] == "promotion.applies"


@pytest.mark.parametrize(
    ("was", "told"), [("$60.00", ["applies", "full_price"]), (None, ["applies"])]
)
def test_of_a_thing_of_which_some_came_down_it_is_told_that_a_code_is_for_full_prices(was, told):
    code = replace(FOR_KITCHENS, values={**FOR_KITCHENS.values, "full_price_only": "yes"})
    reduced = {"was": was} if was else {}
    known = [code, product(), variant("Red", "in stock"), variant("Blue", "in stock", **reduced)]
    asked = read("code_fails", text="does it work on the larkspur", code="TEATIME",
                 before=("promotion.terms",))  # fmt: skip
    assert names(asked, *known) == [f"promotion.{name}" for name in told]


@pytest.mark.parametrize(("loosely", "first"), [(True, "applies"), (False, "not_for")])
def test_of_several_things_of_a_sort_the_code_is_told_of_one_that_it_covers(loosely, first):
    garden = product(name="Elm Kettle", handle="elm", department="Garden")
    asked = read("code_fails", text="does TEATIME work on kettles", code="TEATIME", loosely=loosely)
    assert names(asked, FOR_KITCHENS, garden, product())[0] == f"promotion.{first}"


@pytest.mark.parametrize(
    ("text", "many"), [("and the larkspur?", 1), ("TEATIME on the larkspur?", 3), ("till when?", 3)]
)
def test_terms_just_told_are_not_told_once_more_unless_the_code_is_named(text, many):
    named = "larkspur" in text
    reading = read(
        "code_fails", text=text, code="TEATIME", before=("promotion.terms",), named=named
    )
    assert len(names(reading, FOR_KITCHENS, *KETTLE)) == many


def test_a_code_that_does_not_hold_yet_is_not_told_as_if_it_did():
    code = Fact("promotion", "rule:promotions.TEATIME", "1", NOW, CODE | {"state": "later"})
    reading = read("code_fails", intent="promotion", code="TEATIME", named=False, products=())
    assert "promotion.terms_open" not in names(reading, code)


@pytest.mark.parametrize("lacks", ["percent", "ends_on"])
def test_a_code_of_another_kind_is_still_known(lacks):
    known = {k: v for k, v in CODE.items() if k != lacks} | {"minimum": "$50.00"}
    code = Fact("promotion", "rule:promotions.TEATIME", "1", NOW, known)
    reading = read("code_wanted", intent="promotion", code="TEATIME", named=False, products=())
    assert all(name.startswith("promotion.") for name in names(reading, code))


@pytest.mark.parametrize(
    ("written", "told"),
    [("Minimum: $50.00 of eligible items.", ["promotion.terms_open", "policy.besides"]),
     ("It holds until May 1, at noon.", ["promotion.terms_open", "promotion.minimum_of"]),
     ("Not for bundles.", ["promotion.terms_open", "promotion.minimum_of", "policy.besides"])],
)  # fmt: skip
def test_what_is_written_of_a_code_is_not_told_beside_the_same(written, told):
    code = Fact("promotion", "rule:promotions.TEATIME", "1", NOW, CODE | {"minimum": "$50.00"})
    terms = replace(passage(0.9, written), kind="terms")
    reading = read("code_wanted", intent="promotion", code="TEATIME", named=False, products=())
    assert names(reading, code, terms) == told


@pytest.mark.parametrize(("code", "told"), [("", True), ("TEATIME", False)])
def test_what_sounds_like_a_question_of_health_is_none_where_a_code_is_named(code, told):
    asked = read("health", named=False, products=(), text="does it work on belly oil?", code=code)
    fact = Fact("promotion", "rule:promotions.TEATIME", "1", NOW, CODE)
    assert ("safety.no_medical_advice" in names(asked, fact)) is told
