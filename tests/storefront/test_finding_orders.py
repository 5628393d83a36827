"""A guest finds an order by number and e-mail address, and learns of no other."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront import models, ownership

pytestmark = pytest.mark.django_db
NOT_HERS = {
    "does not exist": ("#9999", "ada@example.com"), "is somebody else's": ("#2001", "mallory@example.com"),
    "another address": ("#2001", "nobody@example.com"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def find(client, number="#2001", email="ada@example.com"):
    return client.post("/orders/find/", {"number": number, "email": email})


@pytest.mark.parametrize(
    ("number", "email"), [("#2001", "ada@example.com"), ("2001", "ADA@example.com")]
)
def test_number_and_address_open_the_order_in_this_session(client, linden, number, email):
    assert find(client, number, email)["Location"] == "/account/orders/2001/"
    assert "Larkspur Kettle - Red" in client.get("/account/orders/2001/").content.decode()
    client.logout()
    assert client.get("/account/orders/2001/").status_code == 302


def answer(client, how):
    """What is said, without what was typed and what is drawn by chance."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = find(client, *NOT_HERS[how])
    text = re.sub(r'value="[^"]*"|data-csrf="[^"]*"|next=[^"]*', "", page.content.decode())
    return page.status_code, text, [re.sub(r"'[^']*'", "?", q["sql"]) for q in asked]  # fmt: skip


def test_all_that_do_not_belong_together_get_one_answer_at_one_cost(client, linden):
    answers = [answer(client, how) for how in NOT_HERS]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 404 and "no order with this number" in answers[0][1]


def test_an_answer_that_told_them_apart_would_be_seen(client, linden, monkeypatch):
    def careless(request, number, email):
        return (
            models.Order.objects.filter(email=email).first()
            if models.Order.objects.filter(name=number)
            else None
        )

    monkeypatch.setattr(ownership, "prove", careless)
    assert answer(client, "does not exist") != answer(client, "another address")


def test_what_was_not_found_is_not_opened(client, linden):
    for how in NOT_HERS:
        answer(client, how)
    assert client.get("/account/orders/2001/").status_code == 302


def test_guessing_ends_even_with_a_session_for_every_guess(client, linden, settings):
    settings.GUEST_LOOKUPS_PER_HOUR = 2
    for _guess in range(2):
        client.cookies.clear()
        assert find(client, email="guess@example.com").status_code == 404
    client.cookies.clear()
    page = find(client)
    assert page.status_code == 429 and "many tries" in page.content.decode()


def test_what_is_missing_is_said_before_anything_is_looked_up(client, linden):
    assert find(client, email="ada").status_code == 422
    assert find(client, number="").status_code == 422


def test_who_asks_for_an_order_without_a_proof_is_led_to_the_form(client, linden):
    page = client.get("/account/orders/2001/", follow=True).content.decode()
    assert 'value="2001"' in page and "next=/account/orders/2001/" in page
