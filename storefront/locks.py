"""The one order in which rows are locked, so that no two who work at once wait for each other:

    a chat's conversation, its actions | the shop, a cart, an order, versions by their keys

What stands left of the line is the assistant's; it comes here with its own already locked. Whoever
needs several begins as far left as needed and never goes back. Who moves stock, or may, holds the
shop first: an import holds it, and goes through versions and orders as its files have them.
"""

from __future__ import annotations

from .models import Cart, Order, Shop


def shop() -> Shop:
    """The shop's row, the first of all; an empty one where none has been imported yet."""
    Shop.objects.get_or_create(pk=1, defaults={"rules": {}, "digest": ""})
    return Shop.objects.select_for_update().get(pk=1)


def cart(pk: int) -> Cart:
    """A cart, as it is now."""
    return Cart.objects.select_for_update().get(pk=pk)


def order(**which: object) -> Order:
    """An order whose stock may move: behind the shop."""
    shop()
    return Order.objects.select_for_update().get(**which)
