"""Corrections reach the shopper: a decision that corrects a reply, or a recall of what it told,
becomes a frame of its chat.

Everything here stands in the transaction of the decision, so that nobody is told what was not
decided, and nothing is decided that nobody is told.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot import delivery, ledger
from chatbot.models import Conversation, Correction, Frame, Recall, Reply, Review, shown_name

from .refusal import ReviewRefused


def lock(reply_id: int) -> None:
    """Lock the conversation of a reply, before anything else of it is locked: erasing begins there
    as well, and neither waits for the other in a circle."""
    Conversation.objects.select_for_update(of=("self",)).get(turns__reply=reply_id)


def check(reply: Reply, text: str) -> None:
    """Lock the reply's conversation for its correction; raises ReviewRefused where it can get none.
    One correction of a reply stands at a time, so that a withdrawal leaves no doubt which."""
    text = text.strip()
    if not text:
        raise ReviewRefused(_("A correction needs the text that would have been right."))
    if len(text) > delivery.MOST_CHARACTERS:
        told = _("The correction has %(n)s characters; shorten it to %(most)s.")
        raise ReviewRefused(told % {"n": len(text), "most": delivery.MOST_CHARACTERS})
    lock(reply.pk)
    reply.refresh_from_db()
    if not reply.salt:
        raise ReviewRefused(_("This conversation has been erased; approve or reject the reply."))
    if standing := reply.corrections.filter(withdrawn_at=None).first():
        told = _("%(who)s has corrected this reply already; approve or reject it here.")
        raise ReviewRefused(told % {"who": standing.name})


def tell(review: Review) -> Frame:
    """Tell the shopper what would have been right, in the name of who decided it."""
    return say(review.reply, review.correction, review.closed_by, review=review)


def say(reply: Reply, text: str, user: Any, **cause: Review | Recall) -> Frame:
    """Tell the shopper of a reply what is right, in the name of `user`; `cause` is what it comes
    of, a review or a recall."""
    name, now = shown_name(user), timezone.now()
    frame = delivery.append(reply.turn, _body(reply, name, text, now))
    correction = Correction.objects.create(
        reply=reply, frame=frame, name=name, text=text, told_at=now, **cause
    )
    ledger.record_correction(correction)
    return frame


def withdraw(review: Review) -> list[Frame]:
    """Tell the shopper that what this review corrected is withdrawn, if anything was."""
    return take_back(review.corrections.all())


def take_back(told: QuerySet[Correction]) -> list[Frame]:
    """Tell the shopper that the correction of these that stands is withdrawn, if one does."""
    standing = told.select_for_update().filter(withdrawn_at=None).exclude(salt="")
    correction = standing.first()
    if correction is None:
        return []
    correction.withdrawn_at = timezone.now()
    correction.save(update_fields=["withdrawn_at"])
    ledger.record_correction(correction)
    body = _body(correction.reply, correction.name, "", correction.withdrawn_at)
    return [delivery.append(correction.reply.turn, body)]


def carried(chat_id: uuid.UUID, seq: int) -> None:
    """A socket of the shopper's has taken the frame; no letter is needed."""
    sent = Correction.objects.filter(frame__conversation=chat_id, frame__seq=seq, carried_at=None)
    sent.update(carried_at=timezone.now())


def _body(reply: Reply, name: str, text: str, at: datetime) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": "correction", "turn": reply.turn.number, "receipt": reply.receipt, "name": name,
        "text": text, "at": at.isoformat(timespec="seconds"),
    }  # fmt: skip
    return body | ({"instead": True} if reply.never_shown else {})
