"""Editing: the shopper puts another message in the place of the last one.

Nothing is unsaid: both messages and what was answered stay on record. The reply at work on the
earlier one stops, its cards close, and the conversation goes on as if it had not been written.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import actions, delivery, ledger, memory, pressing
from .models import Conversation, Edit, Turn


@transaction.atomic
def accept(conversation_id: uuid.UUID, number: int | None, **said: Any) -> Turn:
    """Store a message, perhaps in the place of turn `number`. Raises delivery.Refused."""
    if number is None:
        return delivery.accept(conversation_id, **said)
    chat = Conversation.objects.select_for_update().get(pk=conversation_id)
    if known := chat.turns.filter(client_id=said["client_id"]).first():
        return known
    old = _replaceable(chat, number)
    new = delivery.accept(conversation_id, **said, replaces=number)
    _replace(old, new)
    return new


def _replaceable(chat: Conversation, number: int) -> Turn:
    """The turn of this number, if it is the last; what a person has read is not taken back, whether
    the person is still there or not."""
    last = chat.turns.order_by("-number").first()
    if last is None or last.number != number or last.wants_person:
        raise delivery.Refused("edit", _("Only your last message can be changed."))
    if chat.takeovers.exclude(ended_at__lt=last.created_at).exists():
        told = _("A colleague has read that message. Please write what you would change.")
        raise delivery.Refused("edit", told)
    return last


def _replace(old: Turn, new: Turn) -> None:
    ledger.record_edit(Edit.objects.create(turn=old, by=new))
    try:
        pressing.withdraw(old)
    except actions.Refused as error:
        raise delivery.Refused("edit", str(error)) from error
    delivery.request_stop(old.conversation, old.number)
    memory.go_back(old)
