"""The endpoint writer against a real server, and against one that does everything wrong."""

import re
import threading
import time

import pytest

from chatbot import conversation, writing
from chatbot.models import LedgerEntry, Reply, Review
from chatbot.terms import Brief
from chatbot.writing import EngineError
from chatbot.writing.endpoint import EndpointWriter
from tests import faults
from tests.conftest import accept, open_chat
from tests.servers import transformers_server

PRICE = {"product.name": "Larkspur Kettle", "variant.price": "$49.00"}
BRIEF = Brief("price.one", tuple(PRICE), tuple(PRICE), PRICE, "how much is it?")


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    with transformers_server(tmp_path_factory.mktemp("served")) as url:
        yield url


@pytest.fixture(scope="module")
def faulty():
    with faults.fault_server() as url:
        yield url


def text(engine, seed=1):
    return "".join(engine.write(BRIEF, seed=seed, stop=threading.Event()))


def fault(url, timeout=5.0):
    """The error in which an engine at `url` ends."""
    with pytest.raises(EngineError) as error:
        text(EndpointWriter(url, "", "m", timeout))
    return error.value


@pytest.fixture
def use(monkeypatch, settings):
    """Have the road write with an endpoint."""

    def choose(url, model="m"):
        settings.ENGINE = "endpoint"
        monkeypatch.setitem(writing._loaded, "endpoint", EndpointWriter(url, "", model, 10))

    return choose


def answered(question, shopper=None):
    turn = accept(open_chat(shopper=shopper), question, shopper)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def test_a_real_server_writes_and_ends(served, speaker):
    engine = EndpointWriter(served, "", str(speaker), 60)
    assert text(engine) == "Certainly."
    assert (engine.weights, writing.was_taught(engine.name)) == ("", False)


def test_a_real_server_that_does_not_end_is_an_error_worth_a_second_try(served, babbler):
    with pytest.raises(EngineError, match="broke off: length") as error:
        text(EndpointWriter(served, "", str(babbler), 60))
    assert error.value.retry


def test_stop_closes_the_stream_and_frees_the_server(served, babbler):
    stop, engine = threading.Event(), EndpointWriter(served, "", str(babbler), 60)
    for _piece in engine.write(BRIEF, seed=1, stop=stop):
        stop.set()
    began = time.monotonic()
    next(engine.write(BRIEF, seed=1, stop=threading.Event()))
    assert time.monotonic() - began < 3


def test_a_wrong_address_is_an_error_that_no_second_try_mends(served):
    error = fault(served.removesuffix("/v1"))
    assert not error.retry
    assert "404" in str(error) and "/v1" in str(error)


def test_a_server_that_is_not_there_is_named(faulty):
    error = fault("http://127.0.0.1:9/v1")
    assert error.retry
    assert "http://127.0.0.1:9/v1" in str(error) and "ENDPOINT_URL" in str(error)


@pytest.mark.parametrize(
    ("name", "retry", "says"),
    [
        ("fails", True, "500.*log"),
        ("forbids", False, "401.*ENDPOINT_KEY"),
        ("cuts", True, "broke off: the line was cut"),
        ("halves", True, "half a frame"),
        ("pages", False, "text/html instead of text/event-stream.*ENDPOINT_URL"),
    ],
)
def test_a_fault_is_an_error_with_its_remedy(faulty, name, retry, says):
    error = fault(f"{faulty}/{name}")
    assert error.retry is retry
    assert re.search(says, str(error))


@pytest.mark.parametrize("name", ["stalls", "comments"])
def test_a_server_that_keeps_us_waiting_is_left_in_time(faulty, name):
    began = time.monotonic()
    error = fault(f"{faulty}/{name}", timeout=0.5)
    assert time.monotonic() - began < 1.5
    assert error.retry and "ENGINE_TIMEOUT_SECONDS" in str(error)


def test_a_server_that_sends_the_least_is_understood(faulty):
    assert text(EndpointWriter(f"{faulty}/skimps", "", "m", 5)) == "Fine."


def test_what_cannot_be_stored_is_shown_as_unreadable(faulty):
    assert text(EndpointWriter(f"{faulty}/splits", "", "m", 5)) == "Fine\ufffd\ufffd \U0001f375."


def test_only_standard_fields_are_sent(faulty):
    text(EndpointWriter(f"{faulty}/recites", "", "m", 5))
    known = "max_tokens messages model seed stream temperature top_p"
    assert sorted(faults.asked[-1]) == known.split()


@pytest.mark.django_db
def test_an_obedient_engine_answers_a_turn_with_the_shops_values(linden, faulty, use):
    use(f"{faulty}/recites")
    reply = answered("how much is the larkspur kettle?")
    assert reply.outcome == "answered"
    assert "$49.00" in reply.text
    assert reply.engine == "endpoint m"


@pytest.mark.django_db
def test_what_belongs_to_a_person_is_told_and_never_sent(ada, faulty, use):
    use(f"{faulty}/recites")
    faults.asked.clear()
    reply = answered("where is my order #2001? I'm ada@example.com", ada)
    assert "TRACK1234567" in reply.text
    sent = str(faults.asked)
    assert sent and not any(w in sent for w in ("TRACK1234567", "2001", "ada@", "UPS"))


@pytest.mark.django_db
def test_an_engine_that_babbles_ends_in_an_honest_logged_reply(linden, faulty, use):
    use(f"{faulty}/babbles")
    reply = answered("how much is the larkspur kettle?")
    assert reply.outcome == "held_for_staff"
    assert "$3.50" not in reply.text and "{" not in reply.text
    assert "couldn't confirm" in reply.text
    assert Review.objects.get(reply=reply, reason="held_claim")
    assert LedgerEntry.objects.filter(subject=reply.receipt).count() == 1


@pytest.mark.django_db
def test_a_real_model_that_babbles_ends_in_an_honest_logged_reply(linden, served, babbler, use):
    use(served, str(babbler))
    reply = answered("how much is the larkspur kettle?")
    assert reply.outcome in ("held_for_staff", "unavailable")
    assert LedgerEntry.objects.filter(subject=reply.receipt).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["fails", "cuts", "pages"])
def test_an_endpoint_that_fails_ends_in_a_logged_apology(linden, faulty, use, name):
    use(f"{faulty}/{name}")
    reply = answered("how much is the larkspur kettle?")
    assert reply.outcome == "unavailable"
    assert "something went wrong" in reply.text
    assert Review.objects.get(reply=reply, reason="broke")
