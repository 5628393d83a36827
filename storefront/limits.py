"""How often an address may try something in an hour, whoever sits behind it.

Counted in the cache under a keyed digest: the address itself is kept nowhere.
"""

from __future__ import annotations

from contextlib import suppress

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600
LOSSES = 3  # of the cache within one count; whoever meets more is not refused for them


def within(what: str, request: HttpRequest, most: int) -> bool:
    """Count a try; whether it was still within the hour's number."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    key = f"{what}:{salted_hmac('storefront.limits', address).hexdigest()}"
    return count(key, HOUR) <= most


def count(key: str, seconds: int) -> int:
    """How often `key` has been counted since the first time, `seconds` ago at most. Where Redis
    goes or comes back empty between the two steps, the cache that is left counts from one."""
    for _ in range(LOSSES):
        cache.add(key, 0, seconds)
        with suppress(ValueError):
            return int(cache.incr(key))
    return 1
