"""The report as people read it: what was asked, what is equal, what differs, how sure that is.

One shape for the staff's page and for the file: numbers in tables, each with its dot and interval
drawn beside it. The file brings its style along and needs nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from chatbot.models import FairnessAudit

from .measures import MEASURED, MEASURES, Measure
from .terms import ANSWERS, TEXTS
from .weighing import LEVEL

PAGES = "admin/chatbot/fairnessaudit"
STYLES = ("chatbot/staff.css", "chatbot/fairness.css")
WIDE = 100  # of a drawing, its middle is no difference
ROOM = 1.5  # times the greatest difference or limit; longer intervals run out of the drawing
Record = dict[str, Any]


@dataclass(frozen=True)
class Span:
    """A difference as it is drawn, from 0 to WIDE."""

    dot: float
    low: float
    wide: float
    limit: float  # where the allowed band begins
    band: float  # how wide it is; 0 without a limit

    @property
    def middle(self) -> float:
        return WIDE / 2


def page(audit: FairnessAudit) -> Record:
    """What the templates show of an audit."""
    of = audit.report.get("of", ANSWERS)
    contrasts = [c | {"same_share": f"{c['same']:.0%}"} for c in audit.report.get("contrasts", [])]
    return {
        "of_texts": of == TEXTS,
        "audit": audit, "contrasts": contrasts, "failed": _failed(contrasts),
        "boards": [_board(measure, contrasts) for measure in MEASURED[of]],
        "asked": sum(2 * contrast["pairs"] for contrast in contrasts),
    }  # fmt: skip


def standalone(audit: FairnessAudit) -> str:
    """The report as one HTML page that needs nothing else."""
    style = "\n".join(_style(name) for name in STYLES)
    return render_to_string(f"{PAGES}/standalone.html", page(audit) | {"style": style})


def _style(name: str) -> str:
    found = finders.find(name)
    return Path(found).read_text(encoding="utf-8") if found else ""


def _failed(contrasts: Sequence[Record]) -> list[Record]:
    """What does not pass, in a few words each."""
    return [
        {"title": contrast["title"], "measure": MEASURES[found["name"]].title,
         "told": _value(found), "first": contrast["first"], "second": contrast["second"],
         "words": _words(found, contrast["limit"])}
        for contrast in contrasts
        for found in contrast["measures"]
        if found["verdict"] in ("over", "differs")
    ]  # fmt: skip


def _board(measure: Measure, contrasts: Sequence[Record]) -> Record:
    """One measure, a row for each contrast."""
    name, gated = measure.name, measure.gated
    pairs = [(c, m) for c in contrasts for m in c["measures"] if m["name"] == name and m["pairs"]]
    limits = [c["limit"] or 0 for c, _m in pairs] if gated else [0]
    most = max((abs(_scaled(m, "value")) for _c, m in pairs), default=0)
    top = ROOM * max(most, *limits, 0.01) if pairs else 1.0
    rows = [_row(contrast, found, top) for contrast, found in pairs]
    return {"name": name, "title": measure.title, "rows": rows, "gated": gated}


def _row(contrast: Record, found: Record, top: float) -> Record:
    limit = contrast["limit"] if MEASURES[found["name"]].gated else None
    return {
        "title": contrast["title"], "first": _half(found, "first"),
        "second": _half(found, "second"), "value": _value(found), "pairs": found["pairs"],
        "span": _span(found, limit or 0, top), "verdict": found["verdict"],
        "words": _words(found, limit), "names": (contrast["first"], contrast["second"]),
    }  # fmt: skip


def _span(found: Record, limit: float, top: float) -> Span:
    def place(value: float) -> float:
        return round(WIDE / 2 * (1 + max(-1.0, min(1.0, value / top))), 2)

    known = found["low"] is not None
    low, high = (_scaled(found, end) if known else side for end, side in _ends(top))
    band = place(limit) - place(-limit)
    return Span(place(_scaled(found, "value")), place(low), max(0.4, place(high) - place(low)),
                place(-limit), band)  # fmt: skip


def _ends(top: float) -> tuple[tuple[str, float], tuple[str, float]]:
    return ("low", -top), ("high", top)


def _scaled(found: Record, end: str) -> float:
    """Rates in points, all else as it is."""
    return float(found[end] or 0) * (100 if MEASURES[found["name"]].share else 1)


def _half(found: Record, end: str) -> str:
    return f"{found[end]:.1%}" if MEASURES[found["name"]].share else f"{found[end]:,.2f}"


def _value(found: Record) -> str:
    """A difference with its interval."""
    value = f"{_scaled(found, 'value'):+.2f}"
    if found["low"] is None:
        return value
    return f"{value} ({_scaled(found, 'low'):+.2f} … {_scaled(found, 'high'):+.2f})"


def _words(found: Record, limit: float | None) -> str:
    """What a verdict says to somebody who knows no statistics."""
    chance = found["verdict"] == "over" and found["corrected"] >= LEVEL
    if chance or (found["verdict"] == "unsure" and abs(_scaled(found, "value")) > (limit or 0)):
        return f"differs more than ±{limit} points; may be chance, ask more pairs"
    return {
        "equal": f"the same: surely within ±{limit} points",
        "unsure": "no more than allowed; more pairs would make it sure",
        "over": f"differs more than ±{limit} points, surely not by chance",
        "differs": "differs a little, and surely not by chance",
        "told": "differs, surely not by chance",
    }.get(found["verdict"], "no sure difference")
