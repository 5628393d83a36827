"""What reaches an open socket besides answers: corrections, what to expect, replies held."""

import uuid

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from chatbot import doorbell
from chatbot.holding import release
from chatbot.models import Correction, Hold, Reply
from chatbot.review import queue
from tests.chatbot.test_consumer import ask, connect, hear, opened, tell

pytestmark = pytest.mark.django_db(transaction=True)


@sync_to_async
def correct(user):
    """The one reply, corrected by this reviewer."""
    review = queue.enqueue(Reply.objects.get(), "sample")
    queue.claim(review, user)
    doorbell.ring(queue.decide(review, user, "corrected", correction="It is $48.00."))


async def test_an_open_socket_hears_a_correction_at_once_and_that_it_did_is_kept(
    linden, engine, grace, monkeypatch
):
    monkeypatch.setattr("chatbot.consumers.POLL_SECONDS", 60)  # it is rung for
    socket = await connect()
    await opened(socket)
    await ask(socket, "how much is the larkspur kettle?")
    await hear(socket, "done")
    await correct(grace)
    assert (await hear(socket, "correction", 4))["text"] == "It is $48.00."
    await tell(socket, "ping")
    await hear(socket, "pong")
    assert (await Correction.objects.aget()).carried_at
    await socket.disconnect()


async def test_who_waits_hears_what_to_expect_and_leaves_an_address(linden, engine):
    linden.rules |= {"hours": {"chat": {"mon": []}}}
    await sync_to_async(linden.save)()
    socket = await connect()
    await opened(socket)
    await tell(socket, "person", client_id=str(uuid.uuid4()))
    assert (await hear(socket, "outlook"))["there"] == "no"
    await tell(socket, "mail", address="nobody")
    assert (await hear(socket, "error"))["code"] == "address"
    await tell(socket, "mail", address="guest@example.com")
    assert (await hear(socket, "outlook"))["address"] == "g…@example.com"
    await socket.disconnect()


@sync_to_async
def send_as_it_is(user):
    """The one reply that waits, sent by this reviewer."""
    review = Reply.objects.get(hold__ended_at=None, hold__isnull=False).reviews.get()
    queue.claim(review, user)
    doorbell.ring(release.decide(review, user, "approved", True))


RISKY = "how much is the larkspur kettle? my lawyer wants to know"


async def test_a_reply_that_waits_is_announced_and_comes_once_it_is_sent(
    linden, engine, grace, settings, monkeypatch
):
    monkeypatch.setattr("chatbot.consumers.POLL_SECONDS", 60)  # it is rung for
    settings.HOLD_RULES = ["legal"]
    socket = await connect()
    await opened(socket)
    await ask(socket, RISKY)
    assert (await hear(socket, "held"))["turn"] == 1
    await ask(socket, "what is your return policy?")
    assert (await hear(socket, "done"))["turn"] == 2
    await send_as_it_is(grace)
    told = [await hear(socket, "sentence", 4), await hear(socket, "done", 4)]
    assert [frame["turn"] for frame in told] == [1, 1] and told[1]["outcome"] == "answered"
    await socket.disconnect()


async def test_who_comes_back_finds_the_wait_and_then_what_came_of_it(
    linden, engine, settings, monkeypatch
):
    monkeypatch.setattr("chatbot.working.REAP_SECONDS", 0.1)
    settings.HOLD_RULES = ["legal"]
    socket = await connect()
    chat = (await opened(socket))["conversation"]
    await ask(socket, RISKY)
    await hear(socket, "held")
    await socket.disconnect()
    again = await connect()
    await tell(again, "open", protocol=1, conversation=chat)
    until = (await hear(again, "held"))["until"]
    assert until == (await Hold.objects.aget()).until.isoformat(timespec="seconds")
    await Hold.objects.aupdate(until=timezone.now())
    assert (await hear(again, "done"))["outcome"] == "held_for_staff"
    await again.disconnect()
