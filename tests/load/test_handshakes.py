"""Whom a real server lets in: none of forty from foreign pages or with bad tokens."""

import asyncio
import json
import time
import uuid

import pytest
from django.core import signing

from chatbot import protocol
from chatbot.widget import tokens
from tests.load.aside import aside
from tests.load.fleet import fleet
from tests.load.wire import TEXT, Wire, frame

OWNER = tokens.owner("tea")
# How a page would call itself that is not ours; {} is our host.
FOREIGN = (
    "https://evil.example", "http://{}.evil.example", "http://evil.example/{}", "http://evil.{}",
    "http://evil.example@{}", "http://{}@evil.example", "http://127.0.0.1", "http://localhost",
    "http://127.0.0.1:1", "null", "", "file://", "http://a.example http://{}", None, ("http://{}", "x"),
)  # fmt: skip


def signed(values, kind="entry", key=None):
    return signing.dumps(values, salt=f"chatbot.widget.{kind}", key=key)


def expired(values, seconds):
    then = signing.b62_encode(int(time.time()) - seconds)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing.TimestampSigner, "timestamp", lambda _self: then)
        return signed(values)


def bad_tokens(embed):
    good = signed([embed, OWNER, ""])
    return [
        "", "x", good[:-1], good + "x", good.upper(), f"x{good}", good.rsplit(":", 1)[0],
        expired([embed, OWNER, ""], tokens.ENTRY_SECONDS + 5), signed([embed, OWNER, ""], "resume"),
        signed([embed, OWNER, ""], key="another"),
    ]  # fmt: skip


def headers(origin, address):
    many = origin if isinstance(origin, tuple) else [] if origin is None else [origin]
    return [("Origin", one.format(address)) for one in many]


async def shaken(address, origin, path):
    wire = await Wire.open(address, path, headers(origin, address))
    wire.leave()
    return wire.status


async def let_in(address, token):
    """Whether the first frame with this token is welcomed; else the code it is closed by."""
    wire = await Wire.open(address, "/widget/socket/", headers("http://{}", address))
    first = {"type": "open", "protocol": 1, "token": token}
    await wire.send(frame(TEXT, json.dumps(first).encode()))
    kind, payload = await asyncio.wait_for(wire.hear(), 20)
    wire.leave()
    return (kind == TEXT and b"welcome" in payload) or int.from_bytes(payload[:2], "big")


async def everybody(address, embed):
    paths = ("/chat/socket/", "/widget/socket/")
    foreign = [await shaken(address, origin, path) for origin in FOREIGN for path in paths]
    return foreign, [await let_in(address, token) for token in bad_tokens(embed)]


def test_forty_of_forty_foreign_pages_and_bad_tokens_are_refused(alone, tmp_path):
    with fleet(alone, tmp_path) as sailing:
        foreign, bad = aside(everybody(sailing.addresses[0], sailing.embed()))
    assert foreign == [403] * 28 + [400] * 2  # of two origins one would do to fool somebody
    assert bad == [protocol.SIGNED_OUT] * 10


def test_a_page_of_ours_and_a_good_token_are_let_in(alone, tmp_path):
    async def both(address, embed):
        own = await shaken(address, "http://{}", "/chat/socket/")
        return own, await let_in(address, signed([embed, OWNER, ""]))

    with fleet(alone, tmp_path) as sailing:
        assert aside(both(sailing.addresses[0], sailing.embed())) == (101, True)


def test_a_browser_that_has_no_session_is_sent_away(alone, tmp_path):
    async def closed(address):
        return await (await Wire.chat(address, uuid.uuid4().hex)).closing()

    with fleet(alone, tmp_path) as sailing:
        assert aside(closed(sailing.addresses[0])) == protocol.SIGNED_OUT
