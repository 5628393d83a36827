"""shop.toml: the shop's rules as data. Every block and key is optional."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from .rows import ArticleRow, Problem

# Rules that help articles explain: topic of the article, key, and how the number stands there.
EXPLAINED = (
    ("returns", "returns.window_days", "{:g} days"),
    ("returns", "returns.label_fee", "{:.2f}"),
    ("exchanges", "exchanges.window_days", "{:g} days"),
    ("cancel", "cancellation.window_hours", "{:g} hours"),
)


def read(path: Path, problems: list[Problem]) -> dict[str, Any]:
    """The rules, dates written out in ISO form."""
    try:
        rules = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        number = int(line.group(1)) if line else 1
        problems.append(Problem(path.name, number, "", f"cannot be read: {error}."))
        return {}
    zone = rules.get("shop", {}).get("timezone")
    if zone and zone not in available_timezones():
        problems.append(Problem(path.name, 1, "shop.timezone", f'"{zone}" is not an IANA zone.'))
    currency = rules.get("shop", {}).get("currency")
    if currency is not None and not re.fullmatch("[A-Z]{3}", str(currency)):
        told = f'"{currency}" is no currency; write three capital letters, for example USD.'
        problems.append(Problem(path.name, 1, "shop.currency", told))
    return {key: _written(value, zone) for key, value in rules.items()}


def _written(value: Any, zone: str | None) -> Any:  # TOML values have many types
    if isinstance(value, dict):
        return {key: _written(item, zone) for key, item in value.items()}
    if isinstance(value, list):
        return [_written(item, zone) for item in value]
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=ZoneInfo(zone or "UTC")).isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def disagreements(rules: dict[str, Any], articles: Iterable[ArticleRow]) -> list[str]:
    """Where a rule's number does not stand in the article that explains it."""
    texts = {row.topic: row for row in articles}
    found = []
    for topic, path, form in EXPLAINED:
        block, key = path.split(".")
        number = rules.get(block, {}).get(key)
        article = next((row for name, row in texts.items() if topic in name), None)
        if number is None or article is None:
            continue
        written = form.format(number).removesuffix("s" if number == 1 else "")
        if written not in re.sub(r"[*_]", "", article.markdown):
            found.append(f"{path} = {number}, but {article.slug}.md does not say {written}")
    return found
