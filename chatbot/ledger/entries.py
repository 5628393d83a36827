"""Writing entries: inside the transaction that stores what they vouch for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from chatbot.models import Action, Correction, LedgerEntry, Remark, Reply, Review, Takeover

from .bodies import KINDS, body, digest, follow


def record(kind: str, subject: str, salt: str, body: Mapping[str, Any]) -> LedgerEntry:
    """Append the digest of `body`."""
    return LedgerEntry.objects.create(kind=kind, subject=subject, digest=digest(salt, body))


def record_reply(reply: Reply) -> LedgerEntry:
    """Append a completed reply; the database allows one entry a receipt."""
    return _append("reply", reply)


def record_review(review: Review) -> LedgerEntry:
    """Append a decision on a reply."""
    return _append("review", review)


def record_action(action: Action) -> LedgerEntry:
    """Append what has become of an action."""
    return _append("action", action)


def record_takeover(takeover: Takeover) -> LedgerEntry:
    """Append that a person took a conversation over, or how that ended."""
    return _append("takeover", takeover)


def record_remark(remark: Remark) -> LedgerEntry:
    """Append what a person said."""
    return _append("remark", remark)


def record_correction(correction: Correction) -> LedgerEntry:
    """Append that a shopper was told a correction, or what has become of it."""
    return _append("correction", correction)


def _append(name: str, row: Model) -> LedgerEntry:
    kind = KINDS[name]
    values = [follow(row, column) for column in kind.columns.values()]
    subject, salt = str(follow(row, kind.subject)), follow(row, kind.salt)
    return record(name, subject, salt, body(kind, values))
