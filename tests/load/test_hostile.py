"""Clients that mean harm: malformed frames, floods, and readers who never read."""

import asyncio
import contextlib
import json
import random
import time

import pytest

from tests.load import figures, fuzz
from tests.load.aside import aside
from tests.load.fleet import fleet, under_load
from tests.load.wire import PART, TEXT, Wire, frame, rss

pytestmark = pytest.mark.timeout(180 * figures.TIMES)
FRAMES = 20_000 * figures.TIMES
SECONDS = 8 if figures.TIMES == 1 else 60
MOST_MB = 60
PING = frame(TEXT, b'{"type":"ping"}')
LARGE = frame(TEXT, json.dumps({"type": "ping", "x" * 30_000: 1}).encode())  # so is its answer


async def answers(wire, count):
    """What comes for `count` frames and a ping behind them."""
    heard = []
    while not heard or heard[-1]["type"] != "pong":
        heard.append(json.loads(await asyncio.wait_for(wire.hear_text(), 60)))
    return [body for body in heard if body["type"] == "error"]


async def pestered(address, session, count, seed):
    """How many of `count` odd frames were answered by an error, half of them before `open`."""
    wire, dice, errors = await Wire.chat(address, session), random.Random(seed), 0
    await wire.send(frame(TEXT, b'{"type":"open","protocol":1}'))
    for start in range(0, count, 50):
        batch = b"".join(fuzz.odd(dice) for _n in range(start, min(start + 50, count)))
        await wire.send(batch + PING)
        errors += len(await answers(wire, 50))
    wire.leave()
    return errors


async def pester(sailing, frames):
    sessions = [shopper.session for shopper in sailing.shoppers(8, 0)]
    each = frames // len(sessions)
    tries = [pestered(sailing.addresses[0], key, each, n) for n, key in enumerate(sessions)]
    return sum(await asyncio.gather(*tries)), each * len(sessions)


def test_twenty_thousand_malformed_frames_are_answered_one_by_one(alone, tmp_path):
    with fleet(alone, tmp_path) as sailing:
        began = time.monotonic()
        errors, frames = aside(pester(sailing, FRAMES))
        seconds, complaints = time.monotonic() - began, sailing.errors()
    figures.keep("malformed frames", {"frames": frames, "answered by an error": errors,
                 "unhandled errors": len(complaints), "seconds": round(seconds, 1)})  # fmt: skip
    assert complaints == [] and errors == frames == FRAMES


async def shaped(address, session):
    """What is answered to frames of the right shape whose values nobody means."""
    wire = await Wire.chat(address, session)
    for body in fuzz.SHAPED:
        await wire.send(frame(TEXT, json.dumps(body).encode()))
    await wire.send(PING)
    errors = await answers(wire, len(fuzz.SHAPED))
    wire.leave()
    return {body["code"] for body in errors}


def test_frames_of_the_right_shape_with_odd_values_break_nothing(alone, tmp_path):
    with fleet(alone, tmp_path) as sailing:
        (shopper,) = sailing.shoppers(1, 0)
        codes = aside(shaped(sailing.addresses[0], shopper.session))
        assert codes <= {
            "malformed",
            "disclosure",
            "empty",
            "action",
            "receipt",
            "address",
            "rating",
        }
        assert sailing.errors() == []


async def broken(sailing):
    """What closes the wire, and by which code it should and does."""
    session = sailing.shoppers(1, 0)[0].session
    for code, many in fuzz.BROKEN.items():
        for data in many:
            wire = await Wire.chat(sailing.addresses[0], session)
            await wire.send(data)
            yield data[:20], code, await wire.closing()
            wire.leave()


def test_what_breaks_the_protocol_is_closed_by_its_code(alone, tmp_path):
    async def told(sailing):
        return [case async for case in broken(sailing)]

    with fleet(alone, tmp_path) as sailing:
        cases = aside(told(sailing))
        assert [case for case in cases if case[1] != case[2]] == [] == sailing.errors()


async def never_reads(address, session):
    """Ask for much, and take none of it."""
    wire = await Wire.chat(address, session, limit=1024)
    try:
        while True:
            await wire.send(LARGE)
    finally:
        wire.leave()


async def floods(address, session):
    """Pings and frames of one byte, as fast as they go; what comes is thrown away."""
    wire = await Wire.chat(address, session)
    reading = asyncio.create_task(wire.closing())
    try:
        for _n in range(2000):
            await wire.send(PING * 20)
        while True:
            await wire.send(frame(PART, b"{") + frame(0x00, b"x") * 100)
    finally:
        reading.cancel()
        wire.leave()


async def again_and_again(attack, address, session):
    while True:
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            await attack(address, session)
        await asyncio.sleep(0.05)


def attacks(sailing):
    """20 who never read and 20 who flood."""
    sessions = [shopper.session for shopper in sailing.shoppers(10, 0)]
    return [
        asyncio.create_task(again_and_again(attack, sailing.addresses[0], sessions[n % 10]))
        for n in range(20)
        for attack in (never_reads, floods)
    ]


async def besieged(sailing, normal, seconds):
    """How large the server is in the end, and how many messages of others it took meanwhile."""
    told = {}

    async def siege():
        running = attacks(sailing)
        await asyncio.sleep(seconds)
        told["MB"] = rss(sailing.servers[sailing.port])
        told["served"] = sum(len(shopper.ended) for shopper in normal)
        for attack in running:
            attack.cancel()
        await asyncio.wait(running, timeout=5)
        for shopper in normal:
            shopper.todo = 0

    await under_load(normal, siege(), 60)
    return told


def siege(sailing, seconds):
    """The figures of an attack beside normal shoppers."""
    warm = sailing.shoppers(4, 10)
    aside(under_load(warm, asyncio.sleep(0)))
    before = rss(sailing.servers[sailing.port])
    normal = sailing.shoppers(2, 10**6, people=1)
    told = aside(besieged(sailing, normal, seconds))
    return {"seconds": seconds, "MB before": round(before), "MB grown": round(told["MB"] - before, 1),
            "messages of others meanwhile": told["served"],
            "all answered": all(shopper.finished for shopper in normal)}  # fmt: skip


def test_floods_and_who_never_reads_cost_little_memory_and_others_are_served(alone, tmp_path):
    with fleet(alone, tmp_path) as sailing:
        told = siege(sailing, SECONDS)
        complaints = sailing.errors()
    figures.keep("20 who never read and 20 who flood", told)
    assert told["MB grown"] <= MOST_MB and told["all answered"], told
    assert told["messages of others meanwhile"] >= SECONDS / 8 and complaints == [], told


def test_a_server_that_buffers_without_bounds_is_found_out(alone, tmp_path):
    with fleet(alone, tmp_path, sabotage="buffers_everything") as sailing:
        sieges = (siege(sailing, 5 * longer)["MB grown"] for longer in (1, 3, 9))  # a slow machine
        assert any(grown > MOST_MB for grown in sieges)
