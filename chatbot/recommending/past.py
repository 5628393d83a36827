"""What a shopper bought, looked at and said, read from the tables; nothing where they do not want
that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from chatbot.models import Dismissal, Look, Turn
from storefront import queries

from . import tastes
from .history import History, Wish

MOST = 40  # products of each kind, the newest
MOST_TURNS = 30
REFUNDED = ("refunded", "voided", "expired")
OF_A_PRODUCT = ("product_question", "product_search")
SOUGHT = frozenset(("search", "recommend"))
Handles = tuple[str, ...]
Record = Mapping[str, Any]
Acts = Sequence[Record]


@dataclass(frozen=True)
class Whom:
    """Who is shown something: a shopper, or a guest with what they dismissed in this browser."""

    shopper_id: int | None = None
    dismissed: frozenset[str] = field(default_factory=frozenset)


def known(whom: Whom, page: str = "", limit: float | None = None) -> History:
    """What is known of them. Of a guest, and of who switched it off, only what is in front of
    them."""
    who = whom.shopper_id
    if who is None or not tastes.personal(who):
        return History(dismissed=whom.dismissed, page=page, limit=limit)
    begun = tastes.since(who)
    recent = timezone.now() - timedelta(days=settings.LOOKS_KEPT_DAYS)
    since = max(begun, recent) if begun else recent
    bought, newest, back = _orders(who, begun)
    asked, wishes = _said(who, since)
    looks = Look.objects.filter(shopper=who, at__gte=since).exclude(handle=page)
    looked = looks.values_list("handle", flat=True)[:MOST]
    dismissed = Dismissal.objects.filter(shopper=who).values_list("handle", flat=True)
    return History(
        bought=bought, newest=newest, back=back, asked=asked, looked=tuple(looked), wishes=wishes,
        dismissed=frozenset(dismissed) | whom.dismissed, page=page, limit=limit,
    )  # fmt: skip


def _orders(shopper_id: int, begun: datetime | None) -> tuple[Handles, Handles, frozenset[str]]:
    """What the shopper kept, newest first; of that the newest order; and what went back."""
    kept: dict[str, int] = {}  # handle -> which order, from the newest
    back: set[str] = set()
    for number, order in enumerate(queries.orders_of(shopper_id)):
        if order.cancelled_at or (begun and order.placed_at < begun):
            continue
        gone = _gone(order)
        for place, line in enumerate(order.lines):
            if line.handle and place in gone:
                back.add(line.handle)
            elif line.handle:
                kept.setdefault(line.handle, number)
    bought = tuple(h for h in kept if h not in back)[:MOST]
    newest = tuple(h for h in bought if kept[h] == kept[bought[0]])
    return bought, newest, frozenset(back)


def _gone(order: queries.Order) -> set[int]:
    """Which lines of an order were sent back, or are on their way."""
    if order.returned or order.financial_status in REFUNDED:
        return set(range(len(order.lines)))
    return {place for c in order.changes if c.kind == "return" for place in c.positions}


def _said(shopper_id: int, since: datetime) -> tuple[tuple[str, ...], tuple[Wish, ...]]:
    """The products asked about, and what was looked for in so many words, newest first."""
    asked: dict[str, None] = {}
    wishes: list[Wish] = []
    for text, reading, acts in _readings(shopper_id, since):
        if reading.get("named"):
            asked |= dict.fromkeys(reading.get("products") or ())
        if SOUGHT & set(reading.get("asks") or ()):
            limit = reading.get("price_limit")
            wishes.append(Wish(text, float(limit) if limit else None, _named(acts)))
    return tuple(asked)[:MOST], tuple(wishes)


def _readings(shopper_id: int, since: datetime) -> Iterator[tuple[str, Record, Acts]]:
    """What a signed-in shopper wrote about products, how it was read and what was answered; not
    what is erased or was put otherwise."""
    rows = Turn.objects.filter(
        shopper=shopper_id, conversation__erased_at=None, edit=None, created_at__gte=since
    ).exclude(reply=None)
    found = rows.order_by("-pk").values_list("text", "reply__reading", "reply__acts")
    for text, reading, acts in found[:MOST_TURNS]:
        if reading and set(OF_A_PRODUCT) & set((reading.get("intents") or [])[:1]):
            yield text, reading, acts


def _named(acts: Acts) -> Handles:
    """The products that were found for a message, and named."""
    found = (f for act in acts if act.get("told") for f in act["facts"] if f["kind"] == "found")
    return tuple(dict.fromkeys(f["values"]["handle"] for f in found))
