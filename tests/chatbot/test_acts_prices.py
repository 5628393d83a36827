"""What is said of prices: of one thing, several, its versions, and what it cost before."""

from dataclasses import replace

import pytest

from chatbot import acts
from tests.chatbot.small_shop import KETTLE, names, passage, product, read, sentence, variant


def test_a_price_is_told_from_the_variant():
    (act,) = acts.decide(read("price"), KETTLE)
    assert (act.name, act.slots["variant.price"]) == ("price.one", "$49.00")
    assert "variant.price" in act.must


def test_a_reduced_price_comes_with_the_one_before():
    (act,) = acts.decide(read("price"), [product(), variant("Red", "in stock", was="$60.00")])
    assert (act.name, act.slots["variant.was_price"]) == ("price.sale", "$60.00")


def test_who_asks_what_it_was_before_hears_of_the_version_that_is_reduced():
    facts = [product(), variant("Red", "in stock"), variant("Blue", "in stock", "40", was="$60.00")]
    (act,) = acts.decide(read("price", text="what was it before?"), facts)
    assert (act.name, act.slots["variant.price"]) == ("price.sale", "$40")
    assert act.slots["variant.options"] == "Blue"
    for text in ("how much?", "how much is it before tax", "i was wondering how much it is"):
        assert names(read("price", text=text), *facts) == ["price.several"]


@pytest.mark.parametrize(
    ("text", "was", "told"),
    [("what was it before it was reduced", "$60.00", "price.sale"),
     ("what was it before it was reduced", "", "policy.passage"),
     ("are there any codes for it", "$60.00", "policy.passage")],
)  # fmt: skip
def test_what_a_thing_cost_before_its_own_price_tells_and_no_article(text, was, told):
    reading = read("sale", "price", intent="promotion", text=text, named=False)
    kettle = variant("Red", "in stock", **({"was": was} if was else {}))
    assert names(reading, product(), kettle, passage(0.9))[0] == told


def several(many, name="Plates"):
    """What is known of a thing of which `many` are spoken of, at $36.00 each."""
    count = {"quantity": str(many), "total": f"${many * 36}.00"}
    own = {"name": name, "option:Color": "Red"}
    return product(**own), variant("Red", "in stock", "36.00", **own, **count)


def test_several_of_a_thing_are_told_with_what_they_come_to():
    (act,) = acts.decide(read("price", quantity=3), several(3))
    assert (act.name, act.slots["price.total"]) == ("price.times", "$108.00")
    assert (act.slots["quantity"], act.slots["variant.price"]) == ("3", "$36.00")
    assert names(read("price"), *KETTLE) == ["price.one"]


def test_several_of_a_thing_are_told_by_version_where_these_cost_different():
    small = {"option:Color": "Small", "quantity": "5", "total": "$180.00"}
    large = {"option:Color": "Large", "quantity": "5", "total": "$200.00"}
    sizes = (
        variant("Small", "in stock", "36.00", **small),
        variant("Large", "in stock", "40.00", **large),
    )
    (act,) = acts.decide(read("price", quantity=5), [product(), *sizes])[:1]
    assert act.name == "price.several"
    assert list(act.slots.values()) == [
        "5 × Small at $36.00", "$180.00", "5 × Large at $40.00", "$200.00"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"), [("the two, in brass", "$42.00"), ("the two", "$42.00 to $46.00")]
)
def test_of_several_products_the_version_that_is_called_is_priced(text, told):
    lamp = {"handle": "lamp", "name": "Lamp"}
    lamps = [
        variant("Brass", "in stock", "42.00", **lamp),
        variant("Black", "in stock", "46.00", **lamp),
    ]
    asked = read("price", text=text, products=("kettle", "lamp"))
    (act,) = acts.decide(asked, [*KETTLE, product(**lamp), *lamps])[:1]
    assert act.slots["variant2.price"] == told


@pytest.mark.parametrize(("many", "told"), [(4, "price.one"), (3, "price.times"), (8, "price.times")])  # fmt: skip
def test_a_set_of_four_that_four_are_spoken_of_is_told_at_its_price(many, told):
    assert names(read("price", quantity=many), *several(many, "Plates – Set of 4")) == [told]
    assert names(read("price", quantity=many), *several(many, "Socks (4-Pack)")) == [told]
    assert names(read("price", quantity=many), *several(many, "Drift 4 Tent")) == ["price.times"]


def test_what_one_thing_costs_beside_itself_is_told_where_a_difference_is_asked():
    reading = read("compare", text="is the blue one more expensive?")
    assert names(reading, *KETTLE) == ["price.one"]
    assert names(replace(reading, text="is the blue one nicer?"), *KETTLE) == ["attribute.unknown"]


@pytest.mark.parametrize(
    ("wished", "told"),
    [({"Size": ["L"], "Color": ["Red", "Blue"]}, ["Red", "$49.00", "Blue", "$52.00"]),
     ({"Size": ["L"], "Color": ["Red"]}, ["Larkspur Kettle", "$45.00", "$60.00"])],
)  # fmt: skip
def test_a_difference_is_told_of_the_versions_that_are_spoken_of(wished, told):
    of_a_size = [("Red", "49.00", "L"), ("Blue", "52.00", "L"), ("Red", "45.00", "S"),
                 ("Blue", "60.00", "S")]  # fmt: skip
    some = [variant(c, "in stock", price, **{"option:Size": size}) for c, price, size in of_a_size]
    reading = read("price", text="what's the difference in price?", options=wished)
    (act,) = acts.decide(reading, [product(**{"option:Size": "L and S"}), *some])
    assert list(act.slots.values()) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("your site says the kettle is 39", "price.one"),
        ("kettle for $39", "price.one"),
        ("is the kettle loud", "attribute.unknown"),
    ],
)
def test_who_names_a_price_the_page_says_nothing_of_is_told_what_it_is(text, told):
    assert names(read("attribute", text=text), *KETTLE) == [told]
    assert names(read("attribute", text=text), sentence(0.7), *KETTLE) == ["attribute.labelled"]
