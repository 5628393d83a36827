"""Walking the chain: every checkpoint, every seal and its entry, in order."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from chatbot.models import LedgerCheckpoint, LedgerSeal

from . import keys
from .bodies import digest, stamp
from .sealing import GENESIS, link, pending, signature, turned, unnamed_signer

CHUNK = 2000
UNMARKED = (1, 0, "")  # form, after and mark of entries from before there were marks
COLUMNS = ("position", "mac", "entry_id", "entry__kind", "entry__subject", "entry__digest",
           "entry__created_at", "entry__form", "entry__after", "entry__mark")  # fmt: skip
Progress = Callable[[int], None]  # told how many more rows have been walked


class Fault(Exception):
    """Ends a verification at the first fault."""


class Chain:
    """What has been walked so far, and what the entries vouch for."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.count, self.mac, self.signature = 0, GENESIS, GENESIS
        self.key: keys.Key | None = None
        self.retired: set[str] = set()
        self.heads: dict[int, str] = {}  # the mac at every checkpoint
        # kind -> subject -> digest and form of the newest entry
        self.newest: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        self.erased: set[str] = set()  # what erasures of form 1 name

    def walk(self) -> None:
        """Follow every checkpoint, those that others sign meanwhile as well."""
        if LedgerCheckpoint.objects.filter(count__lt=1).exists():
            raise Fault("Checkpoint 0 was added: the first one vouches for one entry or more.")
        if LedgerSeal.objects.filter(position__lt=1).exists():
            raise Fault("Seal 0 was added: the first place is 1.")
        while self._advance() or self._is_behind():
            pass
        self._check_key()
        self._take_pending()

    def _advance(self) -> bool:
        """Walk up to the next checkpoints; whether there were any."""
        later = LedgerCheckpoint.objects.filter(count__gt=self.count).order_by("count")
        points = list(later[:CHUNK])
        if points:
            ahead = {"position__gt": self.count, "position__lte": points[-1].count}
            seals = LedgerSeal.objects.filter(**ahead).order_by("position")
            rows = seals.values_list(*COLUMNS).iterator(CHUNK)
            for point in points:
                self._take_point(point, rows)
        return bool(points)

    def _is_behind(self) -> bool:
        """Whether a checkpoint came while the last ones were walked; no seal is without one."""
        stray = LedgerSeal.objects.filter(position__gt=self.count).order_by("position").first()
        if stray is None or LedgerCheckpoint.objects.filter(count__gt=self.count).exists():
            return stray is not None
        raise Fault(
            f"Seal {stray.position} is vouched for by no checkpoint; the newest one ends at "
            f"{self.count}."
        )

    def _take_point(self, point: LedgerCheckpoint, rows: Iterator[tuple[Any, ...]]) -> None:
        key = self._key_of(point)
        if not hmac.compare_digest(signature(key, self.signature, point), point.signature):
            raise Fault(f"Checkpoint {point.count} was altered, or the one before it removed.")
        rotation = self._turn(key)
        for row in self._take_seals(key, point.count, rows):
            if row == rotation:
                rotation = None
        if rotation:
            raise Fault(f"Checkpoint {point.count} has another key, and no rotation is on record.")
        if self.mac != point.head:
            raise Fault(f"The chain does not reach checkpoint {point.count} as it was signed.")
        self.signature, self.heads[point.count] = point.signature, self.mac

    def _key_of(self, point: LedgerCheckpoint) -> keys.Key:
        try:
            return keys.by_id(point.key) if point.key else unnamed_signer(point, self.signature)
        except keys.KeyMissing as error:
            raise Fault(str(error)) from error

    def _turn(self, key: keys.Key) -> tuple[str, str, str] | None:
        """Go over to a batch's key; the entry of the rotation that has to stand in it."""
        before, self.key = self.key, key
        if before is None or before.id == key.id:
            return None
        self.retired.add(before.id)
        if key.id in self.retired:
            raise Fault(f"Key {key.id} was retired and signs again; who has it went on by it.")
        return "rotation", key.id, digest("", turned(before.id, key.id))

    def _take_seals(
        self, key: keys.Key, until: int, rows: Iterator[tuple[Any, ...]]
    ) -> Iterator[tuple[str, str, str]]:
        """Walk the seals of one batch; kind, subject and digest of their entries."""
        position, mac, began = self.count, self.mac, self.count
        while position < until:
            position += 1
            place, held, pk, kind, subject, digested, written, form, *more = next(rows, _NOTHING)
            if place != position:
                raise Fault(_gap(position))
            entry = (pk, kind, subject, digested, stamp(written), form, *more)
            mac = key.mac(*link(mac, position, *entry))
            if mac != held or not (more[1] or (form, *more) == UNMARKED):
                raise Fault(f"Entry {pk} at place {position} was altered or moved.")
            self.take(kind, subject, digested, form)
            yield kind, subject, digested
        self.count, self.mac = position, mac
        self.progress(position - began)

    def take(self, kind: str, subject: str, digested: str, form: int) -> None:
        """Remember an entry as the newest of its row; an erasure is one of the row it names."""
        if kind == "erasure" and form == 1:
            self.erased.add(subject)
        elif kind == "erasure":
            name, _, row = subject.partition(" ")
            self.newest[name][row] = digested, form
        else:
            self.newest[kind][subject] = digested, form

    def _check_key(self) -> None:
        """Who has an old key could cut the record back to where it was in use, and go on."""
        now = keys.present()
        if self.key and self.key.id != now.id:
            raise Fault(
                f"The record ends under key {self.key.id}, and LEDGER_KEY is {now.id}. If you have "
                "just changed it, run `manage.py rotate_ledger_key`; else the end was cut off."
            )

    def _take_pending(self) -> None:
        """Entries that are not sealed yet are of this site's writing, and newer than the seals."""
        for entry, genuine in pending([keys.present()]):
            if not genuine:
                raise Fault(f"Entry {entry.pk} is not sealed and was not written by this site.")
            if entry.after > self.count and not _is_signed(entry.after):
                raise Fault(f"Checkpoint {entry.after} is missing; entry {entry.pk} knew of it.")
            self.take(entry.kind, entry.subject, entry.digest, entry.form)


_NOTHING: tuple[Any, ...] = (None,) * len(COLUMNS)


def _is_signed(count: int) -> bool:
    return LedgerCheckpoint.objects.filter(count__gte=count).exists()


def _gap(position: int) -> str:
    if LedgerSeal.objects.filter(position=position).exists():
        return f"The entry at place {position} is missing."
    return f"Seal {position} is missing."
