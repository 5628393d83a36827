"""Paired comparisons: how two halves of the same pairs differ, and how sure that is. Pure.

Few and short formulas, so no statistics library is needed on the site: the difference of two paired
rates with Newcombe's interval (1998, Statist. Med. 17, p. 2635, method 10), McNemar's exact test
(1947, Psychometrika 12, p. 153), the mean of paired differences with the interval of the normal
distribution, Holm's correction (1979, Scand. J. Statist. 6, p. 65).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import comb, sqrt
from statistics import NormalDist, fmean, stdev

from chatbot.figures.statistics import Share

Z = NormalDist().inv_cdf(0.975)
FEW = 30  # pairs, below which no interval is given to a mean


@dataclass(frozen=True)
class Difference:
    """By how much the second half is higher than the first, where the true value lies in 95 of 100
    cases, and how likely so much would be if nothing differed."""

    first: float
    second: float
    low: float
    high: float
    p: float
    pairs: int
    apart: int = 0  # pairs whose halves differ

    @property
    def value(self) -> float:
        return self.second - self.first


def rates(pairs: Sequence[tuple[bool, bool]]) -> Difference:
    """The difference of two rates over the same pairs; of no pairs nothing is known."""
    both = sum(a and b for a, b in pairs)
    lost, won = sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs)
    return of_table(both, lost, won, len(pairs) - both - lost - won)


def of_table(both: int, lost: int, won: int, neither: int) -> Difference:
    """The same of counts: yes in both halves, in the first alone, in the second alone, in none."""
    n = both + lost + won + neither
    if not n:
        return Difference(0.0, 0.0, -1.0, 1.0, 1.0, 0)
    one, two = (both + lost) / n, (both + won) / n
    (l1, u1), (l2, u2) = Share(both + lost, n).interval, Share(both + won, n).interval
    phi = _phi(both, lost, won, neither)
    below = _apart(two - l2, u1 - one, phi)
    above = _apart(u2 - two, one - l1, phi)
    value = two - one
    return Difference(one, two, value - below, value + above, mcnemar(lost, won), n, lost + won)


def _apart(a: float, b: float, phi: float) -> float:
    return sqrt(max(0.0, a * a - 2 * phi * a * b + b * b))


def _phi(both: int, lost: int, won: int, neither: int) -> float:
    """The correlation of the halves, with Newcombe's correction for continuity."""
    n, cross = both + lost + won + neither, both * neither - lost * won
    margins = (both + lost) * (won + neither) * (both + won) * (lost + neither)
    if not margins:
        return 0.0
    corrected = max(0.0, cross - n / 2) if cross > 0 else float(cross)
    return corrected / sqrt(margins)


def mcnemar(lost: int, won: int) -> float:
    """How likely it is that pairs which differ fall so unevenly by chance (exact, two-sided)."""
    n = lost + won
    tail = sum(comb(n, k) for k in range(min(lost, won) + 1))
    return min(1.0, 2 * tail / 2**n)


def means(pairs: Sequence[tuple[float, float]]) -> Difference:
    """The mean of paired differences; by the normal distribution, so of few pairs nothing is
    sure."""
    if not pairs:
        return Difference(0.0, 0.0, 0.0, 0.0, 1.0, 0)
    gaps = [b - a for a, b in pairs]
    first, second = fmean(a for a, _b in pairs), fmean(b for _a, b in pairs)
    apart = sum(gap != 0 for gap in gaps)
    if not apart:
        return Difference(first, second, 0.0, 0.0, 1.0, len(gaps))
    value, error = second - first, _error(gaps)
    p = 2 * (1 - NormalDist().cdf(abs(value) / error)) if error else 0.0
    return Difference(first, second, value - Z * error, value + Z * error, p, len(gaps), apart)


def shares(pairs: Sequence[tuple[float, float]]) -> Difference:
    """The same of shares of 1, with the interval that one pair more would give which differs
    wholly, either way: of pairs that are all alike it is not sure that no others are (in the manner
    of Agresti and Min 2005, Statist. Med. 24, p. 729, who add pairs to a table)."""
    gaps = [b - a for a, b in pairs]
    less, more = [*gaps, -1.0], [*gaps, 1.0]
    low, high = fmean(less) - Z * _error(less), fmean(more) + Z * _error(more)
    return replace(means(pairs), low=low, high=high)


def _error(gaps: Sequence[float]) -> float:
    """The standard error of their mean; of few it is not known."""
    return stdev(gaps) / sqrt(len(gaps)) if len(gaps) >= FEW else float("inf")


def holm(chances: Sequence[float]) -> list[float]:
    """Chances corrected for there being so many comparisons, in the order given."""
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    corrected, highest = [0.0] * len(chances), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, chances[place] * (len(chances) - rank)))
        corrected[place] = highest
    return corrected
