"""One nursery of servers for all tests here, and one whose servers share a Redis."""

import tempfile
from pathlib import Path

import pytest

from tests.conftest import write_shop
from tests.load.fleet import nursery
from tests.load.redis import Redis
from tests.servers import Postgres, migrated


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
    with nursery(Path(alone.template), REDIS_URL=shared_redis.url) as born:
        yield born


@pytest.fixture(scope="session")
def shared_postgres():
    """A PostgreSQL that can crash and be started again; where another run's pytest leaves the
    folder as it is."""
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres(Path(folder), migrated())
        server.start()
        yield server
        server.crash()


@pytest.fixture(scope="session")
def whole(tmp_path_factory, shared_postgres, shared_redis):
    """Servers with everything that production has."""
    shop = write_shop(tmp_path_factory.mktemp("whole"))
    places = {"REDIS_URL": shared_redis.url, "DATABASE_URL": shared_postgres.url}
    with nursery(shop, **places) as born:
        yield born
