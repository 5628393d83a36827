"""What goes wrong when a protection is switched off: each test of delivery has to find it."""

from __future__ import annotations

import asyncio
import uuid

from django.db import connections
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from chatbot import consumers, conversation, delivery, waiting, working
from chatbot.models import Turn
from storefront.sockets import Protocol


def acknowledges_first() -> None:
    """The acknowledgement goes out a moment before the commit."""
    accept = consumers.ChatConsumer._accept

    async def acknowledge(self, client_id, *said, **more):
        turn = 1 + await consumers.in_database(self.chat.turns.count)
        await self.tell("ack", client_id=str(client_id), turn=turn)
        await asyncio.sleep(0.2)
        await accept(self, client_id, *said, **more)

    consumers.ChatConsumer._accept = acknowledge


def forgets_client_ids() -> None:
    """A message that comes again is another message."""
    accept = delivery.accept
    delivery.accept = lambda chat, **said: accept(chat, **said | {"client_id": uuid.uuid4()})


def resumes_at_the_end() -> None:
    """Who comes back is told only what is new."""
    find = delivery.find_conversation
    opened = consumers.ChatConsumer._open

    async def at_the_end(self, frame):
        chat = await consumers.in_database(find, frame.conversation, self.owner, None)
        await opened(self, frame.model_copy(update={"last_seq": chat.last_seq if chat else 0}))

    consumers.ChatConsumer._open = at_the_end


def replays_everything() -> None:
    """Who comes back is told all of it once more."""
    opened = consumers.ChatConsumer._open

    async def from_the_beginning(self, frame):
        await opened(self, frame.model_copy(update={"last_seq": 0}))

    consumers.ChatConsumer._open = from_the_beginning


def takes_nothing_over() -> None:
    """A turn whose process died stays as it is."""
    waiting.free = lambda: Turn.objects.filter(state=Turn.State.QUEUED)


def drafts_anew() -> None:
    """Who takes a turn over begins at its beginning."""
    begin = conversation._open

    def forgetful(turn):
        reply, frame = begin(turn)
        reply.acts = []
        return reply, frame

    conversation._open = forgetful


def never_polls() -> None:
    """A socket waits for the bell alone."""
    consumers.POLL_SECONDS = 10**6


def waits_for_the_bell() -> None:
    """A worker looks for turns only when it hears of one."""
    working.REAP_SECONDS = 10**6


def commits_later() -> None:
    """PostgreSQL says that it has written down what it will write down in a moment."""
    connections["default"].settings_dict["OPTIONS"]["options"] += " -c synchronous_commit=off"


def buffers_everything() -> None:
    """The server reads and writes on, whether anybody takes it or not."""

    def parse(self):
        part, self.unread = self.unread, b""
        WebSocketsSansIOProtocol.data_received(self, part)
        self.read_paused = False
        self.transport.resume_reading()

    Protocol._parse = parse
    WebSocketsSansIOProtocol.pause_writing = lambda self: None


def commit(name: str) -> None:
    """Switch the protection of this name off; none for an empty one."""
    if name:
        globals()[name]()
