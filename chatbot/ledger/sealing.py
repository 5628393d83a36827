"""Sealing: entries are chained and the head is signed, by one sealer at a time."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from chatbot.models import LedgerCheckpoint, LedgerEntry, LedgerSeal

from . import keys
from .bodies import stamp
from .entries import is_genuine, record

logger = logging.getLogger(__name__)

GENESIS = "0" * 64  # what stands before the first entry
ADVISORY_LOCK = 0x636F756E7465  # PostgreSQL's lock of the one sealer


class NothingToRotate(Exception):
    """Raised when the record is signed with LEDGER_KEY already."""


@transaction.atomic
def seal() -> int:
    """Chain all entries that are not yet, sign the head; how many were sealed.

    Nothing is sealed while the record ends under another key: only `rotate` may change it, so that
    whoever has an old key and cuts the record back to it finds nobody to go on from there.
    """
    if not LedgerEntry.objects.filter(seal=None).exists():
        return 0
    lock()
    key, newest = keys.present(), newest_checkpoint()
    if newest and not is_signed(newest, key):
        logger.error(
            "The record is signed with another key than LEDGER_KEY (%s), so nothing is sealed; "
            "put the key it had into LEDGER_KEYS_OLD and run `manage.py rotate_ledger_key`.",
            key.id, extra={"counterfoil.ledger_key": key.id},
        )  # fmt: skip
        return 0
    return _chain(key, newest, [key])


def unsealed(most: int) -> int:
    """How many entries stand behind the newest sealed one, counted up to `most`."""
    newest = LedgerSeal.objects.order_by("-position").values_list("entry_id", flat=True).first()
    behind = LedgerEntry.objects.filter(pk__gt=newest or 0).order_by("pk")
    return behind[:most].count()


@transaction.atomic
def rotate() -> tuple[str, str]:
    """Go over to LEDGER_KEY, on record; the ids of the key before and of this one.

    Raises NothingToRotate, or KeyMissing when the key before is not in LEDGER_KEYS_OLD.
    """
    lock()
    key, newest = keys.present(), newest_checkpoint()
    old = signer(newest) if newest else key
    if old.id == key.id:
        raise NothingToRotate(f"The record is signed with LEDGER_KEY ({key.id}) already.")
    record("rotation", key.id, "", turned(old.id, key.id))
    _chain(key, newest, [key, old])
    return old.id, key.id


def turned(old: str, new: str) -> dict[str, str]:
    """What the entry of a rotation vouches for."""
    return {"from": old, "to": new}


def _chain(key: keys.Key, newest: LedgerCheckpoint | None, accepted: list[keys.Key]) -> int:
    last = LedgerSeal.objects.order_by("-position").first()
    position, mac = (last.position, last.mac) if last else (0, GENESIS)
    seals = []
    for entry, genuine in pending(accepted):
        if not genuine:
            logger.error("Entry %s was not written by this site; it is not sealed.", entry.pk)
            continue
        position += 1
        mac = key.mac(*link(mac, position, *_values(entry)))
        seals.append(LedgerSeal(position=position, entry=entry, mac=mac))
    LedgerSeal.objects.bulk_create(seals, batch_size=1000)
    if seals:
        _sign(key, newest, position, mac)
    return len(seals)


def pending(accepted: list[keys.Key]) -> Iterator[tuple[LedgerEntry, bool]]:
    """Every entry that is not sealed, and whether this site wrote it, under one of these keys."""
    twins = LedgerEntry.objects.filter(mark=OuterRef("mark")).exclude(pk=OuterRef("pk"))
    entries = LedgerEntry.objects.filter(seal=None).annotate(copied=Exists(twins))
    for entry in entries.order_by("id"):
        yield entry, not entry.copied and is_genuine(entry, accepted)


def newest_checkpoint() -> LedgerCheckpoint | None:
    """The checkpoint that vouches for most."""
    return LedgerCheckpoint.objects.order_by("-count").first()


def lock() -> None:
    """One sealer at a time; SQLite's IMMEDIATE transaction is such a lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def _sign(key: keys.Key, newest: LedgerCheckpoint | None, count: int, head: str) -> None:
    point = LedgerCheckpoint(count=count, head=head, signed_at=timezone.now(), key=key.id)
    point.signature = signature(key, newest.signature if newest else GENESIS, point)
    point.save(force_insert=True)


def link(before: str, position: int, *entry: Any) -> tuple[object, ...]:
    """What the mac of an entry at its place is made of; entries of form 1 had no marks."""
    return (before, position, *entry) if entry[-1] else (before, position, *entry[:-3])


def _values(entry: LedgerEntry) -> tuple[Any, ...]:
    written = stamp(entry.created_at)
    said = (entry.pk, entry.kind, entry.subject, entry.digest, written)
    return (*said, entry.form, entry.after, entry.mark)


def signature(key: keys.Key, before: str, point: LedgerCheckpoint) -> str:
    """Checkpoints are a chain of their own, so that none can be left out."""
    parts = (before, point.count, point.head, stamp(point.signed_at))
    return key.mac("checkpoint", *parts, *([point.key] if point.key else []))


def signer(point: LedgerCheckpoint) -> keys.Key:
    """The key that signed a checkpoint. Raises KeyMissing."""
    if point.key:
        return keys.by_id(point.key)
    earlier = LedgerCheckpoint.objects.filter(count__lt=point.count).order_by("-count").first()
    return unnamed_signer(point, earlier.signature if earlier else GENESIS)


def unnamed_signer(point: LedgerCheckpoint, before: str) -> keys.Key:
    """The key of a checkpoint from before keys had ids: the one that fits. Raises KeyMissing."""
    for key in keys.known():
        if hmac.compare_digest(signature(key, before, point), point.signature):
            return key
    raise keys.KeyMissing(
        f"Neither LEDGER_KEY ({keys.present().id}) nor a key of LEDGER_KEYS_OLD has signed "
        f"checkpoint {point.count}: it was altered, or the key it had must be added to "
        "LEDGER_KEYS_OLD."
    )


def is_signed(point: LedgerCheckpoint, key: keys.Key) -> bool:
    """Whether this key signed a checkpoint."""
    try:
        return signer(point).id == key.id
    except keys.KeyMissing:
        return False
