"""How a reply was checked, as the shopper may read it: which sentence against what of the shop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import photos
from .models import Reply

Record = dict[str, Any]


def done(reply: Reply, following: Iterable[tuple[str, str]]) -> Record:
    """The frame that ends a reply; a question to go on with is told as asked and as read."""
    asked, shown = zip(*following, strict=True) if following else ((), ())
    return {
        "type": "done", "turn": reply.turn.number, "receipt": reply.receipt,
        "outcome": reply.outcome, "sources": reply.sources,
        "next": list(asked), "labels": list(shown),
        "photos": photos.left(reply),
        "checked": checked(reply), "held": held(reply),
    }  # fmt: skip


def checked(reply: Reply) -> list[Record]:
    """The sentences shown that rest on the shop's data, each with the titles of what it was checked
    against."""
    titles = _titles(reply)
    found: dict[str, list[str]] = {}
    for claim in reply.claims:
        if claim["shown"] and claim["fact"] in titles:
            found.setdefault(claim["sentence"], []).append(titles[claim["fact"]])
    return [
        {"sentence": sentence, "against": list(dict.fromkeys(against))}
        for sentence, against in found.items()
    ]


def held(reply: Reply) -> int:
    """How many sentences were held back, because they could not be confirmed; not those that
    staff have put aside."""
    unconfirmed = (c for c in reply.claims if not c["shown"] and c["verdict"] == "held")
    return len({claim["sentence"] for claim in unconfirmed})


def _titles(reply: Reply) -> dict[str, str]:
    """What each fact is called on the shop's pages, by its source."""
    facts = [*reply.facts, *(fact for act in reply.acts for fact in act["facts"])]
    return {f["source"]: f["title"] or f["subject"] for f in facts if f["title"] or f["subject"]}
