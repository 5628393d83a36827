"""The doorway's workshop: turns are answered in tasks of the process, not of a socket."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from channels_redis.core import RedisChannelLayer
from django.conf import settings
from django.db import connections
from redis.exceptions import RedisError

from . import (
    commissions,
    conversation,
    delivery,
    doorbell,
    engines,
    health,
    ledger,
    recommending,
    suggesting,
    waiting,
)
from .figures import rollup
from .holding import release
from .inbox import alerts, desk
from .inbox import letters as answers
from .models import Frame
from .privacy import files, retention
from .recall import sending
from .review import letters
from .studio import publishing

logger = logging.getLogger(__name__)

PROCESS = f"{os.uname().nodename[:20]}-{os.getpid()}"
REAP_SECONDS = 3
HELPING = 2  # turns taken at once: of many that come together, others take some, too
WARM_UP_SECONDS = 10  # until models that could not be loaded are tried again
AWAY = (RedisError, OSError, RuntimeError)  # the last is uvloop's, of a connection just closed
AWAY_SECONDS = 1  # how long a Redis that did not answer is left alone
RING_SECONDS = 1
PLACE_SECONDS = 1.5  # between two looks at a place in the line
WAITING = "turns"  # the channel on which one of the processes with room hears that a turn waits

_shops: dict[asyncio.AbstractEventLoop, Workshop] = {}


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
            except AWAY:
                await asyncio.sleep(AWAY_SECONDS)

    async def _clean_receive_backup(self, index: int, channel: str) -> None:
        """Put a ring away that has been heard. Nobody waits for this, and one that is left over is
        heard once more."""
        with suppress(*AWAY):
            await super()._clean_receive_backup(index, channel)

    async def group_add(self, group: str, channel: str) -> None:
        """Listen to a conversation."""
        await self._if_there(partial(super().group_add, group, channel))

    async def group_discard(self, group: str, channel: str) -> None:
        """Listen to it no more."""
        await self._if_there(partial(super().group_discard, group, channel))

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Ring."""
        await self._if_there(partial(super().group_send, group, message))

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        """Ring for one listener."""
        await self._if_there(partial(super().send, channel, message))

    async def _if_there(self, call: Callable[[], Any]) -> None:
        if time.monotonic() < self.away_until:
            return
        try:
            async with asyncio.timeout(RING_SECONDS):
                await call()
        except AWAY:
            self.away_until = time.monotonic() + AWAY_SECONDS


async def ring(conversation_id: uuid.UUID) -> None:
    """Tell every socket of the conversation to look into the database."""
    layer = get_channel_layer()
    with suppress(Exception):  # a broken doorbell costs seconds; the sockets poll
        await layer.group_send(doorbell.group(conversation_id), {"type": "ring"})


def answer_soon() -> None:
    """Turns wait: pick them up here if there is room, or let another process know."""
    shop = watch()
    if shop.room or not isinstance(get_channel_layer(), Bell):
        shop.wanted.set()
    else:
        shop.begin(_call())


async def _call() -> None:
    """Let one process that has room know that a turn waits."""
    with suppress(Exception):  # a broken doorbell costs seconds; everybody looks by itself
        await get_channel_layer().send(WAITING, {"type": "turn"})


def watch(answers: bool | None = None) -> Workshop:
    """This loop's workshop, opened once; it answers turns unless that is left to others."""
    loop = asyncio.get_running_loop()
    if loop not in _shops:
        for over in [other for other in _shops if other.is_closed()]:
            del _shops[over]
        answers = settings.ANSWER_TURNS if answers is None else answers
        _shops[loop] = Workshop(settings.TURNS_AT_ONCE if answers else 0)
    return _shops[loop]


