"""Sockets: what goes over the wire, to whom, in which order."""

import asyncio
import hashlib
import json
import time
import uuid

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError

from chatbot import consumers, conversation, delivery, doorbell, privacy, protocol, sockets
from chatbot.consumers import ChatConsumer
from chatbot.inbox import desk
from chatbot.models import Conversation, Disclosure, Reply, Turn

pytestmark = pytest.mark.django_db(transaction=True)
SERVER = ("welcome", "ack", "thanks", "pong", "error")


async def connect(secret="tea", user=None):
    socket = WebsocketCommunicator(ChatConsumer.as_asgi(), "/chat/socket/")
    socket.scope |= {
        "session": {"chat_secret": secret} if secret else {},
        "user": user or AnonymousUser(),
    }
    await socket.connect()
    return socket


async def tell(socket, kind, **values):
    await socket.send_to(text_data=json.dumps({"type": kind, **values}))


async def hear(socket, kind, timeout=60):
    """The next frame of this kind; every frame in between fits the vocabulary."""
    while True:
        frame = json.loads(await socket.receive_from(timeout))
        assert set(frame) - {"type"} <= set(protocol.SERVER_FRAMES[frame["type"]])
        if frame["type"] == kind:
            return frame


async def opened(socket, **more):
    await tell(socket, "open", protocol=1, **more)
    welcome = await hear(socket, "welcome")
    shown = welcome["disclosure"]
    await tell(socket, "disclosure.seen", version=shown["version"], language=shown["language"])
    return welcome


async def ask(socket, text, client_id=None):
    await tell(socket, "message", client_id=client_id or str(uuid.uuid4()), text=text)


async def test_a_question_is_acknowledged_answered_and_done(linden, engine):
    socket = await connect()
    await opened(socket)
    await ask(socket, "how much is the larkspur kettle?")
    assert (await hear(socket, "ack"))["turn"] == 1
    assert (
        "$49.00"
        in (await hear(socket, "sentence"))["text"] + (await hear(socket, "sentence"))["text"]
    )
    done = await hear(socket, "done")
    assert done["outcome"] == "answered"
    assert done["receipt"].startswith("CF-")
    await socket.disconnect()


async def test_a_message_before_the_disclosure_is_refused(linden, engine):
    socket = await connect()
    await tell(socket, "open", protocol=1)
    await hear(socket, "welcome")
    await ask(socket, "hi")
    assert (await hear(socket, "error"))["code"] == "disclosure"
    assert not await Turn.objects.aexists()
    await socket.disconnect()


async def test_that_the_disclosure_was_seen_is_kept(linden, engine):
    socket = await connect()
    welcome = await opened(socket)
    await tell(socket, "ping")
    await hear(socket, "pong")
    seen = await Disclosure.objects.aget()
    assert seen.version == welcome["disclosure"]["version"]
    await socket.disconnect()


async def test_a_repeated_message_is_answered_once(linden, engine):
    socket, client_id = await connect(), str(uuid.uuid4())
    await opened(socket)
    for _time in range(5):
        await ask(socket, "hi", client_id)
    heard = []  # the reply may be done before the last one is acknowledged
    while heard.count("ack") < 5 or "done" not in heard:
        frame = json.loads(await socket.receive_from(20))
        heard.append(frame["type"])
        assert frame["type"] != "ack" or frame["turn"] == 1
    assert await Reply.objects.acount() == 1
    await socket.disconnect()


async def test_coming_back_replays_what_was_missed_in_order(linden, engine):
    socket = await connect()
    welcome = await opened(socket)
    await ask(socket, "how much is the larkspur kettle?")
    last = (await hear(socket, "done"))["seq"]
    await socket.disconnect()
    again = await connect()
    await tell(again, "open", protocol=1, conversation=welcome["conversation"], last_seq=1)
    await hear(again, "welcome")
    seen = [json.loads(await again.receive_from(5))["seq"] for _n in range(last - 1)]
    assert seen == list(range(2, last + 1))
    await again.disconnect()


@sync_to_async
def erase(chat_id):
    doorbell.ring(privacy.erase(Conversation.objects.get(pk=chat_id)))


