"""Servers of one database under load, and what becomes of them."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.load import history
from tests.load.shoppers import Shopper
from tests.servers import ROOT, free_port, tables, wait_for_port

# Many messages from one address; turns of the dead are taken over soon.
SETTINGS = {"MESSAGES_PER_MINUTE": 10**6, "MESSAGES_PER_DAY": 10**6,
            "ADDRESS_MESSAGES_PER_DAY": 10**6, "TURN_LEASE_SECONDS": 1}  # fmt: skip
COMPLAINTS = ("Traceback", "Exception in", "never retrieved")
STUCK = 20  # seconds without the next share of messages
REPLYING = 0.4  # seconds that a reply may take under load
PATIENCE = 60  # seconds without anything new, after which shoppers are given up
ENDLESS = 10  # times as long, after which they are whatever comes


class Nursery:
    """The process that forks servers (tests/load/nursery.py)."""

    def __init__(self, env: dict[str, str]):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.load.nursery"], cwd=ROOT, env=os.environ | env,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def order(self, do: str, **values):
        self.process.stdin.write(json.dumps({"do": do} | values) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"The nursery died over {do!r}."
        return json.loads(answer)["told"]

    def close(self) -> None:
        self.process.kill()
        self.process.wait()

    def copy(self) -> str:
        """A database of its own for a fleet."""
        if self.template.startswith("/"):
            database = str(Path(self.scratch, f"{uuid.uuid4()}.sqlite3"))
            return shutil.copy(self.template, database)
        database = uuid.uuid4().hex
        self.order("copy", template=self.template, database=database)
        return database


@contextmanager
def nursery(source: Path, **env: str):
    """A nursery with `template`, a database in which a small shop stands: one to be copied, or a
    folder to be imported. SQLite in memory where there is room, unless DATABASE_URL names another:
    what a killed process has written, the system keeps either way."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as scratch:
        first = str(Path(scratch, "template.sqlite3"))
        born = Nursery({"DATABASE_URL": f"sqlite:///{first}", "DEBUG": "on", **env})
        try:
            if "DATABASE_URL" in env:
                first = "planted"
                born.order("copy", template="postgres", database=first)
            elif source.is_dir():
                shutil.copy(tables(), first)
            if source.is_file():
                shutil.copy(source, first)
            born.order("plant", database=first, shop="" if source.is_file() else str(source))
            born.template, born.scratch = first, scratch
            yield born
        finally:
            born.close()


class Fleet:
    """Servers on ports of their own over one database; with `workers`, these alone answer."""

    def __init__(
        self, nursery: Nursery, folder: Path, servers=1, sabotage="", workers=0, **settings
    ):
        self.nursery, self.sabotage = nursery, sabotage
        self.settings = SETTINGS | {"ANSWER_TURNS": not workers} | settings
        # Where something is to be found out, most kills have to come in the middle of a reply.
        self.pace = {"seconds": 0.1} if sabotage else {}
        self.database, self.log = nursery.copy(), folder / "log"
        self.servers = {free_port(): 0 for _server in range(servers)}
        self.workers = {-number: 0 for number in range(1, workers + 1)}
        for one in (*self.servers, *self.workers):
            self.start(one)

    @property
    def port(self) -> int:
        """The first server's."""
        return next(iter(self.servers))

    @property
    def addresses(self) -> list[str]:
        return [f"127.0.0.1:{port}" for port in self.servers]

    def start(self, one: int) -> None:
        """A server by its port, or a worker by its number, which is negative."""
        place = {"port": one} if one > 0 else {}
        self.of(one)[one] = self.nursery.order(
            "serve", **place, database=self.database, log=str(self.log),
            sabotage=self.sabotage, settings=self.settings, **self.pace,
        )  # fmt: skip

    def of(self, one: int) -> dict[int, int]:
        return self.servers if one > 0 else self.workers

    def kill(self, one: int, how: int = signal.SIGKILL) -> None:
        """Until it is gone, and its port with it."""
        with suppress(ProcessLookupError):
            os.kill(self.of(one)[one], how)
            while self.nursery.process.poll() is None:  # whoever is to see that it is gone
                os.kill(self.of(one)[one], 0)
                time.sleep(0.005)

    def stop(self) -> None:
        for one in (*self.servers, *self.workers):
            self.kill(one)

    def shoppers(self, count: int, messages: int, people=0, seed=1, addresses=None):
        """`count` of them, `people` of whom talk to a member of staff."""
        given = self.nursery.order("sessions", database=self.database, count=count, people=people)
        return [
            Shopper(key, addresses or self.addresses, messages, seed + n, *held)
            for n, (key, *held) in enumerate(given)
        ]

    def embed(self) -> int:
        """A foreign site that may show the chat."""
        return self.nursery.order("embed", database=self.database)

    def told(self, seal=True) -> dict:
        into = self.log.with_suffix(".json")
        self.nursery.order("history", database=self.database, into=str(into), seal=seal)
        return json.loads(into.read_text())

    def settled(self, patience: float) -> dict:
        """The same, once no turn is open any more, or after as many seconds."""
        until = time.monotonic() + patience
        while any(turn[3] != "done" for turn in self.told(seal=False)["turns"]):
            if time.monotonic() > until:
                break
            time.sleep(0.5)
        return self.told()

    def errors(self) -> list[str]:
        """What the servers complained of and the exception it came to, but that a client's text was
        no UTF-8, which they log in the same words."""
        lines = self.log.read_text().splitlines()
        return [
            f"{before} / {line} / {_exception(lines[place:])}"
            for place, (before, line) in enumerate(zip(["", *lines], lines, strict=False), 1)
            if any(word in line for word in COMPLAINTS) and "Invalid UTF-8" not in before
        ]


