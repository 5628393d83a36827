"""Importing a folder again whenever something in it has changed.

A file that is still being written is no shop: it is left until two looks find the same.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

PATTERNS = ("*.csv", "*.xml", "*.tsv", "shop.toml", "help/**/*.md")
AT_ANY_RATE = 3600  # seconds: sale prices begin and end without a change of any file
State = frozenset[tuple[str, int, int]]


def state(folder: Path) -> State:
    """What the folder's files look like: names, times, sizes. Empty where it can't be read."""
    found = set()
    for pattern in PATTERNS:
        for path in folder.glob(pattern):
            try:
                told = path.stat()
            except OSError:  # gone since
                continue
            found.add((str(path), told.st_mtime_ns, told.st_size))
    return frozenset(found)


def watch(folder: Path, seconds: float, load: Callable[[], bool], stop: threading.Event) -> None:
    """Load the folder now, and again after each change of it or when `load` says that it came to
    nothing, looking every so many `seconds`; until `stop` is set, which never cuts a load short."""
    loaded: State | None = None
    loaded_at = 0.0
    before = state(folder)
    while not stop.is_set():
        now = state(folder)
        due = now != loaded or time.monotonic() - loaded_at > AT_ANY_RATE
        if due and now == before and load():
            loaded, loaded_at = now, time.monotonic()
        before = now
        stop.wait(seconds)
