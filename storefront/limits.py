"""How often an address may try something in an hour, whoever sits behind it.

Counted in the cache under a keyed digest: the address itself is kept nowhere.
"""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600


def within(what: str, request: HttpRequest, most: int) -> bool:
    """Count a try; whether it was still within the hour's number."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    key = f"{what}:{salted_hmac('storefront.limits', address).hexdigest()}"
    cache.add(key, 0, HOUR)
    return int(cache.incr(key)) <= most
