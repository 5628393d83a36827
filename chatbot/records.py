"""How readings, facts and acts are kept as JSON, and read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .terms import Act, Bound, Card, Fact, Outcome, Reading, Spent

Record = dict[str, Any]
BESIDES = ("told", "by", "spent", "facts", "cards")  # kept of an act, but no plain part of it


def of_reading(read: Reading) -> Record:
    """The ledger's canonical JSON knows no floats, so they are kept as text."""
    return asdict(read) | {
        "confidence": f"{read.confidence:.3f}",
        "price_limit": str(read.price_limit or ""),
        "bound": _of_bound(read.bound) if read.bound else None,
    }


def _of_bound(bound: Bound) -> Record:
    most = None if bound.most is None else f"{bound.most:.3f}"
    return asdict(bound) | {"least": f"{bound.least:.3f}", "most": most}


def of_fact(fact: Fact) -> Record:
    """A fact with its moment and score as text."""
    return asdict(fact) | {"as_of": fact.as_of.isoformat(), "score": f"{fact.score:.3f}"}


def of_act(act: Act) -> Record:
    """An act, none of whose drafts has been told yet. Beside what is told stands who worded it, and
    what servers took for it."""
    return asdict(act) | {
        "facts": [of_fact(f) for f in act.facts],
        "told": [],
        "by": [],
        "spent": [],
    }


def told(record: Record, engine: str = "") -> list[tuple[str, str]]:
    """What is told of an act, each draft with the engine that worded it; before this was recorded
    a reply had one `engine`."""
    by = record.get("by") or [engine] * len(record["told"])
    return list(zip(record["told"], by, strict=True))


def tell(record: Record, draft: str, engine: str) -> None:
    """Note that a draft of an act has been told, once, and who worded it."""
    if draft not in record["told"]:
        record["told"].append(draft)
    by = record.get("by", [])
    missing = len(record["told"]) - len(by)
    if missing:
        record["by"] = by + [engine] * missing


def spend(record: Record, engine: str, spent: Spent) -> None:
    """Note what a server took for a draft of an act, told or not."""
    record["spent"] = [*record.get("spent", ()), {"engine": engine, **asdict(spent)}]


def fact(record: Record) -> Fact:
    """A fact as it was recorded."""
    moment = datetime.fromisoformat(record["as_of"])
    return Fact(**record | {"as_of": moment, "score": float(record["score"])})


def act(record: Record) -> Act:
    """An act as it was recorded, for whoever takes the turn over or replays it."""
    kept = {k: v for k, v in record.items() if k not in BESIDES}
    return Act(
        **kept | {"must": tuple(record["must"]), "outcome": Outcome(record["outcome"])},
        facts=tuple(fact(f) for f in record["facts"]),
        cards=tuple(Card(**c) for c in record["cards"]),
    )


def sources(decided: Iterable[Act]) -> list[Record]:
    """The pages behind the reply that a shopper can open, each once."""
    pages = {
        f.href: {
            "title": f.title,
            "href": f.href,
            "version": f.values.get("updated", f.version[:8]),
        }
        for a in decided
        for f in a.facts
        if f.href
    }
    return list(pages.values())
