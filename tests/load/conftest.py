"""One nursery of servers for all tests here, and one whose servers share a Redis."""

import pytest

from tests.conftest import write_shop
from tests.load.fleet import nursery
from tests.load.redis import Redis


@pytest.fixture(scope="session")
def alone(tmp_path_factory):
    """Servers with the in-memory layer."""
    with nursery(write_shop(tmp_path_factory.mktemp("alone")), REDIS_URL="") as born:
        yield born


@pytest.fixture(scope="session")
def shared_redis(tmp_path_factory):
    """A Redis that can be killed and started again."""
    with Redis(tmp_path_factory.mktemp("redis")) as redis:
        yield redis


@pytest.fixture(scope="session")
def together(alone, shared_redis):
    """Servers that ring through Redis."""
    with nursery(alone.template, REDIS_URL=shared_redis.url) as born:
        yield born
