"""Histories whose law is known: shops in which what is bought next follows a rule, with noise, and
an oracle that knows the rule.

- complements: each product has a few that are bought after it (a Markov chain over orders)
- tastes: each shopper has two departments that they keep to
- both: one, then the other, order by order
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from chatbot.training.recommender.cases import Case
from storefront.queries import Basket, Product, Variant

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
LAWS = ("complements", "tastes", "both")
FOLLOWING, KEPT_TO = 5, 2  # products that follow one; departments of a shopper
NOISE = 0.2
Likely = NDArray[np.float64]


@dataclass
class World:
    """A shop with a law."""

    law: str
    products: list[Product]
    vectors: dict[str, NDArray[np.float32]]
    noise: Likely  # how likely each product is where the law says nothing
    follows: Likely  # (N, N)
    departments: NDArray[np.int64]
    tastes: dict[int, NDArray[np.int64]] = field(default_factory=dict)

    def next(self, who: int | None, orders: Sequence[Sequence[int]]) -> Likely:
        """How likely each product is in a shopper's next order; None is somebody unknown."""
        told = NOISE * self.noise
        taste = self._usual() if who is None else self._taste(self.tastes[who])
        if not orders:
            return told + (1 - NOISE) * (self.noise if self.law == "complements" else taste)
        chain: Likely = self.follows[list(orders[-1])].mean(0)
        by = {"complements": chain, "tastes": taste, "both": (chain + taste) / 2}[self.law]
        return told + (1 - NOISE) * by

    def _taste(self, kept: NDArray[np.int64]) -> Likely:
        own = np.isin(self.departments, kept) * self.noise
        return np.asarray(own / own.sum())

    def _usual(self) -> Likely:
        """What the average of all tastes is."""
        kinds = int(self.departments.max()) + 1
        pairs = [np.array((a, b)) for a in range(kinds) for b in range(a)]
        return np.asarray(np.mean([self._taste(pair) for pair in pairs], axis=0))


def world(law: str, products: int = 200, departments: int = 12, seed: int = 2026) -> World:
    """A shop with so many products; what is alike in meaning is of one department."""
    chance = np.random.default_rng(seed)
    of = chance.integers(0, departments, products)
    centres = chance.normal(size=(departments, 384))
    rows = centres[of] + 1.5 * chance.normal(size=(products, 384))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    noise = 1 / np.arange(1, products + 1) ** 0.8
    chance.shuffle(noise)
    follows = np.zeros((products, products))
    for place in range(products):
        after = chance.choice(np.delete(np.arange(products), place), FOLLOWING, replace=False)
        follows[place, after] = 0.6 ** np.arange(FOLLOWING)
    goods = [_product(n, int(of[n])) for n in range(products)]
    vectors = {p.handle: row for p, row in zip(goods, rows.astype(np.float32), strict=True)}
    follows /= follows.sum(1, keepdims=True)
    return World(law, goods, vectors, noise / noise.sum(), follows, of)


def _product(number: int, department: int) -> Product:
    variant = Variant(f"S{number}", (), Decimal(20), None, 9, True)
    return Product(
        handle=f"p{number}", title=f"Thing {number}", department=f"Department {department}",
        vendor="", tags=(f"tag {number % 9}",), option_names=(), variants=(variant,), sentences=(),
        gift_card=False, keeps=False, version="1", updated_at=BEGIN, href="/",
    )  # fmt: skip


def bought(here: World, shoppers: int = 2000, most: int = 8, seed: int = 7) -> list[Basket]:
    """What so many shoppers bought by the law, oldest first."""
    chance = np.random.default_rng(seed)
    found: list[Basket] = []
    for who in range(shoppers):
        kinds = int(here.departments.max()) + 1
        here.tastes[who] = chance.choice(kinds, KEPT_TO, replace=False)
        at, orders = BEGIN + timedelta(days=int(chance.integers(0, 600))), []
        for _n in range(int(chance.integers(1, most + 1))):
            orders.append(_order(here.next(who, orders), orders, chance))
            at += timedelta(days=int(chance.integers(1, 60)))
            found.append(Basket(who, at, tuple(f"p{place}" for place in orders[-1])))
    return sorted(found, key=lambda basket: basket.placed_at)


def _order(
    likely: Likely, orders: Sequence[Sequence[int]], chance: np.random.Generator
) -> list[int]:
    """One to three products that were not bought before."""
    left = likely.copy()
    left[[place for order in orders for place in order]] = 0
    size = int(chance.integers(1, 4))
    return [int(p) for p in chance.choice(len(left), size, replace=False, p=left / left.sum())]


def oracle(here: World, baskets: Sequence[Basket]) -> Callable[[int, Case], Likely]:
    """Ranks by the law itself: it knows a shopper's taste from the first order on, which nobody
    else does, and what follows what they bought in the order before."""
    own: dict[int, list[list[int]]] = {}
    for basket in baskets:
        own.setdefault(basket.who, []).append([int(handle[1:]) for handle in basket.handles])

    def scores(_number: int, case: Case) -> Likely:
        return here.next(case.who if case.before else None, own[case.who][: case.before])

    return scores
