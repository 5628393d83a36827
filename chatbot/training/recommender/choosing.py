"""Which recommender a shop gets: decided by its own held-out orders.

The oldest part of the orders is learnt from; the next part chooses; the newest, which neither has
seen, reports. The best simple one (popularity, item-kNN, BM25) stays unless another one's NDCG is
better on the orders that choose, by a paired interval wholly above nought, and not worse on those
that report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from chatbot.recommending import saved
from chatbot.recommending.learned import Transformer
from chatbot.recommending.now import build
from chatbot.recommending.scoring import DEFAULT, PARTS, Recipe, scores, seeds
from chatbot.recommending.shelf import Scores, Shelf
from chatbot.terms import Vectors
from storefront.queries import Basket, Product

from . import model
from .cases import Case, cases, cut
from .figures import AT, Told, gains, interval, ranks, row, table
from .plots import bars

BASELINES: dict[str, Recipe] = {
    "popularity": {"popular": 1.0}, "item-kNN": {"together": 1.0}, "BM25": {"words": 1.0},
}  # fmt: skip
BLENDED = ("content", "words", "together", "then", "after", "kind", "popular")
FIRST, FINER = (0.1, 1.0), (0.0, 0.5, 2.0)  # weights tried of what has none; factors of one
ROUNDS = 16  # of the search for a blend, from each start
BESIDE = (0.3, 1.0, 3.0, 10.0)  # what the model counts beside the blend
LEAST = 100  # orders held out for each, below which nothing is concluded
TO_CHOOSE, TO_REPORT = 800, 1500  # at most so many are looked at, drawn at random


class TooFewError(ValueError):
    """Too few orders to tell one recommender from another."""


@dataclass(frozen=True)
class Method:
    """One way to rank."""

    name: str
    recipe: Recipe
    model: Transformer | None = None


def choose(
    products: Sequence[Product], baskets: Sequence[Basket], vectors: Mapping[str, Vectors],
    out: Path, *, epochs: int, device: str = "cpu", kept: Path | None = None,
    ran: Trial | None = None,
) -> str:  # fmt: skip
    """Train, measure and write what is best into `out`; the table. Raises TooFewError, with the
    table, after writing the default."""
    trial = ran or Trial(products, baskets, vectors, epochs, device, kept, out)
    best, methods = trial.run()
    told, rows = trial.report(best, methods)
    if best.name not in BASELINES and rows[best.name]["beside_best_to"] < 0:
        best = trial.baseline
        told += f"\n{best.name} stays: on the newest orders it is better after all."
    few = trial.few
    final = Method("default", DEFAULT) if few else best
    written = saved.Chosen(final.recipe, final.model, final.name, rows, digest(baskets))
    saved.write(out, written)
    bars(rows, final.name, out / "figures.svg")
    if few:
        raise TooFewError(
            f"{told}\n{few} orders are held out, which is too few to choose by ({LEAST} are needed "
            "twice): the default stays, content and what orders are evidence enough for."
        )
    return f"{told}\nChosen: {final.name}."


def digest(baskets: Sequence[Basket]) -> str:
    """Which orders these are."""
    told = [(b.who, b.placed_at.isoformat(), b.handles) for b in baskets]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class Trial:
    """One run over a shop's orders."""

    def __init__(
        self, products: Sequence[Product], baskets: Sequence[Basket],
        vectors: Mapping[str, Vectors], epochs: int, device: str, kept: Path | None, out: Path,
    ) -> None:  # fmt: skip
        first, second = cut(baskets)
        sold = frozenset(p.handle for p in products)
        self.learnt = build(products, baskets[:first], vectors)
        self.whole = build(products, baskets[:second], vectors)
        self.choosing = _some(cases(baskets, first, second, sold), TO_CHOOSE)
        self.reporting = _some(cases(baskets, second, len(baskets), sold), TO_REPORT)
        self.epochs, self.device, self.kept, self.out = epochs, device, kept, out
        self.baseline = Method("popularity", BASELINES["popularity"])

    @property
    def few(self) -> int:
        """How many orders there are to choose or to report by, where they are too few; else 0."""
        least = min(len(self.choosing), len(self.reporting))
        return max(1, least) if least < LEAST else 0

    def run(self) -> tuple[Method, list[Method]]:
        """The best method by the orders that choose, and all of them."""
        blend = Method("blend", self._blend())
        learnt = self._learn("choosing", self.learnt)
        simple = [Method(name, recipe) for name, recipe in BASELINES.items()]
        others = [Method("content", {"content": 1.0}), blend]
        others += self._with(learnt, blend.recipe) if learnt else []
        told = {m.name: measure(m, self.learnt, self.choosing) for m in (*simple, *others)}
        self.baseline = max(simple, key=lambda m: float(told[m.name].ndcg.sum()))
        best = self.baseline
        for other in others:
            gain = told[other.name].ndcg - told[best.name].ndcg
            if interval(gain, self.choosing)[0] > 0:
                best = other
        return self._again(best, [*simple, *others])

    def _again(self, best: Method, methods: list[Method]) -> tuple[Method, list[Method]]:
        """The same, with a model that also knows the orders that chose."""
        if not methods[-1].model:
            return best, methods
        learnt = self._learn("reporting", self.whole)
        renewed = {m.name: replace(m, model=learnt if m.model else None) for m in methods}
        return renewed[best.name], list(renewed.values())

    def _with(self, learnt: Transformer, blend: Recipe) -> list[Method]:
        """The model alone, and beside the blend as the orders which choose like it best."""
        both = [Method("model and blend", {**blend, "learned": w}, learnt) for w in BESIDE]
        best = max(both, key=lambda m: float(measure(m, self.learnt, self.choosing).ndcg.sum()))
        return [Method("model", {"learned": 1.0}, learnt), best]

    def _learn(self, which: str, shelf: Shelf) -> Transformer | None:
        if not model.steps(shelf):
            return None
        kept = self.kept.with_name(f"{self.kept.stem}-{which}.pt") if self.kept else None
        plot = self.out / "loss.svg" if which == "reporting" else None
        return model.learn(shelf, self.epochs, self.device, kept, plot)

    def _blend(self) -> Recipe:
        """The weights that the orders which choose like best, from two starts: what is the default,
        and all alike."""
        starts = (tuple(DEFAULT.get(name, 0.0) for name in BLENDED), (1.0,) * len(BLENDED))
        found = [self._climb(start) for start in starts]
        best = found[int(self._totals(np.array(found)).argmax())]
        return {n: w for n, w in zip(BLENDED, best, strict=True) if w}

    def _climb(self, now: tuple[float, ...]) -> tuple[float, ...]:
        """One weight is changed at a time, for as long as that helps."""
        for _n in tqdm(range(ROUNDS), desc="blends", unit="round"):
            tried = [now, *_changed(now)]
            best = tried[int(self._totals(np.array(tried)).argmax())]
            if best == now:
                break
            now = best
        return now

    def _totals(self, tried: Scores) -> Scores:
        """What each row of weights gains on the orders that choose."""
        total, shelf = np.zeros(len(tried)), self.learnt
        for case in self.choosing:
            known = seeds(shelf, case.history)
            parts = np.stack([PARTS[name](shelf, known) for name in BLENDED])
            total += gains(_ranks(tried @ parts, shelf, case))
        return total

    def report(
        self, best: Method, methods: Sequence[Method]
    ) -> tuple[str, dict[str, dict[str, Any]]]:
        """How every method fares on the newest orders, beside the simple one that is best there."""
        told = {m.name: measure(m, self.whole, self.reporting) for m in methods}
        told["default"] = measure(Method("default", DEFAULT), self.whole, self.reporting)
        simple = max((told[name] for name in BASELINES), key=lambda t: float(t.ndcg.sum()))
        rows = {n: row(n, t, simple, self.reporting) for n, t in told.items()}
        return table(list(rows.values()), self.reporting), rows


