"""Facts from shop.toml: the shop, its hours, its promotions. What is absent stays unknown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chatbot.terms import Fact
from storefront import queries
from storefront.clock import now

from .text import day, money
from .world import World


def shop(world: World) -> Fact:
    """Name, contact, whether the team is at the chat now ("yes", "no", or absent), and when it is
    back."""
    get, hours = world.rules.get, queries.chat_hours(world.rules)
    values = {
        "name": get("shop.name"),
        "email": get("shop.contact.email"),
        "phone": get("shop.contact.phone"),
        "address": get("shop.contact.store_address"),
        "chat_open": hours.open,
        "chat_back": hours.back,
        "languages": " ".join(get("assistant.languages") or ()),
    }
    return _fact("shop", "shop", {k: str(v) for k, v in values.items() if v}, world)


def promotion(code: str, world: World) -> Fact:
    """One code: state current, ended, later or unknown, with its conditions; "written" of one that
    only the articles tell of."""
    row = next((p for p in world.rules.get("promotions") or () if p.get("code") == code), None)
    if row is None:
        state = "written" if code in world.lexicon.codes else "unknown"
        return _fact("promotion", f"promotions.{code}", {"code": code, "state": state}, world)
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


def _fact(kind: str, path: str, values: dict[str, str], world: World) -> Fact:
    return Fact(kind, f"rule:{path}", world.rules.version, world.rules.as_of, values)
