"""What may be done with an order follows from what was said and what was bought."""

import pytest

from chatbot import reading
from chatbot.facts import offers
from chatbot.facts.world import world
from chatbot.terms import Reading
from storefront import models, queries
from tests.conftest import let_shop_act

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(linden):
    let_shop_act()
    linden.refresh_from_db()
    linden.rules["exchanges"]["cost"] = 0
    linden.save()
    models.Variant.objects.update(stock=3)
    return world(reading.encode())


def offer(shop, kind, text, *asks, **more):
    asked = Reading(text, ("return_refund",), asks, 0.9, **more)
    found = offers.find(asked, queries.order("#2001"), shop)
    return next((f.values for f in found if f.values["kind"] == kind), None)


def bought_a_teapot_too():
    order, teapot = models.Order.objects.get(), models.Variant.objects.get(sku="BT-1")
    order.lines.create(position=1, name="Brindle Teapot", sku="BT-1", variant=teapot, quantity=1,
                       price=36)  # fmt: skip


@pytest.mark.parametrize("text", ["swap it for blue please", "i need BLUE, not red"])
def test_the_version_wished_for_instead_is_found(shop, text):
    told = offer(shop, "exchange", text, "exchange")
    assert (told["item"], told["replacement"], told["free"]) == ("Larkspur Kettle", "Blue", "yes")


@pytest.mark.parametrize("text", ["it's the wrong one, exchange?", "red again please"])
def test_without_another_version_it_is_told_which_there_are(shop, text):
    told = offer(shop, "exchange", text, "exchange")
    assert (told["reason"], told["choices"], told["stock"]) == ("which", "Blue", "in stock")


def test_a_version_that_is_gone_is_said_to_be(shop):
    models.Variant.objects.filter(sku="LK-BLU").update(stock=0)
    told = offer(world(reading.encode()), "exchange", "blue instead", "exchange")
    assert told["reason"] == "sold_out"


def test_only_an_exchange_is_free(shop):
    assert "free" not in offer(shop, "return", "send it back", "return_start")


def test_of_several_things_the_one_spoken_of_is_meant(shop):
    bought_a_teapot_too()
    assert offer(shop, "return", "the teapot goes back", "return_start")["item"] == "Brindle Teapot"
    assert "item" not in offer(shop, "return", "i want to return it", "return_start")
    told = offer(shop, "return", "return the kettle only, keep the teapot", "return_start")
    assert told["item"] == "Larkspur Kettle"


def test_of_two_versions_of_a_thing_the_one_named_is_meant(shop):
    order, blue = models.Order.objects.get(), models.Variant.objects.get(sku="LK-BLU")
    order.lines.create(position=1, name="Larkspur Kettle - Blue", sku="LK-BLU", variant=blue,
                       quantity=1, price=49)  # fmt: skip
    named = {"named": True, "products": ("larkspur-kettle",)}
    told = offer(shop, "return", "the blue kettle goes back", "return_start", **named)
    assert "Blue" in told["items"] and "Red" not in told["items"]
    told = offer(shop, "exchange", "the blue kettle is too small, swap for M", "exchange", **named)
    assert told["item"] == "Larkspur Kettle" and told["choices"] == "Red"
    assert "item" not in offer(shop, "return", "a kettle goes back", "return_start", **named)


def test_nothing_is_offered_that_was_not_asked_for(shop):
    assert offer(shop, "cancel", "where is it", "where_is_it") is None
    assert offer(shop, "exchange", "where is it", "where_is_it") is None
