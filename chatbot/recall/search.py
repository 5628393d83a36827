"""Searching the claim register: by page, kind, amount, wording and time, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from chatbot.models import ToldClaim
from storefront import queries

from . import register

MOST = 50  # claims a page
STEP = 10_000  # claims that one search looks through for words: no index finds them


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty is not."""

    page: str = ""  # a name or an address of a product or article, or an order's number
    kind: str = ""
    amount: Decimal | None = None  # in the shop's currency
    words: str = ""
    since: date | None = None  # days of the site's time zone, both inclusive
    until: date | None = None


def find(wanted: Wanted, before: int | None = None) -> tuple[list[ToldClaim], int | None]:
    """The newest claims that fit, older than claim `before`; and the number where the search goes
    on, if it does: after a full page, or after STEP claims looked through for words."""
    rows = fitting(wanted).select_related("reply", "conversation__shopper").order_by("-pk")
    rows = rows.filter(pk__lt=before) if before else rows
    first = _first(before) if wanted.words else 0
    some = list((rows.filter(pk__gte=first) if first else rows)[: MOST + 1])
    return some[:MOST], some[MOST - 1].pk if len(some) > MOST else first or None


def _first(before: int | None) -> int:
    """The oldest claim that a search for words before this one reaches; 0 for the first of all."""
    newest = ToldClaim.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return max(0, (before or newest + 1) - STEP)


def pages(text: str) -> list[str]:
    """The pages, and the facts that stand on none, which somebody may mean by `text`."""
    text = text.strip()
    if ":" in text:
        return [text]
    number = f"#{text.removeprefix('#')}"
    known = [page for page, _title in queries.pages_called(text)]
    return [*known, f"order:{number}", f"rule:promotions.{text.upper()}"]


def fitting(wanted: Wanted) -> QuerySet[ToldClaim]:
    """All claims that fit."""
    rows = ToldClaim.objects.filter(_within(wanted))
    if wanted.page:
        some = pages(wanted.page)
        rows = rows.filter(Q(page__in=some) | Q(source__in=some))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.amount is not None:
        rows = rows.filter(amount=register.in_minor(wanted.amount, register.shop_currency()))
    for word in wanted.words.split():
        rows = rows.filter(sentence__icontains=word)
    return rows


def _within(wanted: Wanted) -> Q:
    first = Q(told_at__gte=_midnight(wanted.since)) if wanted.since else Q()
    after = Q(told_at__lt=_midnight(wanted.until + timedelta(1))) if wanted.until else Q()
    return first & after


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
