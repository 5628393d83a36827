"""The wire to an endpoint: what it may take is counted byte by byte.

A timeout of an HTTP client starts anew with every byte, and no client bounds how many there are: a
server that drips, or that never ends a line, would hold a turn for as long as it likes. Here every
read keeps to the end of its allowance.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore2
import httpx2

MOST_BYTES = 1 << 20  # of one answer; a text of 300 tokens has a tenth of it in the wordiest frames
MOST_LINES = 64  # connections to one server


class Allowance:
    """What one answer may take: until when, and how many bytes."""

    def __init__(self, until: float) -> None:
        self.until, self.bytes = until, MOST_BYTES

    def within(self, timeout: float | None) -> float:
        """As long as the next wait may last; raises ReadTimeout when the time is up."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is up")
        return left if timeout is None else min(left, timeout)

    def take(self, data: bytes) -> bytes:
        """Count what has come; raises ReadError when it is more than an answer can be."""
        self.bytes -= len(data)
        if self.bytes < 0:
            raise httpcore2.ReadError(f"it sent more than {MOST_BYTES} bytes")
        return data


_granted: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


@contextmanager
def granted(allowance: Allowance) -> Iterator[None]:
    """What is asked within keeps to this allowance, its answer too, whoever reads it later."""
    token = _granted.set(allowance)
    try:
        yield
    finally:
        _granted.reset(token)


class Counted(httpcore2.NetworkStream):
    """A connection; each request that is written to it brings the allowance for its answer."""

    def __init__(self, stream: httpcore2.NetworkStream) -> None:
        self.stream = stream
        self.allowance = _granted.get()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes, in time."""
        if self.allowance is None:
            return self.stream.read(max_bytes, timeout)
        within = self.allowance.within(timeout)
        return self.allowance.take(self.stream.read(max_bytes, within))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, in time."""
        self.allowance = _granted.get()
        self.stream.write(buffer, self.allowance.within(timeout) if self.allowance else timeout)

    def close(self) -> None:
        """Hang up."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:  # fmt: skip
        """The same connection, encrypted."""
        within = self.allowance.within(timeout) if self.allowance else timeout
        return Counted(self.stream.start_tls(ssl_context, server_hostname, within))

    def get_extra_info(self, info: str) -> Any:
        """What the connection tells of itself."""
        return self.stream.get_extra_info(info)


class Lines(httpcore2.NetworkBackend):
    """Connections that are counted."""

    def __init__(self, backend: httpcore2.NetworkBackend) -> None:
        self.backend = backend

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:  # fmt: skip
        """A new connection, in time."""
        allowance = _granted.get()
        within = allowance.within(timeout) if allowance else timeout
        return Counted(self.backend.connect_tcp(host, port, within, local_address, socket_options))


def client(timeout: float) -> httpx2.Client:
    """A client whose connections are counted, through the environment's proxy if there is one. It
    follows nobody elsewhere: what a shopper asks goes to the address that was set, and no other."""
    limits = httpx2.Limits(max_connections=MOST_LINES, max_keepalive_connections=MOST_LINES)
    made = httpx2.Client(timeout=timeout, limits=limits, follow_redirects=False)
    for transport in (made._transport, *made._mounts.values()):
        if isinstance(transport, httpx2.HTTPTransport):
            pool = transport._pool  # neither library offers a public way to count
            pool._network_backend = Lines(pool._network_backend)
    return made
