"""A person's data: given out whole, or erased while the record stays whole."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from . import ledger
from .models import Action, Conversation, Frame, Proof, Reply, new_salt


def export(conversation: Conversation) -> list[dict[str, Any]]:
    """Everything kept of a conversation, turn by turn, for the person it belongs to."""
    replies = Reply.objects.filter(turn__conversation=conversation).select_related("turn")
    return [
        {"message": r.turn.text, "at": r.turn.created_at.isoformat(), "actions": _actions(r)}
        | {name: getattr(r, name) for name in ("receipt", "text", "outcome", "disclosure")}
        for r in replies.order_by("turn__number")
    ]


def _actions(reply: Reply) -> list[dict[str, Any]]:
    """What was offered with a reply, and what became of it."""
    fields = ("title", "terms", "state", "told", "change")
    return list(Action.objects.filter(turn=reply.turn).values(*fields))


@transaction.atomic
def erase(conversation: Conversation) -> None:
    """Empty every body of a conversation; the ledger keeps its digests, and that this was done.

    The salts go with the bodies, so that no digest can be matched with a guess.
    """
    for reply in Reply.objects.filter(turn__conversation=conversation):
        ledger.record("erasure", reply.receipt, new_salt(), {})
    empty = {"text": "", "draft": "", "salt": "", "cards": [], "reading": {}, "acts": [],
             "facts": [], "claims": [], "sources": []}  # fmt: skip
    Reply.objects.filter(turn__conversation=conversation).update(**empty)
    actions = Action.objects.filter(turn__conversation=conversation)
    actions.update(order="", quote="", title="", terms=[], change="", told="", salt="")
    Proof.objects.filter(conversation=conversation).delete()
    Frame.objects.filter(conversation=conversation).update(body={"type": "erased"})
    conversation.turns.update(text="")
    conversation.memory = {}
    conversation.save(update_fields=["memory"])
