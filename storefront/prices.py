"""What things have cost: the lowest price before a reduction, and how a product's price went.

Directive 98/6/EC, Art. 6a: where a reduction is announced, the lowest price of the 30 days before
it is told as well (and Case C-330/23: the reduction is counted from that one).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from .models import PricePoint, Product, Variant

BEFORE = timedelta(days=30)
MOST_STEPS = 40


@dataclass(frozen=True)
class Step:
    """The lowest price of a product's versions, from a moment on."""

    since: datetime
    price: Decimal


def prior(variant: Variant) -> Decimal | None:
    """The lowest price a reduced version had in the 30 days before it came down to the present one;
    None where that is not known: it came into the shop reduced."""
    if not variant.reduced:
        return None
    points = sorted(variant.price_points.all(), key=lambda point: (point.since, point.pk))
    if not points or points[-1].price != variant.price:
        return None
    begun = len(points) - 1
    while begun and points[begun - 1].price == variant.price:
        begun -= 1
    since = points[begun].since - BEFORE
    ends = [point.since for point in points[1 : begun + 1]]
    held = (p.price for p, until in zip(points[:begun], ends, strict=True) if until > since)
    return min(held, default=None)


def history(product: Product) -> Sequence[Step]:
    """How the lowest price went, oldest first; empty where it never was another."""
    live = Variant.objects.filter(product=product, withdrawn=False)
    points = PricePoint.objects.filter(variant__in=live).order_by("since", "pk")
    steps = list(_steps(points))
    return steps[-MOST_STEPS:] if len(steps) > 1 else []


def _steps(points: Iterable[PricePoint]) -> Iterable[Step]:
    costs: dict[int, Decimal] = {}
    told: list[Step] = []
    for point in points:
        costs[point.variant_id] = point.price
        lowest = min(costs.values())
        if told and told[-1].since == point.since:
            told.pop()  # versions that an import brought together change together
        if not told or told[-1].price != lowest:
            told.append(Step(point.since, lowest))
    return told
