"""What an entry vouches for: the body of each kind of row, as canonical JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from chatbot.models import Action, Correction, Remark, Reply, Review, Takeover

REPLY_FIELDS = (
    "receipt", "text", "draft", "cards", "reading", "acts", "facts", "claims", "sources",
    "outcome", "engine", "weights", "disclosure", "first_ms", "total_ms",
)  # fmt: skip
ACTION_FIELDS = (
    "kind", "order", "quote", "title", "terms", "notices", "state", "change", "told",
    "decided_by_id", "pressed_at",
)  # fmt: skip
REVIEW_FIELDS = ("reason", "verdict", "correction", "comment", "closed_by_id", "closed_at")
ALL = Q()
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Kind:
    """A table whose rows the record vouches for, and which columns of it.

    Columns are spelt as in queries ("turn__text"), so that one table serves rows and queries alike.
    """

    model: type[Model]
    columns: Mapping[str, str]  # name in the body -> column
    subject: str = "pk"  # the column that names a row in the record
    salt: str = "salt"
    erased: str = ""  # the column whose value an erasure names; empty: the row is never erased
    rows: Q = ALL  # which rows are on record


def _same(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


KINDS = {
    # The message, the reply, and everything between.
    "reply": Kind(
        Reply,
        _same(REPLY_FIELDS)
        | {
            "conversation": "turn__conversation_id",
            "turn": "turn__number",
            "message": "turn__text",
        },
        subject="receipt",
        erased="receipt",
        rows=Q(completed_at__isnull=False),
    ),
    # A decision on a reply.
    "review": Kind(
        Review,
        _same(REVIEW_FIELDS) | {"receipt": "reply__receipt"},
        salt="reply__salt",
        erased="reply__receipt",
    ),
    # What has become of an action.
    "action": Kind(Action, _same(ACTION_FIELDS), erased="turn__reply__receipt"),
    # Who had which conversation, and how that ended.
    "takeover": Kind(
        Takeover,
        _same(("name", "taken_at", "ended_at", "ending"))
        | {"conversation": "conversation_id", "person": "person_id"},
    ),
    # A person's words, whose they are, and after which turn.
    "remark": Kind(
        Remark,
        _same(("text", "said_at")) | {"takeover": "takeover_id", "turn": "turn_id"},
        erased="pk",
    ),
    # Told in whose name, withdrawn, by letter.
    "correction": Kind(
        Correction,
        _same(("name", "text", "told_at", "withdrawn_at", "letter"))
        | {"review": "review_id", "reply": "reply_id"},
        erased="pk",
    ),
}


def digest(salt: str, body: Mapping[str, Any]) -> str:
    """SHA-256 over the salt and the body in canonical JSON: sorted keys, UTF-8, no floats."""
    return hashlib.sha256(f"{salt}\n{_canonical(body)}".encode()).hexdigest()


def body(kind: Kind, values: Iterable[Any]) -> dict[str, Any]:
    """The body made of the values of a kind's columns, in their order."""
    pairs = zip(kind.columns.items(), values, strict=True)
    return {name: plain(column, value) for (name, column), value in pairs}


def follow(row: Model, column: str) -> Any:
    """The value of a row's column, as a query would give it."""
    return reduce(getattr, column.split("__"), row)


def plain(column: str, value: Any) -> Any:
    """A value as JSON knows it; a moment that has not come is empty."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, UUID):
        return str(value)
    return "" if value is None and column.endswith("_at") else value


def stamp(moment: datetime) -> str:
    """A moment in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
