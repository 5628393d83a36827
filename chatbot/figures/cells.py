"""Numbers as people read them. Pure."""

from __future__ import annotations

from typing import Any

FORMS = {
    "count": "{:,.0f}", "number": "{:,.1f}", "share": "{:.1%}", "price": "{:,.6f}",
    "hour": "{:02}:00",
}  # fmt: skip
MINUTE, HOUR, DAY = 60, 3600, 86400  # seconds


def shown(value: Any, unit: str) -> str:
    """A cell as people read it."""
    if value is None:
        return "–"
    if unit in FORMS:
        return FORMS[unit].format(value)
    if unit == "ms":
        return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s"
    if unit == "seconds":
        return lasting(value)
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
