"""What can be recommended, and what everybody's orders say of it. No person is named in it, and
what only one shopper did counts for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from chatbot.terms import Vectors
from storefront.queries import Basket, Product

from .words import Index, words

Scores = NDArray[np.float64]
Rows = Mapping[int, Mapping[int, int]]  # place -> other place -> distinct shoppers
LEAST_SHOPPERS = 2  # so many did it, or nobody is told and nothing rests on it
MOST_OF_ONE = 60  # products of one shopper that are paired: the newest


@dataclass(frozen=True, eq=False)
class Shelf:
    """One state of the shop: its products, its kept orders, and a vector a product (a row of
    noughts where there is none yet)."""

    products: tuple[Product, ...]
    baskets: tuple[Basket, ...]
    vectors: Vectors

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each product stands, by handle."""
        return {product.handle: place for place, product in enumerate(self.products)}

    @cached_property
    def index(self) -> Index:
        """Their pages by words."""
        return Index([page(product) for product in self.products])

    @cached_property
    def page_words(self) -> tuple[frozenset[str], ...]:
        """The words of each page."""
        return tuple(frozenset(words(page(product))) for product in self.products)

    @cached_property
    def orders(self) -> dict[int, list[tuple[int, ...]]]:
        """Each shopper's orders, oldest first, as places of what is still sold."""
        found: dict[int, list[tuple[int, ...]]] = {}
        for basket in self.baskets:
            here = tuple(self.places[h] for h in basket.handles if h in self.places)
            if here:
                found.setdefault(basket.who, []).append(here)
        return found

    @cached_property
    def buyers(self) -> NDArray[np.int64]:
        """How many shoppers have bought each product."""
        found = np.zeros(len(self.products), np.int64)
        for orders in self.orders.values():
            found[sorted({place for order in orders for place in order})] += 1
        return found

    @cached_property
    def of_department(self) -> dict[str, int]:
        """The departments, each with its number."""
        return {name: n for n, name in enumerate(sorted({p.department for p in self.products}))}

    @cached_property
    def departments(self) -> NDArray[np.int64]:
        """The number of each product's department."""
        return np.array([self.of_department[p.department] for p in self.products], np.int64)

    @cached_property
    def with_tag(self) -> Mapping[str, Sequence[int]]:
        """Where the products with each tag stand, the most usual tags first."""
        found: dict[str, list[int]] = {}
        for place, product in enumerate(self.products):
            for tag in product.tags:
                found.setdefault(tag, []).append(place)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    @cached_property
    def together(self) -> Rows:
        """How many shoppers have bought both."""
        return _counted(_both(orders) for orders in self.orders.values())

    @cached_property
    def then(self) -> Rows:
        """How many shoppers have bought the other in the very next order."""
        return _counted(_next(orders) for orders in self.orders.values())

    @cached_property
    def most_ordered(self) -> frozenset[int]:
        """The ten products that most shoppers have bought, where it takes no chance to tell them
        from the eleventh and none of them is one person's."""
        order = np.argsort(-self.buyers, kind="stable")
        if len(order) <= 10:
            return frozenset()
        enough = max(int(self.buyers[order[10]]), LEAST_SHOPPERS)
        return frozenset(int(i) for i in order[:10] if self.buyers[i] > enough)


def page(product: Product) -> str:
    """Everything a product's page says."""
    told = (product.title, product.department, *product.tags, *(s.text for s in product.sentences))
    return ". ".join(told)


def _both(orders: Sequence[tuple[int, ...]]) -> Iterable[tuple[int, int]]:
    own = list(dict.fromkeys(place for order in reversed(orders) for place in order))
    return permutations(own[:MOST_OF_ONE], 2)


def _next(orders: Sequence[tuple[int, ...]]) -> Iterable[tuple[int, int]]:
    steps = pairwise(orders)
    return {(a, b) for before, after in steps for a in before for b in after if a != b}


def _counted(steps: Iterable[Iterable[tuple[int, int]]]) -> Rows:
    found: dict[int, Counter[int]] = {}
    for some in steps:
        for one, other in some:
            found.setdefault(one, Counter())[other] += 1
    return {
        one: {other: n for other, n in row.items() if n >= LEAST_SHOPPERS}
        for one, row in found.items()
    }
