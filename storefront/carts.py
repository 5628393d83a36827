"""Carts: put in, changed, taken out and put back. What became of a thing since it was put in is
said, and nothing is changed but by its shopper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import Sum
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from . import locks, queries
from .models import Cart, CartLine, Product, User, Variant
from .templatetags.money import money
from .values import Rules

SESSION = "cart"
KEPT = timedelta(days=60)  # a guest's cart that nobody comes back to
SWEPT = 20  # of those, at a time
MOST = 999  # pieces of one version, where the shop sets no limit


@dataclass(frozen=True)
class Item:
    """A line of a cart as things stand now."""

    line: CartLine
    most: int  # that can be ordered
    problem: str  # why it can't be ordered so; empty when it can
    told: str  # what is another since it was put in

    @property
    def variant(self) -> Variant:
        """The version, with today's price."""
        return self.line.variant

    @property
    def quantity(self) -> int:
        return self.line.quantity

    @property
    def amount(self) -> Decimal:
        """What the pieces cost today."""
        return self.variant.price * self.quantity


def of(request: HttpRequest) -> Cart | None:
    """The cart of whoever asks, if there is one."""
    if request.user.is_authenticated:
        return Cart.objects.filter(user_id=request.user.pk).first()
    pk = request.session.get(SESSION)
    return Cart.objects.filter(pk=pk, user=None).first() if pk else None


def open_for(request: HttpRequest) -> Cart:
    """The cart of whoever asks, a new one where there is none."""
    if request.user.is_authenticated:
        return Cart.objects.get_or_create(user_id=request.user.pk)[0]
    cart = of(request)
    if cart is None:
        _sweep()
        cart = Cart.objects.create()
        request.session[SESSION] = cart.pk
    return cart


def count(request: HttpRequest) -> int:
    """How many pieces are in the cart."""
    cart = of(request) if hasattr(request, "session") else None
    rows = CartLine.objects.filter(cart=cart, removed=False) if cart else CartLine.objects.none()
    return rows.aggregate(pieces=Sum("quantity"))["pieces"] or 0


def items(cart: Cart | None) -> list[Item]:
    """What is in a cart, as things stand now."""
    rules = queries.rules()
    rows = CartLine.objects.filter(cart=cart, removed=False).select_related("variant__product")
    return [_item(line, rules) for line in rows] if cart else []


def removed(cart: Cart | None, pk: int | None) -> CartLine | None:
    """A line that was taken out and can be put back."""
    rows = CartLine.objects.filter(cart=cart, removed=True).select_related("variant__product")
    return rows.filter(pk=pk).first() if cart and pk else None


@transaction.atomic
def add(cart: Cart, variant: Variant, quantity: int) -> tuple[int, bool]:
    """Put pieces in, no more than can be ordered; how many there are now, and whether that is all
    that was wished for."""
    _lock(cart)
    line = CartLine.objects.filter(cart=cart, variant=variant).first()
    line = line or CartLine(cart=cart, variant=variant, quantity=0, price=variant.price)
    if line.removed:
        line.quantity, line.price, line.removed = 0, variant.price, False
    wished = line.quantity + quantity
    line.quantity = max(line.quantity, min(wished, most_of(variant, queries.rules())))
    if line.quantity:
        line.save()
    return line.quantity, line.quantity == wished


@transaction.atomic
def change(cart: Cart, pk: int, quantity: int) -> bool:
    """Have another number of pieces; False where there are not as many, and nothing is changed."""
    _lock(cart)
    line = CartLine.objects.filter(cart=cart, removed=False, pk=pk).first()
    if line is None:
        return False
    fewer = quantity <= line.quantity
    if not (fewer or quantity <= most_of(line.variant, queries.rules())):
        return False
    CartLine.objects.filter(pk=pk).update(quantity=quantity)
    return True


def remove(cart: Cart, pk: int, back: bool = False) -> CartLine | None:
    """Take a line out, or put it back as it was."""
    rows = CartLine.objects.filter(cart=cart, pk=pk)
    rows.update(removed=not back)
    return rows.select_related("variant__product").first()


def most_of(variant: Variant, rules: Rules) -> int:
    """How many pieces of a version one order may hold: by the stock and the shop's limit."""
    if not for_sale(variant):
        return 0
    limit = rules.get("limits.per_variant")
    most = limit if isinstance(limit, int) else MOST
    return most if variant.sells_without_stock else max(0, min(most, variant.stock))


def for_sale(variant: Variant) -> bool:
    """Whether the shop still sells it, in stock or not."""
    return variant.product.status == Product.Status.ACTIVE and not variant.withdrawn


def _item(line: CartLine, rules: Rules) -> Item:
    most = most_of(line.variant, rules)
    return Item(line, most, _problem(line, most), _told(line))


def _problem(line: CartLine, most: int) -> str:
    if not for_sale(line.variant):
        return _("This is no longer for sale. Remove it to go on.")
    if not most:
        return _("This has sold out since you put it in. Remove it to go on.")
    if line.quantity <= most:
        return ""
    if most == line.variant.stock and not line.variant.sells_without_stock:
        return _("Only %(count)s left now. Change the quantity to go on.") % {"count": most}
    return _("One order can hold at most %(count)s of these. Change the quantity.") % {
        "count": most
    }


def _told(line: CartLine) -> str:
    """That the price is another than when it was put in."""
    if line.price == line.variant.price:
        return ""
    return _("The price was %(before)s when you put this in. It is %(now)s now.") % {
        "before": money(line.price), "now": money(line.variant.price),
    }  # fmt: skip


def _lock(cart: Cart) -> None:
    """One at a time, and the cart counts as looked after."""
    locks.cart(cart.pk).save(update_fields=["updated_at"])


def _sweep() -> None:
    """Forget some carts of guests who did not come back."""
    old = Cart.objects.filter(user=None, updated_at__lt=timezone.now() - KEPT)
    Cart.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:SWEPT])).delete()


@receiver(user_logged_in)
def merge(sender: Any, request: HttpRequest | None, user: User, **more: Any) -> None:
    """At sign-in the session's cart goes into the shopper's own; nothing is lost."""
    pk = request.session.pop(SESSION, None) if request else None
    guest = Cart.objects.filter(pk=pk, user=None).first() if pk else None
    if guest is not None:
        _merge(guest, user)


@transaction.atomic
def _merge(guest: Cart, user: User) -> None:
    own, _new = Cart.objects.get_or_create(user=user)
    _lock(own)
    known = {line.variant_id: line for line in own.lines.all()}
    for line in guest.lines.filter(removed=False):
        there = known.get(line.variant_id)
        if there is None:
            own.lines.create(variant_id=line.variant_id, quantity=line.quantity, price=line.price)
        else:
            kept = 0 if there.removed else there.quantity
            there.quantity, there.removed = kept + line.quantity, False
            there.save()
    guest.delete()
