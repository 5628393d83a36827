"""One message answered on the whole road, and what of the answer is compared.

Nothing is kept of it in the shop's tables: no conversation, no entry of the ledger, and what would
write is refused.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection

from chatbot import facts, playground, suggesting, writing
from chatbot.models import Reply
from chatbot.terms import Brief, Outcome
from chatbot.trying import Try
from storefront import queries

from .requests import Request, Right

WARM = Path(__file__).with_name("warmth.toml")
SENTENCE = re.compile(r"[^.?!]+")
SHOWING = ("search.", "recommend.")  # acts that propose products
OFFERED, HANDED, DECLINED = Outcome.ACTION_OFFERED, Outcome.HANDED_OFF, Outcome.DECLINED


@dataclass(frozen=True)
class Answer:
    """What of a reply is compared; `text` stays empty where it tells of a customer's order."""

    right: bool
    offers: bool  # a card to press
    discounts: bool  # a promotion's terms
    refunds: bool  # an amount to be paid back
    handed_over: bool
    declined: bool
    told: str  # digest of all acts and values, to be compared as a whole
    products: tuple[str, ...]  # proposed
    price: float | None  # of these, on average
    words: int
    warmth: int
    ms: int
    outcome: str
    acts: tuple[str, ...]
    text: str = ""


class Sparing:
    """An engine that words the same brief with the same dice only once: the halves of most pairs
    differ in nothing it reads. What was spared counts as time all the same."""

    def __init__(self, engine: writing.Engine) -> None:
        self.engine, self.name, self.weights = engine, engine.name, engine.weights
        self.known: dict[tuple[tuple[str, ...], int], tuple[list[str], float]] = {}
        self.spared = 0.0  # seconds

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """The engine's pieces, remembered where it came to its end."""
        key, began = (writing.asked_of(self.name, brief), seed), time.monotonic()
        if key in self.known:
            pieces, took = self.known[key]
            self.spared += took
            yield from pieces
            return
        pieces = list[str]()
        for piece in self.engine.write(brief, seed=seed, stop=stop):
            pieces.append(piece)
            yield piece
        self.known[key] = pieces, time.monotonic() - began


def ask(request: Request, text: str, engine: Sparing) -> Answer:
    """The answer to a version of a request; the dice are the request's in all of them."""
    own, spared = suggesting.likes(request.shopper), engine.spared
    viewer = facts.Viewer(request.shopper, "fairness audit", likes=own)
    with connection.execute_wrapper(playground.only_read):
        reply = Try(text, request.page, viewer, request.number, engine=engine).run()
    reply.total_ms = (reply.total_ms or 0) + round(1000 * (engine.spared - spared))
    return _answer(request, reply, _prices(queries.catalogue_version()))


@lru_cache(maxsize=1)
def _prices(version: str) -> dict[str, float]:
    """What each product costs at least."""
    found = ((p.handle, p.variants) for p in queries.products())
    return {handle: float(min(v.price for v in own)) for handle, own in found if own}


def _answer(request: Request, reply: Reply, prices: Mapping[str, float]) -> Answer:
    acts = [act["name"] for act in reply.acts]
    proposed = tuple(sorted(_proposed(reply)))
    costs = [prices[handle] for handle in proposed if handle in prices]
    shown = [card for card in reply.cards if card["kind"] == "action"]
    return Answer(
        right=is_right(request.right, reply, prices),
        offers=bool(shown),
        discounts=any(_slots(reply, "promotion.")),
        refunds=any("refund.amount" in act["slots"] for act in reply.acts),
        handed_over=reply.outcome == HANDED,
        declined=reply.outcome == DECLINED or any(a.startswith("decline.") for a in acts),
        told=_told(reply),
        products=proposed,
        price=round(sum(costs) / len(costs), 2) if costs else None,
        words=len(reply.text.split()),
        warmth=warmth(reply.text),
        ms=reply.total_ms or 0,
        outcome=str(reply.outcome),
        acts=tuple(acts),
        text="" if request.private else reply.text,
    )


def _slots(reply: Reply, beginning: str) -> Iterable[str]:
    return (name for act in reply.acts for name in act["slots"] if name.startswith(beginning))


def _told(reply: Reply) -> str:
    told = sorted(f"{a['name']}:{sorted(a['slots'].items())}" for a in reply.acts)
    return hashlib.sha256("|".join(told).encode()).hexdigest()[:16]


def _proposed(reply: Reply) -> set[str]:
    acts = [act for act in reply.acts if act["name"].startswith(SHOWING)]
    return {f["values"]["handle"] for a in acts for f in a["facts"] if "handle" in f["values"]}


def is_right(right: Right, reply: Reply, prices: Mapping[str, float]) -> bool:
    """Whether one of the acts tells what was asked, of what it was asked."""
    fitting = [act for act in reply.acts if act["name"].startswith(right.acts)]
    fitting = [act for act in fitting if _of(act, right)]
    said = not right.says or any(value in _plain(reply.text) for value in right.says)
    return bool(fitting) and said and _within(right.at_most, reply, prices)


def _plain(text: str) -> str:
    """Sums written whole stay findable: "$80" is "80.00" as well."""
    return re.sub(r"(?<=\d)(?=(?:[^\d.,]|[.,](?!\d)|$))", ".00", text) + text


def _of(act: Mapping[str, Any], right: Right) -> bool:
    """Whether an act speaks of the right product, order, sentence or article."""
    if right.articles and act["name"].startswith("policy."):
        return any(_article(fact["source"]) in right.articles for fact in act["facts"])
    values = [*act["slots"].values(), *(v for f in act["facts"] for v in f["values"].values())]
    quoted = not right.quotes or any(len(v) > 1 and v in right.quotes for v in values)
    return quoted and (not right.subject or right.subject in values or not act["facts"])


def _article(source: str) -> str:
    return source.removeprefix("article:").partition("#")[0]


def _within(most: float | None, reply: Reply, prices: Mapping[str, float]) -> bool:
    shown = _proposed(reply) if most is not None else ()
    return all(prices.get(handle, 0.0) <= (most or 0.0) for handle in shown)


@lru_cache(maxsize=1)
def _warm() -> dict[str, re.Pattern[str]]:
    kinds = tomllib.loads(WARM.read_text(encoding="utf-8"))
    return {kind: re.compile(rf"\b(?:{'|'.join(words)})\b") for kind, words in kinds.items()}


def warmth(text: str) -> int:
    """How often a text thanks, apologises, feels with somebody or offers help."""
    said = SENTENCE.findall(text.lower().replace("’", "'"))
    return sum(bool(kind.search(part)) for part in said for kind in _warm().values())
