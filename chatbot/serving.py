"""The model process: the bundled models, loaded once, for whoever knows the key.

Each line has a thread, and the models batch what their threads ask. Whoever hangs up before the
answer is whole is worked for no longer.
"""

from __future__ import annotations

import json
import logging
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple
from multiprocessing import connection
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from pathlib import Path
from typing import Any

from . import reading, remote, writing
from .terms import Brief

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.1  # how soon it is noticed that somebody hung up
WAITING = 128  # lines that are not accepted yet


class Server:
    """Answers questions on as many lines as there are."""

    def __init__(self, reader: reading.Reader, writer: writing.Engine) -> None:
        self.reader, self.writer = reader, writer
        self.watched: dict[Connection, threading.Event] = {}

    def serve(self, place: remote.Place) -> None:
        """Accept lines for ever. A line proves the key in its own thread, so that none that keeps
        silent holds up the others."""
        threading.Thread(target=self._watch, daemon=True).start()
        with listening(place) as listener:
            while True:
                line = listener.accept()
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: Connection) -> None:
        with suppress(*remote.LOST), line:
            deliver_challenge(line, remote.key())
            answer_challenge(line, remote.key())
            while True:
                asked = json.loads(line.recv_bytes(remote.MOST_BYTES))
                with self._watching(line) as gone:
                    self._answer(line, asked, gone)

    def _answer(self, line: Connection, asked: dict[str, Any], gone: threading.Event) -> None:
        try:
            for told in getattr(self, f"do_{asked.pop('do')}")(gone, **asked):
                line.send_bytes(told if isinstance(told, bytes) else remote.dump(told))
            line.send_bytes(remote.dump(remote.END))
        except remote.LOST:
            raise
        except writing.EngineError as error:
            line.send_bytes(remote.dump({"error": str(error), "retry": error.retry}))
        except Exception as error:
            logger.exception("A question could not be answered")
            line.send_bytes(remote.dump({"error": repr(error), "retry": False}))

    def do_writer(self, _gone: threading.Event) -> Iterator[Any]:
        """Who writes here."""
        yield {"value": [self.writer.name, self.writer.weights]}

    def do_write(
        self, gone: threading.Event, brief: dict[str, Any], seed: int, weights: str
    ) -> Iterator[Any]:
        """A text, if it is to be of these weights."""
        if weights != self.writer.weights:
            raise writing.EngineError("The model process has other weights by now.", retry=True)
        words = brief | {"must": tuple(brief["must"]), "may": tuple(brief["may"])}
        for piece in self.writer.write(Brief(**words), seed=seed, stop=gone):
            yield {"piece": piece}

    def do_encode(self, _gone: threading.Event, texts: list[str]) -> Iterator[Any]:
        """Vectors, raw."""
        yield remote.RAW + self.reader.encoder.encode(texts).tobytes()

    def do_predict(self, _gone: threading.Event, text: str, before: str) -> Iterator[Any]:
        """Intents and asks."""
        yield {"value": self.reader.heads.predict(text, before)}

    def do_judge(
        self, _gone: threading.Event, question: str, texts: list[str], near: list[float],
        every: bool,
    ) -> Iterator[Any]:  # fmt: skip
        """How texts fare as the answer."""
        judged = self.reader.judge.answers(question, texts, near, every=every)
        yield {"value": [astuple(row) for row in judged]}

    def do_prepare(self, _gone: threading.Event, texts: list[str]) -> Iterator[Any]:
        """Read texts ahead."""
        self.reader.judge.prepare(texts)
        yield {"value": None}

    @contextmanager
    def _watching(self, line: Connection) -> Iterator[threading.Event]:
        """Set when the line is hung up meanwhile; nobody speaks before the answer is whole."""
        self.watched[line] = gone = threading.Event()
        try:
            yield gone
        finally:
            self.watched.pop(line, None)

    def _watch(self) -> None:
        while True:
            for line in connection.wait(list(self.watched), LOOK_SECONDS):
                if gone := self.watched.pop(line, None):  # type: ignore[call-overload]
                    gone.set()


@contextmanager
def listening(place: remote.Place) -> Iterator[connection.Listener]:
    """A listener there; a socket that a dead process has left is put away, one that is listened at
    is not. Only the same user may connect to a Unix socket."""
    if isinstance(place, str) and Path(place).exists():
        if not stat.S_ISSOCK(Path(place).stat().st_mode) or remote.reachable():
            raise OSError(f"{place} is in use; end the model process there, or choose another.")
        Path(place).unlink()
    old = os.umask(0o177)
    try:
        listener = connection.Listener(place, backlog=WAITING)
    finally:
        os.umask(old)
    with listener:
        yield listener
