"""What was bought together, without whose it was: what recommendations are learnt from."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Max

from .models import Order, OrderChange, OrderLine
from .values import Basket

NOT_BOUGHT = ("refunded", "voided", "expired")  # Shopify's words for money that went back
COLUMNS = ("order_id", "order__user_id", "order__email", "order__placed_at", "order__tags",
           "position", "variant__product__handle")  # fmt: skip
Kept = dict[int, tuple[int, datetime, list[str]]]  # by order: who, when, what


def orders_version() -> str:
    """Changes whenever an order does."""
    orders = Order.objects.aggregate(n=Count("pk"), at=Max("updated_at"))
    changes = OrderChange.objects.aggregate(n=Count("pk"), at=Max("made_at"), un=Max("undone_at"))
    return repr((*orders.values(), *changes.values()))


def baskets() -> list[Basket]:
    """What every order brought, oldest first; what was cancelled or sent back is left out. An
    address without an account is somebody, too."""
    kept: Kept = {}
    people: dict[object, int] = {}
    back = _sent_back()
    for order, user, email, at, tags, position, handle in _lines():
        who = people.setdefault(user or email, len(people))
        if "returned" not in tags and (order, position) not in back:
            kept.setdefault(order, (who, at, []))[2].append(handle)
    return [Basket(who, at, tuple(dict.fromkeys(some))) for who, at, some in kept.values()]


def _lines() -> list[tuple[int, int | None, str, datetime, list[str], int, str]]:
    lines = OrderLine.objects.filter(order__cancelled_at=None, variant__isnull=False)
    lines = lines.exclude(order__financial_status__in=NOT_BOUGHT)
    return list(lines.order_by("order__placed_at", "order_id", "position").values_list(*COLUMNS))


def _sent_back() -> set[tuple[int, int]]:
    """Which lines are on their way back, by order and place."""
    returns = OrderChange.objects.filter(kind=OrderChange.Kind.RETURN, undone_at=None)
    rows = returns.values_list("order_id", "positions")
    return {(order, place) for order, places in rows for place in places}
