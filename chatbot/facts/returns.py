"""Until when and whether what was bought can be sent back, by the shop's rules and its clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storefront import queries
from storefront.clock import now

from .text import day, listing
from .world import World


def values(order: queries.Order, world: World) -> dict[str, str]:
    """`return_until` with `return_open` (yes or no), and `kept`, the items that can't be returned;
    what the rules do not say is left out."""
    known = {}
    if last := until(order, world):
        known["return_until"] = day(last, world.zone)
        known["return_open"] = "yes" if now().astimezone(_zone(world)).date() <= last else "no"
    if kept := [n.name for n in order.lines if _never(n, world)]:
        known["kept"] = listing(kept)
        known["kept_handles"] = " ".join(n.handle for n in order.lines if _never(n, world))
    return known


def until(order: queries.Order, world: World) -> date | None:
    """The last day for sending something of a delivered order back; the longer of the usual window
    and the holidays' one."""
    days = world.rules.get("returns.window_days")
    if order.delivered_at is None or not isinstance(days, int):
        return None
    usual = order.delivered_at.astimezone(_zone(world)).date() + timedelta(days=days)
    return max(usual, _holiday(order.placed_at, world) or usual)


def _holiday(placed_at: datetime, world: World) -> date | None:
    """The holidays' last day, for what was ordered within them."""
    rule = world.rules.get("returns.holiday") or {}
    begins, ends, last = (
        _date(rule.get(k)) for k in ("ordered_from", "ordered_until", "return_until")
    )
    placed = placed_at.astimezone(_zone(world)).date()
    return last if begins and ends and begins <= placed <= ends else None


def _date(value: object) -> date | None:
    """A date of shop.toml, which is kept as text."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else None


def _never(line: queries.Line, world: World) -> bool:
    """Whether an item is excluded from returns, by its handle, its tags or its department."""
    get = world.rules.get
    handles = (
        *(get("returns.final_sale_handles") or ()),
        *(get("returns.non_returnable_handles") or ()),
    )
    product = world.products.get(line.handle)
    if product is None:
        return line.handle in handles
    tags = set(get("returns.non_returnable_tags") or ()) & set(product.tags)
    departments = get("returns.non_returnable_departments") or ()
    return bool(tags) or line.handle in handles or product.department in departments


def _zone(world: World) -> ZoneInfo:
    return ZoneInfo(world.zone)
