"""Calls of a model that come while it is at work wait, and are then worked on together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class Call(Generic[Asked, Given]):
    """What one thread asks, and what it is given."""

    given: Given
    fault: BaseException | None = None

    def __init__(self, asked: Asked) -> None:
        self.asked, self.done = asked, False


class Together(Generic[Asked, Given]):
    """One worker for many threads: who finds it free takes along up to `most` calls that wait. A
    lone call waits for nobody."""

    def __init__(self, work: Callable[[Sequence[Asked]], Iterable[Given]], most: int) -> None:
        self.work, self.most = work, most
        self.changed = threading.Condition()
        self.waiting: list[Call[Asked, Given]] = []
        self.busy = False

    def __call__(self, asked: Asked) -> Given:
        """What the worker makes of `asked`, whoever's thread it runs in."""
        call: Call[Asked, Given] = Call(asked)
        with self.changed:
            self.waiting.append(call)
        while some := self._turn(call):
            try:
                self._do(some)
            finally:
                self._end(some)
        if call.fault:
            raise call.fault
        return call.given

    def _turn(self, call: Call[Asked, Given]) -> list[Call[Asked, Given]]:
        """The calls that this thread has to work on; none when its own has been."""
        with self.changed:
            self.changed.wait_for(lambda: call.done or not self.busy)
            if call.done:
                return []
            self.busy = True
            some, self.waiting = self.waiting[: self.most], self.waiting[self.most :]
            return some

    def _do(self, some: list[Call[Asked, Given]]) -> None:
        """Work on calls together; should that break, on each alone: no call breaks others."""
        try:
            given = self.work([call.asked for call in some])
            for call, each in zip(some, given, strict=True):
                call.given = each
        except Exception as error:  # noqa: BLE001 -- raised to whoever asked
            if len(some) == 1:
                some[0].fault = error
                return
            for call in some:
                self._do([call])

    def _end(self, some: list[Call[Asked, Given]]) -> None:
        with self.changed:
            self.busy = False
            for call in some:
                call.done = True
            self.changed.notify_all()
