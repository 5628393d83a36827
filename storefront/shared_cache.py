"""The cache that all processes share: what is counted, who is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

METHODS = (
    "add", "get", "set", "touch", "delete", "has_key", "incr", "get_many", "set_many",
    "delete_many", "clear",
)  # fmt: skip


class SharedCache(RedisCache):
    """Redis; while it is away, every process counts and remembers for itself. Limits are then as
    many times as high as there are processes, and nobody is refused for want of Redis."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.own = LocMemCache("shared_cache", {})


def _shared(name: str) -> Callable[..., Any]:
    def call(self: SharedCache, *args: Any, **more: Any) -> Any:
        try:
            return getattr(super(SharedCache, self), name)(*args, **more)
        except (RedisError, OSError):
            return getattr(self.own, name)(*args, **more)
        except ValueError:  # counted while Redis was away, and it is back
            if name != "incr" or not self.own.has_key(args[0]):
                raise
            return self.own.incr(*args, **more)

    return call


for _name in METHODS:
    setattr(SharedCache, _name, _shared(_name))
