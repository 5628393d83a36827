"""What an entry vouches for: the body of each kind of row, as canonical JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, reduce
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from chatbot.models import (
    Action,
    Correction,
    Disclosure,
    Duty,
    Edit,
    EngineSetup,
    EngineSwitch,
    GoldenCase,
    Guise,
    Hold,
    PersonRating,
    Photo,
    Recall,
    Remark,
    Reply,
    Review,
    Setup,
    ShopAnswer,
    Takeover,
    Trial,
)

FORM = 3  # what entries written now cover; those of earlier forms cover less

REPLY_FIELDS = (
    "receipt", "text", "draft", "cards", "reading", "acts", "facts", "claims", "sources",
    "outcome", "engine", "weights", "disclosure", "first_ms", "total_ms",
)  # fmt: skip
ACTION_FIELDS = (
    "kind", "order", "quote", "title", "terms", "notices", "state", "change", "told",
    "decided_by_id", "pressed_at",
)  # fmt: skip
REVIEW_FIELDS = ("reason", "verdict", "correction", "comment", "closed_by_id", "closed_at")
RECALL_FIELDS = (
    "reason", "source", "field", "value", "right", "amount", "currency", "message", "state",
    "shoppers", "exposure", "sent_to", "opened_by_id", "opened_at", "sent_by_id", "sent_at",
    "withdrawn_by_id", "withdrawn_at",
)  # fmt: skip
ALL = Q()
AS_THEY_ARE = frozenset((str, int, bool, list, dict))  # most values; asked of millions
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Kind:
    """A table whose rows the record vouches for, and which columns of it.

    Columns are spelt as in queries ("turn__text"), so that one table serves rows and queries alike.
    """

    model: type[Model]
    columns: Mapping[str, str]  # name in the body -> column
    since: Mapping[str, str] = field(default_factory=dict)  # those that form 2 added
    later: Mapping[str, str] = field(default_factory=dict)  # and form 3
    subject: str = "pk"  # the column that names a row in the record
    salt: str = "salt"  # empty where a row holds nothing that could be erased
    rows: Q = ALL  # which rows are on record
    erased: str = ""  # the column that an erasure of form 1 named
    blank: frozenset[str] = frozenset()  # what is empty in a row that needs no entry yet

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Everything that a body of the newest form is made of."""
        return tuple(self.names(FORM).values())

    def names(self, form: int) -> Mapping[str, str]:
        """What a body of this form is made of: name -> column, newer ones last."""
        return self._forms[form - 1]

    @cached_property
    def _forms(self) -> tuple[Mapping[str, str], ...]:
        second = {**self.columns, **self.since}
        return self.columns, second, {**second, **self.later}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


