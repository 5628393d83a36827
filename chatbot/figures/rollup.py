"""The roll-up: sums of each day, kept by what has changed since it last looked.

The sealed ledger tells what has happened, without gaps and in order; thumbs and what is queued
have a time of their own. Whatever changed is tallied anew, and its day moves by the difference, so
that a late thumb, a verdict or an erasure reaches its day, and counting twice changes nothing.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from chatbot.models import (
    Action,
    Bookmark,
    Day,
    Feedback,
    LedgerSeal,
    PersonRating,
    Reply,
    Review,
    Takeover,
    Tally,
)

from . import returning, sides, tallies

MOST, MOST_AT_LEISURE = 200, 2000  # entries at a time, beside other work and alone
LATE = timedelta(minutes=1)  # a row may be committed so long after its time
PATHS: Mapping[str, tuple[Any, str, str]] = {  # kind of entry -> rows, what it names, conversation
    "reply": (Reply, "receipt", "turn__conversation"),
    "review": (Review, "pk", "reply__turn__conversation"),
    "action": (Action, "pk", "turn__conversation"),
    "takeover": (Takeover, "pk", "conversation"),
    "rating": (PersonRating, "pk", "takeover__conversation"),
}
Parts = dict[str, Counter[str]]  # "day|engine|weights" -> counter -> number


@dataclass(frozen=True)
class Pending:
    """What has changed since the bookmark: the tallies anew, and by how much the days differ."""

    position: int
    looked_at: datetime
    more: bool = False  # whether there is more than was looked at
    fresh: dict[uuid.UUID, Tally] = field(default_factory=dict)
    differences: Parts = field(default_factory=dict)
    gone: frozenset[uuid.UUID] = frozenset()  # were due, and are no more

    def __bool__(self) -> bool:
        return bool(self.fresh or self.gone)


def run() -> int:
    """Count until nothing is left that has changed; how many conversations were tallied."""
    counted = 0
    while True:
        bookmark, found = look(most=MOST_AT_LEISURE)
        counted += len(found.fresh) if _keep(bookmark, found) else 0
        if not found.more:
            return counted


def step() -> None:
    """Count some of what has changed; for whoever has other things to do as well."""
    _keep(*look())


def look(most: int = MOST) -> tuple[Bookmark, Pending]:
    """What has changed since the bookmark, up to so many entries; nothing is written."""
    bookmark = Bookmark.objects.first() or Bookmark(pk=1)
    now = timezone.now()
    position, changed = _sealed(bookmark.position, most)
    due = list(Tally.objects.filter(due_at__lte=now).values_list("pk", flat=True)[:most])
    chats = changed | _told(bookmark.looked_at) | set(due)
    chats |= returning.before(changed)
    more = most in (position - bookmark.position, len(due))
    fresh = tallies.of(chats, now) if chats else {}
    return bookmark, Pending(
        position, now, more, fresh, _differences(fresh), frozenset(set(due) - set(fresh))
    )


def _sealed(position: int, most: int) -> tuple[int, set[uuid.UUID]]:
    """The place of the last seal looked at, and the conversations that its entries are about."""
    seals = LedgerSeal.objects.filter(position__gt=position).order_by("position")[:most]
    named: dict[str, set[str]] = defaultdict(set)
    for place, kind, subject in seals.values_list("position", "entry__kind", "entry__subject"):
        position = place
        named[kind].add(subject)
    return position, {
        chat
        for kind in named.keys() & PATHS.keys()
        for model, column, path in [PATHS[kind]]
        for chat in model.objects.filter(**{f"{column}__in": named[kind]}).values_list(
            path, flat=True
        )
    }


def _told(since: datetime | None) -> set[uuid.UUID]:
    """Conversations with what has no entry: new thumbs, and replies that were queued. At the very
    first look every conversation is tallied anyway."""
    if since is None:
        return set()
    thumbs = Feedback.objects.filter(created_at__gte=since - LATE)
    queued = Review.objects.exclude(state=Review.State.CLOSED).filter(created_at__gte=since - LATE)
    path = "reply__turn__conversation"
    return {chat for rows in (thumbs, queued) for chat in rows.values_list(path, flat=True)}


def _differences(fresh: Mapping[uuid.UUID, Tally]) -> Parts:
    """By how much the days differ once these tallies stand in place of those that are kept."""
    found: Parts = defaultdict(Counter)
    for tally in Tally.objects.filter(pk__in=list(fresh)):
        _add(found, tally.parts, -1)
    for tally in fresh.values():
        _add(found, tally.parts, 1)
    moved = {part: _moved(counts) for part, counts in found.items()}
    return {part: counts for part, counts in moved.items() if counts}


def _add(parts: Parts, more: Mapping[str, Mapping[str, int]], sign: int) -> None:
    for part, counts in more.items():
        for name, number in counts.items():
            parts[part][name] += sign * number


def _moved(counts: Mapping[str, int]) -> Counter[str]:
    return Counter({name: number for name, number in counts.items() if number})


def _keep(bookmark: Bookmark, found: Pending) -> bool:
    """Store what was found; False where another process has counted on meanwhile."""
    if not found and bookmark.looked_at and found.position == bookmark.position:
        return True  # nothing to write, no lock to take
    with transaction.atomic():
        Bookmark.objects.get_or_create(pk=1)
        locked = Bookmark.objects.select_for_update().get(pk=1)
        if (locked.position, locked.looked_at) != (bookmark.position, bookmark.looked_at):
            return False
        _store(found.fresh.values())
        Tally.objects.filter(pk__in=found.gone).update(due_at=None)
        _move_days(found.differences)
        locked.position, locked.looked_at = found.position, found.looked_at
        locked.save()
    return True


def _store(fresh: Iterable[Tally]) -> None:
    Tally.objects.bulk_create(
        list(fresh), update_conflicts=True, unique_fields=["conversation"],
        update_fields=["parts", "came_back", "due_at"],
    )  # fmt: skip


def _move_days(differences: Parts) -> None:
    for part in sorted(differences):
        if sides.is_one(part):
            sides.move(part, differences[part])
            continue
        day, engine, weights = split(part)
        row, _new = Day.objects.get_or_create(day=day, engine=engine, weights=weights)
        counts = Counter(row.counts)
        counts.update(differences[part])
        row.counts = dict(_moved(counts))
        row.save(update_fields=["counts"])


def split(part: str) -> tuple[str, str, str]:
    """Day, engine and weights; an engine's name may have any sign in it, the others do not."""
    day, _, version = part.partition("|")
    engine, _, weights = version.rpartition("|")
    return day, engine, weights


def days(first: date, last: date) -> tuple[dict[tuple[str, str, str], Counter[str]], bool]:
    """The sums of each day and version between two days, with what has happened since they were
    last kept; and whether more has happened than could be counted in passing."""
    rows = Day.objects.filter(day__gte=first, day__lte=last)
    sums = {(str(r.day), r.engine, r.weights): Counter(r.counts) for r in rows}
    _bookmark, found = look()
    for part, counts in found.differences.items():
        if not sides.is_one(part) and str(first) <= part[:10] <= str(last):
            sums.setdefault(split(part), Counter()).update(counts)
    return sums, found.more


def of_share(share: int) -> dict[bool, Counter[str]]:
    """What both sides of a share count for by now; True is the candidate's."""
    sums = sides.kept(share)
    _bookmark, found = look()
    for part, counts in found.differences.items():
        if sides.is_one(part) and sides.split(part)[0] == share:
            sums[sides.split(part)[1]].update(counts)
    return sums
