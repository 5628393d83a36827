"""Pieces into the stock and out of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils import timezone

from .models import Variant


def move(variant_id: int | None, pieces: int) -> bool:
    """Put pieces into the stock or take them, in one statement; False where there are not as many
    and none can be ordered. What the catalogue no longer has is moved nowhere."""
    if variant_id is None:
        return True
    rows = Variant.objects.filter(pk=variant_id)
    if pieces < 0:
        rows = rows.filter(Q(stock__gte=-pieces) | Q(sells_without_stock=True))
    return bool(rows.update(stock=F("stock") + pieces, updated_at=timezone.now()))


def move_all(pieces: Iterable[tuple[int | None, int]]) -> int | None:
    """The same for several, always in one order (see `locks`), so that two who want the same never
    wait for each other; the first version that there is too little of, else None."""
    ordered = sorted(pieces, key=lambda moved: moved[0] or 0)
    return next((pk for pk, number in ordered if not move(pk, number)), None)
