"""A proxy that cuts connections after a random number of bytes, whichever way they went."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress


class Cutter:
    """Cuts `most` connections; those after them live."""

    def __init__(self, port: int, most: int, seed: int = 1):
        self.port, self.most, self.dice, self.cuts = port, most, random.Random(seed), 0

    async def __aenter__(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_what):
        self.server.close()

    async def _serve(self, reader, writer) -> None:
        with suppress(OSError):
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self.port)
            left = [self._bytes()]
            ways = [self._pipe(reader, to_writer, left), self._pipe(to_reader, writer, left)]
            tasks = [asyncio.create_task(way) for way in ways]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            for end in (writer, to_writer):
                end.transport.abort()

    def _bytes(self) -> int:
        """How many may pass: at times not even the handshake."""
        return self.dice.choice((self.dice.randint(1, 500), self.dice.randint(300, 6000)))

    async def _pipe(self, reader, writer, left: list[int]) -> None:
        while data := await reader.read(4096):
            if self.cuts < self.most and len(data) >= left[0]:
                self.cuts += 1
                writer.write(data[: left[0]])
                with suppress(OSError):
                    await writer.drain()
                return
            left[0] -= len(data)
            writer.write(data)
            await writer.drain()
