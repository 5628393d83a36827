"""Every fault of an endpoint, many times over, on the demo shop: each turn ends truthfully."""

from collections import Counter

import pytest

from chatbot import writing
from chatbot.writing import circuit, endpoint
from chatbot.writing.endpoint import EndpointWriter
from storefront.importing import import_folder
from tests import faults
from tests.load import figures, mishaps
from tests.servers import ROOT

TURN, TEXT, FIRST = 20.0, 2.5, 1.0  # seconds
TIMES = 2 * figures.TIMES if figures.TIMES > 1 else 1  # of each fault


@pytest.fixture
def failing(transactional_db, settings, monkeypatch):
    """The demo shop, and how to point its road at a server."""
    settings.ENGINE, settings.TURN_SECONDS = "endpoint", TURN
    import_folder(ROOT / "storefront" / "demo_shop", quiet=True)
    monkeypatch.setattr(circuit, "_circuits", {})
    monkeypatch.setattr(endpoint, "PAUSE_SECONDS", 0.1)

    def use(url):
        writer = EndpointWriter(url, "", "m", TEXT, first=FIRST)
        monkeypatch.setitem(writing._loaded, "endpoint", writer)

    with faults.fault_server() as url:
        yield url, use


def outcome(told):
    return {
        "turns": len(told), "faults": len(mishaps.FAULTS), "turns_of_each": TIMES,
        "truthful_in_time": sum(not t.wrong for t in told), "deadline_s": TURN,
        "slowest_s": round(max(t.seconds for t in told), 1),
        "outcomes": dict(sorted(Counter(t.outcome for t in told).items())),
        "worded_by": dict(sorted(Counter(t.engine.split(" ")[0] for t in told).items())),
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(600 * figures.TIMES)
@pytest.mark.parametrize("fallback", ["bundled", "person"])
def test_every_turn_ends_truthfully_and_in_time_however_the_endpoint_fails(
    failing, settings, monkeypatch, fallback
):
    settings.ENDPOINT_FALLBACK = fallback
    monkeypatch.setattr(circuit, "IN_A_ROW", 10**6)  # each turn is to meet its fault
    monkeypatch.setattr(circuit, "SHARE", 2)
    told = mishaps.run(*failing, TIMES, TURN)
    figures.keep(f"an endpoint that fails, {fallback} steps in", outcome(told))
    assert [t for t in told if t.wrong] == []
