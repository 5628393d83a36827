"""Shoppers of a real server: a session of its own, and a socket that has seen the disclosure."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect

from tests.servers import manage

MAKE = """
from django.contrib.sessions.backends.db import SessionStore
from chatbot.views import SECRET
for number in range({count}):
    session = SessionStore()
    session[SECRET] = f"secret-{{number}}"
    session.create()
    print("session", session.session_key)
"""


def sessions(env: dict[str, str], count: int) -> list[str]:
    """The cookies of as many browsers that have opened the chat."""
    told = manage(env, "shell", "-c", MAKE.format(count=count))
    return [line.split()[1] for line in told.splitlines() if line.startswith("session ")]


class Talk:
    """One open conversation."""

    def __init__(self, socket) -> None:
        self.socket, self.last = socket, 0

    async def tell(self, kind: str, **values) -> None:
        await self.socket.send(json.dumps({"type": kind, **values}))

    async def hear(self) -> dict:
        """The next frame; one of the sequence stands right after the one before."""
        frame = json.loads(await self.socket.recv())
        if "seq" in frame:
            assert frame["seq"] == self.last + 1, f"{frame['seq']} came after {self.last}"
            self.last = frame["seq"]
        assert frame["type"] != "error", frame
        return frame

    async def until(self, kind: str) -> dict:
        while (frame := await self.hear())["type"] != kind:
            pass
        return frame

    async def say(self, text: str, client_id: str) -> None:
        await self.tell("message", client_id=client_id, text=text)


@asynccontextmanager
async def chat(port: int, session: str):
    """A socket whose shopper has seen the disclosure."""
    async with connect(
        f"ws://127.0.0.1:{port}/chat/socket/", origin=f"http://127.0.0.1:{port}", compression=None,
        additional_headers={"Cookie": f"sessionid={session}"}, open_timeout=60, ping_timeout=None,
    ) as socket:  # fmt: skip
        talk = Talk(socket)
        await talk.tell("open", protocol=1)
        shown = (await talk.until("welcome"))["disclosure"]
        await talk.tell("disclosure.seen", version=shown["version"], language=shown["language"])
        yield talk
