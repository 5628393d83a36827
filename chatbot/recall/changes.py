"""What has changed since shoppers were told: told values that differ from today's.

Only pages of which something has changed within the window are looked at; a value that differs now
has changed after it was told. A promotion that is gone from the rules altogether is not among them:
its claims are found by its code in the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone

from chatbot.models import Recall, ToldClaim
from storefront import queries

from .today import Today

DAYS = 90
MOST = 100  # groups a page
PAGES = 200  # a query


@dataclass(frozen=True)
class Change:
    """One value that shoppers were told and that is another today, or is no longer said."""

    source: str
    field: str
    told: str
    now: str  # empty where it is no longer said
    title: str
    shoppers: int  # conversations
    since: datetime  # when it was told first, and last
    until: datetime


def changes(days: int = DAYS) -> list[Change]:
    """What of the last so many days' claims is no longer so; what was told last comes first."""
    shop = Today()
    groups = _told(beginning(days), shop)
    found = [change for row in groups if (change := _changed(row, shop))]
    return sorted(found, key=lambda change: change.until, reverse=True)[:MOST]


def beginning(days: int) -> datetime:
    """When the window of so many days begins."""
    return timezone.now() - timedelta(days=days)


def change(source: str, field: str, told: str, days: int = DAYS) -> Change | None:
    """The one group of a value that was told, if it is another today."""
    row = next(iter(_grouped(tellings(source, field, told, days))), None)
    return _changed(row, Today()) if row else None


def tellings(source: str, field: str, told: str, days: int = DAYS) -> QuerySet[ToldClaim]:
    """The claims that told this value."""
    rows = ToldClaim.objects.filter(source=source, field=field, value=told)
    return rows.filter(told_at__gte=beginning(days))


def recalled(some: list[Change]) -> dict[tuple[str, str, str], Recall]:
    """The recalls there are of these values, except those that were withdrawn."""
    rows = Recall.objects.filter(source__in={change.source for change in some})
    standing = rows.exclude(state=Recall.State.WITHDRAWN).order_by("pk")
    return {(row.source, row.field, row.value): row for row in standing}


def _told(since: datetime, shop: Today) -> Iterator[dict[str, Any]]:
    """Every value that was told of a page of which something has changed, with how often."""
    pages = queries.changed_since(since)
    if shop.rules.as_of >= since:
        codes = [row.get("code") for row in shop.rules.get("promotions") or ()]
        pages += ["rule:shop", *(f"rule:promotions.{code}" for code in codes)]
    for start in range(0, len(pages), PAGES):
        some = ToldClaim.objects.filter(page__in=pages[start : start + PAGES])
        yield from _grouped(some.filter(told_at__gte=since).exclude(field=""))


def _grouped(rows: QuerySet[ToldClaim]) -> QuerySet[ToldClaim, Any]:
    groups = rows.order_by().values("source", "field", "value")
    return groups.annotate(
        shoppers=Count("conversation", distinct=True), since=Min("told_at"), until=Max("told_at"),
        name=Max("title"),
    )  # fmt: skip


def _changed(row: dict[str, Any], shop: Today) -> Change | None:
    source, field, told = row["source"], row["field"], row["value"]
    now = shop.value(source, field, told)
    if now is None or now == told:
        return None
    return Change(
        source, field, told, now, row["name"] or source, row["shoppers"], row["since"],
        row["until"],
    )  # fmt: skip
