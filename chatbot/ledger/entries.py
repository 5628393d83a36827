"""Writing entries: inside the transaction that stores what they vouch for."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

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
    LedgerCheckpoint,
    LedgerEntry,
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

from . import keys
from .bodies import FORM, KINDS, body, digest, follow, named, stamp


def record(kind: str, subject: str, salt: str, body: Mapping[str, Any]) -> LedgerEntry:
    """Append the digest of `body`."""
    newest = LedgerCheckpoint.objects.order_by("-count").values_list("count", flat=True).first()
    entry = LedgerEntry(
        kind=kind, subject=subject, digest=digest(salt, body), created_at=timezone.now(),
        form=FORM, after=newest or 0,
    )  # fmt: skip
    entry.mark = mark(entry, before=_marks(entry).order_by("-pk").first() or "")
    entry.save(force_insert=True)
    return entry


def mark(entry: LedgerEntry, key: keys.Key | None = None, before: str = "") -> str:
    """What nobody without the key can write beside an entry; the key is LEDGER_KEY by default.
    `before` is the mark of the entry of the same row before this one, so that none of a row's can
    be left out while they are not sealed."""
    written = stamp(entry.created_at)
    parts = (entry.kind, entry.subject, entry.digest, written, entry.form, entry.after)
    return (key or keys.present()).mac("entry", *parts, *([before] if before else []))


def is_genuine(entry: LedgerEntry, accepted: Iterable[keys.Key]) -> bool:
    """Whether this site wrote the entry, under one of these keys, after one that is still there."""
    befores = {"", *_marks(entry).filter(pk__lt=entry.pk)}
    fits = (mark(entry, key, before) for key in accepted for before in befores)
    return any(hmac.compare_digest(fitting, entry.mark) for fitting in fits)


def _marks(entry: LedgerEntry) -> Any:
    """The marks of the entries of the same row; an erasure is one of the row it names."""
    same = Q(kind=entry.kind, subject=entry.subject)
    if entry.kind == "erasure":
        name, _, row = entry.subject.partition(" ")
        same |= Q(kind=name, subject=row)
    return LedgerEntry.objects.filter(same).values_list("mark", flat=True)


def record_reply(reply: Reply) -> LedgerEntry:
    """Append a completed reply; the database allows one entry a receipt."""
    return _append(reply)


def record_review(review: Review) -> LedgerEntry:
    """Append a decision on a reply."""
    return _append(review)


def record_action(action: Action) -> LedgerEntry:
    """Append what has become of an action."""
    return _append(action)


def record_takeover(takeover: Takeover) -> LedgerEntry:
    """Append that a person took a conversation over, or how that ended."""
    return _append(takeover)


def record_remark(remark: Remark) -> LedgerEntry:
    """Append what a person said."""
    return _append(remark)


def record_rating(rating: PersonRating) -> LedgerEntry:
    """Append what a shopper thought of a person."""
    return _append(rating)


def record_correction(correction: Correction) -> LedgerEntry:
    """Append that a shopper was told a correction, or what has become of it."""
    return _append(correction)


def record_recall(recall: Recall) -> LedgerEntry:
    """Append that staff opened, worded, sent or withdrew a recall."""
    return _append(recall)


def record_hold(hold: Hold) -> LedgerEntry:
    """Append that a reply waits for staff, or what became of it."""
    return _append(hold)


def record_disclosure(disclosure: Disclosure) -> LedgerEntry:
    """Append that a shopper had the disclosure on screen."""
    return _append(disclosure)


def record_duty(duty: Duty) -> LedgerEntry:
    """Append that staff switched the assistant off, or on again."""
    return _append(duty)


def record_edit(edit: Edit) -> LedgerEntry:
    """Append that a message was replaced by another."""
    return _append(edit)


def record_photo(photo: Photo) -> LedgerEntry:
    """Append that a shopper showed a photo."""
    return _append(photo)


def record_answer(answer: ShopAnswer) -> LedgerEntry:
    """Append that a correction was made an answer of the shop, or that this was taken back."""
    return _append(answer)


def record_golden(case: GoldenCase) -> LedgerEntry:
    """Append that a golden case was made, switched or deleted."""
    return _append(case)


def record_guise(guise: Guise) -> LedgerEntry:
    """Append that staff tried the assistant as a customer."""
    return _append(guise)


def record_trial(trial: Trial) -> LedgerEntry:
    """Append what came of asking golden cases of a setup."""
    return _append(trial)


def record_engine(setup: EngineSetup) -> LedgerEntry:
    """Append that staff added an engine to choose from."""
    return _append(setup)


def record_switch(switch: EngineSwitch) -> LedgerEntry:
    """Append that another engine answers, or some of the conversations."""
    return _append(switch)


def record_setup(setup: Setup) -> LedgerEntry:
    """Append what the assistant runs under from now on."""
    return _append(setup)


def record_erasure(row: Model) -> LedgerEntry:
    """Append that a row was erased. What is left of it is vouched for, so that nobody fills it
    with other words."""
    name = named(type(row))
    subject, salt, left = parts(name, row)
    return record("erasure", f"{name} {subject}", salt, left)


def _append(row: Model) -> LedgerEntry:
    name = named(type(row))
    return record(name, *parts(name, row))


def parts(name: str, row: Model, form: int = FORM) -> tuple[str, str, dict[str, Any]]:
    """A row's name in the record, its salt and its body of a form."""
    kind = KINDS[name]
    salt = follow(row, kind.salt) if kind.salt else ""
    values = [follow(row, column) for column in kind.names(form).values()]
    return str(follow(row, kind.subject)), salt, body(kind, values, form)
