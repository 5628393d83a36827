"""The socket of a frame on a foreign site: whom its token lets in, and to what."""

import json
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from chatbot import consumers, notices, protocol, sockets
from chatbot.consumers import WidgetConsumer
from chatbot.models import Conversation, Disclosure, Embed, Reply
from chatbot.widget import identity, tokens
from tests.chatbot.test_consumer import ask, hear, opened, tell

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "An AI assistant of ours answers."


@pytest.fixture
def embed(linden):
    return Embed.objects.create(name="Blog", origins=["https://blog.example"], identity_nonce="n")


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch):
    monkeypatch.setattr(sockets, "_sockets", Counter())


async def connect(session=None, user=None):
    socket = WebsocketCommunicator(WidgetConsumer.as_asgi(), "/widget/socket/")
    socket.scope |= {"session": session or {}, "user": user or AnonymousUser()}
    await socket.connect()
    return socket


@sync_to_async
def token(embed, secret="tea", shopper=None):
    owner = tokens.owner(secret)
    passed = tokens.passport(embed, owner, shopper.pk) if shopper else ""
    return tokens.entry(embed, owner, passed)


async def come_in(embed, secret="tea", shopper=None, **more):
    socket = await connect()
    return socket, await opened(socket, token=await token(embed, secret, shopper), **more)


async def closing(socket, **first):
    await tell(socket, "open", protocol=1, **first)
    closed = await socket.receive_output(5)
    return closed["type"], closed.get("code")


async def test_a_question_on_a_foreign_site_is_answered(embed, engine):
    socket, _welcome = await come_in(embed)
    await ask(socket, "how much is the larkspur kettle?")
    assert (await hear(socket, "done"))["outcome"] == "answered"
    assert (await Conversation.objects.aget()).embed_id == embed.pk
    await socket.disconnect()


@pytest.mark.parametrize("bad", ["", "forged", "resume"])
async def test_without_a_token_of_ours_nobody_gets_in(embed, bad):
    given = await sync_to_async(tokens.resume)(embed, "tea") if bad == "resume" else bad
    assert await closing(await connect(), token=given) == ("websocket.close", protocol.SIGNED_OUT)
    assert not await Conversation.objects.aexists()


async def test_the_session_of_our_own_pages_opens_nothing_here(embed, ada):
    socket = await connect({"chat_secret": "tea"}, ada)
    assert await closing(socket) == ("websocket.close", protocol.SIGNED_OUT)


async def test_a_signed_in_session_signs_nobody_in_here(embed, ada, engine):
    socket = await connect({"chat_secret": "tea"}, ada)
    await opened(socket, token=await token(embed))
    await ask(socket, "hi")
    await hear(socket, "done")
    assert (await Conversation.objects.aget()).shopper_id is None
    await socket.disconnect()


async def test_a_token_is_no_key_to_the_socket_of_our_own_pages(embed):
    socket = WebsocketCommunicator(consumers.ChatConsumer.as_asgi(), "/chat/socket/")
    socket.scope |= {"session": {}, "user": AnonymousUser()}
    await socket.connect()
    closed = await socket.receive_output(5)
    assert (closed["type"], closed["code"]) == ("websocket.close", protocol.SIGNED_OUT)


async def test_another_visitors_conversation_does_not_exist(embed, engine):
    socket, welcome = await come_in(embed)
    await socket.disconnect()
    thief = await token(embed, "coffee")
    again = await closing(await connect(), token=thief, conversation=welcome["conversation"])
    assert again == ("websocket.close", protocol.NOT_FOUND)


async def test_an_embed_that_is_switched_off_closes_its_sockets(embed, monkeypatch):
    monkeypatch.setattr(consumers, "IDENTITY_SECONDS", 0.1)
    socket, _welcome = await come_in(embed)
    await Embed.objects.aupdate(active=False)
    closed = await socket.receive_output(5)
    assert (closed["type"], closed["code"]) == ("websocket.close", protocol.SIGNED_OUT)


