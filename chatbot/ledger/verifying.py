"""Verifying: the whole record is walked; the first row that does not hold is named."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from chatbot.models import LedgerCheckpoint, LedgerEntry, LedgerSeal

from .bodies import KINDS, Kind, body, digest
from .sealing import GENESIS, link, signature

CHUNK = 2000


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many entries hold, or the first that does not."""

    count: int
    fault: str = ""


class Fault(Exception):
    """Ends a verification at the first fault."""


def verify() -> Verdict:
    """Walk the whole record. The first row that was altered, removed, added or moved is named."""
    try:
        count, heads = _walk_chain()
        _walk_checkpoints(count, heads)
        erased = set(LedgerEntry.objects.filter(kind="erasure").values_list("subject", flat=True))
        for name, kind in KINDS.items():
            _walk_rows(name, kind, erased)
    except Fault as fault:
        return Verdict(0, str(fault))
    return Verdict(count)


def _walk_chain() -> tuple[int, dict[int, str]]:
    """How many seals there are, and the mac at each checkpoint's place."""
    wanted = set(LedgerCheckpoint.objects.values_list("count", flat=True))
    position, mac, heads = 0, GENESIS, {}
    for row in LedgerSeal.objects.select_related("entry").order_by("position").iterator(CHUNK):
        position += 1
        if row.position != position:
            raise Fault(f"Seal {position} is missing; the next one is {row.position}.")
        mac = link(mac, position, row.entry)
        if not hmac.compare_digest(mac, row.mac):
            raise Fault(f"Entry {row.entry_id} at place {position} was altered or moved.")
        if position in wanted:
            heads[position] = mac
    _check_orphans(position)
    return position, heads


def _check_orphans(count: int) -> None:
    """A seal whose entry is gone is skipped by the join above, so the rows are counted too."""
    if LedgerSeal.objects.count() != count:
        known = LedgerEntry.objects.values("pk")
        orphan = LedgerSeal.objects.exclude(entry_id__in=known).order_by("position").first()
        raise Fault(f"The entry at place {orphan.position if orphan else '?'} is missing.")


def _walk_checkpoints(count: int, heads: dict[int, str]) -> None:
    newest, before = 0, GENESIS
    for point in LedgerCheckpoint.objects.order_by("count").iterator(CHUNK):
        if point.signature != signature(before, point.count, point.head, point.signed_at):
            raise Fault(f"Checkpoint {point.count} was altered, or the one before it removed.")
        if heads.get(point.count) != point.head:
            raise Fault(f"The chain does not reach checkpoint {point.count} as it was signed.")
        newest, before = point.count, point.signature
    if newest != count:
        raise Fault(f"The chain has {count} entries, the newest checkpoint vouches for {newest}.")


def _walk_rows(name: str, kind: Kind, erased: set[str]) -> None:
    """Every row has its entry, the newest of which vouches for it, and every entry its row, unless
    an erasure is on record."""
    entries = LedgerEntry.objects.filter(kind=name).order_by("id")
    newest = dict(entries.values_list("subject", "digest"))
    rows = kind.model._default_manager.filter(kind.rows).order_by("pk")
    extra = (kind.subject, kind.salt, kind.erased or kind.subject)
    for subject, salt, word, *values in rows.values_list(*extra, *kind.columns.values()).iterator(
        CHUNK
    ):
        held, found = newest.pop(str(subject), ""), body(kind, values)
        if (kind.erased and str(word) in erased) or (not held and _undecided(name, found)):
            continue
        if held != digest(salt, found):
            raise Fault(_differs(name, subject, held))
    if newest:
        raise Fault(f"Entry of {name} {min(newest)} has no {name}; the {name} was removed.")


def _undecided(name: str, found: dict[str, object]) -> bool:
    """A review is on record from its decision on."""
    return name == "review" and not found["closed_at"]


def _differs(name: str, subject: object, held: str) -> str:
    if held:
        return f"{name.capitalize()} {subject} is not what was recorded."
    return f"{name.capitalize()} {subject} has no entry; it was added, or its entry removed."
