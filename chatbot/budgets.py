"""How many messages an address may send in a day, whoever sits behind it.

Counted in the cache, which processes share when REDIS_URL is set, under a keyed digest: the address
itself is kept nowhere, and the key is another one every day.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

DAY = 24 * 3600


def spend(address: str) -> bool:
    """Count a message of `address`; whether it was still within the day's budget."""
    day = timezone.now().date().isoformat()
    key = f"budget:{salted_hmac('chatbot.budgets', f'{day} {address}').hexdigest()}"
    cache.add(key, 0, DAY)
    return int(cache.incr(key)) <= settings.ADDRESS_MESSAGES_PER_DAY
