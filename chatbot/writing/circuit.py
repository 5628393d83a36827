"""The circuit to an endpoint: while a server keeps failing, it is not asked.

Closed, everybody may ask. It opens after so many failures in a row, or when half of the last
answers were failures; who asks then is told so at once, and the shop's fallback writes. After a
rest one asks as a probe: where that goes well all may ask again, where not the rest begins anew.
A circuit is one process's, so that no process depends on another to stay upright.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from chatbot import metrics

CLOSED, OPEN, PROBING = "closed", "open", "probing"
IN_A_ROW = 5
LAST, SHARE = 20, 0.5  # of the last 20 answers
REST_SECONDS = 15.0
LONGEST_REST = 120.0  # whatever a server asks for
PROBE_SECONDS = 30.0  # after which a probe that never came back no longer keeps others out


@dataclass(frozen=True)
class Standing:
    """A circuit as staff and metrics see it."""

    address: str
    state: str
    failures: int  # in a row
    opened: int  # how often it has opened since the process began
    rests: float  # for how many seconds nobody asks yet
    said: str  # what went wrong last


class Leave(NamedTuple):
    """What somebody hears who wants to ask: for how many seconds there is no leave, 0 where there
    is, and whether theirs is the probe."""

    rest: float
    probes: bool = False


class Circuit:
    """Whether the server at an address may be asked."""

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.address, self.clock = address, clock
        self.lock = threading.Lock()
        self.state, self.said = CLOSED, ""
        self.failures = self.opened = 0
        self.until = 0.0  # of the rest, or of the probe
        self.last: deque[bool] = deque(maxlen=LAST)

    def enter(self) -> Leave:
        """Ask for leave to ask."""
        with self.lock:
            left = self.until - self.clock()
            if self.state == CLOSED:
                return Leave(0)
            if left > 0:
                return Leave(left)
            self.state, self.until = PROBING, self.clock() + PROBE_SECONDS
            return Leave(0, probes=True)

    def succeed(self) -> None:
        """An answer has come."""
        with self.lock:
            if self.state != CLOSED:
                self.last.clear()
                metrics.breaker(False)
            self.state, self.failures = CLOSED, 0
            self.last.append(True)

    def fail(self, said: str, rest: float | None = None) -> None:
        """None has come; `rest` is how long the server itself wants to be left alone."""
        with self.lock:
            self.failures, self.said = self.failures + 1, said
            self.last.append(False)
            if self.state == PROBING or rest is not None or self._spent():
                self._open(REST_SECONDS if rest is None else rest)

    def leave(self) -> None:
        """Nobody waited for the probe's answer; it tells nothing, and the next who asks is it."""
        with self.lock:
            if self.state == PROBING:
                self.state, self.until = OPEN, self.clock()

    def _spent(self) -> bool:
        wrong = self.last.count(False)
        return self.failures >= IN_A_ROW or (len(self.last) == LAST and wrong >= SHARE * LAST)

    def _open(self, rest: float) -> None:
        self.opened += self.state != OPEN
        metrics.breaker(True)
        self.state, self.until = OPEN, self.clock() + min(rest, LONGEST_REST)

    @property
    def standing(self) -> Standing:
        """How it stands."""
        with self.lock:
            rests = max(0.0, self.until - self.clock()) if self.state == OPEN else 0.0
            return Standing(self.address, self.state, self.failures, self.opened, rests, self.said)


_lock = threading.Lock()
_circuits: dict[str, Circuit] = {}


def to(address: str) -> Circuit:
    """The circuit to an address, one for all who ask there."""
    with _lock:
        return _circuits.setdefault(address, Circuit(address))


def standings() -> list[Standing]:
    """How all of them stand in this process."""
    with _lock:
        return [circuit.standing for circuit in _circuits.values()]
