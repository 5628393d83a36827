"""Opening a recall: who was told it, one recipient a conversation, and what it may cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext as _

from chatbot import ledger
from chatbot.models import Conversation, Recall, Recipient, ToldClaim

from . import register, wording
from .changes import Change
from .refusal import RecallRefused

CHUNK = 500
OFFERS = ("price", "price_min", "price_max")  # told too low, they may have to be kept
Newest = list[tuple[UUID, int]]  # conversation, its newest claim
# A member of staff is `Any` here: whose model it is, is the site's business.


@dataclass(frozen=True)
class Wrong:
    """What is wrong, and what is right instead; with an amount where it is one of money."""

    reason: str
    right: str
    amount: Decimal | None = None
    change: Change | None = None  # which value, where the shop's data has changed


def shoppers(claims: QuerySet[ToldClaim]) -> int:
    """How many conversations the claims were told in."""
    return claims.order_by().values("conversation").distinct().count()


def open_recall(user: Any, wrong: Wrong, claims: QuerySet[ToldClaim]) -> Recall:
    """A draft for staff to look at, with all who were told one of the claims; nobody hears of it
    yet. Raises RecallRefused."""
    if not (wrong.reason.strip() and wrong.right.strip()):
        raise RecallRefused(_("Say what is wrong and what is right; shoppers are told both."))
    groups = claims.order_by().values("conversation").annotate(newest=Max("pk"))
    newest = list(groups.order_by("conversation").values_list("conversation", "newest"))
    return _open(user, wrong, newest)  # the search may take long; nothing is locked before it ends


@transaction.atomic
def _open(user: Any, wrong: Wrong, newest: Newest) -> Recall:
    recall = Recall.objects.create(opened_by=user, **_values(wrong))
    recall.shoppers = sum(_add(recall, newest))
    if not recall.shoppers:
        raise RecallRefused(_("Nobody was told this, or their chats have been erased."))
    recall.exposure = recall.recipients.aggregate(sum=Sum("amount"))["sum"]
    recall.save(update_fields=["shoppers", "exposure"])
    ledger.record_recall(recall)
    return recall


def _values(wrong: Wrong) -> dict[str, Any]:
    right, currency, change = wrong.right.strip(), register.shop_currency(), wrong.change
    offered = wrong.amount if change is None or change.field in OFFERS else None
    amount = None if offered is None else register.in_minor(offered, currency)
    about = {"source": change.source, "field": change.field, "value": change.told} if change else {}
    return about | {
        "reason": wrong.reason.strip(), "right": right, "amount": amount, "currency": currency,
        "message": wording.check(wording.drafted(right, change is not None)),
    }  # fmt: skip


def _add(recall: Recall, newest: Newest) -> Iterator[int]:
    """Add the recipients chunk by chunk, with the newest claim of each conversation; how many. The
    conversations are locked, so that none is erased in between."""
    for start in range(0, len(newest), CHUNK):
        some = dict(newest[start : start + CHUNK])
        chats = Conversation.objects.select_for_update().filter(pk__in=some, erased_at=None)
        there = list(chats.order_by("pk").values_list("pk", flat=True))
        told = ToldClaim.objects.filter(pk__in=[some[chat] for chat in there])
        yield len(Recipient.objects.bulk_create(_recipient(recall, claim) for claim in told))


def _recipient(recall: Recall, claim: ToldClaim) -> Recipient:
    return Recipient(
        recall=recall, conversation_id=claim.conversation_id, reply_id=claim.reply_id,
        told=claim.sentence, told_at=claim.told_at, amount=_exposure(recall, claim),
    )  # fmt: skip


def _exposure(recall: Recall, claim: ToldClaim) -> int | None:
    """By how much what was told is less than what is right, for one piece; None where one of them
    is no amount of money."""
    if recall.amount is None or claim.amount is None or claim.currency != recall.currency:
        return None
    return max(recall.amount - claim.amount, 0)
