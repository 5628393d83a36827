"""Frames that no browser of ours sends: most are no frames at all, some have hostile values."""

from __future__ import annotations

import json
import random
import uuid

from chatbot import protocol

from .wire import BINARY, MORE, PART, TEXT, frame

ODD = ("", "\0", "\ud800", "\u202e", "𝒳" * 500, "x" * 5000, "'; DROP TABLE", "<b>", -1, 0, 2**31,
       2**63, 10**400, 1e308, -0.0, True, None, [], {}, [[]], {"a": {}}, "NaN", "open",
       str(uuid.UUID(int=0)))  # fmt: skip
FIELDS = ("protocol", "conversation", "last_seq", "token", "language", "version", "client_id",
          "text", "page", "turn", "receipt", "helpful", "comment", "action", "choice", "address",
          "takeover", "good", "seq", "\ud800", "type")  # fmt: skip
NOBODY = str(uuid.UUID(int=0))
SHAPED = (
    {"type": "open", "protocol": 1, "last_seq": 10**30, "language": "\0"},
    {"type": "message", "client_id": NOBODY, "text": "before the disclosure"},
    *({"type": "stop", "turn": turn} for turn in (0, -1, 2**31, 2**63, -(10**300), 10**300)),
    {"type": "feedback", "receipt": "\0", "helpful": True, "comment": "\0"},
    {"type": "press", "action": NOBODY, "choice": "undo"},
    {"type": "rate_person", "takeover": NOBODY, "good": False, "comment": "\u202e" * 1000},
    {"type": "mail", "address": "@" * 254}, {"type": "mail", "address": "\0@\0"},
    {"type": "disclosure.seen", "version": "\0", "language": "\u202e"},
    {"type": "message", "client_id": NOBODY, "text": "\0\ufffe\u0300" * 1000, "page": "../" * 60},
    {"type": "person", "client_id": NOBODY},
)  # fmt: skip
# By what a server has to close the wire, and what makes it do so.
BROKEN = {
    1002: (frame(0xC1, b"{}"), frame(0x83, b""), frame(0x09, b""), frame(MORE, b"x"),
           frame(0x89, b"x" * 126), b"\x81\x01x", frame(0x88, b"\x00"),
           frame(PART, b"{") + frame(TEXT, b"{}")),
    1007: (frame(TEXT, b"\xff\xfe"), frame(TEXT, b'"\xed\xa0\x80"'), frame(PART, b"\xce")
           + frame(0x80, b"\x20")),
    1009: (frame(TEXT, b"x" * 32769), frame(BINARY, b"x" * 70_000),
           frame(PART, b"x" * 20_000) + frame(0x80, b"x" * 20_000), b"\x81\xff" + b"\x7f" * 8,
           frame(PART, b"{") + frame(MORE, b"x") * 1100),
}  # fmt: skip


def odd(dice: random.Random) -> bytes:
    """The bytes of one frame that is malformed, or means nothing here."""
    match dice.randrange(6):
        case 0:
            return frame(TEXT, dice.randbytes(dice.randrange(40)).hex().encode())
        case 1:
            return frame(BINARY, dice.randbytes(dice.randrange(200)))
        case 2:
            return frame(TEXT, dice.choice((b"[", b'{"type":')) * dice.randint(1, 3000))
        case 3:
            whole = json.dumps(dice.choice(ODD)).encode()
            cut = dice.randrange(len(whole) + 1)
            return frame(PART, whole[:cut]) + frame(0x80, whole[cut:])
        case _:
            return frame(TEXT, json.dumps(_hostile(dice)).encode())


def _hostile(dice: random.Random) -> dict:
    """A frame of a known kind with values that are none."""
    kind = dice.choice(protocol.CLIENT_FRAMES[1:])
    fields = dice.sample(FIELDS[:-1], dice.randrange(1, 6))
    return {"type": kind, "no such field": 1} | {name: dice.choice(ODD) for name in fields}
