"""Facts from shop.toml: the shop, its hours, its promotions. What is absent stays unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from chatbot.terms import Fact
from storefront.clock import now

from .text import day, money
from .world import World

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def shop(world: World) -> Fact:
    """Name, contact, and whether a person is at the chat now ("yes", "no", or absent)."""
    get = world.rules.get
    values = {
        "name": get("shop.name"),
        "email": get("shop.contact.email"),
        "phone": get("shop.contact.phone"),
        "chat_open": _open_now(world),
        "languages": " ".join(get("assistant.languages") or ()),
    }
    return _fact("shop", "shop", {k: str(v) for k, v in values.items() if v}, world)


def promotion(code: str, world: World) -> Fact:
    """One code: state current, ended, later or unknown, with its conditions."""
    row = next((p for p in world.rules.get("promotions") or () if p.get("code") == code), None)
    if row is None:
        return _fact("promotion", f"promotions.{code}", {"code": code, "state": "unknown"}, world)
    return _fact("promotion", f"promotions.{code}", _promotion(row, world), world)


def promotions(world: World) -> list[Fact]:
    """Every code the shop knows."""
    rows = world.rules.get("promotions") or ()
    return [promotion(str(row["code"]), world) for row in rows if row.get("code")]


def _promotion(row: dict[str, Any], world: World) -> dict[str, str]:
    values = {"code": str(row["code"]), "state": _state(row)}
    if "percent" in row:
        values["percent"] = f"{row['percent']}%"
    if "minimum" in row:
        values["minimum"] = money(row["minimum"], world.currency)
        values["minimum_amount"] = str(row["minimum"])
    if isinstance(row.get("valid_until"), str):
        values["ends_on"] = day(datetime.fromisoformat(row["valid_until"]), world.zone)
    values["departments"] = "|".join(row.get("departments", ()))
    values["full_price_only"] = "yes" if row.get("full_price_only") else ""
    return values


def _state(row: dict[str, Any]) -> str:
    if row.get("ended"):
        return "ended"
    begins, ends = (_moment(row.get(k)) for k in ("valid_from", "valid_until"))
    if ends and ends < now():
        return "ended"
    return "later" if begins and begins > now() else "current"


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _open_now(world: World) -> str:
    """Whether the chat team is there: "yes" or "no"; empty if the shop does not say."""
    hours = world.rules.get("hours.chat")
    if not hours:
        return ""
    local = now().astimezone(ZoneInfo(world.zone))
    span: list[str] = hours.get(WEEKDAYS[local.weekday()]) or []
    return "yes" if len(span) == 2 and span[0] <= local.strftime("%H:%M") < span[1] else "no"


def _fact(kind: str, path: str, values: dict[str, str], world: World) -> Fact:
    return Fact(kind, f"rule:{path}", world.rules.version, world.rules.as_of, values)