def _changed(now: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """The same weights with one of them another."""
    for place, weight in enumerate(now):
        for other in [weight * by for by in FINER] if weight else FIRST:
            yield (*now[:place], other, *now[place + 1 :])


def _some(held: list[Case], most: int) -> list[Case]:
    """At most so many, drawn at random."""
    if len(held) <= most:
        return held
    drawn = np.random.default_rng(2026).choice(len(held), most, replace=False)
    return [held[n] for n in sorted(drawn)]


def measure(method: Method, shelf: Shelf, held: Sequence[Case]) -> Told:
    """What a method makes of orders held out."""
    ndcg, hits, shown = [], [], set()
    for case, told in _scored(method, shelf, held):
        found = _ranks(told[None], shelf, case)
        ndcg.append(float(gains(found)[0]))
        hits.append(float((found <= AT).any()))
        left = told.copy()
        left[_had(shelf, case)] = -np.inf
        shown |= {int(place) for place in np.argsort(-left, kind="stable")[:AT]}
    return Told(np.array(ndcg), np.array(hits), frozenset(shown), len(shelf.products))


def _scored(method: Method, shelf: Shelf, held: Sequence[Case]) -> Iterator[tuple[Case, Scores]]:
    for case in held:
        yield case, scores(shelf, case.history, method.recipe, method.model)


def _had(shelf: Shelf, case: Case) -> list[int]:
    return [shelf.places[h] for h in case.history.bought if h in shelf.places]


def _ranks(told: Scores, shelf: Shelf, case: Case) -> Any:
    return ranks(told, [shelf.places[h] for h in case.targets], _had(shelf, case))
