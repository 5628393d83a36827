"""Letters: a correction that no open chat has carried goes to the address of who had asked.

A letter cannot be called back, so it waits until the decision can no longer be undone. One process
begins it, by conditional update; it goes out beside everything else, and what became of it is on
record.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatbot import ledger, posting
from chatbot.models import Correction, Reply

from .queue import UNDO_LASTS

BATCH = 20  # a recall may have a letter for thousands, and each is sent from a thread of its own
# Stands, and neither a chat nor a letter has carried it.
UNTOLD: dict[str, None] = {"carried_at": None, "letter_at": None, "withdrawn_at": None}
_CORRECTION = gettext_lazy(
    "On %(date)s our AI assistant told you:\n\n%(quoted)s\n\n%(name)s from our team corrects"
    " this:\n\n%(text)s\n\nReceipt of the answer: %(receipt)s"
)
_ANSWER = gettext_lazy(
    "On %(date)s you asked in our chat:\n\n%(quoted)s\n\n%(name)s from our team"
    " answers:\n\n%(text)s\n\nReceipt of the answer: %(receipt)s"
)


def address(reply: Reply) -> str:
    """Where who asked can be written to; empty for a guest, whose address is not ours to use."""
    shopper = reply.turn.shopper
    return shopper.email if shopper and shopper.is_active else ""


def send_due() -> None:
    """Begin the next letters that are due."""
    next_ones = list(due().values_list("pk", flat=True)[:BATCH])
    rows = Correction.objects.filter(pk__in=next_ones)
    for correction in rows.select_related("reply__turn__shopper", "reply__turn__conversation"):
        mine = Correction.objects.filter(pk=correction.pk, **UNTOLD).exclude(salt="")
        if mine.update(letter_at=timezone.now()):  # and not erased meanwhile
            _post(correction)


def due() -> QuerySet[Correction]:
    """Corrections that stand for good and that nobody's chat has carried, oldest first.

    Who asked is looked up for each of them: a join might begin with all replies.
    """
    known = Reply.objects.filter(pk=OuterRef("reply"), turn__shopper__is_active=True)
    written_to = Exists(known.exclude(turn__shopper__email=""))
    old = Correction.objects.filter(**UNTOLD, told_at__lt=timezone.now() - UNDO_LASTS)
    return old.filter(written_to).exclude(salt="").order_by("told_at")


def _post(correction: Correction) -> None:
    with translation.override(correction.reply.turn.conversation.language):
        _write(correction)


def _write(correction: Correction) -> None:
    receipt = correction.reply.receipt
    subject = _("A correction of an answer in our chat (%s)") % receipt
    if correction.instead:
        subject = _("The answer to your question in our chat (%s)") % receipt
    told = partial(_record, correction)
    posting.post(address(correction.reply), subject, _text(correction), told)


def _text(correction: Correction) -> str:
    reply = correction.reply
    words = reply.turn.text if correction.instead else reply.text
    quoted = "\n".join(f"> {line}" for line in words.splitlines())
    told = _ANSWER if correction.instead else _CORRECTION
    return str(told) % {
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
