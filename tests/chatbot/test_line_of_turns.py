"""A shopper whose message waits reads how many come first; beyond a bound it is refused."""

import pytest
from asgiref.sync import sync_to_async

from chatbot import delivery, waiting, working
from chatbot.models import Conversation, Turn
from tests.chatbot.test_consumer import ask, connect, hear, opened
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(waiting, "LINE_SECONDS", 0)
    monkeypatch.setattr(working, "PLACE_SECONDS", 0.05)


@pytest.fixture
def idle(monkeypatch):
    """Nobody answers."""
    monkeypatch.setattr(waiting, "pick", lambda *_all: [])


async def test_the_place_is_told_told_anew_and_taken_back_when_it_is_ones_turn(
    linden, engine, idle
):
    other = await sync_to_async(lambda: accept(open_chat("b" * 64), "hi"))()
    socket = await connect()
    await opened(socket)
    await ask(socket, "hi")
    first = await hear(socket, "queue")
    assert first["before"] == 1 and "before yours: 1" in first["text"]
    await Turn.objects.filter(pk=other.pk).aupdate(state="done")
    assert (await hear(socket, "queue"))["text"] == "Your question is the next one."
    await Turn.objects.aupdate(state="done")
    assert (await hear(socket, "queue"))["text"] == ""
    await socket.disconnect()


async def test_who_comes_back_is_told_the_place_in_the_language_of_the_chat(linden, engine, idle):
    socket = await connect()
    chat = (await opened(socket))["conversation"]
    await ask(socket, "hi")
    await hear(socket, "queue")
    await socket.disconnect()
    await Conversation.objects.aupdate(language="de")
    again = await connect()
    await opened(again, conversation=chat, language="de")
    assert (await hear(again, "queue"))["text"] == "Ihre Frage ist die nächste."
    await again.disconnect()


async def test_who_is_answered_at_once_hears_of_no_line(linden, engine, monkeypatch):
    monkeypatch.setattr(working, "PLACE_SECONDS", 3)
    socket = await connect()
    await opened(socket)
    await ask(socket, "hi")
    kinds = []
    while "done" not in kinds:
        kinds.append((await socket.receive_json_from(20))["type"])
    assert "queue" not in kinds
    await socket.disconnect()


def test_beyond_the_bound_a_message_is_refused_and_a_person_can_still_be_asked_for(
    linden, settings
):
    settings.TURNS_WAITING = 1
    accept(open_chat("b" * 64), "hi")
    chat = open_chat()
    with pytest.raises(delivery.Refused, match="Too many people") as refused:
        accept(chat, "hi")
    assert refused.value.code == "full" and chat.turns.count() == 0
    assert accept(chat, "a person please", wants_person=True)
    settings.TURNS_WAITING = 9
    assert accept(chat, "hi")
