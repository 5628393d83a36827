"""Staff move an order on: paid, shipped in one parcel or several, delivered, cancelled, refunded.

What may follow what stands in `possible`. Each step is taken once for its key, under the order's
lock (behind the shop's, see `locks`), and kept with who took it; the last one can be undone while
the order is as it left it. What a step set is the truth of the house: an import may take an order
further, never back (`stands`).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import locks, queries, shipping
from .clock import now
from .currency import unit
from .eligibility import CHARGED
from .models import Order, OrderEvent, OrderLine, User
from .shipping import Destination
from .stock import move_all

Kind = OrderEvent.Kind
# How far a word of these columns says an order is, from the first to the last.
PAYMENT = ("", "pending", "authorized", "partially_paid", "paid", "partially_refunded", "refunded",
           "voided")  # fmt: skip
SENDING = ("", "partial", "fulfilled")
UNPAID = frozenset(("pending", "authorized", "partially_paid"))
SENT_BEFORE_PAID = frozenset(("authorized", "partially_paid"))


class NotMoved(Exception):
    """Raised with a sentence for staff when a step can't be taken; nothing has been changed."""


@dataclass(frozen=True)
class Move:
    """A step that somebody wants to take."""

    kind: str
    positions: tuple[int, ...] = ()  # of the lines to be shipped
    carrier: str = ""
    tracking_number: str = ""
    amount: Decimal | None = None  # to be given back
    restock: bool = False


def possible(order: Order) -> list[Kind]:
    """The steps that may follow now."""
    left, sent = unsent(order), bool(order.fulfillment_status)
    paid = order.financial_status in CHARGED
    can = {
        Kind.PAID: order.financial_status in UNPAID and not order.cancelled_at,
        Kind.SHIPPED: bool(left) and not order.cancelled_at
        and (paid or order.financial_status in SENT_BEFORE_PAID),
        Kind.DELIVERED: order.fulfillment_status == "fulfilled"
        and not (order.delivered_at or order.cancelled_at),
        Kind.CANCELLED: not (sent or order.cancelled_at),
        Kind.REFUNDED: paid and order.total > order.refunded_amount,
    }  # fmt: skip
    return [kind for kind, allowed in can.items() if allowed]


def unsent(order: Order) -> list[int]:
    """The places of the lines that have not been shipped."""
    if order.fulfillment_status == "fulfilled":
        return []
    lines = enumerate(order.lines.all())
    return [place for place, line in lines if line.fulfillment_status != "fulfilled"]


@transaction.atomic
def move(order_pk: int, wanted: Move, key: uuid.UUID, by: User) -> OrderEvent:
    """Take the step, or find that this press took it. Raises NotMoved."""
    order = locks.order(pk=order_pk)
    if known := OrderEvent.objects.filter(key=key).first():
        return known
    if wanted.kind not in possible(order):
        raise NotMoved(_("This is not possible any more. The order has gone on since."))
    event = OrderEvent(order=order, kind=wanted.kind, key=key, by=by, at=now())
    values = _STEPS[Kind(wanted.kind)](order, event, wanted)
    event.before = _kept(order, values)
    event.after = _plain(values)
    for name, value in values.items():
        setattr(order, name, value)
    order.save()
    event.save()
    return event


@transaction.atomic
def undo(event_pk: int, by: User) -> OrderEvent:
    """Take the last step back, once. Raises NotMoved when another came after it, or the order is
    not as it left it, or money was given back."""
    order_pk = OrderEvent.objects.values_list("order_id", flat=True).get(pk=event_pk)
    order = locks.order(pk=order_pk)
    event = OrderEvent.objects.get(pk=event_pk)
    if event.undone_at:
        return event
    if event != undoable(order):
        raise NotMoved(_("This can't be undone any more. The order has gone on since."))
    _unmove(order, event)
    for name, value in event.before.items():
        setattr(order, name, _typed(name, value))
    order.save()
    event.undone_at, event.undone_by = now(), by
    event.save(update_fields=["undone_at", "undone_by"])
    return event


def undoable(order: Order) -> OrderEvent | None:
    """The step that can be taken back: the last, while the order is as it left it."""
    last = order.events.filter(undone_at=None).last()
    if last is None or last.kind == Kind.REFUNDED:
        return None
    return last if _kept(order, last.after) == last.after else None


