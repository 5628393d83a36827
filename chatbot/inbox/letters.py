"""Letters: what a person answers goes to the address that the shopper has left, once.

One process begins a letter, by conditional update; what became of it is on record and shown to
staff.
"""

from __future__ import annotations

import uuid
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chatbot import ledger, posting
from chatbot.models import Remark

from . import contact

Letter = Remark.Letter


def due() -> QuerySet[Remark]:
    """Letters that nobody has begun."""
    return Remark.objects.filter(letter=Letter.DUE, letter_at=None)


def send_due() -> None:
    """Begin every letter that nobody has begun."""
    for remark in due().select_related("turn__conversation", "takeover"):
        mine = Remark.objects.filter(pk=remark.pk, letter=Letter.DUE, letter_at=None)
        if mine.update(letter_at=timezone.now()):  # and not erased meanwhile
            _begin(remark)


def _begin(remark: Remark) -> None:
    chat, told = remark.turn.conversation, partial(_record, remark.pk)
    if (address := contact.address(chat)) and remark.salt:
        with translation.override(chat.language):
            posting.post(address, _("Our answer from the chat"), _text(remark), told)
    else:  # erased meanwhile
        told(False)


def _text(remark: Remark) -> str:
    asked = remark.turn.conversation.turns.filter(wants_person=False).order_by("-number").first()
    quoted = "\n".join(f"> {line}" for line in asked.text.splitlines()) if asked else ""
    told = _("%(name)s from our team answers what you asked in our chat:\n\n%(text)s\n\n%(quoted)s")
    return (told % {"name": remark.takeover.name, "text": remark.text, "quoted": quoted}).strip()


def _record(pk: uuid.UUID, sent: bool) -> None:
    with transaction.atomic():
        remark = Remark.objects.select_for_update().get(pk=pk)
        remark.letter = Letter.SENT if sent else Letter.FAILED
        remark.save(update_fields=["letter"])
        ledger.record_remark(remark)
    ledger.seal()
