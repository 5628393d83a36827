"""Histories for the figures: conversations as the road, shoppers and staff leave them behind."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from chatbot import ledger, privacy
from chatbot.models import Action, Conversation, Feedback, Reply, Review, Takeover, Turn

VERSIONS = (("bundled", "a" * 64), ("endpoint =cmd|x", ""), ("", ""))


def begin(ago=timedelta(days=3), owner="", shopper=None):
    """A conversation that began so long ago."""
    chat = Conversation.objects.create(owner=owner or uuid.uuid4().hex, shopper=shopper)
    return moved(chat, created_at=timezone.now() - ago)


def moved(row, **times):
    """The row, with times that it would not take otherwise."""
    type(row).objects.filter(pk=row.pk).update(**times)
    row.refresh_from_db()
    return row


def say(
    chat, outcome="answered", *, engine=VERSIONS[0], held=(), first_ms=400, spent=(), **reading
):
    """A message of the shopper's and the reply to it, on record."""
    number = chat.turns.count() + 1
    turn = Turn.objects.create(
        conversation=chat, number=number, client_id=uuid.uuid4(), text="how much?", state="done"
    )
    at = chat.created_at + timedelta(minutes=number)
    moved(turn, created_at=at)
    said = {"text": "$49.00", "sentence": "It is $49.00.", "fact": ""}
    claims = [said | {"kind": kind, "verdict": "held", "shown": False} for kind in held]
    reply = Reply.objects.create(
        turn=turn, outcome=outcome, engine=engine[0], weights=engine[1], first_ms=first_ms,
        claims=claims, reading=reading, text="$49.00", completed_at=at,
        acts=[{"name": "price.one", "facts": [], "spent": list(spent)}] if spent else [],
    )  # fmt: skip
    moved(reply, opened_at=at)
    return recorded(ledger.record_reply, reply)


def recorded(record, row):
    record(row)
    ledger.seal()
    return row


def rate(reply, helpful):
    Feedback.objects.update_or_create(reply=reply, defaults={"helpful": helpful})


def act(reply, state):
    """A card beside the reply, and what has become of it."""
    action = Action.objects.create(
        turn=reply.turn, kind="cancel", state=state, expires_at=timezone.now(), quote="{}"
    )
    recorded(ledger.record_action, action)


def review(reply, verdict=""):
    """The reply is queued; with a verdict, decided."""
    row, _new = Review.objects.get_or_create(reply=reply, reason="sample")
    if verdict:
        row.state, row.verdict, row.closed_at = "closed", verdict, timezone.now()
        row.save()
        recorded(ledger.record_review, row)


def take(chat, person, after=timedelta(minutes=5), ending="closed"):
    """A person has the conversation so long after its last message, and ends it a minute later."""
    at = chat.turns.last().created_at + after
    over = at + timedelta(minutes=1) if ending else None
    takeover = Takeover.objects.create(
        conversation=chat, person=person, name="Grace", taken_at=at, ended_at=over, ending=ending,
        leased_until=at,
    )  # fmt: skip
    recorded(ledger.record_takeover, takeover)


def erase(chat):
    privacy.erase(chat)
    ledger.seal()
