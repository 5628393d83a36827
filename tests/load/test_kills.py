"""Servers killed under load: what was acknowledged is there once, every turn ends."""

import asyncio
import time

import pytest

from tests.load import figures
from tests.load.aside import aside
from tests.load.fleet import fleet, kills, outcome, under_load

pytestmark = pytest.mark.timeout(480 * figures.TIMES)  # a slow machine takes half of it


def killed(sailing, times, messages, patience=60, people=16):
    """Shoppers of the assistant and of a person, while servers are killed; what came of it."""
    shoppers = sailing.shoppers(4, messages * 3 // 4)
    shoppers += sailing.shoppers(people, messages, people=people)
    began = time.monotonic()
    aside(under_load(shoppers, kills(sailing, shoppers, times), patience))
    return outcome(sailing, shoppers, began, patience) | {"kills": times}


def test_twenty_kills_lose_nothing_double_nothing_and_leave_no_turn_open(alone, tmp_path):
    with fleet(alone, tmp_path) as sailing:
        told = killed(sailing, 20 * figures.TIMES, 110 * figures.TIMES)
    figures.keep("kills, one process in memory", told)
    assert told["faults"] == [] and told["acknowledged"] >= 2000 * figures.TIMES


@pytest.mark.redis
def test_killing_one_of_three_over_redis_loses_nothing(together, tmp_path):
    with fleet(together, tmp_path, servers=3) as sailing:
        told = killed(sailing, 4 * figures.TIMES, 20 * figures.TIMES)
    figures.keep("kills, three processes over Redis", told)
    assert told["faults"] == [] and told["acknowledged"] >= 350 * figures.TIMES


async def kill_while_a_reply_waits(sailing, shopper):
    while not any(frame["type"] == "held" for frame in shopper.transcript):
        await asyncio.sleep(0.02)
    sailing.kill(sailing.port)
    sailing.start(sailing.port)


def test_a_reply_that_waits_outlives_its_server_and_the_next_one_keeps_the_time(alone, tmp_path):
    with fleet(alone, tmp_path, HOLD_RULES=["legal"], HOLD_MINUTES=0.05) as sailing:
        (shopper,) = sailing.shoppers(1, 1)
        shopper.says = ("How much is the Larkspur Kettle? My lawyer wants to know.",)
        aside(under_load([shopper], kill_while_a_reply_waits(sailing, shopper)))
        told = sailing.told()
    (text,) = [reply[3] for reply in told["replies"] if reply[0] == shopper.chat]
    assert text.startswith("Nobody from our team could check my answer")
    assert shopper.finished and told["fault"] == ""


@pytest.mark.parametrize(("protection", "words"), [
    ("acknowledges_first", "acknowledged and lost"), ("forgets_client_ids", "never sent, yet there"),
    ("takes_nothing_over", "turn left open"), ("drafts_anew", "shown otherwise, or twice"),
])  # fmt: skip
def test_without_a_protection_the_same_kills_are_found_out(alone, tmp_path, protection, words):
    with fleet(alone, tmp_path, sabotage=protection) as sailing:
        tries = (killed(sailing, 3, 10, patience=4, people=2)["faults"] for _try in range(3))
        assert any(words in fault for faults in tries for fault in faults)  # a kill may miss
