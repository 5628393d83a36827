"""How readings, facts and acts are kept as JSON, and read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .terms import Act, Card, Fact, Outcome, Reading

Record = dict[str, Any]


def of_reading(read: Reading) -> Record:
    """The ledger's canonical JSON knows no floats, so they are kept as text."""
    return asdict(read) | {
        "confidence": f"{read.confidence:.3f}",
        "price_limit": str(read.price_limit or ""),
    }


def of_fact(fact: Fact) -> Record:
    """A fact with its moment and score as text."""
    return asdict(fact) | {"as_of": fact.as_of.isoformat(), "score": f"{fact.score:.3f}"}


def of_act(act: Act) -> Record:
    """An act, none of whose drafts has been told yet."""
    return asdict(act) | {"facts": [of_fact(f) for f in act.facts], "told": []}


def fact(record: Record) -> Fact:
    """A fact as it was recorded."""
    moment = datetime.fromisoformat(record["as_of"])
    return Fact(**record | {"as_of": moment, "score": float(record["score"])})


def act(record: Record) -> Act:
    """An act as it was recorded, for whoever takes the turn over or replays it."""
    kept = {k: v for k, v in record.items() if k not in ("told", "facts", "cards")}
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
