"""Erasing: a conversation's words go, from every table and every file; the record stays whole.

The conversation is locked first, as by everybody who writes into it. Whoever is at work on it, a
process telling a reply or a person at the desk, finds it erased at the next word and falls silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chatbot import delivery, ledger
from chatbot.inbox import desk
from chatbot.models import (
    Action,
    Contact,
    Conversation,
    Correction,
    Feedback,
    Frame,
    GoldenCase,
    Hold,
    PersonRating,
    Photo,
    Proof,
    Recipient,
    Remark,
    Reply,
    Review,
    ToldClaim,
    Turn,
)

from . import files

NO_REPLY = {
    "text": "", "draft": "", "salt": "", "cards": [], "reading": {}, "acts": [], "facts": [],
    "claims": [], "sources": [],
}  # fmt: skip
NO_ACTION = {
    "order": "", "quote": "", "title": "", "terms": [], "change": "", "told": "", "salt": "",
}  # fmt: skip
NO_CASE = {
    "questions": [], "page": "", "must_state": [], "must_not": [], "text": "", "active": False,
    "salt": "",
}  # fmt: skip
NO_PHOTO = {"body": b"", "digest": "", "size": 0, "width": 0, "height": 0, "salt": ""}
NO_TURN = {
    "text": "", "page": "", "shopper": None, "state": Turn.State.DONE, "lease": "",
    "leased_until": None,
}  # fmt: skip


def erase(*conversations: Conversation) -> list[Frame]:
    """Empty every body of the conversations; the ledger keeps its digests, and that this was done.

    The salts go with the bodies, so that no digest can be matched with a guess. A turn at work
    stops, a place in the line is given up, a person's takeover ends, what waits for a press or for
    staff is withdrawn, a letter not yet sent is never sent. Orders are not touched. The frames that
    come back are those by which open chats hear of it.
    """
    frames = [frame for chat in conversations for frame in _erase(chat)]
    ledger.seal()
    transaction.on_commit(files.scrub)
    return frames


def _erase(conversation: Conversation) -> Iterator[Frame]:
    with transaction.atomic():
        chat = Conversation.objects.select_for_update().get(pk=conversation.pk)
        if chat.erased_at:
            return
        frame = delivery.append_end(chat)
        behind = desk.leave(chat)
        _erase_turns(chat)
        _erase_persons(chat)
        _erase_reviews(chat)
        _record(chat)
        _erase_itself(chat)
    yield frame
    yield from desk.move_up(behind)


def _record(chat: Conversation) -> None:
    """That it was done, for every row that the ledger vouches for, as it is left."""
    replies = Reply.objects.filter(turn__conversation=chat, completed_at__isnull=False)
    bodies: tuple[QuerySet[Any], ...] = (
        replies.select_related("turn"),
        Action.objects.filter(turn__conversation=chat),
        Remark.objects.filter(turn__conversation=chat),
        PersonRating.objects.filter(takeover__conversation=chat),
        Photo.objects.filter(conversation=chat),
        Correction.objects.filter(reply__turn__conversation=chat),
        Hold.objects.filter(reply__turn__conversation=chat),
        Review.objects.filter(reply__turn__conversation=chat).select_related("reply"),
        GoldenCase.objects.filter(review__reply__turn__conversation=chat),
    )
    for row in (row for rows in bodies for row in rows):
        ledger.record_erasure(row)


def _erase_turns(chat: Conversation) -> None:
    """Empty messages, replies and what was prepared; nobody may be at work on them any more."""
    chat.turns.update(**NO_TURN)
    Reply.objects.filter(turn__conversation=chat).update(**NO_REPLY)
    _erase_holds(chat)
    ToldClaim.objects.filter(conversation=chat).delete()
    Recipient.objects.filter(conversation=chat).delete()
    Feedback.objects.filter(reply__turn__conversation=chat).update(comment="")
    actions = Action.objects.filter(turn__conversation=chat)
    open_ones = actions.filter(state__in=(Action.State.OFFERED, Action.State.WAITING))
    open_ones.update(state=Action.State.DECLINED)
    actions.update(**NO_ACTION)
    Proof.objects.filter(conversation=chat).delete()
    Frame.objects.filter(conversation=chat).update(body={"type": delivery.ERASED})


def _erase_holds(chat: Conversation) -> None:
    """Empty what waited for staff; nobody can send it any more."""
    holds = Hold.objects.filter(reply__turn__conversation=chat)
    holds.filter(ended_at=None).update(ended_at=timezone.now(), ending=Hold.Ending.ERASED)
    holds.update(lines=[], memory={}, salt="")


def _erase_persons(chat: Conversation) -> None:
    """Empty what persons said, noted and were shown, how they were rated, and where they could
    write to."""
    Contact.objects.filter(conversation=chat).delete()
    remarks = Remark.objects.filter(turn__conversation=chat)
    remarks.filter(letter=Remark.Letter.DUE).update(letter="")
    remarks.update(text="", salt="")
    PersonRating.objects.filter(takeover__conversation=chat).update(comment="", salt="")
    chat.notes.update(text="")
    chat.photos.update(**NO_PHOTO)


def _erase_reviews(chat: Conversation) -> None:
    """Empty what reviewers wrote, what of it the shopper was told and what was kept as an example;
    nothing is left to judge."""
    told = Correction.objects.filter(reply__turn__conversation=chat)
    told.update(text="", salt="")
    reviews = Review.objects.filter(reply__turn__conversation=chat)
    reviews.update(correction="", comment="")
    cases = GoldenCase.objects.filter(review__reply__turn__conversation=chat)
    cases.filter(emptied_at=None).update(**NO_CASE, emptied_at=timezone.now())
    undecided = reviews.exclude(state=Review.State.CLOSED)
    undecided.update(state=Review.State.CLOSED, closed_at=timezone.now())


def _erase_itself(chat: Conversation) -> None:
    """Whose it was, and what later messages might refer back to."""
    chat.owner, chat.shopper, chat.memory, chat.before = "", None, {}, {}
    chat.erased_at = timezone.now()
    chat.save(update_fields=["owner", "shopper", "memory", "before", "erased_at"])