def _exception(lines: list[str]) -> str:
    """The first line that stands at the margin: where a traceback ends."""
    return next((line for line in lines if line[:1].strip()), "")


@contextmanager
def fleet(nursery: Nursery, folder: Path, servers=1, sabotage="", workers=0, **settings):
    """Servers that are gone afterwards."""
    sailing = Fleet(nursery, folder, servers, sabotage, workers, **settings)
    try:
        for port in sailing.servers:
            wait_for_port(port)
        yield sailing
    finally:
        sailing.stop()


async def under_load(shoppers: list[Shopper], trouble, patience: float = PATIENCE) -> None:
    """Let everybody chat while `trouble` happens, then until they have got everything, or nothing
    more for so many seconds."""
    chats = [asyncio.create_task(shopper.chatting()) for shopper in shoppers]
    try:
        await trouble
        await _all_told(chats, shoppers, patience)
    finally:
        for chat in chats:
            chat.cancel()
        await asyncio.gather(*chats, return_exceptions=True)


async def _all_told(chats: list[asyncio.Task], shoppers: list[Shopper], patience: float) -> None:
    """Until everybody has everything, or for so many seconds nobody has got anything more, or for
    several times as long it has had no end."""
    heard = -1
    for _time in range(ENDLESS):
        before, heard = heard, sum(len(shopper.transcript) for shopper in shoppers)
        if heard == before or not (await asyncio.wait(chats, timeout=patience))[1]:
            return


async def kills(
    sailing: Fleet, shoppers: list[Shopper], times: int, seed: int = 1, how: int = signal.SIGKILL
) -> None:
    """Kill a server or worker `times` times, whenever a share of the messages has been
    acknowledged, or no more of them are."""
    dice = random.Random(seed)
    everything = sum(shopper.todo for shopper in shoppers)
    for n in range(times):
        due = (n + dice.uniform(0.3, 0.9)) * everything / (times + 1)
        until = time.monotonic() + STUCK
        while sum(len(shopper.acked) for shopper in shoppers) < due and time.monotonic() < until:
            await asyncio.sleep(0.01)
        await asyncio.sleep(dice.uniform(0, REPLYING))  # not always right behind what was taken in
        one = dice.choice([*sailing.servers, *sailing.workers])
        await asyncio.to_thread(sailing.kill, one, how)  # who is told to end takes its time
        sailing.start(one)


def outcome(sailing: Fleet, shoppers: list[Shopper], began: float, patience=10) -> dict:
    """The figures of one run, and its faults."""
    unfinished = sum(not shopper.finished for shopper in shoppers)
    told = sailing.settled(patience)
    faults = history.faults(told, shoppers)
    faults += [f"{unfinished} shoppers were left waiting"] if unfinished else []
    return {
        "acknowledged": sum(len(shopper.acked) for shopper in shoppers),
        "frames": sum(len(shopper.transcript) for shopper in shoppers),
        "connections": sum(shopper.connections for shopper in shoppers),
        "seconds": round(time.monotonic() - began, 1),
        "faults": faults,
    }
