"""Random sampling that can be proved: whether a reply is chosen follows from its receipt alone."""

from __future__ import annotations

import hashlib

OF = 10_000  # what a chance is counted of


def chance(percent: int) -> int:
    """How many of `OF` replies are chosen at this percentage."""
    return percent * OF // 100


def chosen(receipt: str, percent: int) -> bool:
    """Whether a reply with this receipt belongs to the `percent` of all that staff look at."""
    number = int.from_bytes(hashlib.sha256(receipt.encode()).digest()[:8], "big")
    return number % OF < chance(percent)
