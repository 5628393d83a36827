"""Connections cut at random bytes: what a shopper has seen is what the database holds."""

import asyncio
import time

import pytest

from tests.load import figures
from tests.load.aside import aside
from tests.load.cutting import Cutter
from tests.load.fleet import fleet, outcome, under_load

pytestmark = pytest.mark.timeout(180 * figures.TIMES)
ENDLESS = 10**6


async def until_all_are_cut(cutter, shoppers):
    while cutter.cuts < cutter.most:
        await asyncio.sleep(0.02)
    for shopper in shoppers:
        shopper.todo = 0


async def cut(sailing, shoppers, most, patience):
    async with Cutter(sailing.port, most) as cutter:
        for shopper in shoppers:
            shopper.addresses = [cutter.address]
        await under_load(shoppers, until_all_are_cut(cutter, shoppers), patience)
    return cutter.cuts


def cuts(sailing, most, patience=60):
    """Shoppers of the assistant and of a person behind a proxy that cuts; what came of it."""
    shoppers = sailing.shoppers(4, ENDLESS) + sailing.shoppers(6, ENDLESS, people=6)
    began = time.monotonic()
    made = aside(cut(sailing, shoppers, most, patience))
    return outcome(sailing, shoppers, began, patience) | {"cuts": made}


def test_after_a_hundred_cuts_every_transcript_is_the_database(alone, tmp_path):
    with fleet(alone, tmp_path) as sailing:
        told = cuts(sailing, 100 * figures.TIMES)
        errors = sailing.errors()
    figures.keep("cuts at random bytes", told)
    assert told["faults"] == errors == [] and told["cuts"] == 100 * figures.TIMES


@pytest.mark.parametrize("protection", ["resumes_at_the_end", "replays_everything"])
def test_without_resuming_the_same_cuts_are_found_out(alone, tmp_path, protection):
    with fleet(alone, tmp_path, sabotage=protection) as sailing:
        told = cuts(sailing, 40, patience=3)
    assert any("came after" in fault for fault in told["faults"]), told