KINDS = {
    # The message, the reply, and everything between.
    "reply": Kind(
        Reply,
        _same(*REPLY_FIELDS) | {"conversation": "turn__conversation_id"}
        | {"turn": "turn__number", "message": "turn__text"},
        _same("opened_at", "completed_at")
        | {"asked_at": "turn__created_at", "page": "turn__page", "client": "turn__client_id",
           "wants_person": "turn__wants_person"},
        subject="receipt",
        rows=Q(completed_at__isnull=False),
        erased="receipt",
    ),
    # A decision on a reply; while there is none, a review is only a place in the queue.
    "review": Kind(
        Review,
        _same(*REVIEW_FIELDS) | {"receipt": "reply__receipt"},
        _same("created_at", "state", "fault", "chance"),
        salt="reply__salt",
        erased="reply__receipt",
        blank=frozenset({*REVIEW_FIELDS, "state", "fault"} - {"reason"}),
    ),
    # What has become of an action.
    "action": Kind(
        Action,
        _same(*ACTION_FIELDS),
        _same("turn_id", "created_at", "expires_at", "undo_until"),
        erased="turn__reply__receipt",
    ),
    # Who had which conversation, and how that ended.
    "takeover": Kind(
        Takeover,
        _same("name", "taken_at", "ended_at", "ending")
        | {"conversation": "conversation_id", "person": "person_id"},
        _same("waited"),
    ),
    # A person's words, whose they are, after which turn, and what became of their letter.
    "remark": Kind(
        Remark,
        _same("text", "said_at") | {"takeover": "takeover_id", "turn": "turn_id"},
        _same("client_id", "letter"),
        erased="pk",
    ),
    # What the shopper thought of the person who had the conversation.
    "rating": Kind(
        PersonRating, _same("good", "comment", "given_at") | {"takeover": "takeover_id"}
    ),
    # That a shopper showed a photo, and which: by the digest of its bytes.
    "photo": Kind(
        Photo,
        _same("conversation_id", "turn_id", "client_id", "digest", "size", "width", "height")
        | _same("added_at"),
    ),
    # Told in whose name, withdrawn, by letter.
    "correction": Kind(
        Correction,
        _same("name", "text", "told_at", "withdrawn_at", "letter")
        | {"review": "review_id", "reply": "reply_id"},
        _same("frame_id"),
        _same("recall_id"),
        erased="pk",
    ),
    # What waited for staff before its first word, until when, and what became of it.
    "hold": Kind(
        Hold,
        _same("reply_id", "reason", "notice", "lines", "memory", "begun_at", "until", "ended_at")
        | _same("ending", "ended_by_id"),
    ),
    # That staff opened, sent or withdrew a recall: what it says, to how many, for how much.
    "recall": Kind(Recall, _same(*RECALL_FIELDS), salt=""),
    # That a shopper had the disclosure on screen.
    "disclosure": Kind(
        Disclosure,
        _same("conversation_id", "version", "language", "seen_at"),
        _same("text"),
        salt="",
    ),
    # That a shopper put another message in the place of one.
    "edit": Kind(Edit, _same("turn_id", "by_id", "made_at"), salt=""),
    # That staff switched the assistant off, or on again, and why.
    "duty": Kind(Duty, _same("people_only", "reason", "switched_by_id", "switched_at"), salt=""),
    # That staff made a correction an answer of the shop, which all shoppers read, or took it back.
    "shopanswer": Kind(
        ShopAnswer,
        _same("review_id", "article", "digest")
        | _same("made_by_id", "made_at", "withdrawn_by_id", "withdrawn_at"),
        salt="",
    ),
    # What staff want to hear again from every engine; it can be erased.
    "goldencase": Kind(
        GoldenCase,
        _same("review_id", "questions", "page", "outcome", "must_state", "must_not", "text")
        | _same("active", "made_by_id", "made_at", "changed_by_id", "changed_at", "emptied_at"),
    ),
    # That a setup was tried by golden cases before it was switched on.
    "trial": Kind(
        Trial,
        _same("digest", "setup", "engine", "weights", "cases", "before", "after", "broken")
        | _same("kept_by_id", "kept_at"),
        salt="",
    ),
    # An engine that staff may choose, and what they have switched, or what switched itself off.
    "enginesetup": Kind(
        EngineSetup, _same("kind", "model", "place", "note", "added_by_id", "added_at"), salt=""
    ),
    "engineswitch": Kind(
        EngineSwitch,
        _same("deed", "setup_id", "setup_digest", "candidate_id", "candidate_digest", "share")
        | _same("names", "trial_id", "reason", "found", "by_id", "at"),
        salt="",
    ),
    # That staff tried the assistant as a customer, whose orders they could see.
    "guise": Kind(Guise, _same("by_id", "shopper", "tried_at"), salt=""),
    # What the assistant ran under from then on.
    "setup": Kind(Setup, _same("settings", "begun_at"), salt=""),
}  # fmt: skip


RECORDED = (*KINDS, "erasure", "rotation")  # every kind of entry


def named(model: type[Model]) -> str:
    """The kind of a model's rows."""
    return next(name for name, kind in KINDS.items() if kind.model is model)


def digest(salt: str, body: Mapping[str, Any]) -> str:
    """SHA-256 over the salt and the body in canonical JSON: sorted keys, UTF-8, no floats."""
    return hashlib.sha256(f"{salt}\n{_canonical(body)}".encode()).hexdigest()


def body(kind: Kind, values: Iterable[Any], form: int = FORM) -> dict[str, Any]:
    """The body of a form, made of the values of all of a kind's columns, in their order."""
    pairs = zip(kind.names(form).items(), values, strict=False)
    return {name: plain(column, value) for (name, column), value in pairs}


def follow(row: Model, column: str) -> Any:
    """The value of a row's column, as a query would give it."""
    return reduce(getattr, column.split("__"), row)


def plain(column: str, value: Any) -> Any:
    """A value as JSON knows it; a moment that has not come is empty. Of a review's states only the
    last is a decision's: the others come and go."""
    if type(value) in AS_THEY_ARE:
        return "" if column == "state" and value in ("open", "claimed") else value
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, UUID):
        return str(value)
    return "" if value is None and column.endswith(("_at", "_until")) else value


def stamp(moment: datetime) -> str:
    """A moment in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
