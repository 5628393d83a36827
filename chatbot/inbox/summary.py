"""What a person should know before answering: taken from the record, nothing is worded anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from chatbot.models import Contact, Conversation, PersonRating, Reply, Turn

WHY = (
    ("safety.", _("Safety")),
    ("people.only", _("The assistant is off")),
    ("language.", _("Another language")),
    ("person.", _("Asked for a person")),
)
OF_PRODUCTS = ("product", "variant", "sentence")


@dataclass(frozen=True)
class Summary:
    """What was asked and how it went, what was spoken of, what could not be confirmed,
    and how the shopper found the people."""

    asked: list[tuple[str, str]]  # message, outcome; newest last
    products: list[str]
    orders: list[str]
    held: list[str]
    ratings: list[PersonRating]  # of whoever of the team had it, newest last


def of(chat: Conversation) -> Summary:
    """The summary of a conversation."""
    replies = list(_replies(chat).order_by("turn__number"))
    facts = [f for r in replies for act in r.acts for f in act["facts"]]
    return Summary(
        asked=[(r.turn.text, r.outcome) for r in replies if r.turn.text and not r.turn.replaced],
        products=_distinct(f["values"].get("name", "") for f in facts if f["kind"] in OF_PRODUCTS),
        orders=_distinct(f["values"].get("number", "") for f in facts if f["kind"] == "order"),
        held=_distinct(c["sentence"] for r in replies for c in r.claims if c["verdict"] == "held"),
        ratings=list(_ratings(chat)),
    )


def why(chat: Conversation) -> str:
    """Why a person is needed: what the last reply that passed the conversation on told."""
    return because(_handed_off(_replies(chat)).first())


def because(acts: list[dict[str, Any]] | None) -> str:
    """The same, by the acts of that reply."""
    told = [act["name"] for act in acts or ()]
    return next((str(text) for key, text in WHY for name in told if name.startswith(key)), "")


def lined_up(chats: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """The conversations with what a list tells of each, in one query for all: `asked` last, the
    `mail` address left, and the `acts` by which a person came to be needed."""
    here = OuterRef("pk")
    turns = Turn.objects.filter(conversation=here).exclude(wants_person=True).order_by("-number")
    replies = _handed_off(Reply.objects.filter(turn__conversation=here))
    return chats.select_related("shopper").annotate(
        asked=Subquery(turns.values("text")[:1]), acts=Subquery(replies[:1]),
        mail=Subquery(Contact.objects.filter(conversation=here).values("address")[:1]),
    )  # fmt: skip


def _handed_off(replies: QuerySet[Reply]) -> QuerySet[Reply, Any]:
    rows = replies.filter(outcome="handed_off").order_by("-turn__number")
    return rows.values_list("acts", flat=True)


def _replies(chat: Conversation) -> Any:
    return Reply.objects.filter(turn__conversation=chat).select_related("turn__edit")


def _ratings(chat: Conversation) -> Any:
    rows = PersonRating.objects.filter(takeover__conversation=chat).select_related("takeover")
    return rows.order_by("given_at")


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(v for v in values if v))
