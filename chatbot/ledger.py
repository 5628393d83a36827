"""The record: append-only, hash-chained, signed. This module is its only writer.

An entry holds the salted digest of a body that lives elsewhere and can be erased. One sealer at a
time chains entries with HMAC-SHA256 (RFC 2104) and signs the head, so that no lock stands in a
shopper's way, and whoever alters, removes, adds or moves a row without the key is found.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .models import (
    Action,
    Correction,
    LedgerCheckpoint,
    LedgerEntry,
    LedgerSeal,
    Remark,
    Reply,
    Review,
    Takeover,
)

GENESIS = "0" * 64  # what stands before the first entry
ADVISORY_LOCK = 0x636F756E7465  # PostgreSQL's lock of the one sealer
CHUNK = 2000
Body = Callable[[Any], dict[str, Any]]
REPLY_FIELDS = (
    "receipt", "text", "draft", "cards", "reading", "acts", "facts", "claims", "sources",
    "outcome", "engine", "weights", "disclosure", "first_ms", "total_ms",
)  # fmt: skip
ACTION_FIELDS = (
    "kind", "order", "quote", "title", "terms", "notices", "state", "change", "told",
    "decided_by_id",
)  # fmt: skip
REVIEW_FIELDS = ("reason", "verdict", "correction", "comment", "closed_by_id")


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many entries hold, or the first that does not."""

    count: int
    fault: str = ""


class _Fault(Exception):
    """Ends a verification at the first fault."""


def record(kind: str, subject: str, salt: str, body: dict[str, Any]) -> LedgerEntry:
    """Append the digest of `body`; inside the transaction that stores the body."""
    return LedgerEntry.objects.create(kind=kind, subject=subject, digest=digest(salt, body))


def record_reply(reply: Reply) -> LedgerEntry:
    """Append a completed reply; the database allows one entry a receipt."""
    return record("reply", reply.receipt, reply.salt, reply_body(reply))


def record_review(review: Review) -> LedgerEntry:
    """Append a decision on a reply."""
    return record("review", str(review.pk), review.reply.salt, review_body(review))


def record_action(action: Action) -> LedgerEntry:
    """Append what has become of an action."""
    return record("action", str(action.pk), action.salt, action_body(action))


def record_takeover(takeover: Takeover) -> LedgerEntry:
    """Append that a person took a conversation over, or how that ended."""
    return record("takeover", str(takeover.pk), takeover.salt, takeover_body(takeover))


def record_remark(remark: Remark) -> LedgerEntry:
    """Append what a person said."""
    return record("remark", str(remark.pk), remark.salt, remark_body(remark))


def record_correction(correction: Correction) -> LedgerEntry:
    """Append that a shopper was told a correction, or what has become of it."""
    return record("correction", str(correction.pk), correction.salt, correction_body(correction))


def digest(salt: str, body: dict[str, Any]) -> str:
    """SHA-256 over the salt and the body in canonical JSON: sorted keys, UTF-8, no floats."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def reply_body(reply: Reply) -> dict[str, Any]:
    """What a reply's entry vouches for: the message, the reply, and everything between."""
    turn = reply.turn
    asked = {"conversation": str(turn.conversation_id), "turn": turn.number, "message": turn.text}
    return asked | {name: getattr(reply, name) for name in REPLY_FIELDS}


def action_body(action: Action) -> dict[str, Any]:
    """What an action's newest entry vouches for."""
    pressed = _stamp(action.pressed_at) if action.pressed_at else ""
    return {name: getattr(action, name) for name in ACTION_FIELDS} | {"pressed_at": pressed}


def takeover_body(takeover: Takeover) -> dict[str, Any]:
    """What a takeover's newest entry vouches for: who had which conversation, and how it ended."""
    ended = _stamp(takeover.ended_at) if takeover.ended_at else ""
    return {
        "conversation": str(takeover.conversation_id), "person": takeover.person_id,
        "name": takeover.name, "taken_at": _stamp(takeover.taken_at), "ended_at": ended,
        "ending": takeover.ending,
    }  # fmt: skip


