"""A WebSocket client that minds no rules: bytes on a TCP connection (RFC 6455)."""

from __future__ import annotations

import asyncio
import os

TEXT, BINARY, CLOSE, PING, PONG = 0x81, 0x82, 0x88, 0x89, 0x8A
PART = 0x01  # a text of which more follows
MORE = 0x00


def frame(first: int, payload: bytes) -> bytes:
    """A client's frame; its mask is zero, so that the payload stays readable."""
    size = len(payload)
    if size < 126:
        length = bytes([0x80 | size])
    elif size < 65536:
        length = bytes([0x80 | 126]) + size.to_bytes(2, "big")
    else:
        length = bytes([0x80 | 127]) + size.to_bytes(8, "big")
    return bytes([first]) + length + bytes(4) + payload


def request(address: str, path: str, headers: list[tuple[str, str]]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {address}", "Upgrade: websocket", "Connection: Upgrade",
             f"Sec-WebSocket-Key: {'A' * 22}==", "Sec-WebSocket-Version: 13",
             *(f"{name}: {value}" for name, value in headers), "", ""]  # fmt: skip
    return "\r\n".join(lines).encode("latin-1")


class Wire:
    """One connection after its handshake; `status` is what that came to."""

    @classmethod
    async def open(cls, address: str, path: str, headers: list[tuple[str, str]], limit=65536):
        self, (host, port) = cls(), address.split(":")
        self.reader, self.writer = await asyncio.open_connection(host, int(port), limit=limit)
        self.writer.write(request(address, path, headers))
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 20)
        self.status = int(head.split()[1])
        return self

    @classmethod
    async def chat(cls, address: str, session: str, **more):
        """A socket of a page of ours."""
        headers = [("Origin", f"http://{address}"), ("Cookie", f"sessionid={session}")]
        return await cls.open(address, "/chat/socket/", headers, **more)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def hear(self) -> tuple[int, bytes]:
        """The next frame: its first byte and its payload."""
        first, size = await self.reader.readexactly(2)
        if size == 126:
            size = int.from_bytes(await self.reader.readexactly(2), "big")
        elif size == 127:
            size = int.from_bytes(await self.reader.readexactly(8), "big")
        return first, await self.reader.readexactly(size)

    async def hear_text(self) -> bytes:
        """The payload of the next text; the server's own pings are answered on the way."""
        while True:
            first, payload = await self.hear()
            if first == TEXT:
                return payload
            if first == PING:
                await self.send(frame(PONG, payload))

    async def closing(self) -> int:
        """The code by which the server closes; 1006 where it just goes."""
        try:
            while True:
                first, payload = await asyncio.wait_for(self.hear(), 20)
                if first == CLOSE:
                    return int.from_bytes(payload[:2], "big")
        except (asyncio.IncompleteReadError, ConnectionError):
            return 1006

    def leave(self) -> None:
        self.writer.transport.abort()


def rss(pid: int) -> float:
    """The resident memory of a process, in MB."""
    with open(f"/proc/{pid}/statm") as told:
        return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
