"""What falls to nobody in particular, done by a thread beside a process that serves the shop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import close_old_connections, connection

from . import letters

logger = logging.getLogger(__name__)

SECONDS = 3
App = Callable[..., Awaitable[Any]]
_begun = threading.Event()


def beside(app: App) -> App:
    """An ASGI application that begins the chores with the first thing it is asked."""

    async def asked(scope: Any, receive: Any, send: Any) -> None:
        begin()
        await app(scope, receive, send)

    return asked


def begin() -> None:
    """Do them from now on, in one thread a process."""
    if not _begun.is_set():
        _begun.set()
        threading.Thread(target=_work, name="chores", daemon=True).start()


def _work() -> None:
    pause = threading.Event()
    while not pause.wait(SECONDS):
        step()


def step() -> None:
    """Each once; a database that is away for a moment is asked again."""
    try:
        close_old_connections()
        letters.send_due()
    except Exception:
        logger.exception("The shop's letters have to wait")
    finally:
        connection.close()
