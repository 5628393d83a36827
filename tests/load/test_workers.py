"""Workers beside web processes: killed or told to end under load, nothing is lost or left open."""

import signal
import time

import pytest

from tests.load import figures
from tests.load.aside import aside
from tests.load.fleet import fleet, kills, outcome, under_load

pytestmark = [pytest.mark.redis, pytest.mark.timeout(180 * figures.TIMES)]


def ended(sailing, times, messages, how, patience=60):
    """Shoppers while servers and workers end; what came of it."""
    shoppers = sailing.shoppers(6, messages)
    began = time.monotonic()
    aside(under_load(shoppers, kills(sailing, shoppers, times, how=how), patience))
    return outcome(sailing, shoppers, began, patience) | {"ended": times}


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
def test_ending_web_processes_and_workers_loses_nothing(together, tmp_path, how):
    with fleet(together, tmp_path, servers=2, workers=2) as sailing:
        told = ended(sailing, 5 * figures.TIMES, 25 * figures.TIMES, getattr(signal, how))
    figures.keep(f"workers, {how}", told)
    assert told["faults"] == [] and told["acknowledged"] == 150 * figures.TIMES


def test_a_web_process_that_answers_nothing_rings_for_a_worker_at_once(together, tmp_path):
    with fleet(together, tmp_path, workers=1, sabotage="waits_for_the_bell") as sailing:
        shoppers, began = sailing.shoppers(1, 30), time.monotonic()
        aside(under_load(shoppers, kills(sailing, shoppers, 0)))
        told = outcome(sailing, shoppers, began)
    assert told["faults"] == [] and told["acknowledged"] == 30  # the bell alone was enough
