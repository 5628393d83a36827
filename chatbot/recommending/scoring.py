"""How well each product fits what is known of a shopper. No price, margin or payment is in it.

- content: the mean vector of what was bought, asked about and looked at (cosine)
- words: BM25 with their pages as the query
- together: item-kNN by distinct shoppers, cosine with shrinkage (Sarwar et al. 2001; Bell & Koren
  2007)
- then: what came in the order after one like the newest, shrunk likewise (a Markov chain over
  baskets, Rendle et al. 2010); after: the same with all orders as the ones before
- kind: the departments one has bought from, and in each what most people have bought
- popular: by how many shoppers something was bought
- wish: words that were said, where a page has them
- learned: the shop's own Transformer, where one was trained and is better
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .history import History
from .shelf import Scores, Shelf
from .wishes import Fits
from .words import words

Recipe = Mapping[str, float]  # part -> weight
Weighted = Sequence[tuple[int, float]]  # place and weight

# Without training: content, then what the orders are evidence enough for.
DEFAULT: Recipe = {"content": 1.0, "together": 1.0, "then": 2.0, "kind": 1.0, "popular": 0.1}
WISH = 1.0  # what was said in so many words comes before what is concluded
TIE = 1e-6  # popularity decides where nothing else does
SHRUNK = 3.0  # shoppers that a pair is not believed by
SURE = 3.0  # how telling it is to have been compared with what one has, or named in a chat
HALF = 0.5  # a shopper, whom every product is given, so that new ones are not left out
TELLING = 30  # words of a page that make its query


@dataclass(frozen=True)
class Seeds:
    """What says something of what is wanted: everything, and what is newest."""

    known: Weighted = ()
    latest: Weighted = ()


NOTHING = Seeds()


class Learned(Protocol):
    """A trained model: a score a product for what was bought, oldest first."""

    def scores(self, handles: Sequence[str], shelf: Shelf) -> Scores: ...


def scores(
    shelf: Shelf, history: History, recipe: Recipe, learned: Learned | None = None, fits: Fits = ()
) -> Scores:
    """A score for every product of the shelf, higher is better; of `history` alone."""
    known = seeds(shelf, history)
    total = TIE * popular(shelf)
    for name, weight in recipe.items():
        if name != "learned":
            total += weight * PARTS[name](shelf, known)
        elif learned and (past := _past(history)):
            total += weight * _likely(learned.scores(past, shelf))
    return total + WISH * _wished(shelf, fits)


def seeds(shelf: Shelf, history: History) -> Seeds:
    """What is known, as places on the shelf."""
    known = tuple((shelf.places[h], w) for h, w in history.seeds() if h in shelf.places)
    latest = tuple((shelf.places[h], 1.0) for h in history.latest if h in shelf.places)
    return Seeds(known, latest)


def content(shelf: Shelf, seeds: Seeds) -> Scores:
    """By meaning."""
    if not seeds.known:
        return np.zeros(len(shelf.products))
    weights = np.array([weight for _place, weight in seeds.known])
    mean = weights @ shelf.vectors[[place for place, _weight in seeds.known]] / weights.sum()
    return np.clip(shelf.vectors @ mean, 0.0, None).astype(np.float64)


def by_words(shelf: Shelf, seeds: Seeds) -> Scores:
    """By the words of pages."""
    query: dict[str, float] = {}
    for place, weight in seeds.known:
        telling = sorted(shelf.page_words[place], key=lambda w: (-shelf.index.rarity(w), w))
        for word in telling[:TELLING]:
            query[word] = query.get(word, 0.0) + weight
    return _even(shelf.index.scores(query.items()))


def together(shelf: Shelf, seeds: Seeds) -> Scores:
    """By who has bought both."""
    found = np.zeros(len(shelf.products))
    for place, weight in seeds.known:
        for other, both in shelf.together.get(place, {}).items():
            alike = both / math.sqrt(float(shelf.buyers[place]) * float(shelf.buyers[other]))
            found[other] += weight * alike * both / (both + SHRUNK)
    return found / (_whole(seeds.known) or 1.0)


def then(shelf: Shelf, seeds: Seeds) -> Scores:
    """By what came in the order after one like the newest."""
    return _followed(shelf, seeds.latest)


def after(shelf: Shelf, seeds: Seeds) -> Scores:
    """By what came in the order after any like those known."""
    return _followed(shelf, seeds.known)


def _followed(shelf: Shelf, before: Weighted) -> Scores:
    found = np.zeros(len(shelf.products))
    for place, weight in before:
        for other, n in shelf.then.get(place, {}).items():
            found[other] += weight * n / (float(shelf.buyers[place]) + SHRUNK)
    return found / (_whole(before) or 1.0)


def _whole(known: Weighted) -> float:
    return sum(weight for _place, weight in known)


def kind(shelf: Shelf, seeds: Seeds) -> Scores:
    """By the departments known, each with what most have bought of it."""
    share = np.zeros(len(shelf.of_department))
    for place, weight in seeds.known:
        share[shelf.departments[place]] += weight / _whole(seeds.known)
    buyers = shelf.buyers + HALF
    whole = np.bincount(shelf.departments, buyers, len(shelf.of_department))
    return np.asarray(share[shelf.departments] * buyers / whole[shelf.departments])


def popular(shelf: Shelf, _seeds: Seeds = NOTHING) -> Scores:
    """By how many have bought it."""
    return _even(np.log1p(shelf.buyers.astype(np.float64)))


PARTS: dict[str, Callable[[Shelf, Seeds], Scores]] = {
    "content": content, "words": by_words, "together": together, "then": then, "after": after,
    "kind": kind, "popular": popular,
}  # fmt: skip


def _wished(shelf: Shelf, fits: Fits) -> Scores:
    found = np.zeros(len(shelf.products))
    for _wish, fitting in fits:
        for place, said in fitting.items():
            spoken = words(said.word) if said.tag or said.sentence else ()
            telling = sum(map(shelf.index.rarity, spoken)) or SURE
            found[place] = max(found[place], telling)
    return _even(found)


def _past(history: History) -> list[str]:
    """What the model reads: bought, oldest first, then what one is looking at."""
    return [*reversed(history.bought), *([history.page] if history.page else [])]


def _likely(logits: Scores) -> Scores:
    """Softmax: how likely each comes next."""
    told = np.exp(logits - logits.max())
    return np.asarray(told / told.sum())


def _even(found: Scores) -> Scores:
    """From nought to one, so that parts can be weighed against each other."""
    least, most = (float(found.min()), float(found.max())) if found.size else (0.0, 0.0)
    low = min(least, 0.0)
    return (found - low) / (most - low) if most > low else np.zeros_like(found)
