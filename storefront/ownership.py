"""Who may see an order: its shopper, and the browser session that placed it or proved it."""

from __future__ import annotations

from django.http import HttpRequest

from . import queries
from .models import Order

SESSION = "orders"
MOST = 50  # orders that a session remembers


def remember(request: HttpRequest, order: Order) -> None:
    """This session may open the order again."""
    known = [pk for pk in request.session.get(SESSION, []) if pk != order.pk]
    request.session[SESSION] = [*known, order.pk][-MOST:]


def seen(request: HttpRequest, name: str) -> Order | None:
    """The order with this number, if whoever asks may see it; else None, there or not."""
    rows = Order.objects.filter(name__in=(name, f"#{name}"))
    if request.user.is_authenticated:
        own = rows.filter(user_id=request.user.pk).first()
        if own is not None:
            return own
    return rows.filter(pk__in=request.session.get(SESSION, [])).first()


def prove(request: HttpRequest, number: str, email: str) -> Order | None:
    """The order, if number and address belong together; the session may open it from then on. One
    that does not exist costs the same query as one of another address."""
    found = queries.order_of(number, email)
    order = Order.objects.filter(name=found.name).first() if found else None
    if order is not None:
        remember(request, order)
    return order
