"""What was worked out already need not be again: the newest answers stay in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """The values of keys, of which those longest unused are forgotten first; safe to use from
    several threads. Two that ask for the same at once may both work it out."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.known: OrderedDict[Key, Value] = OrderedDict()
        self.lock = threading.Lock()

    def of(
        self, keys: Sequence[Key], work: Callable[[list[Key]], Mapping[Key, Value]]
    ) -> list[Value]:
        """The value of each key, in order; `work` finds those that are not known, each once."""
        with self.lock:
            found = {key: self.known[key] for key in keys if key in self.known}
        new = [key for key in dict.fromkeys(keys) if key not in found]
        found |= work(new) if new else {}
        with self.lock:
            for key in keys:
                self.known[key] = found[key]
                self.known.move_to_end(key)
            while len(self.known) > self.most:
                self.known.popitem(last=False)
        return [found[key] for key in keys]
