"""The queue: enqueue, claim, decide. It is a table, claimed by conditional update."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot.models import Reply, Review

CLAIM_LASTS = timedelta(minutes=30)  # then a colleague may take it over
UNDO_LASTS = timedelta(minutes=10)
# A member of staff is `Any` here: whose model it is, is the site's business.
Record = Callable[[Review], object]  # how a decision gets into the ledger


class ReviewRefused(Exception):
    """Raised with a text for staff when a review cannot be claimed, decided or undone."""


def enqueue(reply: Reply, reason: str) -> Review:
    """Queue a reply for this reason; it stands there once, however often it is queued."""
    review, _new = Review.objects.get_or_create(reply=reply, reason=reason)
    return review


def claim(review: Review, user: Any) -> None:
    """`user` looks at it; nobody else can until they let go or half an hour has passed."""
    lapsed = Q(state=Review.State.CLAIMED, claimed_at__lt=timezone.now() - CLAIM_LASTS)
    mine = Q(state=Review.State.CLAIMED, claimed_by=user)
    free = Review.objects.filter(Q(state=Review.State.OPEN) | lapsed | mine, pk=review.pk)
    done = free.update(state=Review.State.CLAIMED, claimed_by=user, claimed_at=timezone.now())
    review.refresh_from_db()
    if done != 1:
        raise ReviewRefused(
            _("This review is already closed.")
            if review.state == Review.State.CLOSED
            else _("%(who)s is looking at this review.") % {"who": review.claimed_by}
        )


def claim_next(user: Any) -> Review | None:
    """Claim the oldest open review; None when the queue is empty."""
    for review in Review.objects.filter(state=Review.State.OPEN).order_by("created_at")[:20]:
        try:
            claim(review, user)
        except ReviewRefused:
            continue  # a colleague was faster
        return review
    return None


def release(review: Review, user: Any) -> None:
    """Put a claimed review back into the queue."""
    mine = Review.objects.filter(pk=review.pk, state=Review.State.CLAIMED, claimed_by=user)
    if mine.update(state=Review.State.OPEN, claimed_by=None, claimed_at=None) != 1:
        raise ReviewRefused(_("Only who has claimed a review can put it back."))


@transaction.atomic
def decide(
    review: Review, user: Any, verdict: str, record: Record, *,
    correction: str = "", comment: str = "",
) -> None:  # fmt: skip
    """Close a claimed review with a verdict, and record it; a correction needs its text."""
    if verdict not in Review.Verdict.values:
        raise ReviewRefused(_("Choose approve, correct or reject."))
    if verdict == Review.Verdict.CORRECTED and not correction.strip():
        raise ReviewRefused(_("A correction needs the text that would have been right."))
    mine = Review.objects.filter(pk=review.pk, state=Review.State.CLAIMED, claimed_by=user)
    done = mine.update(
        state=Review.State.CLOSED, verdict=verdict, correction=correction.strip(),
        comment=comment.strip(), closed_by=user, closed_at=timezone.now(),
    )  # fmt: skip
    if done != 1:
        raise ReviewRefused(_("Claim this review before you decide it."))
    review.refresh_from_db()
    record(review)


@transaction.atomic
def reopen(review: Review, user: Any, record: Record) -> None:
    """Undo one's own decision within ten minutes; that it was made stays on record."""
    recent = Review.objects.filter(
        pk=review.pk, state=Review.State.CLOSED, closed_by=user,
        closed_at__gte=timezone.now() - UNDO_LASTS,
    )  # fmt: skip
    done = recent.update(
        state=Review.State.CLAIMED, verdict="", correction="", comment="",
        closed_by=None, closed_at=None, claimed_at=timezone.now(),
    )  # fmt: skip
    if done != 1:
        raise ReviewRefused(_("A decision can be undone by who made it, within ten minutes."))
    review.refresh_from_db()
    record(review)
