"""Alerts: a letter to whoever of the team asked for it, when a shopper waits and nobody is there.

Each waiting shopper alerts once, by conditional update, so that of several processes one writes.
The letter says how many and since when; nothing that a shopper wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chatbot import posting
from chatbot.models import Conversation, Seat
from storefront import queries

from . import line

UNALERTED = Q(alerted_at=None) | Q(alerted_at__lt=F("waiting_since"))


def wants(user: Any) -> bool:
    """Whether this member of staff is written to."""
    return Seat.objects.filter(person=user, letters=True).exists()


def want(user: Any, letters: bool) -> None:
    """Write to this member of staff from now on, or no more."""
    Seat.objects.update_or_create(person=user, defaults={"letters": letters})


def send_due() -> None:
    """Write of those who have waited for too long; not while anybody of the team is there."""
    if settings.ALERT_AFTER_MINUTES < 1 or line.anybody():
        return
    due = _due()
    addresses = _addresses() if due.exists() else []
    since = list(_claimed(due)) if addresses else []
    for address in addresses if since else ():
        posting.post(address, _subject(len(since)), _text(since), lambda _sent: None)


def _due() -> QuerySet[Conversation]:
    late = timezone.now() - timedelta(minutes=settings.ALERT_AFTER_MINUTES)
    return line.waiting().filter(UNALERTED, waiting_since__lte=late)


def _claimed(due: QuerySet[Conversation]) -> Iterator[datetime]:
    """Since when each of those waits of whom no other process writes."""
    for pk, since in list(due.values_list("pk", "waiting_since")):
        mine = Conversation.objects.filter(UNALERTED, pk=pk, waiting_since=since)
        if since and mine.update(alerted_at=timezone.now()):
            yield since


def _addresses() -> list[str]:
    """Of those who asked for letters and may still answer."""
    asked = Seat.objects.filter(letters=True).values("person")
    people = line.colleagues().filter(pk__in=asked).exclude(email="")
    return list(people.values_list("email", flat=True))


def _subject(many: int) -> str:
    told = ngettext("%(n)s shopper waits for a person", "%(n)s shoppers wait for a person", many)
    return told % {"n": many}


def _text(since: list[datetime]) -> str:
    zone = ZoneInfo(queries.rules().get("shop.timezone") or "UTC")
    told = _(
        "%(subject)s, the first since %(at)s, and nobody of the team has the inbox open.\n\n"
        "Open the Inbox in the admin to answer. There you can also switch these letters off."
    )
    at = min(since).astimezone(zone).strftime("%H:%M %Z")
    return told % {"subject": _subject(len(since)), "at": at}
