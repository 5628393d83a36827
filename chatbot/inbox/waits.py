"""How long shoppers usually wait for a person: from recorded waits at like hours, else as the shop
says, else nothing is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import cast
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chatbot.models import Conversation, Takeover
from storefront.queries import Rules

SINCE = timedelta(days=14)
ENOUGH = 8  # waits; fewer tell nothing of the next one
MOST = 500  # waits looked at
HOURS_APART = 1
KEPT_SECONDS = 60
SATURDAY = 5
Wait = tuple[datetime, int]  # when it began, seconds


def told(chat: Conversation, shop: Rules) -> str:
    """What a shopper who waits reads of it; empty where nothing is known."""
    if chat.waiting_since is None:
        return ""
    began, zone = chat.waiting_since, ZoneInfo(shop.get("shop.timezone") or "UTC")
    alike = sorted(seconds for at, seconds in _recorded() if _like(at, began, zone))
    if len(alike) < ENOUGH:
        return _as_the_shop_says(shop, began)
    low, high = _minutes(alike, 0.5), _minutes(alike, 0.9)
    return _late(began, high) or _("Usually %(minutes)s.") % {"minutes": _span(low, high)}


def _as_the_shop_says(shop: Rules, began: datetime) -> str:
    minutes = shop.get("hours.usual_join_minutes")
    if not isinstance(minutes, int) or minutes < 1:
        return ""
    within = _("Usually within %(minutes)s.") % {"minutes": _span(minutes, minutes)}
    return _late(began, minutes) or within


def _late(began: datetime, minutes: int) -> str:
    """Who has waited longer than others hears no more of them."""
    late = timezone.now() - began > timedelta(minutes=minutes)
    return _("It takes longer than usual just now.") if late else ""


def _span(low: int, high: int) -> str:
    if high == 1:
        return _("a minute")
    minutes = str(low) if low == high else f"{low}–{high}"
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", high) % {"minutes": minutes}


def _minutes(seconds: list[int], share: float) -> int:
    """Within how many minutes this share of them was over, rounded up."""
    return max(1, ceil(seconds[ceil(share * len(seconds)) - 1] / 60))


def _like(at: datetime, began: datetime, zone: ZoneInfo) -> bool:
    """Whether both began at about the same hour, on a working day or at a weekend."""
    one, other = at.astimezone(zone), began.astimezone(zone)
    apart = abs(one.hour - other.hour)
    near = min(apart, 24 - apart) <= HOURS_APART
    return near and (one.weekday() >= SATURDAY) == (other.weekday() >= SATURDAY)


def _recorded() -> list[Wait]:
    """The newest waits; every page that waits asks for them, so they are kept for a minute."""
    return cast(list[Wait], cache.get_or_set("inbox:waits", _newest, KEPT_SECONDS))


def _newest() -> list[Wait]:
    rows = Takeover.objects.filter(waited__isnull=False, taken_at__gte=timezone.now() - SINCE)
    newest = rows.order_by("-taken_at").values_list("taken_at", "waited")[:MOST]
    return [(taken - timedelta(seconds=waited or 0), waited or 0) for taken, waited in newest]