async def test_every_open_socket_of_an_erased_chat_is_closed_and_none_comes_back(linden, engine):
    pair = [await connect(), await connect()]
    chat = (await opened(pair[0]))["conversation"]
    await opened(pair[1], conversation=chat)
    await ask(pair[0], "hi")
    for socket in pair:
        await hear(socket, "done")
    await erase(chat)
    for socket in pair:
        assert (await socket.receive_output(5))["code"] == protocol.NOT_FOUND
    again = await connect()
    await tell(again, "open", protocol=1, conversation=chat, last_seq=0)
    assert (await again.receive_output(5))["code"] == protocol.NOT_FOUND


async def test_a_chat_in_which_nothing_was_said_is_closed_as_well(linden, engine):
    socket = await connect()
    await erase((await opened(socket))["conversation"])
    assert (await socket.receive_output(5))["code"] == protocol.NOT_FOUND


async def test_what_no_ring_told_comes_though_the_database_was_away(linden, engine, monkeypatch):
    monkeypatch.setattr(consumers, "POLL_SECONDS", 0.05)
    looks, look = [], delivery.frames_after

    def away(*args):
        looks.append(args)
        if len(looks) < 3:
            raise OperationalError("gone")
        return look(*args)

    socket = await connect()
    chat = (await opened(socket))["conversation"]
    await tell(socket, "ping")
    await hear(socket, "pong")
    monkeypatch.setattr(delivery, "frames_after", away)
    turn = await sync_to_async(delivery.accept)(chat, client_id=uuid.uuid4(), text="hi")
    await sync_to_async(lambda: list(conversation.answer(turn.pk, "elsewhere")))()
    assert (await hear(socket, "done"))["turn"] == 1
    await socket.disconnect()


async def test_another_sessions_conversation_does_not_exist(linden, engine):
    socket = await connect("tea")
    welcome = await opened(socket)
    thief = await connect("coffee")
    await tell(thief, "open", protocol=1, conversation=welcome["conversation"])
    closed = await thief.receive_output(5)
    assert (closed["type"], closed["code"]) == ("websocket.close", protocol.NOT_FOUND)
    await socket.disconnect()


async def test_a_session_without_secret_is_sent_away(linden):
    socket = await connect(secret="")
    closed = await socket.receive_output(5)
    assert (closed["type"], closed["code"]) == ("websocket.close", protocol.SIGNED_OUT)


async def test_who_asks_for_no_conversation_is_sent_away(linden, monkeypatch):
    monkeypatch.setattr(consumers, "FIRST_FRAME_SECONDS", 0.1)
    socket = await connect()
    assert (await socket.receive_output(5))["code"] == protocol.POLICY


async def test_who_has_asked_for_one_waits_for_a_busy_server(linden, monkeypatch):
    monkeypatch.setattr(consumers, "FIRST_FRAME_SECONDS", 0.1)
    begin = delivery.open_conversation
    monkeypatch.setattr(delivery, "open_conversation", lambda *a: time.sleep(0.5) or begin(*a))
    socket = await connect()
    assert (await opened(socket))["conversation"]
    await socket.disconnect()


async def test_a_thumb_is_thanked_and_a_foreign_receipt_is_not(linden, engine):
    socket = await connect()
    await opened(socket)
    await ask(socket, "hi")
    receipt = (await hear(socket, "done"))["receipt"]
    await tell(socket, "feedback", receipt=receipt, helpful=False, comment="no")
    assert (await hear(socket, "thanks"))["receipt"] == receipt
    await tell(socket, "feedback", receipt="CF-NOTMINE", helpful=True)
    assert (await hear(socket, "error"))["code"] == "receipt"
    await socket.disconnect()


async def test_the_button_brings_a_person(linden, engine):
    socket = await connect()
    await opened(socket)
    await tell(socket, "person", client_id=str(uuid.uuid4()))
    assert (await hear(socket, "state"))["state"] == "waiting"
    assert (await hear(socket, "done"))["outcome"] == "handed_off"
    await socket.disconnect()


async def person_says(chat, grace, text):
    await sync_to_async(desk.take)(chat, grace)
    await sync_to_async(desk.say)(chat, grace, uuid.uuid4(), text)


