"""An order is told to its owner, and to nobody else; of several, the one that is meant."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from chatbot import facts, reading
from chatbot.facts import Viewer, offers, orders
from chatbot.facts.world import world
from chatbot.terms import Reading
from storefront import queries
from storefront.clock import now
from storefront.importing import import_folder
from storefront.models import Order, User

NOBODY, OWNER = None, "o" * 64


def asks(order="", email=""):
    return Reading(
        "where is it", ("order_status",), ("where_is_it",), 0.9, order=order, email=email
    )


def find(viewer, **asked):
    shop = world(reading.encode())
    return orders.find(asks(**asked), viewer, shop)


def need(found):
    return found[0].values.get("need", "")


def test_the_signed_in_owner_is_told(ada):
    (order,) = find(Viewer(ada.pk, OWNER))
    assert order.values["tracking"] == "TRACK1234567"


def test_a_guest_with_number_and_address_is_told(linden):
    (order,) = find(Viewer(NOBODY, OWNER), order="#2001", email="ada@example.com")
    assert order.values["number"] == "#2001"


@pytest.mark.parametrize(
    ("order", "email", "missing"),
    [("", "", "sign_in"), ("#2001", "", "email"), ("", "ada@example.com", "number")],
)
def test_a_guest_is_asked_for_what_is_missing(linden, order, email, missing):
    assert need(find(Viewer(NOBODY, OWNER), order=order, email=email)) == missing


def test_wrong_order_wrong_address_and_no_such_order_are_one_answer(linden):
    answers = [
        find(Viewer(NOBODY, OWNER), order=order, email=email)
        for order, email in (("#2001", "mallory@example.com"), ("#9999", "ada@example.com"))
    ]
    assert [need(a) for a in answers] == ["not_found", "not_found"]
    assert answers[0][0].values == answers[1][0].values


def test_another_shopper_finds_nothing_even_with_the_number(linden):
    mallory = User.objects.get(email="mallory@example.com")
    there, nowhere = (find(Viewer(mallory.pk, OWNER), order=n) for n in ("#2001", "#9999"))
    assert need(there) == need(nowhere) == "not_found"


def test_guessing_is_throttled_and_looks_the_same(linden, settings):
    settings.GUEST_LOOKUPS_PER_HOUR = 3
    guesser = Viewer(NOBODY, "g" * 64)
    for _try in range(3):
        find(guesser, order="#2001", email="x@example.com")
    assert need(find(guesser, order="#2001", email="ada@example.com")) == "not_found"
    other = Viewer(NOBODY, "h" * 64)
    assert need(find(other, order="#2001", email="ada@example.com")) == ""


def test_another_address_than_the_signed_in_shoppers_finds_nothing(ada):
    assert need(find(Viewer(ada.pk, OWNER), email="mallory@example.com")) == "theirs"
    assert need(find(Viewer(ada.pk, OWNER), email="Ada@example.com")) == ""


@pytest.fixture
def ada_with_two_orders(db, shop_folder):
    """A mug that came and was refunded, #2001, and a later teapot that has not gone out, #2002."""
    path = shop_folder / "orders.csv"
    later = (
        "#2002,ada@example.com,paid,unfulfilled,,USD,36.00,5.00,0.00,41.00,"
        "2026-11-18 10:00:00 +0000,1,Brindle Teapot,36.00,BT-1,unfulfilled,,,\n"
    )
    path.write_text(path.read_text().replace("Larkspur Kettle - Red", "Tin Mug") + later)
    import_folder(shop_folder, quiet=True)
    Order.objects.filter(name="#2001").update(refunded_amount=49, delivered_at=now())
    return Viewer(User.objects.get(email="ada@example.com").pk, OWNER)


def first_told(viewer, text, ask, intent):
    asked = Reading(text, (intent,), (ask,), 0.9, query=text)
    found = facts.find(asked, viewer, reading.encode(), reading.answers())
    return next((f.values["number"] for f in found if f.kind == "order"), "")


def order_of(number, *names):
    return SimpleNamespace(
        name=number, lines=[SimpleNamespace(name=n, handle=n.casefold()) for n in names], total=9,
        delivered_at=None, cancelled_at=None, refunded_amount=0, placed_at=now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"), [("the black gravel", "#2"), ("gravel and a lamp", "#1")]
)
def test_the_order_is_meant_with_the_thing_that_has_most_of_the_words(text, number):
    first = order_of("#1", "Pond Set - Black", "Lamp", "Gravel - Natural")
    own = [first, order_of("#2", "Gravel - Black")]
    asked = Reading(text, ("cancel",), ("cancel",), 0.9, query=text)
    assert orders._fitting(own, asked, Viewer(1, OWNER))[0].name == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("where's my mug?", "#2001"), ("where are my mugs", "#2001"), ("where's my teapot?", "#2002"),
     ("where is it", "#2002"), ("where is the parcel i ordered", "#2002")],
)  # fmt: skip
def test_an_order_is_found_by_a_word_of_what_is_in_it_and_else_the_open_one_is_meant(
    ada_with_two_orders, text, number
):
    assert first_told(ada_with_two_orders, text, "where_is_it", "order_status") == number