async def test_an_embed_that_stays_on_keeps_them(embed, monkeypatch):
    monkeypatch.setattr(consumers, "IDENTITY_SECONDS", 0.1)
    socket, _welcome = await come_in(embed)
    assert await socket.receive_nothing(0.5)
    await socket.disconnect()


async def test_a_new_key_signs_out_who_is_signed_in(embed, ada, monkeypatch):
    monkeypatch.setattr(consumers, "IDENTITY_SECONDS", 0.1)
    socket, _welcome = await come_in(embed, shopper=ada)
    await sync_to_async(identity.change_key)(embed)
    assert (await socket.receive_output(5)).get("code") == protocol.SIGNED_OUT


async def test_a_guests_conversation_goes_on_as_the_shoppers_and_is_closed_to_the_guest(
    embed, ada, engine
):
    socket, welcome = await come_in(embed)
    await ask(socket, "how much is the larkspur kettle?")
    await hear(socket, "done")
    await socket.disconnect()
    socket, _again = await come_in(embed, shopper=ada, conversation=welcome["conversation"])
    assert (await hear(socket, "said"))["text"] == "how much is the larkspur kettle?"
    await hear(socket, "done")
    await ask(socket, "where is my order?")
    await hear(socket, "done")
    await socket.disconnect()
    assert (await Conversation.objects.aget()).shopper_id == ada.pk
    assert "TRACK1234567" in (await Reply.objects.aget(turn__number=2)).text
    guest = await token(embed)
    again = await closing(await connect(), token=guest, conversation=welcome["conversation"])
    assert again == ("websocket.close", protocol.NOT_FOUND)


async def test_a_sixth_socket_of_one_browser_is_one_too_many(embed):
    five = [(await come_in(embed))[0] for _n in range(sockets.MOST_SOCKETS)]
    more = await closing(await connect(), token=await token(embed))
    assert more == ("websocket.close", protocol.TOO_MANY)
    for socket in five:
        await socket.disconnect()


async def test_a_shops_own_words_are_shown_first_and_kept_on_record(embed, engine):
    await Embed.objects.aupdate(disclosure=WORDS)
    socket, welcome = await come_in(embed)
    await tell(socket, "ping")
    await hear(socket, "pong")
    seen = await Disclosure.objects.aget()
    assert welcome["disclosure"]["text"] == seen.text == WORDS
    assert seen.version.startswith(f"{notices.VERSION}+")
    await socket.disconnect()


async def test_other_words_are_another_version_to_be_seen(embed, engine):
    await Embed.objects.aupdate(disclosure=WORDS)
    socket, welcome = await come_in(embed)
    await socket.disconnect()
    await Embed.objects.aupdate(disclosure=WORDS + " It may err.")
    socket, again = await come_in(embed, conversation=welcome["conversation"])
    assert (again["seen"], again["disclosure"]["text"]) == (False, WORDS + " It may err.")
    await socket.disconnect()


async def long_ago():
    await Disclosure.objects.aupdate(seen_at=timezone.now() - timedelta(minutes=61))


async def test_after_an_hour_the_disclosure_is_told_again_and_that_is_kept(embed, engine):
    socket, welcome = await come_in(embed)
    await tell(socket, "ping")
    await hear(socket, "pong")
    await long_ago()
    await ask(socket, "hi")
    again = await hear(socket, "welcome")
    assert (again["seen"], again["conversation"]) == (False, welcome["conversation"])
    shown = again["disclosure"]
    await tell(socket, "disclosure.seen", version=shown["version"], language=shown["language"])
    await hear(socket, "done")
    assert await Disclosure.objects.acount() == 2
    await socket.disconnect()


async def test_within_the_hour_or_where_the_shop_says_never_it_is_not(embed, engine):
    socket, _welcome = await come_in(embed)
    await ask(socket, "hi")
    assert json.loads(await socket.receive_from(5))["type"] == "ack"
    await hear(socket, "done")
    await Embed.objects.aupdate(repeat_minutes=0)
    await long_ago()
    await ask(socket, "hi", str(uuid.uuid4()))
    assert json.loads(await socket.receive_from(5))["type"] == "ack"
    await socket.disconnect()
