"""Redis killed, restarted and frozen under load: the site goes on, and nothing is lost."""

import asyncio
import signal
import time
from types import SimpleNamespace

import pytest
import redis
from channels_redis.core import RedisChannelLayer

from chatbot.working import Bell
from storefront import limits
from storefront.shared_cache import SharedCache
from tests.load import figures
from tests.load.aside import aside
from tests.load.fleet import fleet, outcome, under_load
from tests.servers import free_port

pytestmark = [pytest.mark.redis, pytest.mark.timeout(180 * figures.TIMES)]
MEANWHILE = 10  # messages that are acknowledged while Redis is away


async def more_are_acknowledged(shoppers):
    before = sum(len(shopper.acked) for shopper in shoppers)
    while sum(len(shopper.acked) for shopper in shoppers) < before + MEANWHILE:
        await asyncio.sleep(0.02)


async def trouble(server, shoppers, times):
    """By turns killed, frozen and told to end; each time the shoppers go on before it is back."""
    await more_are_acknowledged(shoppers)
    for n in range(times):
        server.process.send_signal((signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM)[n % 3])
        await more_are_acknowledged(shoppers)
        server.kill()
        server.start()
        await more_are_acknowledged(shoppers)
    for shopper in shoppers:
        shopper.todo = 0


def restarted(sailing, server, times, messages, patience=60):
    shoppers = sailing.shoppers(3, messages) + sailing.shoppers(7, messages, people=7)
    began = time.monotonic()
    aside(under_load(shoppers, trouble(server, shoppers, times), patience))
    return outcome(sailing, shoppers, began, patience) | {"restarts": times}


def test_five_restarts_of_redis_lose_nothing_and_close_no_socket(together, shared_redis, tmp_path):
    with fleet(together, tmp_path, servers=2) as sailing:
        told = restarted(sailing, shared_redis, 5 * figures.TIMES, 10**6)
        errors = sailing.errors()
    figures.keep("restarts of Redis, two processes", told)
    assert told["faults"] == errors == [] and told["connections"] == 10


async def listening(server):
    while not redis.Redis.from_url(server.url).keys("asgi:group:chat.*"):
        await asyncio.sleep(0.1)


def test_who_keeps_a_socket_open_is_rung_for_by_the_new_redis_too(together, shared_redis, tmp_path):
    with fleet(together, tmp_path) as sailing:
        shoppers = sailing.shoppers(1, 10**6)

        async def forgotten():
            await more_are_acknowledged(shoppers)
            shared_redis.restart()
            await asyncio.wait_for(listening(shared_redis), 20)
            shoppers[0].todo = 0

        aside(under_load(shoppers, forgotten()))
    assert shoppers[0].finished and shoppers[0].connections == 1


@pytest.mark.parametrize("said", [RuntimeError("handler is closed"), redis.ConnectionError("gone")])
def test_a_connection_that_closes_under_the_bell_silences_nobody(said, shared_redis, monkeypatch):
    bell, heard = Bell([shared_redis.url]), [said, {"type": "ring"}]

    async def receive(self, channel):
        if isinstance(heard[0], Exception):
            raise heard.pop(0)
        return heard.pop()

    monkeypatch.setattr(RedisChannelLayer, "receive", receive)
    assert aside(bell.receive("chat")) == {"type": "ring"}


def test_a_ring_that_was_heard_right_before_redis_went_is_no_trouble():
    bell = Bell([f"redis://127.0.0.1:{free_port()}/0"])
    assert aside(bell._clean_receive_backup(0, "chat")) is None


def test_without_polling_a_dead_redis_is_found_out(together, shared_redis, tmp_path):
    async def dies():
        shared_redis.kill()

    with fleet(together, tmp_path, sabotage="never_polls") as sailing:
        shoppers, began = sailing.shoppers(3, 5), time.monotonic()
        aside(under_load(shoppers, dies(), 4))
        told = outcome(sailing, shoppers, began, 4)
    shared_redis.start()
    assert any("left waiting" in fault for fault in told["faults"]), told


@pytest.mark.parametrize("lost", ["kill", "restart"])
def test_who_is_counted_while_redis_goes_or_comes_back_empty_is_counted(
    lost, shared_redis, monkeypatch
):
    shared, losses = SharedCache(shared_redis.url, {}), [getattr(shared_redis, lost)]

    def add(*args):
        added = shared.add(*args)
        while losses:
            losses.pop()()
        return added

    monkeypatch.setattr(limits, "cache", SimpleNamespace(add=add, incr=shared.incr))
    told = [limits.count(lost, 60), limits.count(lost, 60)]
    shared_redis.restart()
    assert told == [1, 2]


def test_who_counts_in_two_steps_only_is_refused_when_redis_goes_between(shared_redis):
    shared = SharedCache(shared_redis.url, {})
    shared.add("steps", 0, 60)
    shared_redis.restart()
    with pytest.raises(ValueError, match="steps"):
        shared.incr("steps")
