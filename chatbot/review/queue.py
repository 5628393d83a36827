"""The queue: enqueue, claim, decide. It is a table, claimed by conditional update."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot import ledger
from chatbot.models import Frame, Reply, Review

from . import answers, corrections, golden, rules
from .refusal import ReviewRefused as ReviewRefused  # part of this door

CLAIM_LASTS = timedelta(minutes=30)  # then a colleague may take it over
UNDO_LASTS = timedelta(minutes=10)
ORDER = ("priority", "created_at", "pk")  # in which reviews are due
# A member of staff is `Any` here: whose model it is, is the site's business.


def enqueue(reply: Reply, reason: str, **more: Any) -> Review:
    """Queue a reply for this reason; it stands there once, however often it is queued. `more` is
    what else is known of it: `also`, further reasons; `chance`, with which it was drawn."""
    known = {"priority": rules.priority(reason)} | more
    review, _new = Review.objects.get_or_create(reply=reply, reason=reason, defaults=known)
    return review


def wait_over(reply: Reply) -> None:
    """Nobody waits for this reply's review any more; what was urgent about it still is."""
    waited = Review.objects.filter(reply=reply, priority=Review.Priority.NOW)
    waited.update(priority=Review.Priority.URGENT)


def claim(review: Review, user: Any) -> None:
    """`user` looks at it; nobody else can until they let go or half an hour has passed."""
    mine = Review.objects.filter(pk=review.pk, state=Review.State.CLAIMED, claimed_by=user)
    done = _take(review, user) or mine.update(claimed_at=timezone.now()) == 1
    review.refresh_from_db()
    if not done:
        raise ReviewRefused(
            _("This review is already closed.")
            if review.state == Review.State.CLOSED
            else _("%(who)s is looking at this review.") % {"who": review.claimed_by}
        )


def claim_next(user: Any) -> Review | None:
    """Claim the most urgent free review, of several the oldest; None when the queue is empty. Whom
    a colleague was faster than looks again: each look that misses is a colleague's hit."""
    while review := _next():
        if _take(review, user):
            review.refresh_from_db()
            return review
    return None


def _take(review: Review, user: Any) -> bool:
    """Claim a free review, if it still is free: the database decides who was first."""
    taken = {"state": Review.State.CLAIMED, "claimed_by": user, "claimed_at": timezone.now()}
    free = Review.objects.filter(Q(state=Review.State.OPEN) | _lapsed(), pk=review.pk)
    return free.update(**taken) == 1


def _lapsed() -> Q:
    """Claimed by somebody who has not been heard of since."""
    return Q(state=Review.State.CLAIMED, claimed_at__lt=timezone.now() - CLAIM_LASTS)


def _next() -> Review | None:
    """The first free review. Two questions, each of which one index answers; the lapsed are few."""
    either = (Review.objects.filter(free) for free in (Q(state=Review.State.OPEN), _lapsed()))
    first = [found for rows in either if (found := rows.order_by(*ORDER).first())]
    return min(first, key=attrgetter(*ORDER), default=None)


def release(review: Review, user: Any) -> None:
    """Put a claimed review back into the queue."""
    mine = Review.objects.filter(pk=review.pk, state=Review.State.CLAIMED, claimed_by=user)
    if mine.update(state=Review.State.OPEN, claimed_by=None, claimed_at=None) != 1:
        raise ReviewRefused(_("Only who has claimed a review can put it back."))


@transaction.atomic
def decide(
    review: Review, user: Any, verdict: str, *,
    correction: str = "", comment: str = "", fault: str = "",
) -> list[Frame]:  # fmt: skip
    """Close a claimed review with a verdict, and record it; a correction is told to the shopper,
    and whoever rejects says what is wrong."""
    if verdict not in Review.Verdict.values:
        raise ReviewRefused(_("Choose approve, correct or reject."))
    rejected = verdict == Review.Verdict.REJECTED
    if rejected and fault not in Review.Fault.values:
        raise ReviewRefused(_("Say what is wrong with the reply before you reject it."))
    corrected = verdict == Review.Verdict.CORRECTED
    if corrected:
        corrections.check(review.reply, correction)
    mine = Review.objects.filter(pk=review.pk, state=Review.State.CLAIMED, claimed_by=user)
    done = mine.update(
        state=Review.State.CLOSED, verdict=verdict, fault=fault if rejected else "",
        correction=correction.strip(), comment=comment.strip(),
        closed_by=user, closed_at=timezone.now(),
    )  # fmt: skip
    if done != 1:
        raise ReviewRefused(_("Claim this review before you decide it."))
    review.refresh_from_db()
    ledger.record_review(review)
    return [corrections.tell(review)] if corrected else []


@transaction.atomic
def reopen(review: Review, user: Any) -> list[Frame]:
    """Undo one's own decision within ten minutes; that it was made stays on record, and what the
    shopper was told is withdrawn, as is what was made of it for others."""
    corrections.lock(review.reply_id)
    recent = Review.objects.filter(
        pk=review.pk, state=Review.State.CLOSED, closed_by=user,
        closed_at__gte=timezone.now() - UNDO_LASTS,
    )  # fmt: skip
    done = recent.update(
        state=Review.State.CLAIMED, verdict="", correction="", comment="", fault="",
        closed_by=None, closed_at=None, claimed_at=timezone.now(),
    )  # fmt: skip
    if done != 1:
        raise ReviewRefused(_("A decision can be undone by who made it, within ten minutes."))
    review.refresh_from_db()
    ledger.record_review(review)
    answers.withdraw_all(review, user)
    golden.remove_all(review, user)
    return corrections.withdraw(review)
