"""Which pages may open a socket, and which frames are read."""

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import protocol
from chatbot.routing import allowed


def headers(origin=None, host="shop.example"):
    pairs = [(b"host", host.encode())]
    return pairs + [
        (b"origin", o.encode()) for o in ([origin] if isinstance(origin, str) else origin or [])
    ]


class TestOrigins:
    @pytest.mark.parametrize("origin", ["https://shop.example", "http://shop.example"])
    def test_our_own_pages_may_connect(self, origin):
        assert allowed(headers(origin))

    @pytest.mark.parametrize(
        "origin",
        [None, "https://evil.example", "https://shop.example.evil.example", "null", "https://shop.example:8443",
         ["https://shop.example", "https://evil.example"]],
    )  # fmt: skip
    def test_foreign_pages_may_not(self, origin):
        assert not allowed(headers(origin))

    def test_listed_origins_replace_the_rule(self, settings):
        settings.SOCKET_ORIGINS = ["https://partner.example"]
        assert allowed(headers("https://partner.example"))
        assert not allowed(headers("https://shop.example"))


class TestFrames:
    @given(st.one_of(st.text(), st.recursive(st.none() | st.booleans() | st.integers() | st.text(),
           lambda c: st.lists(c) | st.dictionaries(st.text(), c)).map(json.dumps)))  # fmt: skip
    def test_any_text_is_a_frame_or_malformed(self, text):
        try:
            protocol.parse(text)
        except protocol.Malformed as error:
            assert str(error)

    @pytest.mark.parametrize(("text", "taken"), [("a\0b", "a\ufffdb"), ("\x85", "\x85")])
    def test_a_text_that_no_database_takes_or_that_is_blank_is_a_frame(self, text, taken):
        told = {"type": "message", "client_id": str(uuid.uuid4()), "text": text}
        assert protocol.parse(json.dumps(told)).text == taken

    def test_a_server_frame_outside_the_vocabulary_is_refused(self):
        with pytest.raises(ValueError, match="secret"):
            protocol.frame("pong", secret=1)
