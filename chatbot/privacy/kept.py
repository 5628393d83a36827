"""Whose conversations are whose, and how much is kept of them, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Min, Q, QuerySet

from chatbot.models import Action, Conversation, Turn
from storefront import queries

WAITING = (Conversation.State.WAITING, Conversation.State.PERSON)


@dataclass(frozen=True)
class Kept:
    """What is kept of a shopper's conversations, counted."""

    chats: int
    messages: int
    since: datetime | None  # the first message
    with_people: bool  # somebody of the team has one of them, or is waited for
    requests: int  # pressed, and waiting for staff
    days: int | None  # so long after the last word they are kept; None: for ever


def conversations(owner: str, shopper_id: int | None) -> QuerySet[Conversation]:
    """This browser's conversations and, signed in, this shopper's; nobody else's. One that was
    begun in this browser by a shopper who has signed out since is not among them."""
    mine = Q(owner=owner, shopper=None) & ~Q(owner="")
    if shopper_id:
        mine |= Q(shopper=shopper_id)
    return Conversation.objects.filter(mine, erased_at=None).order_by("created_at")


def kept(chats: QuerySet[Conversation]) -> Kept:
    """How much is kept of `chats`; those in which nothing was said don't count."""
    turns = Turn.objects.filter(conversation__in=chats.order_by())
    requests = Action.objects.filter(turn__in=turns.order_by(), state=Action.State.WAITING)
    return Kept(
        chats=turns.order_by().values("conversation").distinct().count(),
        messages=turns.count(),
        since=turns.aggregate(at=Min("created_at"))["at"],
        with_people=chats.filter(state__in=WAITING).exists(),
        requests=requests.count(),
        days=days(),
    )


def days() -> int | None:
    """How many days after its last word a conversation is kept: by the environment, or by the
    shop's rules; None where neither says."""
    told = settings.CHATS_KEPT_DAYS or queries.rules().get("assistant.chats_kept_days")
    return told if isinstance(told, int) and told > 0 else None
