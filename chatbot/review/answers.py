"""Corrections that become answers of the shop: in the help articles, for everybody who asks again.

Who asked is nobody's business there: what is proposed has personal data masked, and stands only as
a member of staff has read and sent it. It is the shop's own text from then on, and outlives the
conversation.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot import ledger, masking
from chatbot.models import Review, ShopAnswer
from storefront import commands, queries

from . import corrections
from .refusal import ReviewRefused

Proposal = commands.OwnAnswer


def proposed(review: Review) -> Proposal:
    """The question and the correction, as they might stand in the help articles."""
    country = str(queries.rules().get("shop.country") or "")
    question = " ".join(masking.mask(review.reply.turn.text, country).split())
    return Proposal(question[: commands.MOST_TITLE], masking.mask(review.correction, country))


def places() -> tuple[list[tuple[str, str]], list[str]]:
    """The articles that an answer can be added to, each with its address and title; all topics."""
    articles = queries.articles()
    found = sorted(((slug, title) for slug, title, _topic in articles), key=lambda row: row[1])
    return found, sorted({topic for _slug, _title, topic in articles if topic})


def made_of(review: Review) -> list[tuple[ShopAnswer, str]]:
    """What was made of a review, each with the page on which it can be read."""
    rows = ShopAnswer.objects.filter(review=review).select_related("made_by", "withdrawn_by")
    return [(row, queries.article_page(row.article)) for row in rows]


@transaction.atomic
def publish(review: Review, user: Any, answer: Proposal, key: uuid.UUID) -> ShopAnswer:
    """Make a correction an answer of the shop, once for a key, and record it."""
    corrections.lock(review.reply_id)
    locked = Review.objects.select_for_update().select_related("reply").get(pk=review.pk)
    if known := ShopAnswer.objects.filter(pk=key).first():
        return known
    if locked.verdict != Review.Verdict.CORRECTED or not locked.reply.salt:
        raise ReviewRefused(_("Only a correction that stands can become an answer of the shop."))
    try:
        stands = commands.publish(answer, key)
    except commands.NotPublishable as error:
        raise ReviewRefused(str(error)) from error
    made = ShopAnswer.objects.create(pk=key, review=locked, made_by=user, **stands._asdict())
    ledger.record_answer(made)
    return made


@transaction.atomic
def withdraw(key: uuid.UUID, user: Any) -> None:
    """Take an answer of the shop back; that it stood there remains on record."""
    made = ShopAnswer.objects.select_for_update().get(pk=key)
    if made.withdrawn_at:
        return
    commands.withdraw(made.pk)
    made.withdrawn_by, made.withdrawn_at = user, timezone.now()
    made.save(update_fields=["withdrawn_by", "withdrawn_at"])
    ledger.record_answer(made)


def withdraw_all(review: Review, user: Any) -> None:
    """Take back what was made of a decision that is undone."""
    standing = ShopAnswer.objects.filter(review=review, withdrawn_at=None)
    for made in standing:
        withdraw(made.pk, user)
