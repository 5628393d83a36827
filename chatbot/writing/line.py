"""The line before the batch: one thread writes for all who wait, first come, first served.

Texts join between two steps, as soon as one before them is done, and every text takes the same
room: none waits for more than those that came before it. A text whose reader has stopped or gone
leaves before the next step.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from weakref import WeakSet

from chatbot import metrics

from . import batch
from .batch import Batch, Text
from .engine import EngineError

logger = logging.getLogger(__name__)

MOST_WAITING = 256  # texts in line; who comes after them is sent away
IDLE_SECONDS = 5.0  # without work, after which the thread ends

Told = Sequence[int] | EngineError


_lines: WeakSet[Line] = WeakSet()


@atexit.register
def _close() -> None:
    """Python ends threads that are left wherever they stand, and torch aborts a process that is
    in the middle of a step."""
    for line in list(_lines):
        line.close()


class Ticket:
    """A text that somebody waits for."""

    def __init__(self, text: Text, stop: threading.Event) -> None:
        self.text, self.stop = text, stop
        self.left = threading.Event()
        self.told: SimpleQueue[Told] = SimpleQueue()

    @property
    def over(self) -> bool:
        """Whether nobody wants it any more."""
        return self.stop.is_set() or self.left.is_set()


class Line:
    """Who waits, who is being written for, and the thread that writes while there are any."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.changed = threading.Condition()
        self.waiting: deque[Ticket] = deque()
        self.served: dict[Text, Ticket] = {}
        self.thread: threading.Thread | None = None
        self.closed = False
        _lines.add(self)

    def write(self, text: Text, stop: threading.Event) -> Iterator[int]:
        """The tokens of a text, as soon as it is done. Raises EngineError."""
        ticket = Ticket(text, stop)
        self._join(ticket)
        try:
            told = ticket.told.get()
            if isinstance(told, EngineError):
                raise told
            for token in told:
                if stop.is_set():
                    return
                yield token
        finally:
            ticket.left.set()

    def close(self) -> None:
        """Write no more, and wait for the step that is being taken."""
        with self.changed:
            self.closed, thread = True, self.thread
            self.changed.notify()
        if thread:
            thread.join()

    def _join(self, ticket: Ticket) -> None:
        with self.changed:
            if self.closed:
                raise EngineError("The process that writes is ending; ask again.", retry=True)
            if len(self.waiting) >= MOST_WAITING:
                raise EngineError(
                    f"{MOST_WAITING} texts are waiting to be written, the most that may; ask again"
                    " in a moment, or add a process that writes.",
                    retry=True,
                )
            self.waiting.append(ticket)
            self.changed.notify()
            if self.thread is None:
                self.thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self.thread.start()

    def _run(self) -> None:
        """Write until there has been nothing to write for a while."""
        while self._wanted():
            try:
                self._dismiss()
                self._admit()
                for text in self.batch.step():
                    self.served.pop(text).told.put(_ending(text))
            except Exception as error:  # whatever broke, nobody may wait for it forever
                logger.exception("A step of the writer broke")
                self._fail(error)

    def _wanted(self) -> bool:
        """Whether there is anybody to write for, or comes soon."""
        with self.changed:
            self.changed.wait_for(self._called, IDLE_SECONDS)
            if (self.served or self.waiting) and not self.closed:
                return True
            self.thread = None
            return False

    def _called(self) -> bool:
        return bool(self.served or self.waiting or self.closed)

    def _admit(self) -> None:
        """Let those join for whom there is room."""
        with self.changed:
            while self.waiting and not self.batch.full:
                ticket = self.waiting.popleft()
                self.served[ticket.text] = ticket
                self.batch.join(ticket.text)
            metrics.batch(len(self.served), self.batch.most, len(self.waiting))

    def _dismiss(self) -> None:
        """Take out whoever is over, in line or in the batch."""
        with self.changed:
            for ticket in [t for t in self.waiting if t.over]:
                self.waiting.remove(ticket)
                ticket.told.put(())
        gone = {text for text, ticket in self.served.items() if ticket.over}
        if gone:
            self.batch.leave(gone)
        for text in gone:
            self.served.pop(text).told.put(())

    def _fail(self, error: Exception) -> None:
        """Tell everybody in the batch that it broke, and begin an empty one."""
        self.batch.clear()
        for ticket in self.served.values():
            ticket.told.put(_broken(error))
        self.served.clear()


def _ending(text: Text) -> Told:
    if text.tokens is not None:
        return text.tokens
    return EngineError(
        f"The writer did not end {text.act} within {batch.MOST_TOKENS} tokens.", retry=True
    )


def _broken(error: Exception) -> EngineError:
    broken = EngineError(
        f"The writer broke: {error!r}; see the log of the process that writes.", retry=True
    )
    broken.__cause__ = error
    return broken
