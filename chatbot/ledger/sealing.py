"""Sealing: entries are chained and the head is signed, by one sealer at a time."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from chatbot.models import LedgerCheckpoint, LedgerEntry, LedgerSeal

from .bodies import stamp

GENESIS = "0" * 64  # what stands before the first entry
ADVISORY_LOCK = 0x636F756E7465  # PostgreSQL's lock of the one sealer


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
        mac = link(mac, position, entry)
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
    signed = signature(before.signature if before else GENESIS, count, head, moment)
    LedgerCheckpoint.objects.create(count=count, head=head, signed_at=moment, signature=signed)


def _hmac(*parts: object) -> str:
    key = settings.LEDGER_KEY.encode()
    return hmac.new(key, "|".join(map(str, parts)).encode(), hashlib.sha256).hexdigest()


def link(before: str, position: int, entry: LedgerEntry) -> str:
    """The mac of an entry at its place, after the mac before it."""
    written = stamp(entry.created_at)
    return _hmac(before, position, entry.pk, entry.kind, entry.subject, entry.digest, written)


def signature(before: str, count: int, head: str, moment: datetime) -> str:
    """Checkpoints are a chain of their own, so that none can be left out."""
    return _hmac("checkpoint", before, count, head, stamp(moment))
