"""Sending the newest head out: by hand, or by the running site once a day to each place."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot.models import Dispatch

from . import heads
from .sealing import seal

logger = logging.getLogger(__name__)


def places() -> list[str]:
    """Where heads go by themselves: CHECKPOINT_FILE and CHECKPOINT_MAIL."""
    return [place for place in (settings.CHECKPOINT_FILE, settings.CHECKPOINT_MAIL) if place]


def send_due() -> None:
    """Begin today's dispatch to every place, by one process; it goes out beside everything else."""
    for place in places():
        row, new = Dispatch.objects.get_or_create(day=timezone.now().date(), to=place)
        if new:
            threading.Thread(target=_send, args=[row], name="head").start()


def _send(row: Dispatch) -> None:
    """Send the head and keep what became of it."""
    try:
        send(row.to)
    except OSError:  # no such folder, no mail server, or one that refuses
        logger.exception("The head of the record could not be sent to %s", row.to)
        Dispatch.objects.filter(pk=row.pk).update(outcome=Dispatch.Outcome.FAILED)
    finally:
        connection.close()


def send(place: str) -> int:
    """Seal, then send the newest head to a file or, with an "@", by e-mail; for how many entries it
    vouches, 0 while there are none. Raises OSError where it can't be sent."""
    seal()
    head = heads.newest()
    if head is None:
        Dispatch.objects.filter(day=timezone.now().date(), to=place).delete()
        return 0
    if "@" in place:
        _mail(head, place)
    else:
        heads.write(head, Path(place))
    done = {"count": head.count, "outcome": Dispatch.Outcome.SENT, "at": timezone.now()}
    Dispatch.objects.update_or_create(day=timezone.now().date(), to=place, defaults=done)
    return head.count


def _mail(head: heads.Head, address: str) -> None:
    subject = _("The record's head: %(count)s entries") % {"count": head.count}
    text = _(
        "Keep this line. Saved in a file, it lets `manage.py verify_ledger --checkpoint FILE` find "
        "out whether the record was written anew since."
    )
    send_mail(subject, f"{text}\n\n{head.model_dump_json()}\n", None, [address])


def last_sent() -> Dispatch | None:
    """The newest dispatch, whatever became of it."""
    return Dispatch.objects.exclude(outcome="").first()
