"""PostgreSQL and Redis crash under load, with two web processes and two workers beside them: what
was acknowledged is there, every turn ends, and shoppers see nothing that is not kept."""

import asyncio
import random
import time

import pytest

from tests.load import figures
from tests.load.aside import aside
from tests.load.fleet import fleet, outcome, under_load

pytestmark = [
    pytest.mark.redis,
    pytest.mark.postgres,
    pytest.mark.timeout(240 * figures.TIMES),
]
CRASHES = 2 * figures.TIMES
BETWEEN = 15  # messages that are acknowledged between two crashes
AWAY = 0.5  # seconds, at most, before it is started again


async def more_are_acknowledged(shoppers, count=BETWEEN):
    before = sum(len(shopper.acked) for shopper in shoppers)
    while sum(len(shopper.acked) for shopper in shoppers) < before + count:
        await asyncio.sleep(0.01)


async def crashes(crash, start, shoppers, times):
    """In the middle of what is going on, whatever that is."""
    dice = random.Random(times)
    for _crash in range(times):
        await more_are_acknowledged(shoppers)
        await asyncio.to_thread(crash)
        await asyncio.sleep(dice.uniform(0, AWAY))
        await asyncio.to_thread(start)
    await more_are_acknowledged(shoppers)
    for shopper in shoppers:
        shopper.todo = 0


def crashed(sailing, crash, start, times=CRASHES, patience=60):
    """What came of as many crashes."""
    shoppers = sailing.shoppers(6, 10**6) + sailing.shoppers(4, 10**6, people=4)
    began = time.monotonic()
    aside(under_load(shoppers, crashes(crash, start, shoppers, times), patience))
    return outcome(sailing, shoppers, began, patience) | {"crashes": times}


def test_crashes_of_postgresql_lose_nothing_acknowledged_and_leave_no_turn_open(
    whole, shared_postgres, tmp_path
):
    with fleet(whole, tmp_path, servers=2, workers=2) as sailing:
        told = crashed(sailing, shared_postgres.crash, shared_postgres.start)
    figures.keep("crashes of PostgreSQL, two web processes and two workers", told)
    assert told["faults"] == [] and told["acknowledged"] >= BETWEEN * CRASHES


def test_crashes_of_redis_lose_nothing_acknowledged_and_leave_no_turn_open(
    whole, shared_redis, tmp_path
):
    with fleet(whole, tmp_path, servers=2, workers=2) as sailing:
        told = crashed(sailing, shared_redis.kill, shared_redis.start)
    figures.keep("crashes of Redis, two web processes and two workers", told)
    assert told["faults"] == [] and told["acknowledged"] >= BETWEEN * CRASHES


def test_a_commit_that_is_not_written_down_is_found_out(whole, shared_postgres, tmp_path):
    with fleet(whole, tmp_path, servers=2, workers=2, sabotage="commits_later") as sailing:
        tries = (crashed(sailing, shared_postgres.crash, shared_postgres.start, 2, 5)["faults"]
                 for _try in range(3))  # fmt: skip
        assert any("and lost" in fault for faults in tries for fault in faults)


def test_workers_that_only_wait_for_the_bell_are_found_out(whole, shared_redis, tmp_path):
    with fleet(whole, tmp_path, workers=1, sabotage="waits_for_the_bell") as sailing:
        shoppers, began = sailing.shoppers(3, 5), time.monotonic()
        aside(under_load(shoppers, asyncio.to_thread(shared_redis.kill), 4))
        told = outcome(sailing, shoppers, began, 4)
    shared_redis.start()
    assert any("left waiting" in fault for fault in told["faults"]), told
