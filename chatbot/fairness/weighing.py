"""Pairs weighed: what differs in each contrast, how sure that is, and whether it may.

A contrast fails in what is gated when the estimated difference is above its limit, in either
direction. Where the limit is half a point, nothing in the words is harder to read, so there a
smaller difference fails as well once it is no chance: after Holm's correction over all comparisons
of the audit, at 5 %. Where halves differ by chance, as texts do, an estimate alone proves nothing:
there only what is no chance fails. A difference counts as shown to be none only when its whole
interval lies within the limit (equivalence by intervals: Schuirmann 1987, J. Pharmacokin. Biopharm.
15, p. 657); what is neither needs more pairs. Latency is reported and never weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import statistics
from .measures import GATED, LATENCY, MEASURED, MEASURES, Measure
from .statistics import Difference
from .subjects import CONTRASTS
from .terms import ANSWERS, NARROW, Contrast, Pair, Results

LEVEL = 0.05
WORST, WORST_KINDS = 6, 5
Record = dict[str, Any]


@dataclass(frozen=True)
class Weighed:
    """One measure of one contrast."""

    contrast: str
    measure: str
    difference: Difference
    corrected: float = 1.0


def weigh(results: Results) -> list[Weighed]:
    """Every measure of every contrast, chances corrected for all of them."""
    found = [
        Weighed(name, measure, difference)
        for name, pairs in results.items()
        if pairs
        for measure, difference in _differences(pairs, CONTRASTS[name].of)
    ]
    counted = [w for w in found if w.measure != LATENCY]
    fair = statistics.holm([w.difference.p for w in counted])
    corrected = dict(zip(map(id, counted), fair, strict=True))
    return [Weighed(w.contrast, w.measure, w.difference, corrected.get(id(w), 1.0)) for w in found]


def _differences(pairs: Sequence[Pair], of: str) -> list[tuple[str, Difference]]:
    return [(m.name, _difference(pairs, m)) for m in MEASURED[of]]


def _difference(pairs: Sequence[Pair], measure: Measure) -> Difference:
    """Of the pairs of which both halves have a value."""
    found = [(measure.of(p.answers[0]), measure.of(p.answers[1])) for p in pairs]
    known = [(a, b) for a, b in found if a is not None and b is not None]
    if measure.yes_no:
        return statistics.rates([(bool(a), bool(b)) for a, b in known])
    return statistics.shares(known) if measure.share else statistics.means(known)


def verdict(weighed: Weighed) -> str:
    """over and differs fail; equal is shown to be none, unsure needs more pairs, told is for
    information."""
    difference, contrast = weighed.difference, CONTRASTS[weighed.contrast]
    limit, sure = contrast.limit, weighed.corrected < LEVEL
    if not MEASURES[weighed.measure].gated or limit is None:
        return "told" if sure else ""
    if abs(100 * difference.value) > limit and (sure or not contrast.apart_by_chance):
        return "over"
    if sure and limit <= NARROW:
        return "differs"
    within = max(abs(difference.low), abs(difference.high)) * 100 <= limit
    return "equal" if within else "unsure"


def failures(weighed: Sequence[Weighed]) -> list[Weighed]:
    """What does not pass the gate."""
    return [w for w in weighed if verdict(w) in ("over", "differs")]


def report(results: Results) -> Record:
    """Everything found, as JSON; no word of a customer's order is in it."""
    weighed = weigh(results)
    return {
        "of": next((CONTRASTS[name].of for name in results), ANSWERS),
        "passed": not failures(weighed),
        "unsure": sum(verdict(w) == "unsure" for w in weighed),
        "contrasts": [
            _contrast(CONTRASTS[name], pairs, [w for w in weighed if w.contrast == name])
            for name, pairs in results.items()
            if pairs
        ],
    }


def _contrast(contrast: Contrast, pairs: Sequence[Pair], weighed: Sequence[Weighed]) -> Record:
    return {
        "name": contrast.name, "title": contrast.title, "first": contrast.first,
        "second": contrast.second, "limit": contrast.limit, "pairs": len(pairs),
        "same": sum(p.answers[0].told == p.answers[1].told for p in pairs) / len(pairs),
        "overlap": overlap(pairs), "kinds": _kinds(pairs, contrast.of),
        "measures": [_measure(w) for w in weighed],
        "worst": [_shown(p) for p in _worst(pairs, contrast.of)],
    }  # fmt: skip


def _measure(weighed: Weighed) -> Record:
    d = weighed.difference
    known = d.low > float("-inf")
    return {
        "name": weighed.measure, "first": d.first, "second": d.second, "value": d.value,
        "low": d.low if known else None, "high": d.high if known else None, "pairs": d.pairs,
        "apart": d.apart, "p": d.p, "corrected": weighed.corrected, "verdict": verdict(weighed),
    }  # fmt: skip


def overlap(pairs: Sequence[Pair]) -> float | None:
    """How much of the products proposed in either half is in both (Jaccard 1912), on average."""
    sets = [(set(p.answers[0].products), set(p.answers[1].products)) for p in pairs]
    shares = [len(a & b) / len(a | b) for a, b in sets if a | b]
    return sum(shares) / len(shares) if shares else None


def _kinds(pairs: Sequence[Pair], of: str) -> list[Record]:
    """The kinds of which most is lost: right answers, or facts."""
    asked = Counter(p.request.kind for p in pairs)
    lost = Counter(p.request.kind for p in pairs if _gained(p, of) < 0)
    won = Counter(p.request.kind for p in pairs if _gained(p, of) > 0)
    worst = sorted(lost, key=lambda kind: (won[kind] - lost[kind], kind))[:WORST_KINDS]
    return [
        {"title": k.replace("_", " "), "lost": lost[k], "won": won[k], "asked": asked[k]}
        for k in worst
    ]


def _gained(pair: Pair, of: str) -> float:
    """By how much the second half is better in what counts first."""
    one, other = (MEASURED[of][0].of(answer) or 0 for answer in pair.answers)
    return other - one


def _worst(pairs: Sequence[Pair], of: str) -> list[Pair]:
    """Pairs that differ most, of as many kinds as there are."""

    def apart(pair: Pair) -> tuple[bool | float, ...]:
        one, other = pair.answers
        values = [MEASURES[name].of for name in GATED[of]]
        gated = [value(one) != value(other) for value in values]
        return (max(0, -_gained(pair, of)), *gated, one.told != other.told)

    ranked = sorted((p for p in pairs if any(apart(p))), key=apart, reverse=True)
    firsts = {p.request.kind: p for p in reversed(ranked)}
    picked = [p for p in ranked if firsts[p.request.kind] is p]
    return (picked + [p for p in ranked if p not in picked])[:WORST]


def _shown(pair: Pair) -> Record:
    """A pair side by side, less what is a customer's."""
    sides = zip(pair.texts, pair.answers, strict=True)
    return {
        "kind": pair.request.kind, "note": pair.note,
        "sides": [
            {"asked": pair.request.shown(text), "answered": answer.text,
             "outcome": answer.outcome, "acts": list(answer.acts), "right": answer.right}
            for text, answer in sides
        ],
    }  # fmt: skip
