"""Verifications that staff begin: each walks the record beside everything else, one at a time, and
tells how far it is. A sign of life comes from a thread of its own, for a walk may be silent for
long, and writes through another connection than the one that reads."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Max
from django.utils import timezone

from chatbot.models import LedgerSeal, Verification

from .bodies import KINDS
from .sealing import lock
from .verifying import Verdict, verify

logger = logging.getLogger(__name__)

BEAT = 1.0  # seconds between two signs of life
SILENCE = timedelta(minutes=1)  # after which its process is taken for dead


def begin(user: Any) -> Verification:
    """Begin a verification, unless one runs: that one, then."""
    with transaction.atomic():
        lock()
        if running := present():
            return running
        row = Verification.objects.create(begun_by=user, total=estimate())
    _aside(row)
    return row


def present() -> Verification | None:
    """The verification that runs."""
    alive = Verification.objects.filter(ended_at=None, seen_at__gt=timezone.now() - SILENCE)
    return alive.first()


def estimate() -> int:
    """About how many rows there are to walk, without counting any: seals, and the highest number
    of each table that numbers its rows."""
    last = LedgerSeal.objects.order_by("-position").values_list("position", flat=True).first()
    tables = [k.model for k in KINDS.values() if isinstance(k.model._meta.pk, models.AutoField)]
    tops = [table._default_manager.aggregate(top=Max("pk"))["top"] or 0 for table in tables]
    return (last or 0) + sum(tops)


def _aside(row: Verification) -> None:
    threading.Thread(target=_watch, args=[row], name="verification", daemon=True).start()


class _Walk(threading.Thread):
    """The walk itself; a stop of the site does not wait for it."""

    def __init__(self) -> None:
        super().__init__(name="verifying", daemon=True)
        self.walked = 0
        self.verdict: Verdict | None = None

    def run(self) -> None:
        try:
            self.verdict = verify(self._count)
        except DatabaseError:
            logger.exception("The record could not be walked to its end")
        finally:
            connection.close()

    def _count(self, rows: int) -> None:
        self.walked += rows


def _watch(row: Verification) -> None:
    """Tell how far the walk is, then what it found."""
    walk = _Walk()
    walk.start()
    try:
        while walk.is_alive():
            with suppress(DatabaseError):  # it may be away for a moment
                _note(row, done=walk.walked, seen_at=timezone.now())
            walk.join(BEAT)
        _end(row, walk)
    finally:
        connection.close()


def _end(row: Verification, walk: _Walk) -> None:
    """The verdict; without one it counts as dead at once, and another may be begun."""
    now = timezone.now()
    if walk.verdict is None:
        _note(row, done=walk.walked, seen_at=now - SILENCE)
    else:
        found = {"count": walk.verdict.count, "fault": walk.verdict.fault}
        _note(row, done=walk.walked, seen_at=now, ended_at=now, **found)


def _note(row: Verification, **values: Any) -> None:
    Verification.objects.filter(pk=row.pk).update(**values)
