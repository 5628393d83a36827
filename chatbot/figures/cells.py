"""Numbers as people read them. Pure."""

from __future__ import annotations

from typing import Any

MINUTE, HOUR, DAY = 60, 3600, 86400  # seconds


def shown(value: Any, unit: str) -> str:
    """A cell as people read it."""
    if value is None:
        return "–"
    match unit:
        case "count":
            return f"{value:,.0f}"
        case "number":
            return f"{value:,.1f}"
        case "share":
            return f"{value:.1%}"
        case "ms":
            return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s"
        case "seconds":
            return lasting(value)
        case "hour":
            return f"{value:02}:00"
    return str(value)


def lasting(seconds: float) -> str:
    """How long something takes, in the two units that matter."""
    units = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s"))
    whole = round(seconds)
    parts = []
    for size, name in units:
        number, whole = divmod(whole, size)
        parts.append((number, name))
    first = next((place for place, (number, _name) in enumerate(parts) if number), len(parts) - 1)
    told = [f"{number} {name}" for number, name in parts[first : first + 2] if number]
    return " ".join(told) or "0 s"
