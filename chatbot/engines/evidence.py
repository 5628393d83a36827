"""Evidence that a candidate is worse, to be looked at as often as one likes. Pure.

Conversations are put on a side by lot, so where the side makes no difference, each conversation in
which something went wrong is on the candidate's with the chance of its share, whatever the shop,
the day and the rate of errors. That is what is tested, one bad conversation after the other: a
mixture sequential probability ratio test (Robbins 1970, Ann. Math. Statist. 41, p. 1397) of counts
by side (Lindon and Malek 2022, "Anytime-valid inference for multinomial count data", NeurIPS 35).
The likelihood ratio is a supermartingale as long as the candidate is not worse, so that it ever
exceeds 1 / ERRORS in no more than the share ERRORS of all trials (Ville 1939). The mean of several
such ratios is one again, however they hang together (Vovk and Wang 2021, Ann. Statist. 49, p.
1736).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

ERRORS = 0.05  # of the candidates that are no worse so many are stopped all the same, at most
TOLERATED = 1.1  # a candidate may go wrong so many times as often before it counts as worse
TIMES = (1.5, 2.0, 3.0, 5.0, 10.0)  # how much worse it may be, mixed in equal parts


def ratio(candidate: int, standing: int, share: float) -> float:
    """How much likelier these bad conversations of either side are with a candidate that is worse
    than with one that is not, when `share` of all went to the candidate."""
    tolerated = _shifted(share, TOLERATED)
    logs = [
        candidate * math.log(worse / tolerated) + standing * math.log((1 - worse) / (1 - tolerated))
        for worse in (_shifted(share, TOLERATED * times) for times in TIMES)
    ]
    most = max(logs)
    return math.exp(min(most, 600.0)) * sum(math.exp(x - most) for x in logs) / len(logs)


def _shifted(share: float, times: float) -> float:
    """The candidate's share of what goes wrong when that happens to it so many times as often."""
    return share * times / (1 - share + share * times)


def enough(ratios: Iterable[float]) -> bool:
    """Whether the candidate is clearly worse."""
    found = list(ratios)
    return sum(found) / len(found) >= 1 / ERRORS