def remark_body(remark: Remark) -> dict[str, Any]:
    """What a remark's entry vouches for: its words, whose they are, and after which turn."""
    return {
        "takeover": str(remark.takeover_id), "turn": remark.turn_id, "text": remark.text,
        "said_at": _stamp(remark.said_at),
    }  # fmt: skip


def correction_body(correction: Correction) -> dict[str, Any]:
    """What a correction's newest entry vouches for: told in whose name, withdrawn, by letter."""
    withdrawn = _stamp(correction.withdrawn_at) if correction.withdrawn_at else ""
    return {
        "review": correction.review_id, "reply": correction.reply_id, "name": correction.name,
        "text": correction.text, "told_at": _stamp(correction.told_at),
        "withdrawn_at": withdrawn, "letter": correction.letter,
    }  # fmt: skip


def review_body(review: Review) -> dict[str, Any]:
    """What a decision's entry vouches for."""
    closed = _stamp(review.closed_at) if review.closed_at else ""
    values = {name: getattr(review, name) for name in REVIEW_FIELDS}
    return values | {"receipt": review.reply.receipt, "closed_at": closed}


@transaction.atomic
def seal() -> int:
    """Chain all entries that are not yet, sign the head; how many were sealed."""
    if not LedgerEntry.objects.filter(seal=None).exists():
        return 0
    _lock()
    last = LedgerSeal.objects.order_by("-position").first()
    position, mac = (last.position, last.mac) if last else (0, GENESIS)
    seals = []
    for entry in LedgerEntry.objects.filter(seal=None).order_by("id"):
        position += 1
        mac = _mac(mac, position, entry)
        seals.append(LedgerSeal(position=position, entry=entry, mac=mac))
    LedgerSeal.objects.bulk_create(seals)
    if seals:
        _sign(position, mac)
    return len(seals)


def _lock() -> None:
    """One sealer at a time; SQLite's IMMEDIATE transaction is such a lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def _sign(count: int, head: str) -> None:
    before = LedgerCheckpoint.objects.order_by("-count").first()
    moment = timezone.now()
    signature = _signature(before.signature if before else GENESIS, count, head, moment)
    LedgerCheckpoint.objects.create(count=count, head=head, signed_at=moment, signature=signature)


def _hmac(*parts: object) -> str:
    key = settings.LEDGER_KEY.encode()
    return hmac.new(key, "|".join(map(str, parts)).encode(), hashlib.sha256).hexdigest()


def _mac(before: str, position: int, entry: LedgerEntry) -> str:
    return _hmac(
        before,
        position,
        entry.pk,
        entry.kind,
        entry.subject,
        entry.digest,
        _stamp(entry.created_at),
    )


def _signature(before: str, count: int, head: str, moment: datetime) -> str:
    """Checkpoints are a chain of their own, so that none can be left out."""
    return _hmac("checkpoint", before, count, head, _stamp(moment))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def verify() -> Verdict:
    """Walk the whole record. The first row that was altered, removed, added or moved is named."""
    try:
        count, heads = _walk_chain()
        _walk_checkpoints(count, heads)
        _walk_bodies()
    except _Fault as fault:
        return Verdict(0, str(fault))
    return Verdict(count)


def _walk_chain() -> tuple[int, dict[int, str]]:
    """How many seals there are, and the mac at each checkpoint's place."""
    wanted = set(LedgerCheckpoint.objects.values_list("count", flat=True))
    position, mac, heads = 0, GENESIS, {}
    for row in LedgerSeal.objects.select_related("entry").order_by("position").iterator(CHUNK):
        position += 1
        if row.position != position:
            raise _Fault(f"Seal {position} is missing; the next one is {row.position}.")
        mac = _mac(mac, position, row.entry)
        if not hmac.compare_digest(mac, row.mac):
            raise _Fault(f"Entry {row.entry_id} at place {position} was altered or moved.")
        if position in wanted:
            heads[position] = mac
    _check_orphans(position)
    return position, heads


