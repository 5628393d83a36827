"""What several tests of the assistant begin with."""

import pytest

from chatbot import writing
from chatbot.writing import circuit, endpoint
from tests import faults
from tests.chatbot.test_golden_cases import ask, decided, make
from tests.conftest import ScriptedEngine


class Candidate(ScriptedEngine):
    name = "hub candidate"


@pytest.fixture
def candidate(monkeypatch):
    """The engine behind every setup of kind hub."""
    found = Candidate()
    monkeypatch.setitem(writing.ENGINES, "hub", lambda _model: found)
    return found


@pytest.fixture
def case(linden, engine, grace):
    """A golden case."""
    return make(decided(ask(), grace), grace)


@pytest.fixture(scope="session")
def faulty():
    """The address of a server that fails in as many ways as one names."""
    with faults.fault_server() as url:
        yield url


@pytest.fixture
def nothing_has_failed_yet(monkeypatch):
    """No circuit is open, no server has been asked, and tries come quickly."""
    monkeypatch.setattr(circuit, "_circuits", {})
    monkeypatch.setattr(endpoint, "PAUSE_SECONDS", 0.02)
    faults.asked.clear()
