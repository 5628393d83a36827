"""A socket is one conversation's and one shopper's for as long as it is open."""

import json

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from chatbot import consumers, protocol
from tests.test_authorisation_frames import (  # noqa: F401
    HERE,
    aimed,
    attempt,
    browser,
    connect,
    made_up,
    send,
    sign_in,
    sign_out,
    victims,
)

pytestmark = pytest.mark.django_db(transaction=True)


async def test_an_open_socket_opens_no_other_conversation(victims):  # noqa: F811
    socket = await connect(await sync_to_async(browser)("mallory"))
    await socket.connect()
    await send(socket, {"type": "open", "protocol": 1})
    (came,) = await send(socket, aimed("open", victims["ada"]))
    assert json.loads(came["text"])["code"] == "order"
    await socket.disconnect()


async def test_who_signs_in_after_ada_in_her_browser_does_not_get_her_conversation(victims):  # noqa: F811
    at = victims["ada"]
    assert (await attempt(at.client, HERE, "open", at))[0] == "d"
    await sync_to_async(sign_out)(at.client)
    await sync_to_async(sign_in)(at.client, "mallory")
    refused = await attempt(at.client, HERE, "open", at)
    assert refused == await attempt(at.client, HERE, "open", made_up())
    assert refused[0] == "n"


async def test_the_cookie_of_a_browser_that_signed_out_opens_nothing(victims):  # noqa: F811
    at, stale = victims["ada"], Client()
    stale.cookies["sessionid"] = at.client.cookies["sessionid"].value
    await sync_to_async(sign_out)(at.client)
    assert (await attempt(stale, HERE, "open", at))[0] == "s"


async def test_signing_out_closes_the_sockets_that_are_open(victims, monkeypatch):  # noqa: F811
    assert consumers.IDENTITY_SECONDS <= 30  # and what it takes to ask, within a minute
    monkeypatch.setattr(consumers, "IDENTITY_SECONDS", 0.1)
    at = victims["ada"]
    socket = await connect(at.client)
    await socket.connect()
    await send(socket, aimed("open", at))
    await sync_to_async(sign_out)(at.client)
    closed = await socket.receive_output(5)
    assert (closed["type"], closed.get("code")) == ("websocket.close", protocol.SIGNED_OUT)


async def test_who_stays_signed_in_keeps_the_socket(victims, monkeypatch):  # noqa: F811
    monkeypatch.setattr(consumers, "IDENTITY_SECONDS", 0.1)
    socket = await connect(victims["ada"].client)
    await socket.connect()
    await send(socket, aimed("open", victims["ada"]))
    assert await socket.receive_nothing(0.5)
    await socket.disconnect()
