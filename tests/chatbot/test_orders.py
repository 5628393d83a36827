"""An order is told to its owner, and to nobody else."""

import pytest

from chatbot import facts, reading
from chatbot.facts import Viewer, orders
from chatbot.facts.world import world
from chatbot.terms import Reading
from storefront import queries
from storefront.models import User

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
    assert need(find(Viewer(mallory.pk, OWNER), order="#2001")) == "not_found"


def test_guessing_is_throttled_and_looks_the_same(linden, settings):
    settings.GUEST_LOOKUPS_PER_HOUR = 3
    guesser = Viewer(NOBODY, "g" * 64)
    for _try in range(3):
        find(guesser, order="#2001", email="x@example.com")
    assert need(find(guesser, order="#2001", email="ada@example.com")) == "not_found"
    other = Viewer(NOBODY, "h" * 64)
    assert need(find(other, order="#2001", email="ada@example.com")) == ""


def test_staff_notes_never_become_facts(ada):
    found = facts.find(asks(), Viewer(ada.pk, OWNER), reading.encode(), reading.answers())
    assert not any("likes tea" in v for f in found for v in f.values.values())


def test_drafts_never_become_facts(linden):
    assert queries.product("secret-mug") is None
    assert "Secret Mug" not in facts.titles(reading.encode())
