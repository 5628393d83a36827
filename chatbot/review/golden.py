"""Golden cases: decided replies that every engine has to get right before it is switched on.

A case keeps what the shopper wrote, with personal data masked, and as a member of staff has read
and confirmed it. Cases know no shopper and no order: what is tried again and again is the shop's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot import ledger, masking
from chatbot.models import GoldenCase, Reply, Review, Turn
from storefront import queries

from . import corrections
from .refusal import ReviewRefused

BEFORE = 3  # earlier messages that a case takes along
MOST = 100  # cases a page
FIGURE = re.compile(r"(?<!\w)[$€£]?\d+(?:[.,:]\d+)*%?(?!\w)")
DECIDED = (Review.Verdict.APPROVED, Review.Verdict.CORRECTED)
OF_A_PERSON = frozenset(("order", "identity", "offer"))  # kinds of facts


@dataclass(frozen=True)
class Wanted:
    """What a case asks, and what of the answer matters."""

    questions: list[str]  # the last one is answered
    text: str  # the right answer
    page: str = ""
    outcome: str = ""  # empty: any
    must_state: list[str] = field(default_factory=list)
    must_not: list[str] = field(default_factory=list)


def may_become(review: Review) -> bool:
    """Whether a case can be made of a review: its answer is settled and nobody's in particular."""
    kinds = {fact.get("kind") for act in review.reply.acts for fact in act["facts"]}
    settled = review.verdict in DECIDED and review.reply.salt != ""
    return settled and not kinds & OF_A_PERSON


def proposed(review: Review) -> Wanted:
    """The case as it might be: figures of the right answer have to be said, those that stood only
    in the wrong one must not."""
    reply = review.reply
    corrected = review.verdict == Review.Verdict.CORRECTED
    right = _masked(review.correction) if corrected else _masked(reply.text)
    wanted = figures(right)
    wrong = [f for f in figures(reply.text) if f not in wanted] if corrected else []
    said = [" ".join(_masked(turn.text).split()) for turn in _turns(reply)]
    return Wanted(said, right, reply.turn.page, reply.outcome, wanted, wrong)


def figures(text: str) -> list[str]:
    """The amounts, numbers and shares in a text, each once, in order."""
    return list(dict.fromkeys(FIGURE.findall(text)))


def _turns(reply: Reply) -> list[Turn]:
    """The message that was answered, behind those just before it."""
    rows = reply.turn.conversation.turns.filter(number__lte=reply.turn.number)
    rows = rows.filter(Q(edit=None) | Q(pk=reply.turn_id))  # what was replaced was not said
    return list(rows.order_by("-number")[: BEFORE + 1])[::-1]


def _masked(text: str) -> str:
    return masking.mask(text, str(queries.rules().get("shop.country") or ""))


@transaction.atomic
def make(review: Review, user: Any, wanted: Wanted) -> GoldenCase:
    """Keep a case that `user` has read, and record it."""
    corrections.lock(review.reply_id)
    locked = Review.objects.select_for_update().select_related("reply").get(pk=review.pk)
    if not may_become(locked):
        raise ReviewRefused(
            _("A golden case needs a reply that was approved or corrected and tells of no order.")
        )
    if not (wanted.outcome or wanted.must_state or wanted.must_not):
        raise ReviewRefused(_("Say what the answer has to say or must not, or how it has to end."))
    case = GoldenCase.objects.create(review=locked, made_by=user, **vars(wanted))
    ledger.record_golden(case)
    return case


@transaction.atomic
def switch(case: GoldenCase, user: Any, active: bool) -> None:
    """Try engines by a case, or no longer."""
    locked = GoldenCase.objects.select_for_update().get(pk=case.pk)
    if locked.emptied_at or locked.active == active:
        return
    locked.active, locked.changed_by, locked.changed_at = active, user, timezone.now()
    locked.save(update_fields=["active", "changed_by", "changed_at"])
    ledger.record_golden(locked)


@transaction.atomic
def remove(case: GoldenCase, user: Any) -> None:
    """Empty a case for good; that there was one, and who deleted it, remains on record."""
    locked = GoldenCase.objects.select_for_update().get(pk=case.pk)
    if locked.emptied_at:
        return
    locked.questions, locked.must_state, locked.must_not = [], [], []
    locked.page, locked.text, locked.salt, locked.active = "", "", "", False
    locked.changed_by, locked.changed_at = user, timezone.now()
    locked.emptied_at = locked.changed_at
    locked.save()
    ledger.record_erasure(locked)


def remove_all(review: Review, user: Any) -> None:
    """Delete the cases of a decision that is undone."""
    for case in of_review(review):
        remove(case, user)


def of_review(review: Review) -> list[GoldenCase]:
    """The cases made of a review that are still kept."""
    rows = GoldenCase.objects.filter(review=review, emptied_at=None)
    return list(rows.select_related("made_by"))


def some(before: int | None = None) -> tuple[list[GoldenCase], int | None]:
    """The newest cases, older than case `before`; and the last one's number where more may
    follow."""
    rows = GoldenCase.objects.filter(emptied_at=None).select_related("made_by", "review__reply")
    rows = rows.order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: MOST + 1])
    return found[:MOST], found[MOST - 1].pk if len(found) > MOST else None
