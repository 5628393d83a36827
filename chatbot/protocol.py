"""The frames on the wire: one closed vocabulary, versioned.

Server frames with a `seq` belong to the conversation's one sequence and can be replayed; the
others answer a client frame at once. Closing codes: 1002 no WebSocket frames, 1007 no UTF-8, 1008
nothing said in time, 1009 too large or in too many parts, 1013 too slow to read, 4401 signed out,
4404 no such conversation for this session, 4429 too many sockets.
"""

from __future__ import annotations

import json
import uuid
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

PROTOCOL = 1
MOST_BYTES = 32 * 1024
POLICY, SLOW, SIGNED_OUT, NOT_FOUND, TOO_MANY = 1008, 1013, 4401, 4404, 4429


def _storable(text: str) -> str:
    """`text` with the one character that no database takes shown as unreadable."""
    return text.replace("\0", "\ufffd")


Text = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_storable)]
Handle = Annotated[str, Field(max_length=200), AfterValidator(_storable)]


class ClientFrame(BaseModel):
    """What a browser may send; anything else is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Open(ClientFrame):
    """The first frame: begin a conversation, or go on with one after `last_seq`. A frame on a
    foreign site says by `token` who is there."""

    type: Literal["open"]
    protocol: Literal[1]
    conversation: uuid.UUID | None = None
    last_seq: Annotated[int, Field(ge=0)] = 0
    token: Annotated[str, Field(max_length=1000)] = ""
    language: Annotated[str, Field(max_length=12), AfterValidator(_storable)] = "en"


class DisclosureSeen(ClientFrame):
    """The disclosure stands on the shopper's screen."""

    type: Literal["disclosure.seen"]
    version: Annotated[str, Field(max_length=40), AfterValidator(_storable)]
    language: Annotated[str, Field(max_length=12), AfterValidator(_storable)]


class Message(ClientFrame):
    """What the shopper typed, under an id of the client's; perhaps in place of the last message."""

    type: Literal["message"]
    client_id: uuid.UUID
    text: Text
    page: Handle = ""
    replaces: Annotated[int, Field(ge=1)] | None = None


class Person(ClientFrame):
    """The shopper pressed "Talk to a person"."""

    type: Literal["person"]
    client_id: uuid.UUID


class Stop(ClientFrame):
    """The shopper has heard enough of this turn."""

    type: Literal["stop"]
    turn: int


class Rating(ClientFrame):
    """Thumbs up or down on a reply."""

    type: Literal["feedback"]
    receipt: Annotated[str, Field(max_length=20), AfterValidator(_storable)]
    helpful: bool
    comment: Annotated[str, Field(max_length=1000), AfterValidator(_storable)] = ""


class Press(ClientFrame):
    """The shopper pressed a button of an action's card."""

    type: Literal["press"]
    action: uuid.UUID
    choice: Literal["confirm", "decline", "undo"]


class Mail(ClientFrame):
    """The shopper leaves an e-mail address for the answer; an empty one means the account's."""

    type: Literal["mail"]
    address: Annotated[str, Field(max_length=254), AfterValidator(_storable)] = ""


class RatePerson(ClientFrame):
    """What the shopper thought of the person who had this conversation."""

    type: Literal["rate_person"]
    takeover: uuid.UUID
    good: bool
    comment: Annotated[str, Field(max_length=1000), AfterValidator(_storable)] = ""


class Chats(ClientFrame):
    """Which chats are the shopper's own?"""

    type: Literal["chats"]


class Ping(ClientFrame):
    """Are you there?"""

    type: Literal["ping"]


AnyFrame = (
    Open
    | DisclosureSeen
    | Message
    | Person
    | Stop
    | Rating
    | Press
    | Mail
    | RatePerson
    | Chats
    | Ping
)
_frames: TypeAdapter[AnyFrame] = TypeAdapter(Annotated[AnyFrame, Field(discriminator="type")])

CLIENT_FRAMES = (
    "open", "disclosure.seen", "message", "person", "stop", "feedback", "press", "mail",
    "rate_person", "chats", "ping",
)  # fmt: skip
# What a server frame holds besides `type`; those with seq are replayed.
SERVER_FRAMES: dict[str, tuple[str, ...]] = {
    "welcome": (
        "protocol",
        "conversation",
        "last_seq",
        "state",
        "name",
        "place",
        "disclosure",
        "seen",
    ),
    "ack": ("client_id", "turn"),
    "thanks": ("receipt",),
    "outlook": ("there", "back", "wait", "address", "own"),
    "queue": ("turn", "before", "text"),  # how many others are answered first; empty: none
    "chats": ("chats",),
    "pong": (),
    "error": ("code", "message", "client_id"),
    "said": ("seq", "turn", "text", "client_id", "replaces"),
    "reply": ("seq", "turn", "receipt"),
    "sentence": ("seq", "turn", "text", "notice"),
    "held": ("seq", "turn", "text", "until"),  # a person is checking; until then at the latest
    "card": ("seq", "turn", "kind", "title", "text", "href", "picture"),
    "action": ("seq", "turn", "id", "kind", "title", "terms", "confirm", "decline"),
    "action.state": ("seq", "turn", "id", "state", "text", "undo"),
    "person": ("seq", "name", "text", "at"),
    "person.rate": ("seq", "takeover", "name"),
    "person.rated": ("seq", "takeover", "good"),
    # Without text it is withdrawn; `instead` is a person's answer in place of a reply never shown.
    "correction": ("seq", "turn", "receipt", "name", "text", "at", "instead"),
    "state": ("seq", "state", "name", "place"),
    "done": (
        "seq",
        "turn",
        "receipt",
        "outcome",
        "sources",
        "checked",
        "held",
        "next",
        "labels",
        "photos",
    ),
    "photo": ("seq", "turn", "id", "client_id"),
}


class Malformed(Exception):
    """Raised with a text for the client's developer when a frame is none of ours."""


def parse(text: str | None) -> AnyFrame:
    """The client frame in `text`."""
    if text is None or len(text.encode()) > MOST_BYTES:
        raise Malformed(f"A frame is JSON text of at most {MOST_BYTES} bytes.")
    try:
        return _frames.validate_json(text)
    except (ValidationError, RecursionError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"msg": "too deep"}
        place = ".".join(str(p) for p in first.get("loc", ())) or "frame"
        raise Malformed(f"{place}: {first['msg']}.") from error


def dump(values: dict[str, Any]) -> str:
    """A frame as it goes on the wire."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def frame(kind: str, **values: Any) -> dict[str, Any]:
    """A server frame, refusing what the vocabulary does not hold."""
    unknown = set(values) - set(SERVER_FRAMES[kind])
    if unknown:
        raise ValueError(f"Frame {kind} has no {', '.join(sorted(unknown))}.")
    return {"type": kind} | values
