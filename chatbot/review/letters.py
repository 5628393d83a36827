"""Letters: a correction that no open chat has carried goes to the address of who had asked.

A letter cannot be called back, so it waits until the decision can no longer be undone. One process
begins it, by conditional update; it goes out beside everything else, and what became of it is on
record.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chatbot import ledger, posting
from chatbot.models import Correction, Reply

from .queue import UNDO_LASTS

# Stands, and neither a chat nor a letter has carried it.
UNTOLD: dict[str, None] = {"carried_at": None, "letter_at": None, "withdrawn_at": None}


def address(reply: Reply) -> str:
    """Where who asked can be written to; empty for a guest, whose address is not ours to use."""
    shopper = reply.turn.shopper
    return shopper.email if shopper and shopper.is_active else ""


def send_due() -> None:
    """Begin every letter that is due."""
    for correction in _due().select_related("reply__turn__shopper"):
        mine = Correction.objects.filter(pk=correction.pk, **UNTOLD)
        if address(correction.reply) and mine.update(letter_at=timezone.now()):
            _post(correction)


def _due() -> QuerySet[Correction]:
    """Corrections that stand for good and that nobody's chat has carried."""
    waiting = Correction.objects.filter(**UNTOLD)
    known = waiting.filter(reply__turn__shopper__is_active=True).exclude(salt="")
    return known.filter(told_at__lt=timezone.now() - UNDO_LASTS)


def _post(correction: Correction) -> None:
    subject = _("A correction of an answer in our chat (%s)") % correction.reply.receipt
    told = partial(_record, correction)
    posting.post(address(correction.reply), subject, _text(correction), told)


def _text(correction: Correction) -> str:
    reply = correction.reply
    quoted = "\n".join(f"> {line}" for line in reply.text.splitlines())
    return _(
        "On %(date)s our AI assistant told you:\n\n%(quoted)s\n\n%(name)s from our team corrects"
        " this:\n\n%(text)s\n\nReceipt of the answer: %(receipt)s"
    ) % {
        "date": date_format(timezone.localtime(reply.turn.created_at)), "quoted": quoted,
        "name": correction.name, "text": correction.text, "receipt": reply.receipt,
    }  # fmt: skip


def _record(correction: Correction, sent: bool) -> None:
    with transaction.atomic():
        row = Correction.objects.select_for_update().get(pk=correction.pk)
        row.letter = Correction.Letter.SENT if sent else Correction.Letter.FAILED
        row.save(update_fields=["letter"])
        ledger.record_correction(row)
    ledger.seal()
