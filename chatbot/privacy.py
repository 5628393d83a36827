"""A person's data: given out whole, or erased while the record stays whole."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from . import ledger
from .models import (
    Action,
    Conversation,
    Correction,
    Frame,
    Proof,
    Remark,
    Reply,
    Review,
    ToldClaim,
    Turn,
)


def export(conversation: Conversation) -> list[dict[str, Any]]:
    """Everything kept of a conversation, turn by turn, for the person it belongs to; what staff
    noted about it comes last."""
    notes = conversation.notes.values("text", "created_at")
    turns = [_turn(t) for t in conversation.turns.order_by("number")]
    return [*turns, *({"note": n["text"], "at": n["created_at"].isoformat()} for n in notes)]


def _turn(turn: Turn) -> dict[str, Any]:
    """A message, what the assistant replied, how that was corrected, and what a person said; who
    had it may be either."""
    reply = Reply.objects.filter(turn=turn).first()
    told = ("receipt", "text", "outcome", "disclosure") if reply else ()
    return {
        "message": turn.text, "at": turn.created_at.isoformat(),
        "actions": list(turn.actions.values("title", "terms", "state", "told", "change")),
        "persons": list(turn.remarks.values("takeover__name", "text")),
        "corrections": [_correction(c) for c in Correction.objects.filter(reply__turn=turn)],
    } | {name: getattr(reply, name) for name in told}  # fmt: skip


def _correction(told: Correction) -> dict[str, Any]:
    withdrawn = told.withdrawn_at.isoformat() if told.withdrawn_at else ""
    at = told.told_at.isoformat()
    return {"name": told.name, "text": told.text, "at": at, "withdrawn": withdrawn}


@transaction.atomic
def erase(conversation: Conversation) -> None:
    """Empty every body of a conversation; the ledger keeps its digests, and that this was done.

    The salts go with the bodies, so that no digest can be matched with a guess.
    """
    replies = Reply.objects.filter(turn__conversation=conversation)
    actions = Action.objects.filter(turn__conversation=conversation)
    empty = {"text": "", "draft": "", "salt": "", "cards": [], "reading": {}, "acts": [],
             "facts": [], "claims": [], "sources": []}  # fmt: skip
    replies.update(**empty)
    ToldClaim.objects.filter(conversation=conversation).delete()
    actions.update(order="", quote="", title="", terms=[], change="", told="", salt="")
    Proof.objects.filter(conversation=conversation).delete()
    Frame.objects.filter(conversation=conversation).update(body={"type": "erased"})
    conversation.turns.update(text="")
    conversation.memory = {}
    conversation.save(update_fields=["memory"])
    _record(replies.filter(completed_at__isnull=False).select_related("turn"), actions)
    _erase_staffs_words(conversation)


def _erase_staffs_words(conversation: Conversation) -> None:
    """Empty what persons said and noted, what reviewers wrote, and what the shopper was told of
    it."""
    remarks = Remark.objects.filter(turn__conversation=conversation)
    told = Correction.objects.filter(reply__turn__conversation=conversation)
    reviews = Review.objects.filter(reply__turn__conversation=conversation)
    remarks.update(text="", salt="")
    told.update(text="", salt="")
    reviews.update(correction="", comment="")
    conversation.notes.update(text="")
    _record(remarks, told, reviews.select_related("reply"))


def _record(*erased: QuerySet[Any]) -> None:
    for rows in erased:
        for row in rows:
            ledger.record_erasure(row)