async def test_a_person_is_heard_on_the_socket_and_the_assistant_is_silent(linden, engine, grace):
    socket = await connect()
    chat = uuid.UUID((await opened(socket))["conversation"])
    await ask(socket, "hi")
    await hear(socket, "done")
    await person_says(chat, grace, "Hello, a person here.")
    assert (await hear(socket, "person"))["text"] == "Hello, a person here."
    await ask(socket, "how much is the larkspur kettle?")
    assert (await hear(socket, "said"))["turn"] == 2
    assert await socket.receive_nothing(1.5)
    await socket.disconnect()


async def test_who_comes_back_is_welcomed_with_the_persons_name(linden, engine, grace):
    socket = await connect()
    welcome = await opened(socket)
    assert (welcome["state"], welcome["name"], welcome["place"]) == ("assistant", "", 0)
    await ask(socket, "hi")
    await hear(socket, "done")
    await person_says(uuid.UUID(welcome["conversation"]), grace, "Hello")
    await socket.disconnect()
    again = await connect()
    back = await opened(again, conversation=welcome["conversation"], last_seq=1)
    assert (back["state"], back["name"]) == ("person", "a colleague")
    assert (await hear(again, "person"))["text"] == "Hello"
    await again.disconnect()


async def test_the_socket_answers_while_a_reply_is_being_written(linden, engine, monkeypatch):
    import threading

    gate = threading.Event()
    slow = engine.write
    monkeypatch.setattr(
        engine, "write", lambda *a, **k: (gate.wait(10), (yield from slow(*a, **k)))[1]
    )
    socket = await connect()
    await opened(socket)
    await ask(socket, "how much is the larkspur kettle?")
    await hear(socket, "reply")
    await tell(socket, "ping")
    await hear(socket, "pong")
    gate.set()
    await hear(socket, "done")
    await socket.disconnect()


async def test_closing_the_tab_ends_no_answer(linden, engine):
    socket = await connect()
    await opened(socket)
    await ask(socket, "hi")
    await hear(socket, "ack")
    await socket.disconnect()
    for _try in range(100):
        if await Reply.objects.filter(completed_at__isnull=False).aexists():
            return
        await sync_to_async(__import__("time").sleep)(0.1)
    pytest.fail("The turn was not answered after its socket had gone.")


async def opened_behind(send_instead):
    """A socket that has been opened; once `broken` is set, its server sends through another door."""
    broken = asyncio.Event()

    async def served(scope, receive, send):
        async def sending(message):
            await (send_instead() if broken.is_set() else send(message))

        await ChatConsumer.as_asgi()(scope, receive, sending)

    socket = WebsocketCommunicator(served, "/chat/socket/")
    socket.scope |= {"session": {"chat_secret": "gone"}, "user": AnonymousUser()}
    await socket.connect()
    await opened(socket)
    broken.set()
    return socket


def counted():
    return sockets._sockets[hashlib.sha256(b"gone").hexdigest()]


async def test_a_client_that_goes_in_the_middle_of_a_frame_leaves_nothing_behind(linden, engine):
    async def gone():
        raise OSError("The client has gone.")

    socket = await opened_behind(gone)
    assert counted() == 1
    await tell(socket, "ping")
    await socket.disconnect()
    assert counted() == 0


async def test_a_client_that_never_reads_is_dropped(linden, engine, monkeypatch):
    monkeypatch.setattr(sockets, "SEND_SECONDS", 0.1)
    monkeypatch.setattr(sockets, "CLOSE_SECONDS", 0.1)
    socket = await opened_behind(asyncio.Event().wait)
    await tell(socket, "ping")
    await socket.wait(10)
    assert counted() == 0


@pytest.mark.parametrize("text", ["[]", "{}", "null", '{"type": "open"}', '{"type": "shout"}',
                                  '{"type": "ping", "more": 1}', "[" * 9000, "x" * 40_000])  # fmt: skip
async def test_a_frame_that_is_none_of_ours_is_answered_with_an_error(linden, text):
    socket = await connect()
    await socket.send_to(text_data=text)
    assert (await hear(socket, "error"))["code"] == "malformed"
    await socket.disconnect()


async def test_the_owner_is_a_digest_and_not_the_secret(linden, engine):
    from chatbot.models import Conversation

    socket = await connect("tea")
    await opened(socket)
    chat = await Conversation.objects.aget()
    assert chat.owner == hashlib.sha256(b"tea").hexdigest()
    await socket.disconnect()
