"""What is measured where it happens, for Prometheus. The names of engines' figures are those of
OpenTelemetry's conventions for generative AI, written as Prometheus writes names.

No label holds what a shopper wrote, chose or is called: their values come from code or from the
installation's settings, and what goes beyond MOST_VALUES of them is counted as "other".
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter

from chatbot.terms import Spent

from . import families
from .families import REGISTRY
from .labels import MOST_VALUES, OTHER, one_of
from .processes import registry

__all__ = [
    "MOST_VALUES",
    "OTHER",
    "REGISTRY",
    "batch",
    "breaker",
    "encoded",
    "held",
    "operation",
    "registry",
    "running",
    "slow_reader",
    "socket",
    "took",
    "turn_ended",
]

logger = logging.getLogger(__name__)

WROTE = "chat"  # what OpenTelemetry calls it when an engine words something
COUNTS = "endpoint"  # the engine whose tokens its server counts; of others, pieces are counted


@contextmanager
def running() -> Iterator[None]:
    """A turn is worked on."""
    with families.turns_running.track_inprogress():
        yield


def turn_ended(
    outcome: str, waited: float, first_ms: int | None, total_ms: int, *,
    receipt: str = "", number: int = 0, engine: str = "",
) -> None:  # fmt: skip
    """A reply is complete; it `waited` for a process so many seconds before it was begun. In the
    log stand its receipt, which is public, and which turn of its conversation it was."""
    waited = max(0.0, waited)
    families.turns_ended.labels(one_of("outcome", outcome)).inc()
    families.turn_waited.observe(waited)
    families.turn_total.observe(waited + total_ms / 1000)
    if first_ms:
        families.turn_first.observe(waited + first_ms / 1000)
    system, _, model = engine.partition(" ")
    about = {
        "counterfoil.receipt": receipt, "counterfoil.turn": number,
        "counterfoil.outcome": str(outcome), "counterfoil.wait_seconds": round(waited, 3),
        "counterfoil.first_sentence_seconds": (first_ms or 0) / 1000,
        "counterfoil.duration_seconds": total_ms / 1000,
        "gen_ai.operation.name": WROTE, "gen_ai.system": system, "gen_ai.request.model": model,
    }  # fmt: skip
    logger.info("A turn has ended", extra=about)


def held(kinds: Iterable[str]) -> None:
    """A sentence was not shown: claims of these kinds had no fact."""
    for kind in kinds:
        families.claims_held.labels(one_of("kind", kind)).inc()


@contextmanager
def socket() -> Iterator[None]:
    """A socket is open."""
    with families.sockets_open.track_inprogress():
        yield


def slow_reader() -> None:
    """A socket was dropped with its frames, because nobody read them."""
    families.slow_readers.inc()


def operation(engine: str, pieces: Iterator[str]) -> Iterator[str]:
    """The pieces that an engine of this name writes; the time it takes over them is measured, not
    the time that is taken over what it has written."""
    kind, _, model = engine.partition(" ")
    labels = (WROTE, one_of("system", kind), one_of("model", model or kind))
    spent, written, error = 0.0, 0, ""
    try:
        while True:
            began = perf_counter()
            piece = next(pieces, None)
            spent += perf_counter() - began
            if piece is None:
                return
            if not written:
                families.first_token.labels(*labels).observe(spent)
            written += 1
            yield piece
    except Exception as fault:
        error = one_of("error", type(fault.__cause__ or fault).__name__)
        raise
    finally:
        families.operations.labels(*labels, error).observe(spent)
        if kind != COUNTS:
            _tokens(engine, {"output": written})


def took(engine: str, spent: Spent) -> None:
    """A request to somebody else's server took so many tokens, and money where prices are known."""
    _tokens(engine, {"input": spent.read, "output": spent.written})
    if spent.cost:
        families.engine_cost.labels(one_of("currency", spent.currency)).inc(float(spent.cost))


def _tokens(engine: str, counts: dict[str, int]) -> None:
    kind, _, model = engine.partition(" ")
    labels = (WROTE, one_of("system", kind), one_of("model", model or kind))
    for way, count in counts.items():
        if count:
            families.token_usage.labels(*labels, way).observe(count)


def encoded(texts: int) -> None:
    """The encoder has read so many texts in one pass."""
    families.encoder_texts.observe(texts)


def batch(texts: int, places: int, waiting: int) -> None:
    """One step of a running batch moves so many texts on, as many as there are places at most,
    while others wait for one. A batch that everybody has left takes no step that counts."""
    if texts:
        families.batch_texts.observe(texts)
    families.batch_places.set(places)
    families.batch_waiting.set(waiting)


def breaker(is_open: bool) -> None:
    """Whether the line to a remote engine is cut for now, so that nobody waits for it in vain."""
    families.breaker_open.set(is_open)
