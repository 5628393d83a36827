"""Loading: the engines that this process has in memory beside the environment's.

A switch is picked up with the next message; what has to be loaded first is loaded aside, while the
engine that answered before goes on. What cannot be loaded, or is not what was switched on any more,
is left out and tried again later.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection

from chatbot import setups, writing
from chatbot.models import EngineSetup
from chatbot.writing import Engine, EngineError

logger = logging.getLogger(__name__)

AGAIN = 60.0  # seconds until what could not be loaded is tried again
Record = dict[str, Any]


class Wanted(NamedTuple):
    """An engine as it was switched on: with these files, at this address."""

    setup: EngineSetup
    digest: str

    @property
    def key(self) -> tuple[int, str]:
        return self.setup.pk, self.digest


@dataclass(frozen=True)
class Ready:
    """An engine in memory, and what a record says of it."""

    engine: Engine
    decides: Record

    @property
    def record(self) -> Record:
        """What the assistant runs under with it."""
        present = setups.present()
        weights = present["weights"] | {"writer": self.decides["writer"]}
        found = {name: value for name, value in self.decides.items() if name != "writer"}
        return present | found | {"weights": weights}

    @cached_property
    def digest(self) -> str:
        """By which it is told from the same engine with other files."""
        return _digest(self.decides)


class Memory:
    """What is loaded, and who answered last."""

    def __init__(self) -> None:
        self.ready: dict[tuple[int, str], Ready] = {}
        self.failed: dict[tuple[int, str], float] = {}  # when
        self.last: Ready | None = None  # nobody: the environment's engine
        self.begun = False  # whether anybody has been answered
        self.lock = threading.Lock()  # loads one at a time


memory = Memory()


def answering(wanted: Wanted | None) -> Ready | None:
    """This engine, or while it is being loaded the one that answered before; nothing for the
    environment's, which its own room loads."""
    if wanted is None:
        memory.last = None
    elif found := _found(wanted):
        memory.last = found
    memory.begun = True
    return memory.last


def _found(wanted: Wanted) -> Ready | None:
    """It is there; or is waited for, where nobody has answered who could go on meanwhile."""
    if wanted.key not in memory.ready and memory.begun:
        _aside(wanted)
    elif wanted.key not in memory.ready:
        _try(wanted)
    return memory.ready.get(wanted.key)


def needed(wanted: Wanted) -> Ready | None:
    """This engine, waited for where need be; nothing when it cannot be loaded."""
    if wanted.key not in memory.ready:
        _try(wanted)
    return memory.ready.get(wanted.key)


def fresh(setup: EngineSetup) -> Ready:
    """The engine as its files are now; nobody is answered by it yet. Raises EngineError,
    ImproperlyConfigured or whatever a library makes of a broken model."""
    before = _decided(setup)
    engine = writing.candidate(setup.kind, setup.model, setup.place)
    writing.probe(engine)
    if _decided(setup) != before:
        raise EngineError(f"{setup} changed while it was loaded; wait until its files are written.")
    return Ready(engine, before)


def digest(setup: EngineSetup) -> str:
    """The same of an engine as its files are now, which need not be loaded."""
    return _digest(_decided(setup))


def _digest(decides: Record) -> str:
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def described(setup: EngineSetup) -> Record:
    """What the assistant would run under with this engine as its files are now."""
    return setups.candidate(setup.kind, setup.model, setup.place)


def _decided(setup: EngineSetup) -> Record:
    """What of that is the engine's."""
    found = described(setup)
    told = {name: found[name] for name in ("engine", "engine_model", "endpoint")}
    return told | {"writer": found["weights"]["writer"]}


def put(wanted: Wanted, found: Ready) -> None:
    """Have an engine in memory that is loaded already."""
    memory.ready[wanted.key] = found


def keep(wanted: Iterable[Wanted]) -> None:
    """Load these aside; drop all others but the one that answers while another is loaded."""
    rows = {one.key: one for one in wanted}
    for key in [key for key in memory.ready if key not in rows]:
        memory.ready.pop(key, None)
    for one in rows.values():
        _aside(one)


def _aside(wanted: Wanted) -> None:
    """Load it in a thread of its own, unless one is being loaded."""
    if wanted.key not in memory.ready and not memory.lock.locked():
        threading.Thread(target=_beside, args=[wanted], name="engine", daemon=True).start()


def _beside(wanted: Wanted) -> None:
    try:
        _try(wanted)
    finally:
        connection.close()


def _try(wanted: Wanted) -> None:
    """Load it, unless it is there by now or that has just been tried in vain."""
    with memory.lock:
        lately = time.monotonic() - memory.failed.get(wanted.key, -AGAIN) < AGAIN
        if wanted.key in memory.ready or lately:
            return
        try:
            memory.ready[wanted.key] = _as_switched(wanted)
        except Exception:  # whatever a library makes of a broken model
            memory.failed[wanted.key] = time.monotonic()
            logger.exception("Engine %s could not be loaded", wanted.setup)


def _as_switched(wanted: Wanted) -> Ready:
    found = fresh(wanted.setup)
    if found.digest != wanted.digest:
        raise EngineError(
            f"{wanted.setup} is not what was switched on: its files or its address are others now; "
            "put them back, or try it and switch it on again."
        )
    return found
