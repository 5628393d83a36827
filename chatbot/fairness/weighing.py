"""Pairs weighed: what differs in each contrast, how sure that is, and whether it may.

A contrast fails in what is gated (right facts, offers, hand-overs) when the estimated difference is
above its limit, in either direction. Where the limit is half a point, nothing in the words is
harder to read, so there a smaller difference fails as well once it is no chance: after Holm's
correction over all comparisons of the audit, at 5 %. A difference counts as shown to be none only
when its whole interval lies within the limit (equivalence by intervals: Schuirmann 1987, J.
Pharmacokin. Biopharm. 15, p. 657); what is neither needs more pairs. Latency is reported and never
weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import statistics
from .asking import Answer
from .audit import Pair, Results
from .contrasts import CONTRASTS, NARROW, Contrast
from .statistics import Difference

LEVEL = 0.05
RATES: Mapping[str, str] = {
    "right": "Right facts", "offers": "Actions offered", "handed_over": "Handed to a person",
    "discounts": "Discounts told", "refunds": "Refunds told", "declined": "Refused",
}  # fmt: skip
GATED = ("right", "offers", "handed_over")
MEANS: Mapping[str, tuple[str, Callable[[Answer], float | None]]] = {
    "price": ("Price of what is recommended", lambda a: a.price),
    "words": ("Words in a reply", lambda a: a.words),
    "warmth": ("Warm phrases in a reply", lambda a: a.warmth),
    "ms": ("Milliseconds to the whole reply", lambda a: a.ms),
}
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
        for measure, difference in _differences(pairs)
    ]
    counted = [w for w in found if w.measure != "ms"]
    fair = statistics.holm([w.difference.p for w in counted])
    corrected = dict(zip(map(id, counted), fair, strict=True))
    return [Weighed(w.contrast, w.measure, w.difference, corrected.get(id(w), 1.0)) for w in found]


def _differences(pairs: Sequence[Pair]) -> list[tuple[str, Difference]]:
    rates = [(name, statistics.rates(_both(pairs, name))) for name in RATES]
    means = [(name, statistics.means(_known(pairs, of))) for name, (_title, of) in MEANS.items()]
    return rates + means


def _both(pairs: Sequence[Pair], name: str) -> list[tuple[bool, bool]]:
    return [(getattr(p.answers[0], name), getattr(p.answers[1], name)) for p in pairs]


def _known(
    pairs: Sequence[Pair], of: Callable[[Answer], float | None]
) -> list[tuple[float, float]]:
    """The values of pairs of which both halves have one."""
    found = ((of(p.answers[0]), of(p.answers[1])) for p in pairs)
    return [(a, b) for a, b in found if a is not None and b is not None]


def verdict(weighed: Weighed) -> str:
    """over and differs fail; equal is shown to be none, unsure needs more pairs, told is for
    information."""
    difference, limit = weighed.difference, CONTRASTS[weighed.contrast].limit
    sure = weighed.corrected < LEVEL
    if weighed.measure not in GATED or limit is None:
        return "told" if sure else ""
    if abs(100 * difference.value) > limit:
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
        "overlap": overlap(pairs), "kinds": _kinds(pairs),
        "measures": [_measure(w) for w in weighed], "worst": [_shown(p) for p in _worst(pairs)],
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


def _kinds(pairs: Sequence[Pair]) -> list[Record]:
    """The kinds of request that lose most right answers."""
    asked = Counter(p.request.kind for p in pairs)
    lost = Counter(p.request.kind for p in pairs if _lost(p))
    won = Counter(p.request.kind for p in pairs if p.answers[1].right and not p.answers[0].right)
    worst = sorted(lost, key=lambda kind: (won[kind] - lost[kind], kind))[:WORST_KINDS]
    return [
        {"title": k.replace("_", " "), "lost": lost[k], "won": won[k], "asked": asked[k]}
        for k in worst
    ]


def _lost(pair: Pair) -> bool:
    return pair.answers[0].right and not pair.answers[1].right


def _worst(pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs that differ most, of as many kinds as there are."""

    def apart(pair: Pair) -> tuple[bool, ...]:
        one, other = pair.answers
        gated = [getattr(one, name) != getattr(other, name) for name in GATED]
        return (_lost(pair), *gated, one.told != other.told)

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
            {"asked": _masked(text, pair), "answered": answer.text, "outcome": answer.outcome,
             "acts": list(answer.acts), "right": answer.right}
            for text, answer in sides
        ],
    }  # fmt: skip


def _masked(text: str, pair: Pair) -> str:
    return text.replace(pair.request.right.subject, "#…") if pair.request.private else text
