"""Checkout: a cart becomes an order, once for its key, and nothing is charged.

Everything is computed again under the locks of the shop's row, which gives the order its number,
and of the cart: prices, discount, shipping, stock. An order never comes to another total than the
one its shopper was shown.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import carts, locks, numbering, pricing, queries, shipping
from .clock import now
from .models import Cart, Order, OrderLetter, OrderLine, User, Variant
from .pricing import NoDiscount, Piece, Totals
from .shipping import Destination, Method
from .stock import move_all
from .values import Rules

PAYMENT = "Demo payment"  # nothing is charged, so the order waits for its payment


@dataclass(frozen=True)
class Wanted:
    """What a shopper filled in."""

    email: str
    name: str = ""
    address: dict[str, str] = field(default_factory=dict)  # as Order.shipping_address
    pickup: bool = False
    method: str = ""  # its key
    code: str = ""
    note: str = ""
    shown: Decimal | None = None  # the total that the shopper saw
    seen: str = ""  # the items that the shopper saw, as Offer.seen
    site: str = ""  # where the shop is open: "https://shop.example"

    @property
    def to(self) -> Destination:
        """Where it goes, as far as shipping asks."""
        place = self.address
        lines = " ".join((place.get("address1", ""), place.get("address2", "")))
        return Destination(
            place.get("country", ""), place.get("province", ""), lines, self.pickup
        )  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """What a cart would come to, and what stands in the way by the field it belongs to."""

    items: list[carts.Item]
    methods: list[Method]
    method: Method | None  # the one that was chosen, or the cheapest
    totals: Totals
    problems: dict[str, str]

    @property
    def seen(self) -> str:
        """What is ordered and how many of each, in short."""
        rows = sorted((item.variant.pk, item.quantity) for item in self.items)
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    @property
    def ways(self) -> list[tuple[Method, Totals]]:
        """Each way of sending, with what the order comes to by it."""
        return [(m, replace(self.totals, shipping=m.cost)) for m in self.methods]


class NotPlaced(Exception):
    """Raised with what stands in the way; nothing has been changed."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(", ".join(offer.problems.values()))
        self.offer = offer


def offer(
    cart: Cart | None, wanted: Wanted, user: User | None = None, placing: bool = False
) -> Offer:  # fmt: skip
    """What the cart comes to for this shopper now. Whether a code has been used is told of the
    signed-in shopper's own orders; whose an address is, only in placing, which is limited."""
    rules = queries.rules()
    items = carts.items(cart)
    pieces = [_piece(item) for item in items]
    used = _used(wanted, user, placing)
    off, problems = _discount(wanted, pieces, rules, used)
    methods = _methods(wanted, pieces, off, rules)
    method = next((m for m in methods if m.key == wanted.method), None)
    method = method or min(methods, key=lambda way: way.cost, default=None)
    totals = Totals(pricing.goods(pieces), off, method.cost if method else Decimal(0))
    problems |= _in_the_way(items, wanted, rules)
    if needs_shipping(items) and shipping.says(rules) and not methods:
        problems.setdefault("country", _("We don't send this there."))
    return Offer(items, methods, method, totals, problems)


def place(cart: Cart, key: uuid.UUID, user: User | None, wanted: Wanted) -> Order:
    """The order of this checkout: placed now, or the one that an earlier press placed. Raises
    NotPlaced."""
    with transaction.atomic():
        shop = locks.shop()
        if known := Order.objects.filter(key=key).first():
            return known
        cart = locks.cart(cart.pk)
        found = _agreed(cart, key, user, wanted)
        _take(found)
        order = _order(found, key, user, wanted, numbering.next_name(shop))
        cart.lines.all().delete()
        cart.key = uuid.uuid4()
        cart.save()
        return order


def needs_shipping(items: Sequence[carts.Item]) -> bool:
    """Whether anything goes by post."""
    return any(_sent(item.variant) for item in items)


def _sent(variant: Variant) -> bool:
    """A gift card without a weight comes by e-mail."""
    return not variant.product.gift_card or bool(variant.grams)


def _agreed(cart: Cart, key: uuid.UUID, user: User | None, wanted: Wanted) -> Offer:
    """What the cart comes to, if that is what the shopper saw."""
    found = offer(cart, wanted, user, placing=True)
    problems = dict(found.problems)
    if not found.items:
        problems["cart"] = _("Your cart is empty.")
    elif cart.key != key or found.seen != wanted.seen:
        problems["cart"] = _("Your cart has changed. Please look at it again.")
    elif found.method and found.method.key != wanted.method:
        problems["method"] = _("Choose how we send it.")
    elif found.totals.total != wanted.shown:
        problems["cart"] = _("The total has changed. Please look at it again.")
    if problems:
        raise NotPlaced(_with(found, problems))
    return found