class Workshop:
    """Answers turns of the database in threads, as many at a time as it has places."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.turns: dict[int, asyncio.Task[None]] = {}  # at work
        self.tasks: set[asyncio.Task[None]] = set()  # one nobody holds may be collected midway
        self.wanted, self.vacant = asyncio.Event(), asyncio.Event()
        self.warm = asyncio.Event()  # the models are loaded, or have failed to for now
        threads = ThreadPoolExecutor(places or 1, thread_name_prefix="turn")
        self.in_thread = partial(database_sync_to_async, thread_sensitive=False, executor=threads)
        if places:
            self.open()

    def open(self) -> None:
        """Begin to work: turns, and what falls to nobody in particular."""
        if settings.WARM_UP and not health.warm.is_set():
            about = (asyncio.get_running_loop(), self.warm)
            threading.Thread(target=_warm_up, args=about, daemon=True).start()
        else:
            self.warm.set()
        for work in (self._pick_up(), self._listen(), _reap()):
            self.begin(work)

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Work of the process: closing a tab ends none of it."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    @property
    def room(self) -> int:
        """How many more turns could be at work."""
        return self.places - len(self.turns)

    async def _pick_up(self) -> None:
        """Take waiting turns whenever there is room and somebody rang, or after a while."""
        await self.warm.wait()
        while True:
            self.wanted.clear()
            if self.room > 0:
                self.vacant.set()
                with suppress(Exception):  # the database may be away for a moment
                    pick = self.in_thread(waiting.pick)
                    most = min(self.room, HELPING)
                    self._take(await pick(PROCESS, most, [*self.turns]))
            with suppress(TimeoutError):
                # Not wait_for: before Python 3.12 it may swallow a cancellation.
                async with asyncio.timeout(REAP_SECONDS):
                    await self.wanted.wait()

    def _take(self, picked: list[int]) -> None:
        for turn_id in picked:
            self.turns[turn_id] = self.begin(self._answer(turn_id))
        if self.room <= 0:
            self.vacant.clear()
        if len(picked) == HELPING:
            self.wanted.set()  # there may be more

    async def _listen(self) -> None:
        """Hear that turns wait, while there is room; with none left, another is to hear it."""
        layer = get_channel_layer()
        while isinstance(layer, Bell):
            await self.vacant.wait()
            await layer.receive(WAITING)
            self.wanted.set()
            if self.room <= 0:
                await _call()

    async def _answer(self, turn_id: int) -> None:
        """Step through the road in a thread, ringing after every commit."""
        step = self.in_thread(_step)
        try:
            turn = await self.in_thread(delivery.picked)(turn_id)
            frames = conversation.answer_leased(turn, PROCESS)
            while frame := await step(frames):
                await ring(frame.conversation_id)
        except Exception:
            logger.exception("Turn %s stopped; it is taken over when its lease ends", turn_id)
        finally:
            self.turns.pop(turn_id, None)
            self.wanted.set()

    async def close(self) -> None:
        """Take no more turns; finish what ends soon, and hand the others over as they are."""
        self.places = 0
        self.vacant.clear()
        if self.turns:
            await asyncio.wait(self.turns.values(), timeout=settings.STOP_SECONDS)
        if self.turns:
            for _turn in range(await in_database(waiting.hand_over, PROCESS)):
                await _call()


def _warm_up(loop: asyncio.AbstractEventLoop, tried: asyncio.Event) -> None:
    """Load the models, again and again until they are there; turns wait for the first try only."""
    while not health.warm.is_set():
        try:
            conversation.warm_up()
            health.warm.set()
        except Exception:
            logger.exception("The models are not there; trying again in %s s", WARM_UP_SECONDS)
        connections.close_all()
        with suppress(RuntimeError):  # the loop is over
            loop.call_soon_threadsafe(tried.set)
        health.warm.wait(WARM_UP_SECONDS)


def _step(frames: Iterator[Frame]) -> Frame | None:
    return next(frames, None)


async def places(turn_id: int) -> AsyncIterator[int | None]:
    """How many turns stand before this one whenever that has changed, and at last None; nothing
    for one that does not wait for a moment."""
    told = None
    while True:
        await asyncio.sleep(PLACE_SECONDS)
        place = await in_database(waiting.before, turn_id)
        if place != told:
            yield place
        if place is None:
            return
        told = place


async def serve() -> None:
    """Answer turns and do the chores, without a web server, until the process is told to end."""
    end = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, end.set)
    shop = watch(answers=True)
    await end.wait()
    await shop.close()


async def _reap() -> None:
    """Do what falls to nobody in particular, each chore whatever becomes of the others."""
    while True:
        for chore in CHORES:
            with suppress(Exception):  # the database may be away for a moment
                await chore()
        await asyncio.sleep(REAP_SECONDS)


async def _tell(step: Callable[[], Iterable[Frame]]) -> None:
    """A chore of which shoppers hear."""
    for frame in await in_database(lambda: list(step())):
        await ring(frame.conversation_id)


CHORES = (
    partial(in_database, engines.step),  # engines that were switched on elsewhere
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
    partial(in_database, recommending.daily),  # what was looked at long ago
    partial(in_database, publishing.step),  # texts of products that have changed
    partial(in_database, commissions.step),  # texts whose process is gone
    partial(in_database, suggesting.step),  # vectors for pages of processes without an encoder
)


async def lifespan(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """ASGI lifespan: models load beside the pages; at its end turns are finished or handed over."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            watch()
            await send({"type": "lifespan.startup.complete"})
        else:
            await watch().close()
            await send({"type": "lifespan.shutdown.complete"})
            return
