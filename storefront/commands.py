"""The shop's writing door: all that may be done for a shopper or told to all of them, each in one
transaction.

Another shop implements this module and `queries.py`, and the assistant serves it. Nothing is done
but what was quoted: the rules are asked again under the order's lock, and one key does a thing
once, however often it is pressed.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from . import locks, models, queries
from .answers import MOST_TITLE, NotPublishable, OwnAnswer, Published, publish, withdraw
from .clock import now
from .eligibility import NotPossible, Quote, Reason, Wish
from .stock import move, move_all
from .values import Change

__all__ = [
    "MOST_TITLE",
    "NotPossible",
    "NotPublishable",
    "OwnAnswer",
    "Published",
    "Quote",
    "carry_out",
    "publish",
    "undo",
    "withdraw",
]


@transaction.atomic
def carry_out(quote: Quote, key: uuid.UUID, moment: datetime) -> Change:
    """Do what was quoted, once for a key, by the rules as of the `moment` of the shopper's press.
    Raises NotPossible when it can't be done any more, or would not be the same."""
    row = locks.order(name=quote.order)
    if known := models.OrderChange.objects.filter(key=key).first():
        return queries.change(known, queries.rules())
    order = queries.order(row.name)
    wish = Wish(quote.kind, quote.positions, quote.sku)
    if order is None or queries.quote(order, wish, moment) != quote:
        raise NotPossible(Reason.CHANGED)
    change = models.OrderChange(
        order=row, kind=quote.kind, key=key, positions=list(quote.positions), refund=quote.refund,
        made_at=now(),
    )  # fmt: skip
    {"cancel": _cancel, "return": _open_return, "exchange": _open_exchange}[quote.kind](
        row, change, quote
    )
    change.save()
    return queries.change(change, queries.rules())


@transaction.atomic
def undo(key: uuid.UUID) -> None:
    """Put back what was done under this key, once. Raises NotPossible when it is too late, or the
    order has gone on since."""
    change = models.OrderChange.objects.select_related("order").get(key=key)
    row = locks.order(pk=change.order_id)
    change.refresh_from_db()
    if change.undone_at:
        return
    until = queries.change(change, queries.rules()).undo_until
    if until is None or now() > until:
        raise NotPossible(Reason.LATE)
    {"cancel": _uncancel, "return": _nothing, "exchange": _give_back}[change.kind](row, change)
    change.undone_at = now()
    change.save(update_fields=["undone_at"])


def _cancel(row: models.Order, change: models.OrderChange, quote: Quote) -> None:
    change.before = {"financial_status": row.financial_status,
                     "refunded_amount": str(row.refunded_amount)}  # fmt: skip
    row.cancelled_at = change.made_at
    row.financial_status = "refunded" if quote.refund else "voided"
    row.refunded_amount += quote.refund or 0
    row.save()
    move_all((line.variant_id, line.quantity) for line in row.lines.all())


def _uncancel(row: models.Order, change: models.OrderChange) -> None:
    if row.cancelled_at != change.made_at:
        raise NotPossible(Reason.CHANGED)
    taken = ((line.variant_id, -line.quantity) for line in row.lines.all())
    if move_all(taken) is not None:
        raise NotPossible(Reason.SOLD_OUT)
    row.cancelled_at = None
    for field, value in change.before.items():
        setattr(row, field, value)
    row.save()


def _open_return(row: models.Order, change: models.OrderChange, quote: Quote) -> None:
    change.number = _number(row)


def _open_exchange(row: models.Order, change: models.OrderChange, quote: Quote) -> None:
    change.number = _number(row)
    change.replacement = models.Variant.objects.get(sku=quote.sku)
    _move(change.replacement.pk, -_wanted(row, change))


def _give_back(row: models.Order, change: models.OrderChange) -> None:
    _move(change.replacement_id, _wanted(row, change))


def _nothing(row: models.Order, change: models.OrderChange) -> None:
    """An opened return has moved nothing yet."""


def _wanted(row: models.Order, change: models.OrderChange) -> int:
    """How many of the other version an exchange sets aside."""
    lines = list(row.lines.all())
    return sum(lines[place].quantity for place in change.positions)


def _number(row: models.Order) -> str:
    """What a return is called by: the order's number and which of its returns it is."""
    sent_back = row.changes.exclude(kind=models.OrderChange.Kind.CANCEL).count()
    return f"R-{row.number}-{sent_back + 1}"


def _move(variant_id: Any, pieces: int) -> None:
    """Put pieces into the stock or take them; never more than there are, or can be ordered."""
    if not move(variant_id, pieces):
        raise NotPossible(Reason.SOLD_OUT)