def _check_orphans(count: int) -> None:
    """A seal whose entry is gone is skipped by the join above, so the rows are counted too."""
    if LedgerSeal.objects.count() != count:
        known = LedgerEntry.objects.values("pk")
        orphan = LedgerSeal.objects.exclude(entry_id__in=known).order_by("position").first()
        raise _Fault(f"The entry at place {orphan.position if orphan else '?'} is missing.")


def _walk_checkpoints(count: int, heads: dict[int, str]) -> None:
    newest, before = 0, GENESIS
    for point in LedgerCheckpoint.objects.order_by("count").iterator(CHUNK):
        if point.signature != _signature(before, point.count, point.head, point.signed_at):
            raise _Fault(f"Checkpoint {point.count} was altered, or the one before it removed.")
        if heads.get(point.count) != point.head:
            raise _Fault(f"The chain does not reach checkpoint {point.count} as it was signed.")
        newest, before = point.count, point.signature
    if newest != count:
        raise _Fault(f"The chain has {count} entries, the newest checkpoint vouches for {newest}.")


def _walk_bodies() -> None:
    """Every entry has its body and every body its entry, unless an erasure is on record."""
    erased = set(LedgerEntry.objects.filter(kind="erasure").values_list("subject", flat=True))
    entries = dict(LedgerEntry.objects.filter(kind="reply").values_list("subject", "digest"))
    for reply in _replies():
        held = entries.pop(reply.receipt, None)
        if held is None:
            raise _Fault(f"Reply {reply.receipt} has no entry; it was added, or its entry removed.")
        if reply.receipt not in erased and held != digest(reply.salt, reply_body(reply)):
            raise _Fault(f"Reply {reply.receipt} is not what was recorded.")
    if left := sorted(set(entries) - erased):
        raise _Fault(f"Entry of reply {left[0]} has no reply; the reply was removed.")
    _walk_reviews(erased)
    actions = Action.objects.select_related("turn__reply")
    _walk_newest("action", actions, action_body, lambda a: a.turn.reply.receipt in erased)
    _walk_newest("takeover", Takeover.objects, takeover_body, lambda _takeover: False)
    _walk_newest("remark", Remark.objects, remark_body, lambda r: str(r.pk) in erased)
    _walk_newest("correction", Correction.objects, correction_body, lambda c: str(c.pk) in erased)


def _replies() -> Iterator[Reply]:
    completed = Reply.objects.filter(completed_at__isnull=False).select_related("turn")
    return completed.order_by("pk").iterator(CHUNK)


def _walk_reviews(erased: set[str]) -> None:
    """A review's newest entry vouches for what it says now."""
    entries = LedgerEntry.objects.filter(kind="review").order_by("id")
    newest = dict(entries.values_list("subject", "digest"))
    for review in Review.objects.select_related("reply").order_by("pk").iterator(CHUNK):
        held = newest.pop(str(review.pk), None)
        if held is None and review.closed_at is None:
            continue  # nobody has decided it yet
        if review.reply.receipt in erased:
            continue
        if held != digest(review.reply.salt, review_body(review)):
            raise _Fault(f"Review {review.pk} is not what was recorded.")
    if newest:
        raise _Fault(f"Entry of review {min(newest)} has no review; the review was removed.")


def _walk_newest(kind: str, rows: Any, body: Body, erased: Callable[[Any], bool]) -> None:
    """The newest entry of a row vouches for what has become of it."""
    entries = LedgerEntry.objects.filter(kind=kind).order_by("id")
    newest = dict(entries.values_list("subject", "digest"))
    for row in rows.order_by("pk").iterator(CHUNK):
        held = newest.pop(str(row.pk), None)
        if not erased(row) and held != digest(row.salt, body(row)):
            raise _Fault(f"{kind.capitalize()} {row.pk} is not what was recorded.")
    if newest:
        raise _Fault(f"Entry of {kind} {min(newest)} has no {kind}; the {kind} was removed.")
