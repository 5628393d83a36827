"""The endpoint writer against a real server, and against one that does everything wrong."""

import re
import threading
import time
from dataclasses import replace
from decimal import Decimal

import pytest

from chatbot import writing
from chatbot.terms import Brief, Spent
from chatbot.writing import EngineError, circuit, endpoint, wire
from chatbot.writing.endpoint import EndpointWriter
from chatbot.writing.spending import Prices
from tests import faults
from tests.servers import transformers_server

pytestmark = pytest.mark.usefixtures("nothing_has_failed_yet")
PRICE = {"product.name": "Larkspur Kettle", "variant.price": "$49.00"}
BRIEF = Brief("price.one", tuple(PRICE), tuple(PRICE), PRICE, "how much is it?")


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    with transformers_server(tmp_path_factory.mktemp("served")) as url:
        yield url


def text(engine, brief=BRIEF):
    return "".join(engine.write(brief, seed=1, stop=threading.Event()))


def fault(url, timeout=5.0):
    """The error in which an engine at `url` ends."""
    with pytest.raises(EngineError) as error:
        text(EndpointWriter(url, "", "m", timeout))
    return error.value


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
        ("is_away", True, "503.*log"),
        ("limits", True, "429.*log"),
        ("forbids", False, "401.*ENDPOINT_KEY"),
        ("moves", False, "307.*sends us elsewhere.*ENDPOINT_URL"),
        ("cuts", True, "broke off: the line was cut"),
        ("resets", True, "Connection"),
        ("hangs_up", True, "see whether it runs"),
        ("garbles", True, "see whether it runs"),
        ("halves", True, "half a frame"),
        ("halves_a_frame", True, "half a frame|the line was cut"),
        ("truncates", True, "broken text"),
        ("misshapes", True, "broken text"),
        ("nests", True, "broken text"),
        ("reports", True, "it says 500"),
        ("swells", True, "more than 1048576 bytes"),
        ("goes_on", True, "beyond 3600 characters"),
        ("is_silent", True, "nothing was said"),
        ("pages", False, "text/html instead of text/event-stream.*ENDPOINT_URL"),
    ],
)
def test_a_fault_is_an_error_with_its_remedy(faulty, name, retry, says):
    error = fault(f"{faulty}/{name}")
    assert error.retry is retry
    assert re.search(says, str(error))


@pytest.mark.parametrize("name", ["waits", "drips_headers", "stalls", "comments", "drips"])
def test_a_server_that_keeps_us_waiting_is_left_in_time(faulty, name):
    began = time.monotonic()
    error = fault(f"{faulty}/{name}", timeout=0.5)
    assert time.monotonic() - began < 1.5
    assert error.retry and "ENGINE_TIMEOUT_SECONDS" in str(error)


def test_a_server_that_sends_the_least_is_understood(faulty):
    assert text(EndpointWriter(f"{faulty}/skimps", "", "m", 5)) == "Fine."


def test_what_cannot_be_stored_is_shown_as_unreadable(faulty):
    assert text(EndpointWriter(f"{faulty}/splits", "", "m", 5)) == "Fine\ufffd\ufffd \U0001f375."


def test_no_password_of_an_address_stands_in_an_error(faulty):
    error = fault(f"{faulty.replace('//', '//me:secret@')}/fails")
    assert "/fails" in str(error) and "secret" not in str(error)


def test_only_standard_fields_are_sent(faulty):
    text(EndpointWriter(f"{faulty}/recites", "", "m", 5))
    known = "max_tokens messages model seed stream stream_options temperature top_p"
    assert sorted(faults.asked[-1]) == known.split()


def test_a_field_that_a_server_refuses_is_not_sent_again(faulty):
    engine = EndpointWriter(f"{faulty}/knows_little", "", "m", 5)
    assert text(engine) == text(engine)
    assert ["stream_options" in asked for asked in faults.asked] == [True, False, False]


