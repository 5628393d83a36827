"""The keys of the record: LEDGER_KEY, and those that were used before it.

Whatever is signed names its key by an id from which the key cannot be told.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings


class KeyMissing(Exception):
    """Raised when something is signed with a key that is not among the settings."""


class Key:
    """A key of HMAC-SHA256 and its id: 8 hex digits of the SHA-256 over a label and the key."""

    def __init__(self, secret: str) -> None:
        self.id = hashlib.sha256(f"counterfoil ledger key\n{secret}".encode()).hexdigest()[:8]
        self._start = hmac.new(secret.encode(), digestmod=hashlib.sha256)

    def mac(self, *parts: object) -> str:
        """The code over all parts, which hold no bar."""
        started = self._start.copy()  # preparing the key costs more than a short message does
        started.update("|".join(map(str, parts)).encode())
        return started.hexdigest()


_key = lru_cache(maxsize=64)(Key)


def present() -> Key:
    """The key that signs: LEDGER_KEY."""
    return _key(settings.LEDGER_KEY)


def known() -> list[Key]:
    """The key that signs, then the older ones, which only verify."""
    return [_key(secret) for secret in (settings.LEDGER_KEY, *settings.LEDGER_KEYS_OLD)]


def by_id(wanted: str) -> Key:
    """The key with this id. Raises KeyMissing."""
    for key in known():
        if key.id == wanted:
            return key
    raise KeyMissing(
        f"Key {wanted} has signed a part of the record and is neither LEDGER_KEY ({present().id}) "
        "nor in LEDGER_KEYS_OLD; add it to LEDGER_KEYS_OLD."
    )
