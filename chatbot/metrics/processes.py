"""Several processes behind one address: each keeps its figures in files of
PROMETHEUS_MULTIPROC_DIR, and whichever is asked adds them all up.

A process holds a lock as long as it lives, so the figures of a dead one are known by it, whatever
has its number by now. What it counted stays; how many sockets it had open does not. The first
process to join an otherwise dead folder empties it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client reads it from the environment itself
_held: list[IO[str]] = []  # this process' lock, open as long as it lives


def join() -> None:
    """Enter the folder, before the first figure is kept there."""
    if not (name := os.environ.get(FOLDER, "")):
        return
    folder = Path(name)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        if not any(_lives(lock) for lock in folder.glob("*.lock")):
            _empty(folder)
        _forget(os.getpid(), folder)  # who had this number before
        mine = (folder / f"{os.getpid()}.lock").open("w")
        fcntl.flock(mine, fcntl.LOCK_EX)
        _held.append(mine)


def registry() -> CollectorRegistry:
    """What is told when somebody asks: this process' figures, or everybody's of the folder."""
    if not (name := os.environ.get(FOLDER, "")):
        return REGISTRY
    _bury(Path(name))
    everybody = CollectorRegistry()
    MultiProcessCollector(everybody, name)  # type: ignore[no-untyped-call]
    return everybody


def _bury(folder: Path) -> None:
    """Forget what the dead had open."""
    with _alone(folder):
        for lock in folder.glob("*.lock"):
            if lock.stem != str(os.getpid()) and not _lives(lock):
                _forget(int(lock.stem), folder)
                lock.unlink(missing_ok=True)


def _forget(number: int, folder: Path) -> None:
    mark_process_dead(number, str(folder))  # type: ignore[no-untyped-call]


def _empty(folder: Path) -> None:
    for left in (*folder.glob("*.db"), *folder.glob("*.lock")):
        left.unlink(missing_ok=True)


def _lives(lock: Path) -> bool:
    """Whether a process holds its lock."""
    with lock.open() as tried:
        try:
            fcntl.flock(tried, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time looks after the folder."""
    with (folder / "folder").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
