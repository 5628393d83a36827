"""How good a ranking is: hit rate, NDCG (Järvelin & Kekäläinen 2002) and coverage at ten, with
intervals by a bootstrap over shoppers (Efron 1979), as one shopper's orders are no independent
draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.recommending.shelf import Scores

from .cases import GROUPS, Case

AT = 10
DRAWS = 1000
Interval = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Told:
    """What a method made of some cases: a row a case."""

    ndcg: Scores
    hits: Scores
    shown: frozenset[int]  # products that somebody was shown
    products: int

    @property
    def coverage(self) -> float:
        """The share of the products that anybody is shown."""
        return len(self.shown) / max(1, self.products)


def ranks(scores: Scores, targets: Sequence[int], had: Sequence[int]) -> NDArray[np.int64]:
    """The rank of each target, from 1, in every row of scores (M, N), less what was had before; of
    equal scores the one further in front is first."""
    left = scores.copy()
    left[:, list(had)] = -np.inf
    places = np.arange(left.shape[1])
    found = [
        1 + (left > left[:, [t]]).sum(1) + ((left == left[:, [t]]) & (places < t)).sum(1)
        for t in targets
    ]
    return np.stack(found, axis=1)


def gains(found: NDArray[np.int64]) -> Scores:
    """NDCG of each row of ranks (M, targets)."""
    seen = np.where(found <= AT, 1 / np.log2(1 + found), 0.0).sum(1)
    ideal = sum(1 / np.log2(2 + n) for n in range(min(AT, found.shape[1])))
    return np.asarray(seen / ideal)


def interval(values: Scores, cases: Sequence[Case]) -> Interval:
    """The 95 % interval of the mean."""
    if not len(values):
        return 0.0, 0.0
    people = {who: n for n, who in enumerate(dict.fromkeys(case.who for case in cases))}
    own = np.array([people[case.who] for case in cases])
    sums, counts = np.bincount(own, values), np.bincount(own)
    chance = np.random.default_rng(2026)
    means = []
    for _n in range(DRAWS):
        drawn = chance.integers(0, len(people), len(people))
        means.append(sums[drawn].sum() / counts[drawn].sum())
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def row(name: str, told: Told, best: Told, cases: Sequence[Case]) -> dict[str, object]:
    """One line of the table: a method beside the best baseline."""
    groups = np.array([case.group for case in cases])
    low, high = interval(told.ndcg - best.ndcg, cases)
    own_low, own_high = interval(told.ndcg, cases)
    return {
        "name": name, "hit_rate": _mean(told.hits), "ndcg": _mean(told.ndcg),
        "ndcg_from": own_low, "ndcg_to": own_high, "coverage": round(told.coverage, 4),
        "beside_best_from": low, "beside_best_to": high,
        **{f"ndcg_{g}": _mean(told.ndcg[groups == g]) for g in GROUPS},
    }  # fmt: skip


def _mean(values: Scores) -> float:
    return round(float(values.mean()), 4) if len(values) else 0.0


def table(rows: Sequence[dict[str, object]], cases: Sequence[Case]) -> str:
    """The lines side by side."""
    sizes = {g: sum(case.group == g for case in cases) for g in GROUPS}
    head = f"{'':<18}{'HR@10':>7}{'NDCG@10':>9}{'95 %':>16}{'less the best baseline':>25}"
    head += f"{'coverage':>10}"
    head += "".join(f"{f'{g} ({n})':>13}" for g, n in sizes.items())
    return "\n".join([head, *map(_line, rows)])


def _line(told: dict[str, object]) -> str:
    own = f"{told['ndcg_from']:.3f}–{told['ndcg_to']:.3f}"
    beside = f"{told['beside_best_from']:+.3f} to {told['beside_best_to']:+.3f}"
    line = f"{told['name']:<18}{told['hit_rate']:>7.3f}{told['ndcg']:>9.3f}{own:>16}{beside:>25}"
    line += f"{told['coverage']:>10.0%}"
    return line + "".join(f"{told[f'ndcg_{g}']:>13.3f}" for g in GROUPS)
