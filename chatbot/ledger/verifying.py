"""Verifying: the whole record is walked; the first row that does not hold is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from chatbot.models import LedgerEntry

from . import keys
from .bodies import KINDS, Kind, body, digest, follow
from .chain import CHUNK, Chain, Fault, Progress
from .entries import is_genuine
from .heads import Head, compare


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many entries hold, or the first that does not."""

    count: int
    fault: str = ""


def verify(
    progress: Progress = lambda _rows: None, heads: Sequence[tuple[str, Head]] = ()
) -> Verdict:
    """Walk the whole record. The first row that was altered, removed, added or moved is named; so
    is the first of `heads`, which were sent out of the house, that the record does not lead to.

    It locks nothing: what the site writes meanwhile is looked at again, and holds.
    """
    chain = Chain(progress)
    try:
        chain.walk()
        compare(heads, chain)
        for name, kind in KINDS.items():
            _find_stray(name, kind)
            _walk_rows(name, kind, chain)
    except Fault as fault:
        return Verdict(0, str(fault))
    return Verdict(chain.count)


def _walk_rows(name: str, kind: Kind, chain: Chain) -> None:
    """Every row has its entry, the newest of which vouches for it, and every entry its row."""
    newest = chain.newest[name]
    for number, (subject, salt, word, *values) in enumerate(_rows(kind), 1):
        held = newest.pop(subject, None)
        erased = bool(kind.erased) and str(word) in chain.erased
        if not (erased or _holds(kind, salt, values, held) or _holds_by_now(name, kind, subject)):
            raise Fault(_differs(name, subject, held))
        if number % CHUNK == 0:
            chain.progress(CHUNK)
    if newest:
        raise Fault(f"Entry of {name} {min(newest)} has no {name}; the {name} was removed.")


def _find_stray(name: str, kind: Kind) -> None:
    """The joins pass over a row whose turn or reply is gone, so it is asked for by itself."""
    model = kind.model
    for hop in sorted({c.split("__")[0] for c in (*kind.all_columns, kind.salt) if "__" in c}):
        parent: Any = model._meta.get_field(hop).related_model
        there = Exists(parent._default_manager.filter(pk=OuterRef(f"{hop}_id")))
        stray = model._default_manager.filter(kind.rows).exclude(there).first()
        if stray:
            subject = follow(stray, kind.subject)
            raise Fault(f"{name.capitalize()} {subject} was added, or its {hop} removed.")


def _rows(kind: Kind, **wanted: Any) -> Iterator[tuple[Any, ...]]:
    """Subject, salt, word of an erasure and the values of each row on record."""
    found = kind.model._default_manager.filter(kind.rows, **wanted).order_by("pk")
    first = (kind.subject, kind.salt or kind.subject, kind.erased or kind.subject)
    for subject, salt, *rest in found.values_list(*first, *kind.all_columns).iterator(CHUNK):
        yield str(subject), salt if kind.salt else "", *rest


def _holds(kind: Kind, salt: str, values: list[Any], held: tuple[str, int] | None) -> bool:
    """Whether an entry vouches for the row, or the row needs none yet."""
    if held is None:
        found = body(kind, values)
        return bool(kind.blank) and not any(found[name] for name in kind.blank)
    digested, form = held
    return digested == digest(salt, body(kind, values, form))


def _holds_by_now(name: str, kind: Kind, subject: str) -> bool:
    """Whether the row holds when it is read anew with an entry that was not there before."""
    subjects = {name: subject, "erasure": f"{name} {subject}"}
    entries = [
        entry
        for kept, said in subjects.items()
        for entry in LedgerEntry.objects.filter(kind=kept, subject=said)
    ]
    if not entries:
        return False
    newest = max(entries, key=lambda entry: entry.pk)
    fresh = next(_rows(kind, **{kind.subject: subject}), None)
    held = newest.digest, newest.form
    if fresh is None or not is_genuine(newest, [keys.present()]):
        return False
    return _holds(kind, fresh[1], list(fresh[3:]), held)


def _differs(name: str, subject: str, held: object) -> str:
    if held:
        return f"{name.capitalize()} {subject} is not what was recorded."
    return f"{name.capitalize()} {subject} has no entry; it was added, or its entry removed."
