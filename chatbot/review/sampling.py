"""Random sampling that can be proved: whether a reply is chosen follows from its receipt alone."""

from __future__ import annotations

import hashlib


def chosen(receipt: str, percent: int) -> bool:
    """Whether a reply with this receipt belongs to the `percent` of all that staff look at."""
    number = int.from_bytes(hashlib.sha256(receipt.encode()).digest()[:8], "big")
    return number % 10_000 < percent * 100
