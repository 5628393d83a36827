"""What a socket is whatever it carries: counted by its owner, closed once, dropped where nobody
reads, gone with all that worked for it."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer

from . import metrics, protocol

SEND_SECONDS = 10  # a client that does not read for so long is dropped
CLOSE_SECONDS = 1  # it is told so, if it takes that
MOST_SOCKETS = 5  # of one browser session

_sockets: Counter[str] = Counter()


class Socket(AsyncWebsocketConsumer):
    """One socket of an owner, and the tasks that work for it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.helpers: list[asyncio.Task[None]] = []
        self.owner = ""
        self.over = False  # whether it has been closed from here

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.work = asyncio.current_task()
        with metrics.socket():
            try:
                await super().__call__(scope, receive, send)
            except asyncio.CancelledError:
                if not self.over:
                    raise
            finally:
                await self._leave()

    async def _enter(self, owner: str) -> bool:
        """Count one more socket of this owner; whether it may stay."""
        if not owner or _sockets[owner] >= MOST_SOCKETS:
            await self.close(protocol.TOO_MANY if owner else protocol.SIGNED_OUT)
            return False
        _sockets[owner] += 1
        self.owner = owner
        return True

    async def _leave(self) -> None:
        """However it ended: nothing of it is left behind."""
        for helper in self.helpers:
            helper.cancel()
        if self.owner:
            _sockets[self.owner] -= 1

    async def tell(self, kind: str, **values: Any) -> None:
        """Answer the client at once, outside the sequence."""
        await self._send(protocol.frame(kind, **values))

    async def _send(self, frame: dict[str, Any]) -> bool:
        """Whether the client took it. One that does not read is dropped; one that has gone ends by
        itself."""
        if self.over:
            return False
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.send(text_data=protocol.dump(frame))
        except TimeoutError:
            await self._drop()
            return False
        except OSError:
            return False
        return True

    async def _drop(self) -> None:
        """Close a socket whose client may not even take that."""
        metrics.slow_reader()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.close(protocol.SLOW)
        if self.work:
            self.work.cancel()

    async def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it, once; who has gone is not told."""
        if not self.over:
            self.over = True
            with suppress(OSError):
                await super().close(code, reason)

    def _help(self, work: Any, instead: asyncio.Task[None] | None = None) -> asyncio.Task[None]:
        if instead:
            instead.cancel()
        task = asyncio.create_task(work)
        self.helpers = [helper for helper in self.helpers if not helper.done()] + [task]
        return task


class Request:
    """What Django's get_user needs of a request: its session, read anew."""

    def __init__(self, session: Any) -> None:
        # By __class__: the middleware hands out a lazy object, whose type() is not the session's.
        self.session = session.__class__(session.session_key)
