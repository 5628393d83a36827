"""How an order can be sent, what that costs and when it arrives, by the shop's rules.

Pure. A method's `region` names where it goes: countries ("CA", "AU-NZ-JP", "EU" for its members),
parts of a country ("US-48" for the contiguous states, "US-AK-HI-PR", "US-APO" for the forces'
post), or "store" for picking up; absent, it goes anywhere. A method without a cost is not offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from . import hours
from .values import Rules

PICKUP = "store"
EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
)
PARTS = {"APO": frozenset(("AA", "AE", "AP"))}
REMOTE = frozenset(("AK", "HI", "PR", "GU", "VI", "AS", "MP", "AA", "AE", "AP"))
BOX = re.compile(r"\bp\.?\s*o\.?\s*box\b", re.I)
WORKDAYS = hours.WEEKDAYS[:5]


@dataclass(frozen=True)
class Destination:
    """Where an order goes: nowhere, when it is picked up."""

    country: str = ""
    region: str = ""
    address: str = ""
    pickup: bool = False


@dataclass(frozen=True)
class Method:
    """A way of sending, with what it costs this order."""

    key: str
    name: str
    cost: Decimal
    days: tuple[int, int] | None  # business days, from the day it leaves
    row: dict[str, Any]


def countries(rules: Rules) -> list[str]:
    """Where the shop sends to; empty where its rules do not say, or say anywhere."""
    found: set[str] = set()
    for row in _rows(rules):
        if not (region := str(row.get("region") or "")):
            return []
        found |= _countries(region)
    return sorted(found)


def pickups(rules: Rules) -> set[str]:
    """The names of the ways to pick an order up."""
    return {str(row.get("name") or "") for row in _rows(rules) if row.get("region") == PICKUP}


def methods(
    rules: Rules, to: Destination, goods: Decimal, handles: Iterable[str] = ()
) -> list[Method]:
    """The ways in which things of these handles can go there. `goods`: what they come to after
    discounts, by which sending may be free."""
    priced = [row for row in _rows(rules) if isinstance(row.get("cost"), int | float)]
    fitting = [row for row in priced if _goes(row, to)]
    if set(rules.get("shipping.ground_only_handles") or ()) & set(handles):
        fitting = _by_ground(fitting, to)
    return [_method(row, goods) for row in fitting]


def kept_home(rules: Rules, to: Destination, handles: Iterable[str]) -> set[str]:
    """Which of the things can't be sent there at all."""
    home = rules.get("shop.country")
    if to.pickup or not home or to.country == home:
        return set()
    return set(rules.get("international.not_abroad_handles") or ()) & set(handles)


def says(rules: Rules) -> bool:
    """Whether the shop's rules name any way of sending."""
    return bool(_rows(rules))


def expected(method: Method | None, moment: datetime, rules: Rules) -> date | None:
    """The last day on which what leaves as soon as it can should be there; None where the rules do
    not tell."""
    if method is None or method.days is None:
        return None
    local = moment.astimezone(ZoneInfo(rules.get("shop.timezone") or "UTC"))
    closed = hours.closed(rules)
    leaving = rules.get("shipping.dispatch_days") or WORKDAYS
    cutoff = str(method.row.get("cutoff") or rules.get("shipping.cutoff") or "")
    late = bool(hours.CLOCK.fullmatch(cutoff)) and f"{local:%H:%M}" > cutoff
    day = _first(local.date() + timedelta(days=late), leaving, closed)
    for _n in range(method.days[1]):
        day = _first(day + timedelta(days=1), WORKDAYS, closed)
    return day


def _first(day: date, weekdays: Sequence[str], closed: set[str]) -> date:
    for _n in range(60):  # a shop that never sends anything promises no day
        if hours.WEEKDAYS[day.weekday()] in weekdays and day.isoformat() not in closed:
            break
        day += timedelta(days=1)
    return day


def _rows(rules: Rules) -> list[dict[str, Any]]:
    rows = rules.get("shipping.methods")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _method(row: dict[str, Any], goods: Decimal) -> Method:
    cost, free = Decimal(str(row["cost"])), row.get("free_from")
    if free is not None and goods >= Decimal(str(free)):
        cost = Decimal(0)
    name = str(row.get("name") or "")
    return Method(f"{row.get('region', '')}|{name}", name, cost, _span(row), row)


def _span(row: dict[str, Any]) -> tuple[int, int] | None:
    """The fewest and the most business days it takes; None where its row does not tell."""
    days = row.get("business_days")
    return (int(days[0]), int(days[-1])) if isinstance(days, list) and days else None


def _goes(row: dict[str, Any], to: Destination) -> bool:
    """Whether a method goes there."""
    region = str(row.get("region") or "")
    if to.pickup or region == PICKUP:
        return to.pickup and region == PICKUP
    if row.get("po_boxes") is False and BOX.search(to.address):
        return False
    return not region or (to.country in _countries(region) and _part(region, to))


def _countries(region: str) -> set[str]:
    """The countries that a region's name holds."""
    first, *rest = region.split("-")
    if region == PICKUP:
        return set()
    if rest and first == "US":
        return {"US"}
    return {code for name in (first, *rest) for code in (EU if name == "EU" else (name,))}


def _part(region: str, to: Destination) -> bool:
    """Whether a region that names parts of a country holds this one."""
    first, *parts = region.split("-")
    if first != "US" or not parts:
        return True
    if parts == ["48"]:
        return to.region.upper() not in REMOTE
    return to.region.upper() in {code for part in parts for code in PARTS.get(part, (part,))}


def _by_ground(rows: list[dict[str, Any]], to: Destination) -> list[dict[str, Any]]:
    """Only the slowest way, and only where the post goes by land."""
    if to.pickup:
        return rows
    slow = sorted(rows, key=lambda row: (_span(row) or (0, 0))[1])
    return [] if to.region.upper() in REMOTE else slow[-1:]
