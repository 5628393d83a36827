"""How many messages an address may send in a day, and how many receipts it may ask for in an hour,
whoever sits behind it.

Counted in the cache, which processes share when REDIS_URL is set, under a keyed digest: the address
itself is kept nowhere, and the key is another one every day.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from storefront import limits

HOUR = 3600
DAY = 24 * HOUR


def spend(address: str) -> bool:
    """Count a message of `address`; whether it was still within the day's budget."""
    return _count("budget", address, DAY) <= settings.ADDRESS_MESSAGES_PER_DAY


def look_up(address: str) -> bool:
    """Count a receipt that `address` asks for; whether it was still within the hour's budget."""
    return _count("receipts", address, HOUR) <= settings.RECEIPTS_PER_HOUR


def _count(what: str, address: str, seconds: int) -> int:
    day = timezone.now().date().isoformat()
    key = f"{what}:{salted_hmac('chatbot.budgets', f'{day} {address}').hexdigest()}"
    return limits.count(key, seconds)
