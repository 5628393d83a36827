"""The line to the model process (`manage.py run_models`), which holds the bundled models for all.

It is the standard library's `multiprocessing.connection`: framed bytes over a Unix socket or TCP,
on which both ends first prove a shared key; nothing to install, nothing to parse. Only its bytes
are used: `send` and `recv` would pickle, and whoever reads a pickle runs it. Words travel as JSON,
vectors as raw float32 behind a NUL, with which no JSON begins. Nothing is encrypted: TCP is for a
network of one's own.

A question and its answer have a line for themselves; who hangs up is worked for no longer.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    answer_challenge,
    deliver_challenge,
)
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import salted_hmac

PATIENCE = 10  # seconds for which a model process that is just starting is waited for
AGAIN = 0.1
STEP = 0.05  # how soon a stop is noticed
GREETING_SECONDS = 3
MOST_BYTES = 1 << 30  # of a message; a catalogue's vectors are large
RAW = b"\0"
END = {"end": True}
LOST = (OSError, EOFError, AuthenticationError)
Place = str | tuple[str, int]

_idle: list[Connection] = []
_lock = threading.Lock()


class Gone(Exception):
    """Raised when the model process cannot be reached, or goes away in the middle of an answer."""


class Stopped(Exception):
    """Raised when the answer is wanted no more."""


class Failed(Exception):
    """Raised when the model process could not answer; `retry` says whether a second try may."""

    def __init__(self, message: str, *, retry: bool) -> None:
        super().__init__(message)
        self.retry = retry


def place() -> Place:
    """Where settings.MODELS is; empty when it is unset."""
    if not settings.MODELS:
        return ""
    parts = urlsplit(settings.MODELS)
    if parts.scheme == "unix" and parts.path:
        return parts.path
    with suppress(ValueError):
        if parts.scheme == "tcp" and parts.hostname and parts.port:
            return parts.hostname, parts.port
    raise ImproperlyConfigured(
        f"MODELS={settings.MODELS} is no place; use unix:/run/models.sock or tcp://host:port."
    )


def key() -> bytes:
    """What both ends know: they share SECRET_KEY."""
    return salted_hmac("chatbot.remote", "models", algorithm="sha256").digest()


def dump(values: dict[str, Any]) -> bytes:
    """A message of words."""
    return json.dumps(values).encode()


def ask(
    do: str, seconds: float, stop: threading.Event | None = None, **about: Any
) -> Iterator[Any]:
    """Put a question; what comes back, word by word as dictionaries, vectors as bytes. Until its
    first message has come it is put again, to a process that may be just starting."""
    stop, until = stop or threading.Event(), time.monotonic() + PATIENCE
    while True:
        line = None
        try:
            line = _line()
            line.send_bytes(dump({"do": do} | about))
            first = _heard(line, seconds, stop)
            break
        except LOST as error:
            _hang_up(line)
            if stop.is_set():
                raise Stopped from error
            if time.monotonic() > until:
                raise Gone(_gone()) from error
            time.sleep(AGAIN)
        except BaseException:
            _hang_up(line)
            raise
    yield from _rest(line, first, seconds, stop)


def value(do: str, seconds: float, **about: Any) -> Any:
    """The one message of an answer that has no more."""
    (told,) = ask(do, seconds, **about)
    return told["value"] if isinstance(told, dict) else told


def reachable() -> bool:
    """Whether the model process answers now."""
    try:
        line = _connected()
    except LOST:
        return False
    _hang_up(line)
    return True


def _rest(line: Connection, told: Any, seconds: float, stop: threading.Event) -> Iterator[Any]:
    """The messages up to the last; the line is then free for another question."""
    whole = False
    try:
        while told != END:
            if isinstance(told, dict) and "error" in told:
                raise Failed(told["error"], retry=told["retry"])
            yield told
            told = _heard(line, seconds, stop)
        whole = True
    except LOST as error:
        raise Gone(_gone()) from error
    finally:
        if whole:
            with _lock:
                _idle.append(line)
        else:
            _hang_up(line)


def _heard(line: Connection, seconds: float, stop: threading.Event) -> Any:
    until = time.monotonic() + seconds
    while not line.poll(STEP):
        if stop.is_set():
            raise Stopped
        if time.monotonic() > until:
            raise TimeoutError(f"no answer within {seconds} s")
    told = line.recv_bytes(MOST_BYTES)
    return told[1:] if told.startswith(RAW) else json.loads(told)


def _line() -> Connection:
    """One that is idle, or a new one."""
    with _lock:
        if _idle:
            return _idle.pop()
    return _connected()


def _connected() -> Connection:
    line: Connection = Client(place())
    try:
        if not line.poll(GREETING_SECONDS):
            raise TimeoutError("no greeting")
        answer_challenge(line, key())
        deliver_challenge(line, key())
    except BaseException:
        _hang_up(line)
        raise
    return line


def _hang_up(line: Connection | None) -> None:
    if line is not None:
        with suppress(OSError):
            line.close()


def _gone() -> str:
    return f"The model process at {settings.MODELS} does not answer; see whether it runs."