def stands(order: Order, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What an import may set: what was done here stays, unless the import is further."""
    held = {name for event in order.events.filter(undone_at=None) for name in event.after}
    if order.changes.filter(undone_at=None, kind="cancel").exists():
        held |= {"cancelled_at", "financial_status", "refunded_amount"}
    return {
        name: value for name, value in fields.items()
        if name not in held or _further(name, getattr(order, name), value)
    }  # fmt: skip


def sent_here(order: Order) -> set[tuple[int, str]]:
    """The lines that staff have shipped, by place and SKU."""
    lines = dict(order.lines.values_list("position", "sku"))
    sent = order.events.filter(undone_at=None, kind=Kind.SHIPPED)
    return {(place, lines.get(place, "")) for event in sent for place in event.positions}


def _further(name: str, here: Any, there: Any) -> bool:
    """Whether an import tells that an order is further than it is known here."""
    if name == "refunded_amount":
        return bool(there > here)
    row = {"financial_status": PAYMENT, "fulfillment_status": SENDING}.get(name)
    if row is None:
        return here in (None, "")
    return there in row and (here not in row or row.index(there) > row.index(here))


def _pay(order: Order, event: OrderEvent, wanted: Move) -> dict[str, Any]:
    return {"financial_status": "paid", "paid_at": event.at} | _due(order, event)


def _ship(order: Order, event: OrderEvent, wanted: Move) -> dict[str, Any]:
    left = unsent(order)
    going = sorted({*wanted.positions} & {*left})
    if len(going) < len(wanted.positions) or not going:
        raise NotMoved(_("Choose what goes into the parcel, of what has not been shipped yet."))
    event.positions = going
    event.carrier, event.tracking_number = wanted.carrier, wanted.tracking_number
    _mark(order, going, "fulfilled")
    whole = len(going) == len(left)
    values = {"fulfillment_status": "fulfilled" if whole else "partial", "fulfilled_at": event.at}
    values |= {"carrier": wanted.carrier, "tracking_number": wanted.tracking_number}
    return values | _due(order, event)


def _deliver(order: Order, event: OrderEvent, wanted: Move) -> dict[str, Any]:
    return {"delivered_at": event.at}


def _cancel(order: Order, event: OrderEvent, wanted: Move) -> dict[str, Any]:
    event.restocked = wanted.restock
    if wanted.restock:
        move_all((line.variant_id, line.quantity) for line in order.lines.all())
    charged = order.financial_status in CHARGED
    voided = {} if charged else {"financial_status": "voided"}
    return {"cancelled_at": event.at} | voided


def _refund(order: Order, event: OrderEvent, wanted: Move) -> dict[str, Any]:
    left = order.total - order.refunded_amount
    least = unit(order.currency)
    if wanted.amount is None or not 0 < wanted.amount <= left or wanted.amount % least:
        told = _("Write an amount between %(least)s and %(left)s, in steps of %(least)s.")
        raise NotMoved(told % {"least": least, "left": left})
    event.amount = wanted.amount
    whole = wanted.amount == left
    return {
        "refunded_amount": order.refunded_amount + wanted.amount,
        "financial_status": "refunded" if whole else "partially_refunded",
    }


_STEPS = {
    Kind.PAID: _pay, Kind.SHIPPED: _ship, Kind.DELIVERED: _deliver, Kind.CANCELLED: _cancel,
    Kind.REFUNDED: _refund,
}  # fmt: skip


def _due(order: Order, event: OrderEvent) -> dict[str, Any]:
    """When it should be there, counted from now, where that is not known yet."""
    if order.estimated_delivery:
        return {}
    rules, place = queries.rules(), order.shipping_address
    to = Destination(place.get("country", ""), place.get("province", ""), pickup=not place)
    found = shipping.methods(rules, to, order.subtotal)
    method = next((m for m in found if m.name == order.shipping_method), None)
    day = shipping.expected(method, event.at, rules)
    return {"estimated_delivery": day} if day else {}


def _unmove(order: Order, event: OrderEvent) -> None:
    """Put back what a step moved besides the order's own columns."""
    if event.kind == Kind.SHIPPED:
        _mark(order, event.positions, "pending")
    if event.restocked:
        taken = ((line.variant_id, -line.quantity) for line in order.lines.all())
        if move_all(taken) is not None:
            raise NotMoved(_("Some of it has been sold since; the stock is too small."))


def _mark(order: Order, positions: list[int], status: str) -> None:
    lines = list(order.lines.all())
    chosen = [lines[place].pk for place in positions if place < len(lines)]
    OrderLine.objects.filter(pk__in=chosen).update(fulfillment_status=status)


def _kept(order: Order, names: Mapping[str, Any]) -> dict[str, str | None]:
    """The order's columns of these names, as they stand."""
    return _plain({name: getattr(order, name) for name in names})


def _plain(values: Mapping[str, Any]) -> dict[str, str | None]:
    """As JSON keeps them."""
    return {name: None if value is None else _written(value) for name, value in values.items()}


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def _typed(name: str, value: str | None) -> Any:
    field: Any = Order._meta.get_field(name)
    return field.to_python(value)
