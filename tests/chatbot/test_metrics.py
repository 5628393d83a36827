"""What is measured where it happens, and that no label can tell of a person."""

import threading

import pytest
from prometheus_client import generate_latest

from chatbot import conversation, metrics, sockets, writing
from chatbot.metrics import labels
from chatbot.models import Reply
from chatbot.sockets import Socket
from chatbot.terms import Spent
from chatbot.writing.batch import Text
from chatbot.writing.circuit import IN_A_ROW, Circuit
from chatbot.writing.line import Line, Ticket
from tests.chatbot.test_consumer import ask, connect, hear, opened
from tests.conftest import accept, open_chat

PLANTED = ("Zebulon", "zebulon@example.com", "+49 170 5550123", "#2001", "4111 1111 1111 1111")
SAID = "I am {}, {}, {}, order {}, card {}: how much is the larkspur kettle?".format(*PLANTED)


def value(name, **labels):
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


def grown(name, **labels):
    """A function that tells by how much a figure has grown."""
    before = value(name, **labels)
    return lambda: value(name, **labels) - before


def say(text):
    chat = open_chat()
    list(conversation.answer(accept(chat, text).pk, "here"))
    return Reply.objects.get(turn__conversation=chat)


def test_a_turn_is_counted_by_its_outcome_and_timed(linden, engine):
    ended = grown("counterfoil_turns_ended_total", outcome="answered")
    first, whole = (
        grown("counterfoil_turn_first_sentence_seconds_count"),
        grown("counterfoil_turn_seconds_sum"),
    )
    assert say("how much is the larkspur kettle?").outcome == "answered"
    assert (ended(), first()) == (1, 1) and whole() > 0


def test_an_engine_is_timed_under_the_names_of_opentelemetry(linden, engine):
    told = {
        "gen_ai_operation_name": "chat",
        "gen_ai_system": "bundled",
        "gen_ai_request_model": "script",
    }
    whole = grown("gen_ai_client_operation_duration_seconds_count", **told, error_type="")
    first = grown("gen_ai_server_time_to_first_token_seconds_count", **told)
    written = grown("gen_ai_client_token_usage_count", **told, gen_ai_token_type="output")
    say("how much is the larkspur kettle?")
    assert whole() == first() == written() > 0


