"""Retention: a conversation whose last word is old is erased, unless somebody needs it yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot.models import Action, Conversation, Frame, Review, Turn
from chatbot.review.queue import CLAIM_LASTS

from .erasing import erase
from .kept import WAITING, days

BATCH = 20
DAY = 24 * 3600
DONE = "retention:done"


def _needed() -> dict[str, QuerySet[Any]]:
    """Why a conversation is kept although it is old, and what of it says so."""
    chat = OuterRef("pk")
    looking = {"state": Review.State.CLAIMED, "claimed_at__gte": timezone.now() - CLAIM_LASTS}
    return {
        _("with a person, or waiting for one"): Conversation.objects.filter(
            pk=chat, state__in=WAITING
        ),
        _("with a message that is not answered yet"): Turn.objects.filter(
            conversation=chat
        ).exclude(state=Turn.State.DONE),
        _("with a reply that a reviewer is looking at"): Review.objects.filter(
            reply__turn__conversation=chat, **looking
        ),
        _("with an action that waits for staff"): Action.objects.filter(
            turn__conversation=chat, state=Action.State.WAITING
        ),
    }


def old(before: datetime) -> QuerySet[Conversation]:
    """Conversations in which nothing has been said since, oldest first."""
    since = Frame.objects.filter(conversation=OuterRef("pk"), created_at__gte=before)
    begun = Conversation.objects.filter(erased_at=None, created_at__lt=before)
    return begun.exclude(Exists(since)).order_by("created_at")


def due(before: datetime) -> QuerySet[Conversation]:
    """Those of the old ones that nobody needs any more."""
    rows = old(before)
    for needed in _needed().values():
        rows = rows.exclude(Exists(needed))
    return rows


def kept_back(before: datetime) -> Iterator[tuple[str, int]]:
    """Why old conversations are kept all the same, and how many for each reason."""
    for reason, needed in _needed().items():
        if number := old(before).filter(Exists(needed)).count():
            yield reason, number


def limit(kept_days: int | None = None) -> datetime | None:
    """Before when a conversation's last word is old; None where they are kept for ever."""
    kept_days = kept_days or days()
    return timezone.now() - timedelta(days=kept_days) if kept_days else None


def purge(before: datetime) -> Iterator[int]:
    """Erase what is due, batch by batch; yields how many each time."""
    while batch := list(due(before)[:BATCH]):
        erase(*batch)
        yield len(batch)


def daily() -> None:
    """Erase a batch of what is due, until nothing is; then not before tomorrow."""
    if cache.get(DONE):
        return
    before = limit()
    if before is None or not next(purge(before), 0):
        cache.set(DONE, True, DAY)
