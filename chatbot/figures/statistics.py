"""Shares with their intervals, and quantiles from histograms. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

Z = 1.959964  # of the normal distribution, for 95 %
STEP = 1.05  # each bucket is 5 % wider than the one before, so a quantile is off by 2.5 % at most


@dataclass(frozen=True)
class Share:
    """How many of how many, and where the true share lies in 95 of 100 cases (Wilson)."""

    hits: int
    of: int

    @property
    def rate(self) -> float | None:
        """The share, 0..1; None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end, 0..1; everything is possible of nothing."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.hits / self.of
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        # At 0 and at 1 an end is the share itself, but for what rounding leaves.
        return max(0.0, min(middle - half, p)), min(1.0, max(middle + half, p))


def bucket(value: float) -> int:
    """The bucket of a value of at least 1, whatever its unit; smaller ones count as 1."""
    return math.floor(math.log(max(1.0, value)) / math.log(STEP))


def middle(number: int) -> float:
    """What a value in this bucket is taken to be."""
    return float(STEP ** (number + 0.5))


def quantile(histogram: Mapping[int, int], share: float) -> float | None:
    """The value below which `share` of all lie, in their unit; None of an empty histogram."""
    total = sum(histogram.values())
    seen = 0
    for number in sorted(histogram):
        seen += histogram[number]
        if seen >= share * total:
            return middle(number)
    return None