def test_what_is_taken_over_a_piece_is_not_the_engines_time(monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(metrics, "perf_counter", lambda: next(clock))
    spent = grown("gen_ai_client_operation_duration_seconds_sum", gen_ai_operation_name="chat",
                  gen_ai_system="scripted", gen_ai_request_model="x", error_type="")  # fmt: skip
    for _piece in metrics.operation("scripted x", iter(["one", "two"])):
        next(clock), next(clock)
    assert spent() == 3  # a second for each time the engine was asked, the end included


def test_an_engine_that_fails_is_counted_by_the_kind_of_its_fault():
    def broken():
        yield "It"
        raise writing.EngineError("said by the server: Zebulon") from TimeoutError()

    failed = grown("gen_ai_client_operation_duration_seconds_count", gen_ai_operation_name="chat",
                   gen_ai_system="endpoint", gen_ai_request_model="m", error_type="TimeoutError")  # fmt: skip
    with pytest.raises(writing.EngineError):
        list(metrics.operation("endpoint m", broken()))
    assert failed() == 1


def test_an_engine_that_is_read_no_further_is_hung_up_on():
    closed = []

    def pieces():
        try:
            yield from ("one", "two")
        finally:
            closed.append(True)

    reading = metrics.operation("scripted x", pieces())
    next(reading)
    reading.close()
    assert closed


def test_held_claims_are_counted_by_kind(linden, engine):
    held = grown("counterfoil_claims_held_total", kind="money")
    engine.texts.extend(["It costs $1.00."] * 2)
    say("how much is the larkspur kettle?")
    assert held() == 2


def test_what_a_server_took_is_counted_in_tokens_and_money(linden, engine):
    def write(brief, *, seed, stop):
        brief.spent(Spent(120, 30, True, "0.25", "EUR"))
        yield engine.plain(brief)

    engine.name, engine.write = "endpoint large", write
    told = {
        "gen_ai_operation_name": "chat",
        "gen_ai_system": "endpoint",
        "gen_ai_request_model": "large",
    }
    read = grown("gen_ai_client_token_usage_sum", **told, gen_ai_token_type="input")
    written = grown("gen_ai_client_token_usage_sum", **told, gen_ai_token_type="output")
    cost = grown("counterfoil_engine_cost_total", currency="EUR")
    say("how much is the larkspur kettle?")
    assert (read(), written(), cost()) == (120, 30, 0.25)  # and no pieces beside what it counted


def test_a_circuit_that_opens_is_told_until_it_closes():
    wire = Circuit("llm.example:443/v1")
    for _n in range(IN_A_ROW):
        wire.fail("500")
    assert value("counterfoil_breaker_open") == 1
    wire.succeed()
    assert value("counterfoil_breaker_open") == 0


class OneStep:
    """A batch whose texts are done with the next step."""

    most, texts = 2, ()

    def __init__(self):
        self.texts = []

    full = property(lambda self: len(self.texts) >= self.most)

    def join(self, text):
        self.texts.append(text)

    def step(self):
        done, self.texts = self.texts, []
        return done


def test_a_batch_tells_how_full_it_is_and_who_waits():
    steps, texts = (grown(f"counterfoil_batch_texts_{part}") for part in ("count", "sum"))
    line = Line(OneStep())
    asked = [Text("hello", [1], [], None, n, tokens=[7]) for n in range(3)]
    line.waiting.extend(Ticket(text, threading.Event()) for text in asked)
    line._admit()
    assert value("counterfoil_batch_places") == 2 and value("counterfoil_batch_waiting") == 1
    assert (steps(), texts()) == (1, 2)


def test_a_batch_that_everybody_has_left_takes_no_step_that_counts():
    steps, line = grown("counterfoil_batch_texts_count"), Line(OneStep())
    line.waiting.append(Ticket(Text("hello", [1], [], None, 0, tokens=[7]), threading.Event()))
    line.waiting[0].left.set()
    line._dismiss()
    line._admit()
    assert steps() == 0 and value("counterfoil_batch_waiting") == 0


@pytest.mark.django_db(transaction=True)
async def test_open_sockets_are_counted_while_they_are_open(linden, engine):
    socket = await connect()
    await opened(socket)
    await ask(socket, "how much is the larkspur kettle?")
    await hear(socket, "done")
    assert value("counterfoil_sockets_open") == 1
    await socket.disconnect()
    assert value("counterfoil_sockets_open") == 0


def test_turns_are_counted_while_they_run(linden, engine):
    frames = conversation.answer(accept(open_chat(), "how much is the larkspur kettle?").pk, "here")
    running = grown("counterfoil_turns_running")
    next(frames)
    assert running() == 1
    list(frames)
    assert running() == 0


async def test_a_reader_who_is_too_slow_is_counted(monkeypatch):
    async def forever(*_args, **_more):
        raise TimeoutError

    dropped = grown("counterfoil_slow_readers_dropped_total")
    socket = Socket()
    socket.work = None
    monkeypatch.setattr(sockets.AsyncWebsocketConsumer, "close", forever)
    monkeypatch.setattr(Socket, "send", forever)
    await socket.tell("pong")
    assert dropped() == 1


def test_nothing_that_a_shopper_wrote_gets_into_a_label(linden, engine):
    engine.texts.extend([f"{SAID}", f"{SAID}"])
    say(SAID)
    told = generate_latest(metrics.registry()).decode()
    assert not [text for text in PLANTED if text in told]


def test_a_label_that_takes_what_a_shopper_wrote_is_found(linden):
    metrics.held([PLANTED[0]])
    try:
        assert PLANTED[0] in generate_latest(metrics.registry()).decode()
    finally:
        metrics.families.claims_held.remove(PLANTED[0])
        labels._seen["kind"].discard(PLANTED[0])


def test_a_label_has_only_so_many_values(monkeypatch):
    monkeypatch.setattr(labels, "_seen", labels.defaultdict(set))
    told = {labels.one_of("kind", f"kind {n}") for n in range(1000)}
    assert len(told) == metrics.MOST_VALUES + 1 and metrics.OTHER in told
    assert labels.one_of("kind", "kind 1") == "kind 1"


def test_whatever_comes_a_figure_has_a_bounded_number_of_series(monkeypatch):
    monkeypatch.setattr(labels, "_seen", labels.defaultdict(set))
    for n in range(100):
        metrics.turn_ended(f"outcome {n}", 0, 1, 1)
        metrics.held([f"kind {n}"])
        list(metrics.operation(f"system{n} model {n}", iter(["It"])))
    labelled = [f for f in vars(metrics.families).values() if getattr(f, "_labelnames", ())]
    most = max(len(family._metrics) for family in labelled)
    for family in labelled:
        family.clear()
    assert len(labelled) == 6 and most < 100
