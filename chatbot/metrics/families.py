"""Every figure that is kept, by name."""

from __future__ import annotations

from prometheus_client import REGISTRY, Counter, Gauge, Histogram

from chatbot.terms import Outcome

from . import processes
from .labels import one_of

__all__ = ["REGISTRY"]

processes.join()

ENGINE = ("gen_ai_operation_name", "gen_ai_system", "gen_ai_request_model")
# OpenTelemetry's advice for durations and tokens of generative AI.
DURATIONS = tuple(0.01 * 2**n for n in range(14))
FIRST = (.001, .005, .01, .02, .04, .06, .08, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10)  # fmt: skip
TOKENS = (1, 4, 16, 64, 256, 1024, 4096, 16384, 65536)
SECONDS = (.1, .25, .5, 1, 2, 3, 5, 8, 13, 21, 34, 60)  # fmt: skip
ROWS = (1, 2, 4, 8, 16, 32, 64, 128)

operations = Histogram(
    "gen_ai_client_operation_duration_seconds", "Time an engine took to word something",
    (*ENGINE, "error_type"), buckets=DURATIONS,
)  # fmt: skip
first_token = Histogram(
    "gen_ai_server_time_to_first_token_seconds", "Time until an engine's first piece of text",
    ENGINE, buckets=FIRST,
)  # fmt: skip
token_usage = Histogram(
    "gen_ai_client_token_usage", "Tokens of one request to an engine, by gen_ai_token_type",
    (*ENGINE, "gen_ai_token_type"), buckets=TOKENS,
)  # fmt: skip
turns_ended = Counter("counterfoil_turns_ended", "Turns whose reply is complete", ("outcome",))
turns_running = Gauge(
    "counterfoil_turns_running", "Turns that are worked on", multiprocess_mode="livesum"
)
turn_waited = Histogram(
    "counterfoil_turn_wait_seconds", "From a message's arrival until its turn was begun",
    buckets=SECONDS,
)  # fmt: skip
turn_first = Histogram(
    "counterfoil_turn_first_sentence_seconds",
    "From a message's arrival until the first checked sentence", buckets=SECONDS,
)  # fmt: skip
turn_total = Histogram(
    "counterfoil_turn_seconds", "From a message's arrival until its reply was complete",
    buckets=SECONDS,
)  # fmt: skip
claims_held = Counter(
    "counterfoil_claims_held", "Claims for which there was no fact, not shown", ("kind",)
)
sockets_open = Gauge("counterfoil_sockets_open", "Open sockets", multiprocess_mode="livesum")
slow_readers = Counter(
    "counterfoil_slow_readers_dropped", "Sockets dropped with their frames: nobody read them"
)
engine_cost = Counter(
    "counterfoil_engine_cost", "What endpoints took, by the prices that are set", ("currency",)
)
batch_texts = Histogram(
    "counterfoil_batch_texts", "Texts that one step of the running batch moved on", buckets=ROWS
)
batch_places = Gauge(
    "counterfoil_batch_places", "Texts that may grow in a batch", multiprocess_mode="livesum"
)
batch_waiting = Gauge(
    "counterfoil_batch_waiting", "Texts that wait for a place in the batch",
    multiprocess_mode="livesum",
)  # fmt: skip
encoder_texts = Histogram(
    "counterfoil_encoder_batch_texts",
    "Texts of which the encoder made vectors in one pass",
    buckets=ROWS,
)
breaker_open = Gauge(
    "counterfoil_breaker_open", "1 while a remote engine is left alone for its failures",
    multiprocess_mode="livemax",
)  # fmt: skip

for _outcome in Outcome:  # a rate needs a series to begin with
    turns_ended.labels(one_of("outcome", _outcome))
