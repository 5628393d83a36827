"""uvicorn's WebSocket protocol with three more bounds, so that no client costs much memory.

uvicorn stops reading while the application is busy, but has by then parsed all that one read
brought: thousands of tiny frames. Here bytes stay bytes until they can be taken. A message of a
thousand parts is nothing a browser sends. And a connection whose application is over, or whose peer
is silent, ends even when its last bytes are never read.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Frame

AT_ONCE = 4096  # bytes that are parsed before it is asked again whether more may be
MOST_PARTS = 1000


class Protocol(WebSocketsSansIOProtocol):
    """`uvicorn --ws storefront.sockets:Protocol`."""

    unread = b""

    def data_received(self, data: bytes) -> None:
        """Keep what came, and parse what may be."""
        self.unread += data
        self._parse()

    def _parse(self) -> None:
        while self.unread and not self.read_paused and self.conn.parser_exc is None:
            part, self.unread = self.unread[:AT_ONCE], self.unread[AT_ONCE:]
            super().data_received(part)

    async def receive(self) -> Any:
        """The next message; there may be room for more of them now."""
        message = await super().receive()
        self._parse()
        return message

    async def send(self, message: Any) -> None:
        """Send it; once that was a close frame, what else comes is read and thrown away."""
        await super().send(message)
        if self.close_sent:
            self._parse()

    def connection_lost(self, exc: Exception | None) -> None:
        """Hand over what had come before."""
        self.read_paused = False
        while self.unread and self.conn.parser_exc is None:
            part, self.unread = self.unread[:AT_ONCE], self.unread[AT_ONCE:]
            self.conn.receive_data(part)
            self.handle_events()
        super().connection_lost(exc)

    def handle_cont(self, event: Frame) -> None:
        """One more part of a message, if there are not too many."""
        if len(self.frames) < MOST_PARTS:
            super().handle_cont(event)
        else:
            self.conn.fail(CloseCode.MESSAGE_TOO_BIG, "too many parts")
            self.frames = []
            self.handle_parser_exception()

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        """The application is over; so is the connection, soon."""
        super().on_task_complete(task)
        self.loop.call_later(self.close_timeout, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """A peer that does not answer gets no time to read what is left."""
        super().keepalive_timeout()
        self.transport.abort()
