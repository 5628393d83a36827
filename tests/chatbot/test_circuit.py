"""A server that keeps failing is left alone, and asked again by one before by all."""

import threading

import pytest

from chatbot.writing import circuit
from chatbot.writing.circuit import Circuit


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def wire(clock):
    return Circuit("llm.example:443/v1", clock)


def opened(wire):
    for _n in range(circuit.IN_A_ROW):
        wire.fail("500")
    return wire


def test_it_opens_after_failures_in_a_row_and_says_for_how_long(wire):
    assert wire.enter().rest == 0
    assert opened(wire).enter().rest == circuit.REST_SECONDS
    assert wire.standing == circuit.Standing(
        "llm.example:443/v1", "open", circuit.IN_A_ROW, 1, circuit.REST_SECONDS, "500"
    )


def test_a_success_between_failures_keeps_it_closed(wire):
    for _n in range(circuit.IN_A_ROW - 1):
        wire.fail("500")
    wire.succeed()
    wire.fail("500")
    assert wire.enter().rest == 0


def test_it_opens_when_half_of_the_last_answers_were_failures(wire):
    for _n in range(circuit.LAST // 2 - 1):
        wire.succeed()
        wire.fail("500")
    assert wire.enter().rest == 0
    wire.succeed()
    wire.fail("500")
    assert wire.enter().rest > 0


def test_after_the_rest_one_asks_and_the_others_wait_for_what_comes_of_it(wire, clock):
    opened(wire)
    clock.now += circuit.REST_SECONDS
    assert wire.enter().rest == 0
    assert wire.enter().rest > 0 and wire.standing.state == "probing"
    wire.succeed()
    assert wire.enter().rest == 0 and wire.standing.state == "closed"


def test_a_probe_that_fails_begins_the_rest_anew(wire, clock):
    opened(wire)
    clock.now += circuit.REST_SECONDS
    wire.enter()
    wire.fail("still 500")
    assert wire.enter().rest == circuit.REST_SECONDS
    assert (wire.standing.opened, wire.standing.said) == (2, "still 500")


def test_a_probe_that_nobody_waited_for_or_that_vanished_keeps_nobody_out(wire, clock):
    opened(wire)
    clock.now += circuit.REST_SECONDS
    wire.enter()
    wire.leave()
    assert wire.enter().rest == 0
    clock.now += circuit.PROBE_SECONDS
    assert wire.enter().rest == 0


def test_a_server_that_says_when_to_come_back_is_left_alone_until_then(wire, clock):
    wire.fail("429", rest=7)
    assert wire.enter().rest == 7
    wire.fail("429", rest=86400)
    assert wire.enter().rest == circuit.LONGEST_REST


def test_only_one_of_many_threads_is_the_probe(wire, clock):
    opened(wire)
    clock.now += circuit.REST_SECONDS
    found, gate = [], threading.Barrier(16)

    def ask():
        gate.wait()
        found.append(wire.enter().rest)

    asking = [threading.Thread(target=ask) for _n in range(16)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert found.count(0) == 1


def test_all_who_ask_at_an_address_share_its_circuit():
    assert circuit.to("a.example:443/v1") is circuit.to("a.example:443/v1")
    assert circuit.to("a.example:443/v1") is not circuit.to("b.example:443/v1")
    assert {s.address for s in circuit.standings()} >= {"a.example:443/v1", "b.example:443/v1"}