def test_of_orders_that_hold_a_thing_the_one_refunded_is_meant_by_who_asks_for_money(
    ada_with_two_orders,
):
    Order.objects.get(name="#2002").lines.update(name="Tin Mug")
    asked = ("how much did i get back for the mug", "refund_status", "return_refund")
    assert first_told(ada_with_two_orders, *asked) == "#2001"
    assert (
        first_told(ada_with_two_orders, "where's my mug", "where_is_it", "order_status") == "#2002"
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [("and my other order?", "#2001"), ("where's the other parcel then", "#2001"),
     ("where is that parcel", "#2002"), ("and the other one?", "#2002")],
)  # fmt: skip
def test_the_other_order_is_not_the_one_spoken_of(ada_with_two_orders, text, number):
    spoken_of = replace(ada_with_two_orders, order="#2002")
    assert first_told(spoken_of, text, "where_is_it", "order_status") == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("can i have the tracking", "#2001"), ("and my latest order", "#2002"),
     ("can i have the tracking of the teapot", "#2002")],
)  # fmt: skip
def test_of_two_open_orders_the_one_told_of_is_gone_on_about(ada_with_two_orders, text, number):
    Order.objects.filter(name="#2001").update(delivered_at=None, refunded_amount=0)
    told = replace(ada_with_two_orders, order="#2001")
    assert first_told(told, text, "tracking", "order_status") == number


def test_who_leaves_the_letter_of_an_own_order_out_is_told_all_the_same(ada_with_two_orders):
    Order.objects.filter(name="#2001").update(name="TK2001M")
    asked = asks(order="TK2001A")
    (told, *_rest) = orders.find(asked, ada_with_two_orders, world(reading.encode()))
    assert told.values["number"] == "TK2001M"
    assert need(orders.find(asks(order="TK2009A"), ada_with_two_orders, world(reading.encode())))


def test_a_guest_gives_the_number_of_the_other_order(linden):
    spoken_of = Viewer(NOBODY, OWNER, email="ada@example.com", order="#2001")
    other = Reading("and my other order?", ("order_status",), ("where_is_it",), 0.9)
    shop = world(reading.encode())
    assert need(orders.find(other, spoken_of, shop)) == "number"
    (same,) = orders.find(replace(other, text="where is it?"), spoken_of, shop)
    assert same.values["number"] == "#2001"


@pytest.mark.parametrize(
    ("ask", "number"),
    [("refund_status", "#2001"), ("return_status", "#2001"), ("where_is_it", "#2002")],
)
def test_where_money_back_is_asked_the_refunded_order_comes_first(ada_with_two_orders, ask, number):
    text = "how is that coming along"
    assert first_told(ada_with_two_orders, text, ask, "return_refund") == number


def test_what_was_refunded_is_not_what_somebody_sends_back(ada_with_two_orders):
    asked = Reading("it broke, money back", ("return_refund",), ("refund_status", "damaged"), 0.9)
    found = facts.find(asked, ada_with_two_orders, reading.encode(), reading.answers())
    assert next(f.values["number"] for f in found if f.kind == "order") == "#2002"


@pytest.mark.parametrize(
    ("text", "number"),
    [("until when can mugs go back?", "#2001"), ("can i return a teapot", "#2002"),
     ("until when can tin go back", ""), ("can i return a hat", "")],
)  # fmt: skip
def test_who_asks_whether_a_sort_of_thing_can_go_back_is_told_of_the_order_that_has_it(
    ada_with_two_orders, text, number
):
    assert first_told(ada_with_two_orders, text, "return_policy", "policy") == number


@pytest.mark.parametrize(("ask", "number"), [("charged_twice", "#2001"), ("pay_methods", "")])
def test_who_was_charged_twice_is_told_of_an_order_and_who_asks_how_to_pay_is_not(ada, ask, number):
    viewer = Viewer(ada.pk, OWNER)
    assert first_told(viewer, "about my payment", ask, "payment") == number


def test_staff_notes_never_become_facts(ada):
    found = facts.find(asks(), Viewer(ada.pk, OWNER), reading.encode(), reading.answers())
    assert not any("likes tea" in v for f in found for v in f.values.values())


def test_drafts_never_become_facts(linden):
    assert queries.product("secret-mug") is None
    assert "Secret Mug" not in facts.titles(reading.encode())


@pytest.mark.parametrize(
    ("text", "places"),
    [("cancel the lamp and the gravel", ()), ("cancel the lamp", (0,)),
     ("cancel the lamp, keep the gravel", (0,)), ("cancel the lamp, not the gravel", (0,)),
     ("this is not the lamp i wanted, cancel it", (0,)),
     ("cancel the lamp, i wanted a natural one", (0,))],
)  # fmt: skip
def test_who_names_each_thing_of_an_order_means_all_of_it(text, places):
    own = order_of("#1", "Garden Lamp", "Garden Gravel - Natural")
    asked = Reading(text, ("cancel",), ("cancel",), 0.9, query=text, products=("garden lamp",))
    assert offers.meant(own, asked) == places
    gardens = replace(asked, text="cancel the garden lamp", loosely=True)
    assert offers.meant(own, gardens) == (0,)
