"""Sending a recall: a small batch at a time, by whichever process comes first, each shopper once.

What a shopper is told is a correction like a reviewer's: a frame of the chat, later a letter. It
stands in one transaction with the recipient's state, so that a process that dies between two
shoppers leaves the rest waiting and nobody told twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot import ledger
from chatbot.models import Conversation, Correction, Frame, Recall, Recipient, shown_name
from chatbot.review import corrections
from chatbot.review.queue import UNDO_LASTS, ReviewRefused

from . import wording
from .refusal import RecallRefused

logger = logging.getLogger(__name__)

BATCH = 50
State = Recipient.State


@transaction.atomic
def word(recall: Recall, message: str) -> None:
    """Change the message of a draft."""
    draft = _draft(recall)
    draft.message = wording.check(message)
    draft.save(update_fields=["message"])
    ledger.record_recall(draft)


@transaction.atomic
def word_one(recall: Recall, number: int, words: str, left_out: bool, user: Any) -> None:
    """Give one recipient of a draft words of their own, or leave them out."""
    own = "" if words.strip() == "" else wording.check_length(words)
    note = _("%(who)s left them out.") % {"who": shown_name(user)} if left_out else ""
    state = State.SKIPPED if left_out else State.WAITING
    _draft(recall).recipients.filter(pk=number).update(text=own, state=state, note=note)


@transaction.atomic
def send(recall: Recall, user: Any) -> None:
    """Let it go out, in the name of `user`; the batches follow by themselves."""
    draft = _draft(recall)
    draft.sent_to = left(draft)
    if not draft.sent_to:
        raise RecallRefused(_("Nobody is left to tell; withdraw this recall."))
    draft.state, draft.sent_by, draft.sent_at = Recall.State.SENT, user, timezone.now()
    draft.save(update_fields=["state", "sent_to", "sent_by", "sent_at"])
    ledger.record_recall(draft)


@transaction.atomic
def withdraw(recall: Recall, user: Any) -> None:
    """Stop it: who waits is not told, and who was told hears that it is withdrawn."""
    row = _locked(recall)
    if not withdrawable(row):
        raise RecallRefused(_("It was sent too long ago to be withdrawn; open another recall."))
    row.state, row.withdrawn_by = Recall.State.WITHDRAWN, user
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    row.recipients.filter(state=State.WAITING).update(state=State.SKIPPED, note=_("Withdrawn."))
    ledger.record_recall(row)


def withdrawable(recall: Recall) -> bool:
    """A draft is; what was sent is for ten minutes, and while anybody waits."""
    if recall.state != Recall.State.SENT:
        return recall.state == Recall.State.DRAFT
    recent = recall.sent_at is not None and recall.sent_at > timezone.now() - UNDO_LASTS
    return recent or recall.recipients.filter(state=State.WAITING).exists()


def progress(recall: Recall) -> dict[str, int]:
    """How many recipients are in each state."""
    rows = recall.recipients.order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(rows)


def left(recall: Recall) -> int:
    """How many are still to be told; of what is withdrawn, to be told that."""
    if recall.state == Recall.State.WITHDRAWN:
        return recall.recipients.filter(state=State.SENT, note="").count()
    return recall.recipients.filter(state=State.WAITING).count()


def step() -> Iterator[Frame]:
    """Tell the next batch, and take back the next of what is withdrawn; the frames by which open
    chats hear of it."""
    told = 0
    for frame in chain(_each(_tell, _to_tell()), _each(_take_back, _to_take_back())):
        told += 1
        yield frame
    if told:
        ledger.seal()


def _each(
    deed: Callable[[Recipient], list[Frame]], recipients: Iterable[Recipient]
) -> Iterator[Frame]:
    """Do it for every one; whatever is wrong with one keeps no other from being told."""
    for recipient in recipients:
        try:
            yield from deed(recipient)
        except Exception:
            logger.exception("Recipient %s of a recall could not be told", recipient.pk)


def _to_tell() -> QuerySet[Recipient]:
    waiting = _next(Recall.State.SENT, state=State.WAITING)
    return waiting.select_related("recall__sent_by", "reply__turn")


def _to_take_back() -> QuerySet[Recipient]:
    return _next(Recall.State.WITHDRAWN, state=State.SENT, note="")


def _next(state: str, /, **such: str) -> QuerySet[Recipient]:
    """The next batch of such recipients, of the oldest recall in this state that has any: in order
    an index finds them within one recall."""
    some = Recipient.objects.filter(**such)
    recalls = Recall.objects.filter(Exists(some.filter(recall=OuterRef("pk"))), state=state)
    first = recalls.order_by("pk").first()
    return some.filter(recall=first).order_by("pk")[:BATCH] if first else Recipient.objects.none()


@transaction.atomic
def _tell(recipient: Recipient) -> list[Frame]:
    recall, reply = recipient.recall, recipient.reply
    text = wording.text(recall, recipient)
    try:
        corrections.check(reply, text)
    except ReviewRefused as refused:
        standing = reply.corrections.filter(withdrawn_at=None).first()
        told = _("%(who)s had corrected this answer already.")
        _move(recipient, State.SKIPPED, told % {"who": standing.name} if standing else str(refused))
        return []
    if not _move(recipient, State.SENT):
        return []
    return [corrections.say(reply, text, recall.sent_by, recall=recall)]


@transaction.atomic
def _take_back(recipient: Recipient) -> list[Frame]:
    """A letter cannot be called back; who has one stays told."""
    Conversation.objects.select_for_update().get(pk=recipient.conversation_id)
    told = Correction.objects.filter(recall=recipient.recall_id, reply=recipient.reply_id)
    frames = corrections.take_back(told.filter(letter_at=None))
    if frames:
        _move(recipient, State.WITHDRAWN)
    else:
        _move(recipient, State.SENT, _("By letter, which can't be called back."))
    return frames


def _move(recipient: Recipient, state: str, note: str = "") -> bool:
    """Whether this process was the one to move the recipient on from where it was."""
    there = Recipient.objects.filter(pk=recipient.pk, state=recipient.state)
    return there.update(state=state, note=note[:300]) == 1


def _locked(recall: Recall) -> Recall:
    """The recall, for one who changes it. Not its key: who is telling a shopper refers to that, and
    would wait for us while we wait for the recipient."""
    return Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)


def _draft(recall: Recall) -> Recall:
    row = _locked(recall)
    if row.state != Recall.State.DRAFT:
        raise RecallRefused(_("This recall is no draft any more."))
    return row
