"""Shoppers who keep their word: what is not acknowledged is sent again, what was shown is kept."""

from __future__ import annotations

import asyncio
import json
import random
import uuid

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

AWAY = (OSError, TimeoutError, ConnectionClosed, InvalidHandshake, EOFError)
TEXTS = ("hi", "how much is the Larkspur Kettle?",
         "what is your return policy?")  # fmt: skip
AT_ONCE = 3  # messages on their way
OPENING_SECONDS = 10


class Shopper:
    """One browser: its outbox, and its transcript."""

    says = TEXTS

    def __init__(self, session: str, addresses, messages: int, seed: int, chat="", first=""):
        """`chat`, if given, is one that a member of staff has since its `first` message: no further
        turn of it gets a reply."""
        self.session, self.addresses, self.dice = session, addresses, random.Random(seed)
        self.todo, self.chat, self.has_person = messages, chat, bool(chat)
        self.last_seq, self.socket = 0, None
        self.texts = {first: "hi"} if first else {}  # by client id, all that was ever sent
        self.acked: dict[str, int] = {first: 1} if first else {}
        self.ended = set(self.acked.values())
        self.transcript: list[dict] = []
        self.faults: list[str] = []
        self.connections = 0

    @property
    def finished(self) -> bool:
        everything = not self.todo and len(self.acked) == len(self.texts)
        return everything and self.ended >= set(self.acked.values()) and self._heard_all

    @property
    def _heard_all(self) -> bool:
        """Whether each of its messages has come back in the conversation's sequence."""
        return sum(frame["type"] == "said" for frame in self.transcript) >= len(self.acked)

    async def chatting(self) -> None:
        """Until everything sent is acknowledged and answered."""
        while not self.finished:
            try:
                await self._visit()
            except AWAY:
                await asyncio.sleep(self.dice.uniform(0.02, 0.2))

    async def _visit(self) -> None:
        address = self.dice.choice(self.addresses)
        async with connect(
            f"ws://{address}/chat/socket/", origin=f"http://{address}", compression=None,
            additional_headers={"Cookie": f"sessionid={self.session}"},
            open_timeout=OPENING_SECONDS, close_timeout=0.5,
        ) as self.socket:  # fmt: skip
            self.connections += 1
            about = {"conversation": self.chat, "last_seq": self.last_seq} if self.chat else {}
            await self._send("open", protocol=1, **about)
            while not self.finished:
                await self._take(json.loads(await self.socket.recv()))

    async def _send(self, kind: str, **values) -> None:
        await self.socket.send(json.dumps({"type": kind, **values}))

    async def _take(self, frame: dict) -> None:
        if "seq" in frame:
            await self._in_sequence(frame)
        match frame["type"]:
            case "welcome":
                await self._welcomed(frame)
            case "ack":
                await self._acknowledged(frame)
            case "error" if frame["code"] == "busy":
                await asyncio.sleep(0.05)
                await self._say_again(frame["client_id"])
            case "error":
                self.faults.append(f"refused: {frame}")

    async def _welcomed(self, frame: dict) -> None:
        self.chat = frame["conversation"]
        if not frame["seen"]:
            shown = frame["disclosure"]
            await self._send(
                "disclosure.seen", version=shown["version"], language=shown["language"]
            )
        for cid in set(self.texts) - set(self.acked):
            await self._say_again(cid)
        await self._say_more()

    async def _acknowledged(self, frame: dict) -> None:
        turn = self.acked.setdefault(frame["client_id"], frame["turn"])
        if turn != frame["turn"]:
            self.faults.append(f"acknowledged as {turn} and as {frame['turn']}")
        if self.has_person:
            self.ended.add(turn)
        await self._say_more()

    async def _in_sequence(self, frame: dict) -> None:
        if frame["seq"] != self.last_seq + 1:
            self.faults.append(f"frame {frame['seq']} came after {self.last_seq}")
        self.last_seq = frame["seq"]
        self.transcript.append(frame)
        if frame["type"] == "done":
            self.ended.add(frame["turn"])
            await self._say_more()
        elif frame["type"] == "reply" and self.dice.random() < 0.05:
            await self._send("stop", turn=frame["turn"])

    async def _say_more(self) -> None:
        while self.todo and len(self.texts) - len(self.ended) < AT_ONCE:
            self.todo -= 1
            cid = str(uuid.UUID(int=self.dice.getrandbits(128)))
            self.texts[cid] = self.dice.choice(self.says)
            await self._say_again(cid)

    async def _say_again(self, cid: str) -> None:
        """Sometimes twice, as a client does that is not sure."""
        if cid not in self.acked:
            for _time in range(1 + (self.dice.random() < 0.1)):
                await self._send("message", client_id=cid, text=self.texts[cid])