def test_a_refusal_that_means_something_else_is_not_taken_for_one_of_a_field(faulty):
    engine = EndpointWriter(f"{faulty}/rejects", "", "m", 10)
    with pytest.raises(EngineError, match="ENGINE_MODEL"):
        text(engine)
    assert engine.counts


def test_a_whole_text_need_not_wait_for_a_line_that_is_held_open(faulty):
    began = time.monotonic()
    assert "$49.00" in text(EndpointWriter(f"{faulty}/lingers", "", "m", 5))
    assert time.monotonic() - began < 3


def test_what_fails_before_the_first_word_is_tried_again_and_not_too_often(faulty):
    fault(f"{faulty}/is_away")
    assert len(faults.asked) == endpoint.TRIES


@pytest.mark.parametrize("name", ["cuts", "forbids", "limits_until"])
def test_no_second_try_after_a_word_was_given_or_where_it_cannot_help(faulty, name):
    fault(f"{faulty}/{name}")
    assert len(faults.asked) == 1


def test_a_server_that_is_busy_for_a_minute_is_not_waited_for_nor_asked_again(faulty):
    began = time.monotonic()
    assert fault(f"{faulty}/limits_until").after == 60
    assert "left alone for" in str(fault(f"{faulty}/limits_until"))
    assert time.monotonic() - began < 2 and len(faults.asked) == 1


def test_a_server_that_keeps_failing_is_asked_no_more(faulty):
    for _turn in range(20):
        fault(f"{faulty}/fails")
    assert len(faults.asked) == circuit.IN_A_ROW


@pytest.mark.parametrize("name", ["reports", "echoes"])
def test_what_a_server_says_in_its_own_words_is_not_told_on(faulty, name):
    told = str(fault(f"{faulty}/{name}"))
    assert "CUDA" not in told and BRIEF.asked not in told


def test_with_the_circuit_off_it_is_asked_every_time(faulty, monkeypatch):
    monkeypatch.setattr(circuit.Circuit, "enter", lambda _circuit: circuit.Leave(0))
    for _turn in range(20):
        fault(f"{faulty}/fails")
    assert len(faults.asked) == 20 * endpoint.TRIES


def test_with_the_deadline_off_a_server_that_drips_holds_the_turn(faulty, monkeypatch):
    monkeypatch.setattr(wire.Allowance, "within", lambda _allowance, timeout: timeout)
    monkeypatch.setattr(faults, "LONG", 3)
    began = time.monotonic()
    fault(f"{faulty}/comments", timeout=0.5)
    assert time.monotonic() - began > 2.5


def test_the_turn_s_end_is_kept_to_whatever_a_draft_may_take(faulty):
    began = time.monotonic()
    brief = replace(BRIEF, until=began + 0.5)
    with pytest.raises(EngineError):
        text(EndpointWriter(f"{faulty}/drips", "", "m", 20), brief)
    assert time.monotonic() - began < 1.5


def spent(url):
    """What a text took there, by prices of 2 and 10 dollars for a million tokens."""
    told = []
    prices = Prices(Decimal(2), Decimal(10), "USD")
    text(EndpointWriter(url, "", "m", 5, prices=prices), replace(BRIEF, spent=told.append))
    return told


def test_what_a_text_took_is_what_the_server_counted(faulty):
    assert spent(f"{faulty}/charges") == [Spent(120, 30, True, "0.000540000", "USD")]


def test_a_server_that_does_not_count_is_estimated_and_says_so(faulty):
    (told,) = spent(f"{faulty}/recites")
    assert not told.counted and 100 < told.read < 400 and 5 < told.written < 20


def test_every_try_costs_and_no_price_is_no_cost(faulty):
    told = []
    with pytest.raises(EngineError):
        text(EndpointWriter(f"{faulty}/fails", "", "m", 5), replace(BRIEF, spent=told.append))
    assert len(told) == endpoint.TRIES and {s.cost for s in told} == {""}
