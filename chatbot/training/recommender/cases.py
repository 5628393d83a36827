"""Orders held out: what a shopper bought next, given only what they had bought until then.

The shop's orders are cut by time, not by shopper: nothing that is learnt or counted is later than
what it is measured on (Ji et al. 2023, "A critical study on data leakage in recommender systems").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.recommending.history import History
from storefront.queries import Basket

GROUPS = ("new", "few", "many")
MANY = 3  # orders before
PARTS = 0.7, 0.85  # of the orders are learnt from; those up to here choose; the last ones report


@dataclass(frozen=True)
class Case:
    """One order held out."""

    who: int
    before: int  # orders
    history: History
    targets: tuple[str, ...]  # what it brought that was new to them

    @property
    def group(self) -> str:
        """How much was known of the shopper."""
        return "new" if not self.before else "few" if self.before < MANY else "many"


def cut(baskets: Sequence[Basket]) -> tuple[int, int]:
    """Where the orders that choose begin, and those that report."""
    first, second = (round(share * len(baskets)) for share in PARTS)
    return first, second


def cases(baskets: Sequence[Basket], begin: int, end: int, sold: frozenset[str]) -> list[Case]:
    """The orders from `begin` up to `end`, each with what its shopper had bought before it, of what
    is sold."""
    return [c for n, c in _all(baskets[:end], sold) if n >= begin and c.targets]


def _all(baskets: Sequence[Basket], sold: frozenset[str]) -> Iterator[tuple[int, Case]]:
    own: dict[int, list[tuple[str, ...]]] = {}
    for number, basket in enumerate(baskets):
        past = own.setdefault(basket.who, [])
        newest = tuple(dict.fromkeys(h for some in reversed(past) for h in some))
        targets = tuple(h for h in basket.handles if h in sold and h not in newest)
        known = History(bought=newest, newest=past[-1] if past else ())
        yield number, Case(basket.who, len(past), known, targets)
        past.append(basket.handles)
