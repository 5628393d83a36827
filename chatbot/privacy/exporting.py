"""What is kept of a person, given out whole: what was said, by whom, and what stands behind it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from chatbot import ledger
from chatbot.models import (
    Conversation,
    Correction,
    GoldenCase,
    Hold,
    LedgerEntry,
    Photo,
    Reply,
    Takeover,
    Turn,
)

from .liking import liking

Record = dict[str, Any]
HOW_TO_CHECK = (
    "The digest of a record is the SHA-256 of its salt, a line feed, and its body as JSON in UTF-8"
    " with sorted keys and without white space. The page of the receipt shows the same digest."
)


def everything(conversations: Iterable[Conversation], shopper_id: int | None = None) -> Record:
    """All that is kept of the conversations, and of a shopper to recommend by, as one document for
    the person they belong to."""
    return {
        "given_out": timezone.now(), "how_to_check": HOW_TO_CHECK,
        "conversations": [_conversation(chat) for chat in conversations],
        "for_you": liking(shopper_id),
    }  # fmt: skip


def export(conversation: Conversation) -> list[Record]:
    """Everything kept of a conversation, turn by turn, for the person it belongs to; what staff
    noted about it comes last."""
    turns = list(_turns(conversation))
    entries = _entries([turn.reply.receipt for turn in turns if hasattr(turn, "reply")])
    notes = conversation.notes.values("text", "created_at")
    return [
        *(_turn(turn, entries) for turn in turns),
        *({"note": n["text"], "at": n["created_at"]} for n in notes),
    ]


def _conversation(chat: Conversation) -> Record:
    disclosures = chat.disclosures.order_by("seen_at").values("version", "language", "seen_at")
    takeovers = chat.takeovers.select_related("rating")
    return {
        "id": str(chat.pk), "begun": chat.created_at, "language": chat.language,
        "state": chat.state, "signed_in_as": chat.shopper.email if chat.shopper else "",
        "disclosures": list(disclosures), "persons": [_takeover(held) for held in takeovers],
        "write_to": chat.contact.address if hasattr(chat, "contact") else "",
        "remembered": chat.memory, "turns": export(chat),
    }  # fmt: skip


def _takeover(held: Takeover) -> Record:
    """Who had the conversation, and what the shopper thought of it."""
    told = {name: getattr(held, name) for name in ("name", "taken_at", "ended_at", "ending")}
    if not hasattr(held, "rating"):
        return told
    rating = {"good": held.rating.good, "comment": held.rating.comment}
    return told | {"rating": rating | {"at": held.rating.given_at}}


def _turns(chat: Conversation) -> QuerySet[Turn]:
    rows = chat.turns.order_by("number").select_related("reply__feedback", "reply__hold", "edit")
    return rows.prefetch_related("actions", "photos", "remarks__takeover", "reply__corrections")


def _entries(receipts: list[str]) -> dict[str, LedgerEntry]:
    """The ledger's entry of each reply."""
    rows = LedgerEntry.objects.filter(kind="reply", subject__in=receipts).select_related("seal")
    return {row.subject: row for row in rows}


def _turn(turn: Turn, entries: dict[str, LedgerEntry]) -> Record:
    """A message, what the assistant replied, how that was corrected, and what a person said; who
    had it may be either."""
    said: Record = {"message": turn.text, "at": turn.created_at, "page": turn.page}
    if turn.replaced:
        said["replaced_at"] = turn.edit.made_at
    if hasattr(turn, "reply"):
        said |= _reply(turn.reply, entries.get(turn.reply.receipt))
        said["corrections"] = [_correction(c) for c in turn.reply.corrections.all()]
        said["kept_as_example"] = _examples(turn.reply)
    said["photos"] = [_photo(photo) for photo in turn.photos.all() if photo.digest]
    actions = ("title", "terms", "state", "told", "change")
    return said | {
        "actions": [{name: getattr(a, name) for name in actions} for a in turn.actions.all()],
        "persons": [
            {"name": r.takeover.name, "text": r.text, "at": r.said_at} for r in turn.remarks.all()
        ],
    }


def _reply(reply: Reply, entry: LedgerEntry | None) -> Record:
    shown = ("receipt", "text", "cards", "sources", "outcome", "engine", "disclosure")
    told = {name: getattr(reply, name) for name in shown} | {"replied": reply.completed_at}
    if hasattr(reply, "hold"):
        told["checked_by_a_person"] = _hold(reply.hold)
    if hasattr(reply, "feedback"):
        told["rating"] = {"helpful": reply.feedback.helpful, "comment": reply.feedback.comment}
    return told | ({"record": _record(reply, entry)} if entry else {})


def _hold(hold: Hold) -> Record:
    """That the reply waited for a person, and, once that is over, what it would have said."""
    would = [line["text"] for line in hold.lines] if hold.ended_at else []
    return {
        "since": hold.begun_at, "until": hold.until, "ended": hold.ended_at,
        "ending": hold.ending, "would_have_said": would,
    }  # fmt: skip


def _record(reply: Reply, entry: LedgerEntry) -> Record:
    """What the ledger vouches for, so that its digest can be checked by whoever holds this."""
    place = entry.seal.position if hasattr(entry, "seal") else None
    _subject, salt, body = ledger.parts("reply", reply, entry.form)
    return {"digest": entry.digest, "place": place, "salt": salt, "body": body}


def _photo(photo: Photo) -> Record:
    """A photo, whole, as an address that any browser shows."""
    data = base64.b64encode(photo.body).decode()
    told = {"at": photo.added_at, "width": photo.width, "height": photo.height}
    return told | {"sha256": photo.digest, "image": f"data:image/jpeg;base64,{data}"}


def _examples(reply: Reply) -> list[Record]:
    """What staff keep of it to try engines by."""
    cases = GoldenCase.objects.filter(review__reply=reply, emptied_at=None)
    told = ("questions", "page", "text", "must_state", "must_not", "made_at")
    return [{name: getattr(case, name) for name in told} for case in cases]


def _correction(told: Correction) -> Record:
    return {
        "name": told.name, "text": told.text, "at": told.told_at, "withdrawn": told.withdrawn_at,
        "instead_of_the_assistant": told.instead,
    }  # fmt: skip
