"""Whether this process is fit to serve: the parts it needs, by name and without a secret."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from . import remote

warm = threading.Event()  # the models are loaded, or need not be
_migrated = threading.Event()  # what has been applied once stays so


def missing(answers: bool) -> list[str]:
    """The parts that are missing, in the order in which they are needed; a process that leaves the
    answers to others needs no models."""
    found = [part for part, there in PARTS.items() if not _holds(there)]
    return found + (["models"] if answers and not _holds(_has_models) else [])


def _has_models() -> bool:
    """Whether the models are loaded, here or in the model process."""
    loaded = warm.is_set() or not settings.WARM_UP
    return loaded and (not settings.MODELS or remote.reachable())


def _holds(there: Callable[[], bool]) -> bool:
    with suppress(Exception):  # whoever needs it logs why; here only that it is missing
        return there()
    return False


def _answers() -> bool:
    """Whether the database takes a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _is_migrated() -> bool:
    """Whether every migration of this program has been applied."""
    if not _migrated.is_set():
        executor = MigrationExecutor(connections["default"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.set()
    return True


PARTS: dict[str, Callable[[], bool]] = {"database": _answers, "migrations": _is_migrated}
