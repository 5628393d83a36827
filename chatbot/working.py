"""The doorway's workshop: turns are answered in tasks of the process, not of a socket."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from channels_redis.core import RedisChannelLayer
from django.conf import settings
from redis.exceptions import RedisError

from . import conversation, delivery, doorbell, ledger
from .figures import rollup
from .holding import release
from .inbox import alerts, desk
from .inbox import letters as answers
from .models import Frame
from .privacy import files, retention
from .recall import sending
from .review import letters

logger = logging.getLogger(__name__)

PROCESS = f"{os.uname().nodename[:20]}-{os.getpid()}"
REAP_SECONDS = 3
AWAY_SECONDS = 1  # how long a Redis that did not answer is left alone
RING_SECONDS = 1
WORKERS = 4  # turns answered at a time; the rest wait in the database

_pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="turn")
_tasks: set[asyncio.Task[None]] = set()  # a task nobody holds may be collected mid-answer
_running: set[int] = set()
_watching: set[asyncio.AbstractEventLoop] = set()


async def in_database(work: Callable[..., Any], *args: Any, **more: Any) -> Any:
    """Run `work` in a thread with a database connection of its own."""
    return await database_sync_to_async(work)(*args, **more)


class Bell(RedisChannelLayer):
    """The doorbell between processes. While Redis is away nobody is rung for and nobody waits for
    it: sockets stay open and poll."""

    away_until = 0.0

    async def receive(self, channel: str) -> Any:
        """The next ring, whenever Redis is there to bring it."""
        while True:
            try:
                return await super().receive(channel)
            except (RedisError, OSError):
                await asyncio.sleep(AWAY_SECONDS)

    async def group_add(self, group: str, channel: str) -> None:
        """Listen to a conversation."""
        await self._if_there(partial(super().group_add, group, channel))

    async def group_discard(self, group: str, channel: str) -> None:
        """Listen to it no more."""
        await self._if_there(partial(super().group_discard, group, channel))

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Ring."""
        await self._if_there(partial(super().group_send, group, message))

    async def _if_there(self, call: Callable[[], Any]) -> None:
        if time.monotonic() < self.away_until:
            return
        try:
            async with asyncio.timeout(RING_SECONDS):
                await call()
        except (RedisError, OSError):
            self.away_until = time.monotonic() + AWAY_SECONDS


async def ring(conversation_id: uuid.UUID) -> None:
    """Tell every socket of the conversation to look into the database."""
    layer = get_channel_layer()
    with suppress(Exception):  # a broken doorbell costs seconds; the sockets poll
        await layer.group_send(doorbell.group(conversation_id), {"type": "ring"})


def answer_soon(turn_id: int) -> None:
    """Answer a turn in a task of the process: closing the tab ends no answer."""
    if turn_id in _running:
        return
    _running.add(turn_id)
    task = asyncio.get_running_loop().create_task(_answer(turn_id))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def _answer(turn_id: int) -> None:
    """Step through the road in a thread, ringing after every commit."""
    try:
        frames = conversation.answer(turn_id, PROCESS)
        while frame := await _next(frames):
            await ring(frame.conversation_id)
    except Exception:
        logger.exception("Turn %s stopped; the reaper will take it over", turn_id)
    finally:
        _running.discard(turn_id)


def _step(frames: Iterator[Frame]) -> Frame | None:
    return next(frames, None)


_next = database_sync_to_async(_step, thread_sensitive=False, executor=_pool)


def watch() -> None:
    """Start this loop's reaper and the models' warm-up, once."""
    loop = asyncio.get_running_loop()
    if loop in _watching:
        return
    _watching.add(loop)
    if settings.WARM_UP:
        threading.Thread(target=conversation.warm_up, name="warm-up", daemon=True).start()
    task = loop.create_task(_reap())
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def _reap() -> None:
    """Do what falls to nobody in particular, each chore whatever becomes of the others."""
    while True:
        for chore in CHORES:
            with suppress(Exception):  # the database may be away for a moment
                await chore()
        await asyncio.sleep(REAP_SECONDS)


async def _take_up() -> None:
    """Turns left by a process that died, or never begun."""
    for turn_id in await in_database(delivery.waiting_turns):
        answer_soon(turn_id)


async def _tell(step: Callable[[], Iterable[Frame]]) -> None:
    """A chore of which shoppers hear."""
    for frame in await in_database(lambda: list(step())):
        await ring(frame.conversation_id)


CHORES = (
    _take_up,
    partial(_tell, desk.let_lapse),  # conversations whose person is gone
    partial(_tell, sending.step),  # the next shoppers of a recall
    partial(_tell, release.let_go),  # replies that staff have not looked at in time
    partial(in_database, letters.send_due),  # corrections that no chat has carried
    partial(in_database, answers.send_due),  # what persons said, where it goes by letter
    partial(in_database, alerts.send_due),  # that shoppers wait and nobody is there
    partial(in_database, rollup.step),  # what the dashboard has not counted yet
    partial(in_database, ledger.send_due),  # the day's head of the record
    partial(in_database, retention.daily),  # chats that are old
    partial(in_database, files.scrub_left),
)


async def lifespan(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """ASGI lifespan: models load in the background, pages are served at once."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            watch()
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return
