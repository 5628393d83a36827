"""The story of an order: what has happened, each with its moment, and what comes next.

The order's own moments are the truth, whoever moved it on: an import, the assistant, staff. Their
steps and changes add what those can't tell: each parcel, each refund, a return.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import eligibility, queries, shipping
from .checkout import PAYMENT
from .clock import now
from .models import Order, OrderChange, OrderEvent
from .templatetags.money import money
from .values import Rules

PAID = frozenset(("paid", "partially_refunded", "refunded"))


@dataclass(frozen=True)
class Step:
    """Something that has happened."""

    text: str
    at: datetime | None  # None where nobody noted it
    detail: str = ""


@dataclass(frozen=True)
class Story:
    """What has happened, oldest first, and what comes next."""

    steps: list[Step]
    next: str
    expected: date | None  # when it should be there, while it is not
    zone: str


def story(order: Order) -> Story:
    """The story of an order up to now."""
    rules = queries.rules()
    events = list(order.events.filter(undone_at=None))
    changes = list(order.changes.filter(undone_at=None))
    steps = list(_steps(order, events, changes))
    known = [step for step in steps if step.at]
    known.sort(key=lambda step: step.at.timestamp() if step.at else 0)
    open_ = not (order.delivered_at or order.cancelled_at)
    return Story(
        [*known, *(step for step in steps if step.at is None)], _next(order, rules),
        order.estimated_delivery if open_ else None, rules.get("shop.timezone") or "UTC",
    )  # fmt: skip


def _steps(
    order: Order, events: Sequence[OrderEvent], changes: Sequence[OrderChange]
) -> Iterator[Step]:
    yield Step(_("Placed"), order.placed_at)
    if order.paid_at or order.financial_status in PAID:
        yield Step(_("Paid"), order.paid_at, order.payment_method)
    yield from _parcels(order, [e for e in events if e.kind == OrderEvent.Kind.SHIPPED])
    if order.delivered_at:
        yield Step(_("Delivered"), order.delivered_at)
    for change in changes:
        if change.number:
            yield Step(change.get_kind_display(), change.made_at, change.number)
    if order.cancelled_at:
        yield Step(_("Cancelled"), order.cancelled_at)
    yield from _refunds(order, [e for e in events if e.amount], changes)


def _parcels(order: Order, sent: Sequence[OrderEvent]) -> Iterator[Step]:
    """Each parcel that staff sent; else the one that the order itself tells of."""
    lines = list(order.lines.all())
    for event in sent:
        names = [lines[p].name for p in event.positions if p < len(lines)]
        whole = len(names) == len(lines)
        parcel = _parcel(event.carrier, event.tracking_number)
        detail = parcel if whole else ". ".join(filter(None, (", ".join(names), parcel)))
        yield Step(_("Shipped") if whole else _("Partly shipped"), event.at, detail)
    if not sent and (order.fulfilled_at or order.fulfillment_status):
        partly = order.fulfillment_status == "partial"
        detail = _parcel(order.carrier, order.tracking_number)
        yield Step(_("Partly shipped") if partly else _("Shipped"), order.fulfilled_at, detail)


def _parcel(carrier: str, number: str) -> str:
    if not number:
        return carrier
    told = {"carrier": carrier, "number": number}
    return _("%(carrier)s, tracking number %(number)s") % told if carrier else number


def _refunds(
    order: Order, given: Sequence[OrderEvent], changes: Sequence[OrderChange]
) -> Iterator[Step]:
    """Each refund of staff's, then what was given back besides."""
    for event in given:
        yield Step(_("Refunded"), event.at, money(event.amount, order.currency))
    rest = order.refunded_amount - sum((e.amount or Decimal(0) for e in given), Decimal(0))
    if rest > 0:
        cancelled = next((c for c in changes if c.kind == "cancel" and c.refund), None)
        moment = cancelled.made_at if cancelled else None
        yield Step(_("Refunded"), moment, money(rest, order.currency))


def _next(order: Order, rules: Rules) -> str:
    """What comes next, as far as it is known."""
    if order.cancelled_at:
        return ""
    if order.delivered_at and order.fulfillment_status != "partial":
        return _sent_back(order, rules)
    if order.fulfillment_status == "partial":
        return _("The rest follows in another parcel.")
    picked_up = order.shipping_method in shipping.pickups(rules)
    if order.fulfillment_status == "fulfilled":
        return "" if picked_up else _("It is on its way to you.")
    if order.financial_status == "pending":
        return _unpaid(order)
    if picked_up:
        return _("We get it ready for you to pick up next.")
    return _("We pack it next, and hand it over.")


def _unpaid(order: Order) -> str:
    if order.payment_method == PAYMENT:
        return _("This is a demo: nothing is charged, and the shop marks the order as paid next.")
    return _("We wait for your payment next.")


def _sent_back(order: Order, rules: Rules) -> str:
    """Until when something can be sent back, if that is known and not over."""
    found = queries.order(order.name)
    last = eligibility.return_until(found, rules) if found else None
    if last is None or last < now().date():
        return ""
    return _("You can send things back until %(day)s.") % {"day": date_format(last, "DATE_FORMAT")}