def _take(found: Offer) -> None:
    """Take the pieces out of the stock; all or, as the transaction ends, none."""
    short = move_all((item.variant.pk, -item.quantity) for item in found.items)
    if short is not None:
        name = next(str(i.variant.product) for i in found.items if i.variant.pk == short)
        told = _("Somebody was faster: there is not enough of %(product)s any more.")
        raise NotPlaced(_with(found, {"cart": told % {"product": name}}))


def _with(found: Offer, problems: dict[str, str]) -> Offer:
    return replace(found, problems=problems)


def _piece(item: carts.Item) -> Piece:
    variant = item.variant
    product = variant.product
    return Piece(
        product.handle, product.department, variant.price, item.quantity, variant.reduced,
        product.gift_card, _sent(variant),
    )  # fmt: skip


def _discount(
    wanted: Wanted, pieces: list[Piece], rules: Rules, used: bool
) -> tuple[Decimal, dict[str, str]]:  # fmt: skip
    if not wanted.code:
        return Decimal(0), {}
    try:
        return pricing.discount(wanted.code, pieces, rules, now(), used), {}
    except NoDiscount as no:
        return Decimal(0), {"code": str(no)}


def _used(wanted: Wanted, user: User | None, placing: bool) -> bool:
    """Whether this shopper has an order with the code."""
    whose = Q(user=user) if user else Q(pk=None)
    whose |= Q(email=wanted.email.lower()) if placing and wanted.email else Q(pk=None)
    rows = Order.objects.filter(whose, discount_code__iexact=wanted.code, cancelled_at=None)
    return bool(wanted.code) and rows.exists()


def _methods(wanted: Wanted, pieces: list[Piece], off: Decimal, rules: Rules) -> list[Method]:
    sent = [piece for piece in pieces if piece.sent]
    if not sent:
        return []
    handles = [piece.handle for piece in sent]
    return shipping.methods(rules, wanted.to, pricing.sent(pieces, off), handles)


def _in_the_way(items: list[carts.Item], wanted: Wanted, rules: Rules) -> dict[str, str]:
    """What the cart holds and can't be ordered so, or not sent there."""
    if any(item.problem for item in items):
        return {"cart": _("Something in your cart can't be ordered as it is. Please look at it.")}
    cards = sum(item.quantity for item in items if item.variant.product.gift_card)
    most = rules.get("limits.gift_cards_per_order")
    if isinstance(most, int) and cards > most:
        return {"cart": _("One order can hold at most %(count)s gift cards.") % {"count": most}}
    handles = {item.variant.product.handle: str(item.variant.product) for item in items}
    kept = shipping.kept_home(rules, wanted.to, handles)
    if wanted.to.country and kept:
        names = ", ".join(sorted(handles[handle] for handle in kept))
        return {"country": _("We can't send this abroad: %(names)s.") % {"names": names}}
    return {}


def _order(found: Offer, key: uuid.UUID, user: User | None, wanted: Wanted, name: str) -> Order:
    """The row and its lines; a guest's belongs to who has the address, as imported ones do."""
    moment, rules, totals = now(), queries.rules(), found.totals
    order = Order.objects.create(
        name=name, key=key, digest=key.hex, email=wanted.email.lower(), placed_at=moment,
        user=user or User.objects.filter(email=wanted.email.lower()).first(),
        financial_status="pending", currency=rules.get("shop.currency") or "USD",
        subtotal=totals.subtotal, shipping=totals.shipping, taxes=totals.taxes,
        total=totals.total, discount_amount=totals.discount, payment_method=PAYMENT,
        discount_code=wanted.code.upper() if totals.discount else "",
        shipping_method=found.method.name if found.method else "", shipping_name=wanted.name,
        shipping_address=wanted.address, note=wanted.note,
    )  # fmt: skip
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order, position=place, name=_named(item.variant), sku=item.variant.sku,
            variant=item.variant, quantity=item.quantity, price=item.variant.price,
            fulfillment_status="pending",
        )
        for place, item in enumerate(found.items)
    )  # fmt: skip
    OrderLetter.objects.create(order=order, language=get_language() or "en", site=wanted.site)
    return order


def _named(variant: Variant) -> str:
    """As the shop's exports write it: "Kestrel Rain Shell - M / Slate"."""
    return f"{variant.product.title} - {variant.name}" if variant.values else variant.product.title
