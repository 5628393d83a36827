"""Turns that wait: which are free, who picks them up, how many stand before one.

The database is the truth, whichever process accepted them: a process that has room leases the
oldest, and one that ends hands back what it could not finish.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Turn

AT_WORK = (Turn.State.QUEUED, Turn.State.RUNNING)
LINE_SECONDS = 1  # the line is read this seldom, however many shoppers ask for their place

_line: tuple[float, list[int]] = (0.0, [])


def free() -> QuerySet[Turn]:
    """Turns that may be leased: waiting, or left by a process that stopped renewing. That they are
    not done goes without saying, but not for the database, which finds them by it."""
    expired = Q(state=Turn.State.RUNNING, leased_until__lt=timezone.now())
    not_done = Turn.objects.exclude(state=Turn.State.DONE)
    return not_done.filter(Q(state=Turn.State.QUEUED) | expired)


def turns() -> list[int]:
    """Turns nobody works on, whoever came first comes first."""
    return list(free().order_by("created_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def pick(process: str, most: int, at_work: Collection[int] = ()) -> list[int]:
    """Lease the `most` oldest to `process`, each once those before it in its conversation are done.
    What it is `at_work` on goes on, even if it was too slow to renew its lease. What another
    process is picking at this moment is passed over, not waited for (PostgreSQL, FOR UPDATE SKIP
    LOCKED); SQLite lets one in at a time."""
    before = Turn.objects.filter(
        conversation=OuterRef("conversation"), number__lt=OuterRef("number"), state__in=AT_WORK
    )
    firsts = free().exclude(Exists(before)).exclude(pk__in=at_work).order_by("created_at", "pk")
    rows = firsts.select_for_update(skip_locked=True).values_list("pk", flat=True)
    picked = list(rows[:most])
    if picked:
        Turn.objects.filter(pk__in=picked).update(
            state=Turn.State.RUNNING, lease=process, leased_until=lease_end()
        )
    return picked


def hand_over(process: str) -> int:
    """Let go of what `process` works on, so that another goes on with it at once; how many."""
    mine = Turn.objects.filter(state=Turn.State.RUNNING, lease=process)
    return mine.update(state=Turn.State.QUEUED, lease="", leased_until=None)


def lease_end() -> datetime:
    """Until when a turn leased now may be left without a sign of life."""
    return timezone.now() + timedelta(seconds=settings.TURN_LEASE_SECONDS)


def before(turn_id: int) -> int | None:
    """How many turns are answered before this one, as of a moment ago; None once it is."""
    line = _standing()
    return line.index(turn_id) if turn_id in line else None


def told(place: int | None) -> str:
    """The same in words; empty for who does not wait."""
    if place is None:
        return ""
    if place == 0:
        return _("Your question is the next one.")
    return _("Many people are asking just now. Questions before yours: %(n)s") % {"n": place}


def newest(chat_id: uuid.UUID) -> Turn | None:
    """The conversation's last message that waits."""
    queued = Turn.objects.filter(conversation=chat_id, state=Turn.State.QUEUED)
    return queued.order_by("-number").first()


def full() -> bool:
    """Whether as many turns wait as may."""
    return len(_standing()) >= settings.TURNS_WAITING


def _standing() -> list[int]:
    """The line, read once a moment by each process."""
    global _line
    read, line = _line
    if time.monotonic() - read >= LINE_SECONDS:
        line = turns()
        _line = time.monotonic(), line
    return line
