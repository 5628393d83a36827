"""How often replies are wrong that nobody would have looked at, estimated from the random sample.

Each sampled reply stands for as many as its chance says, by the chance with which it was drawn and
not by today's setting (Horvitz and Thompson 1952); the rate is their weighted mean (Hájek 1971).
The interval is Wilson's with continuity correction (Newcombe 1998, method 4), which keeps its
promise where errors are rare and the sample is small, taken at Kish's effective sample size (Kish
1965, p. 427), because unequal weights tell less than as many equal ones. It errs on the wide side.
What stands undecided is taken to be like what was decided: the queue gives samples out by age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from django.db.models import Exists, OuterRef, QuerySet

from chatbot.models import Review

from .sampling import OF

Z = 1.959964  # 95 % of a normal distribution lie within so many standard deviations
WRONG = frozenset((Review.Verdict.CORRECTED, Review.Verdict.REJECTED))


@dataclass(frozen=True)
class ErrorRate:
    """A share of wrong replies with its 95 % interval, each 0..1; `population` is how many replies
    nobody would have looked at, itself estimated from the sample."""

    rate: float
    low: float
    high: float
    reviewed: int
    population: int


def error_rate(since: datetime, until: datetime) -> ErrorRate:
    """The rate among replies queued from `since` on and before `until`. Replies of a time when
    nothing was sampled have no say in it; with none reviewed it may be anything, 0 to 1."""
    drawn = _drawn(since, until).values_list("chance", "verdict")
    weighed = [(OF / chance, verdict) for chance, verdict in drawn if chance]
    decided = [(weight, verdict in WRONG) for weight, verdict in weighed if verdict]
    population = round(sum(weight for weight, _verdict in weighed))
    return _rate(decided, population) if decided else ErrorRate(0, 0, 1, 0, population)


def _drawn(since: datetime, until: datetime) -> QuerySet[Review]:
    """The sample of these days, but for replies that came to be reviewed for another reason."""
    others = Review.objects.filter(reply=OuterRef("reply")).exclude(reason=Review.Reason.SAMPLE)
    drawn = Review.objects.filter(reason=Review.Reason.SAMPLE, chance__gt=0)
    return drawn.filter(~Exists(others), created_at__gte=since, created_at__lt=until)


def _rate(decided: Sequence[tuple[float, bool]], population: int) -> ErrorRate:
    """The estimate from each decided reply's weight and whether it was wrong."""
    weight = sum(w for w, _wrong in decided)
    rate = sum(w for w, wrong in decided if wrong) / weight
    effective = weight**2 / sum(w * w for w, _wrong in decided)
    low, high = interval(rate, effective)
    return ErrorRate(rate, low, high, len(decided), population)


def interval(rate: float, n: float) -> tuple[float, float]:
    """Newcombe's interval of a share `rate` among `n`."""
    below = 0.0 if rate == 0 else _bound(rate, n)
    above = 1.0 if rate == 1 else 1 - _bound(1 - rate, n)
    return below, above


def _bound(rate: float, n: float) -> float:
    """The lower bound; the upper one is that of the other share."""
    spread = Z * sqrt(max(0.0, Z * Z - 2 - 1 / n + 4 * rate * (n * (1 - rate) + 1)))
    return max(0.0, (2 * n * rate + Z * Z - 1 - spread) / (2 * (n + Z * Z)))
