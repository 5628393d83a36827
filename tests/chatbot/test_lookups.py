"""An order that does not exist, somebody else's, a wrong address: one answer, at one price."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chatbot import conversation, pressing, proofs
from chatbot.facts import orders
from chatbot.models import Action, Frame, Proof
from storefront import queries
from storefront.models import User
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = []  # for how long letters were put off
FOREIGN, UNKNOWN = "#2001", "#2999"
ADDRESSES = {
    "none": "",
    "wrong": " my e-mail is x@example.com",
    "mine": " i am mallory@example.com",
}
VALUES = re.compile(r"'(?:[^']|'')*'|\b[\d.]+\b|\bs\d+_x\d+\b")  # and savepoints' names


@pytest.fixture(autouse=True)
def steady(settings, linden, engine):
    """A clock that stands, no sample drawn by chance, and what is kept between turns kept."""
    settings.SHOP_NOW = datetime(2026, 11, 20, tzinfo=UTC)
    settings.REVIEW_SAMPLE_PERCENT = 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()
    asked("mallory", "where is my order #2998?")


def statements(captured):
    """What was asked of the database, without the values."""
    return [VALUES.sub("?", query["sql"]) for query in captured]


def asked(who, text, owner="b" * 64):
    """A chat in which this was asked, and the statements that the answer took."""
    shopper = User.objects.filter(email=f"{who}@example.com").first()
    chat = open_chat(owner, shopper)
    turn = accept(chat, text, shopper)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        list(conversation.answer(turn.pk, "test"))
    return chat, statements(captured)


def shown(chat, number):
    """All that a shopper can see of a chat and all that was decided in it, but for the number."""
    reply = chat.turns.get().reply
    frames = [
        f.body | {"receipt": "", "id": "", "client_id": ""}
        for f in Frame.objects.filter(conversation=chat)
    ]
    of_orders = [f for f in reply.facts if f["kind"] in ("identity", "offer", "order")]
    told = [reply.text, reply.outcome, reply.acts, of_orders, reply.sources, reply.cards, frames]
    return json.dumps(told, sort_keys=True).replace(number, "N").replace(number[1:], "N")


def looked_up(who, number, address):
    chat, took = asked(who, f"where is my order {number}?{ADDRESSES[address]}")
    return shown(chat, number), took


@pytest.mark.parametrize("who", ["guest", "mallory"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_order_of_somebody_else_is_answered_like_one_that_does_not_exist(who, address):
    foreign, unknown = (looked_up(who, number, address) for number in (FOREIGN, UNKNOWN))
    assert foreign == unknown


@pytest.mark.parametrize("who", ["guest", "mallory"])
def test_whose_the_wrong_address_is_makes_no_difference(who):
    told = []
    for number, address in ((FOREIGN, "wrong"), (FOREIGN, "mine"), (UNKNOWN, "mine")):
        chat, took = asked(who, f"where is my order {number}?{ADDRESSES[address]}")
        reply = chat.turns.get().reply
        told.append(
            (reply.text, reply.outcome, reply.sources, [a["name"] for a in reply.acts], took)
        )
    assert told[0] == told[1] == told[2]


def test_who_is_signed_in_hears_the_same_with_an_address_and_without():
    told = []
    for number, address in ((FOREIGN, "none"), (UNKNOWN, "none"), (FOREIGN, "wrong")):
        chat, _took = asked("mallory", f"where is my order {number}?{ADDRESSES[address]}")
        reply = chat.turns.get().reply
        told.append((reply.text, reply.outcome, reply.sources, [a["name"] for a in reply.acts]))
    assert told[0] == told[1] == told[2]


def test_the_owner_is_told_and_this_test_would_see_it():
    mine, foreign = (looked_up(who, FOREIGN, "none")[0] for who in ("ada", "mallory"))
    assert "TRACK1234567" in mine
    assert "TRACK1234567" not in foreign


def test_a_look_up_that_compares_addresses_itself_takes_other_statements(monkeypatch):
    def compares(number, email, proved):
        found = queries.order(number)
        return found if found and (proved or found.email == email) else None

    monkeypatch.setattr(orders, "_shown", compares)
    foreign, unknown = (looked_up("guest", number, "wrong") for number in (FOREIGN, UNKNOWN))
    assert foreign[0] == unknown[0]
    assert foreign[1] != unknown[1]


def code_for(number, address):
    """What the press on the card that sends a code led to, and the statements it took."""
    chat, _took = asked("guest", f"where is my order {number}?{ADDRESSES[address]}")
    action = Action.objects.get(turn__conversation=chat)
    with CaptureQueriesContext(connection) as captured:
        pressing.press(chat, action.pk, "confirm", None)
    return shown(chat, number), statements(captured), Proof.objects.filter(order=number).count()


@pytest.mark.parametrize("address", ["none", "wrong"])
def test_a_code_is_asked_for_alike(address, monkeypatch):
    monkeypatch.setattr(proofs.threading, "Timer", NoTimer)
    assert code_for(FOREIGN, address) == code_for(UNKNOWN, address)


class NoTimer:
    """A timer that never goes off."""

    def __init__(self, seconds, work, args):
        self.seconds = seconds

    def start(self):
        WAITS.append(self.seconds)


def test_the_letter_is_written_when_the_press_has_long_been_answered(monkeypatch):
    monkeypatch.setattr(proofs.threading, "Timer", NoTimer)
    WAITS.clear()
    code_for(FOREIGN, "none")
    assert WAITS == [proofs.LETTER_SECONDS]
    assert proofs.LETTER_SECONDS >= 1
    assert mail.outbox == []
