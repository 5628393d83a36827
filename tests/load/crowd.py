"""Many shoppers of one server at once: chats whose replies stream, and sockets that say nothing.

    .venv/bin/python -m tests.load.crowd

The server is the site as `make run` starts it, one process, with all of the road; the engine alone
is scripted (`slow.py`) and streams each text for a minute in 15 frames a second, so that as many
replies as there are chats are under way at the same time. Told are the times from a message to its
acknowledgement and to the reply's first frame. The table goes to tests/load/figures/crowd.txt.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from itertools import chain, repeat
from pathlib import Path

from tests.load.road import MANY
from tests.load.sessions import Talk, chat, sessions
from tests.load.workers import QUESTIONS
from tests.servers import SITE, free_port, start_site, stocked, wait_for

RESULT = Path(__file__).with_name("figures") / "crowd.txt"
SLOW = "tests.load.slow:application"
CROWDS, STREAM, FRAMES = (300,), 60, 15  # chats; seconds of a text; frames a second
SOCKETS, OF_ONE = 1000, 5  # idle ones, and how many a browser may have
WARM = 20  # sockets for which whatever is needed once is loaded
LATE, LARGEST = 300, 60  # milliseconds to the first frame, KB a socket: what is allowed


@contextmanager
def served(
    folder: str, application: str = SITE, **more: str
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """The demo shop on a port; with its process and its environment."""
    env = MANY | {"DATABASE_URL": f"sqlite:///{folder}/crowd.sqlite3", "REDIS_URL": "",
                  "SHOP_NOW": "2026-11-20T18:00:00-05:00", "DEBUG": "on", **more}  # fmt: skip
    shutil.copy(stocked("storefront/demo_shop", env["SHOP_NOW"]), f"{folder}/crowd.sqlite3")
    port = free_port()
    process = start_site(env, port, application)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/ready")
        yield port, process.pid, env
    finally:
        process.kill()
        process.wait()


def memory(process: int) -> int:
    """Bytes of a process that lie in memory."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if "VmRSS" in line)) * 1024


def idle(count: int) -> float:
    """Bytes that a server has more for every open chat in which nobody says anything."""
    with tempfile.TemporaryDirectory() as folder, served(folder, WARM_UP="off") as (port, pid, env):
        browsers = sessions(env, -(-count // OF_ONE))
        keys = list(chain.from_iterable(repeat(key, OF_ONE) for key in browsers))
        return asyncio.run(_opened(port, pid, keys[:count]))


async def _opened(port: int, pid: int, keys: list[str]) -> float:
    async with AsyncExitStack() as stack:
        for key in keys[:WARM]:
            await stack.enter_async_context(chat(port, key))
        before = memory(pid)
        for key in keys[WARM:]:
            await stack.enter_async_context(chat(port, key))
        await asyncio.sleep(2)
        return (memory(pid) - before) / (len(keys) - WARM)


class Shopper:
    """One who asks again as soon as the reply is complete, and notes how long things took."""

    def __init__(self, talk: Talk, number: int, tally: list[dict[str, float]]) -> None:
        self.talk, self.number, self.tally = talk, number, tally

    async def ask(self) -> None:
        self.number += 1
        asked = time.monotonic()
        await self.talk.say(QUESTIONS[self.number % len(QUESTIONS)], str(uuid.uuid4()))
        times = {"asked": asked}
        while (kind := (await self.talk.hear())["type"]) != "done":
            times.setdefault(kind, time.monotonic() - asked)
        self.tally.append(times)


async def streaming(port: int, keys: list[str]) -> list[dict[str, float]]:
    """The times of all questions of as many shoppers that were asked once everybody streams."""
    tally: list[dict[str, float]] = []
    everybody = time.monotonic() + STREAM
    until = everybody + STREAM

    async def shop(number: int, key: str) -> None:
        await asyncio.sleep(STREAM * number / len(keys))
        async with chat(port, key) as talk:
            shopper = Shopper(talk, number, tally)
            while time.monotonic() < until:
                await shopper.ask()

    await asyncio.gather(*(shop(number, key) for number, key in enumerate(keys)))
    return [times for times in tally if everybody <= times["asked"] < until]


def crowd(count: int) -> str:
    """A line of the table. A frame that is lost, or an error, ends the run."""
    about = {"STREAM_SECONDS": str(STREAM), "STREAM_FRAMES": str(FRAMES),
             "TURNS_AT_ONCE": str(count), "TURN_SECONDS": str(9 * STREAM)}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, served(folder, SLOW, **about) as (port, _p, env):
        told = asyncio.run(streaming(port, sessions(env, count)))
    late = [_late(told, kind) for kind in ("ack", "reply")]
    return f"{count:>6}{len(told):>11}" + "".join(f"{ms:>12.0f}" for ms in late)


def _late(told: list[dict[str, float]], kind: str) -> float:
    """The 95th percentile in milliseconds."""
    times = sorted(times[kind] for times in told)
    return times[int(0.95 * len(times))] * 1000


def main() -> None:
    lines = [f"{'chats':>6}{'questions':>11}{'ack, ms':>12}{'reply, ms':>12}"]
    for line in map(crowd, CROWDS):
        lines.append(line)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    lines.append(f"95th percentiles; the reply's first frame may take {LATE} ms; no frame was lost")
    lines.append(
        f"\n{SOCKETS} idle sockets: {idle(SOCKETS) / 1000:.1f} KB each; {LARGEST} are allowed"
    )
    RESULT.write_text("\n".join(lines) + "\n")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
