"""How things stand: what waits in the database, whether it and Redis answer.

Every process tells the same of it, so take the largest, never the sum. Nothing is counted that a
partial index does not find, and nothing beyond MOST. A database that does not answer in time keeps
nobody waiting: it is told to be away, and asked no second time meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min, QuerySet
from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from redis import Redis
from redis.exceptions import RedisError

from chatbot import ledger, waiting
from chatbot.inbox import letters as answers
from chatbot.inbox import line
from chatbot.models import Hold
from chatbot.review import letters
from storefront import queries

MOST = 10_000  # rows that are worth telling apart
KEPT_SECONDS = 5  # so often the database is asked, whoever scrapes how often
ANSWER_SECONDS = 2  # Prometheus gives up after ten
FIGURES: dict[str, str] = {
    "turns_waiting": "Messages that no process answers yet",
    "turns_waiting_seconds": "How long the oldest of them has waited",
    "shoppers_waiting": "Conversations that wait for a person",
    "shoppers_waiting_seconds": "How long the first in that line has waited",
    "replies_held": "Replies that wait for staff before their first word",
    "letters_due": "Letters to shoppers that have not gone out",
    "ledger_unsealed": "Entries of the record that are not sealed yet",
}


class Standing:
    """What the database says, kept for a moment."""

    def __init__(self) -> None:
        self.asking = ThreadPoolExecutor(1, thread_name_prefix="standing")
        self.lock = threading.Lock()
        self.asked: Future[dict[str, float]] | None = None
        self.until = 0.0

    def collect(self) -> Iterator[Metric]:
        """Every figure that could be had."""
        figures = self._figures()
        yield _gauge("database_up", "Whether the database answers in time", figures is not None)
        for name, about in FIGURES.items() if figures else ():
            yield _gauge(name, about, (figures or {})[name])
        if settings.REDIS_URL:
            yield _gauge("redis_up", "Whether Redis answers in time", _redis_answers())

    def _figures(self) -> dict[str, float] | None:
        with self.lock:
            asked = self._asked()
        try:
            return asked.result(ANSWER_SECONDS)
        except (DatabaseError, TimeoutError, OSError):
            return None

    def _asked(self) -> Future[dict[str, float]]:
        """The question that runs, or was answered just now; else a new one."""
        known = self.asked
        if known is None or (known.done() and time.monotonic() >= self.until):
            known = self.asked = self.asking.submit(_count)
            self.until = time.monotonic() + KEPT_SECONDS
        return known


def _count() -> dict[str, float]:
    """All of FIGURES. The thread's connection is given back: a pool has few."""
    turns, shoppers = waiting.free(), line.waiting()
    waits: dict[str, Callable[[], float]] = {
        "turns_waiting": lambda: _few(turns),
        "turns_waiting_seconds": lambda: _age(turns.aggregate(n=Min("created_at"))["n"]),
        "shoppers_waiting": lambda: _few(shoppers),
        "shoppers_waiting_seconds": lambda: _age(shoppers.aggregate(n=Min("waiting_since"))["n"]),
        "replies_held": lambda: _few(Hold.objects.filter(ended_at=None)),
        "letters_due": lambda: (
            _few(answers.due()) + _few(letters.due()) + queries.letters_waiting(MOST)
        ),
        "ledger_unsealed": lambda: ledger.unsealed(MOST),
    }
    try:
        return {name: float(ask()) for name, ask in waits.items()}
    finally:
        connection.close()


def _few(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:MOST].count()


def _age(since: datetime | None) -> float:
    return max(0.0, (timezone.now() - since).total_seconds()) if since else 0.0


def _redis_answers() -> bool:
    limits = {"socket_timeout": 1, "socket_connect_timeout": 1}
    with suppress(RedisError, OSError), Redis.from_url(settings.REDIS_URL, **limits) as redis:
        return bool(redis.ping())
    return False


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"counterfoil_{name}", about, float(value))
