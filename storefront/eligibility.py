"""What may still be done with an order, by the shop's rules and its clock.

Pure: an order and the rules go in, a quote comes out, or the reason why not. `queries` tells the
quote, `commands` asks for it again under the order's lock, so that only what was shown is done.
What the rules do not say is unknown, and left to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from .values import Line, Order, Product, Rules, Variant

CHARGED = frozenset(("paid", "partially_paid", "partially_refunded"))


class Reason(StrEnum):
    """Why something can't be done."""

    OFF = "off"  # the assistant may not offer it
    UNKNOWN = "unknown"  # the rules do not say
    LATE = "late"
    CANCELLED = "cancelled"
    SHIPPED = "shipped"
    NOT_YET = "not_yet"  # it has not been delivered
    NEVER = "never"  # such things stay with who bought them
    ALREADY = "already"  # it is on its way back
    ABROAD = "abroad"
    WHICH = "which"  # the order alone does not tell which version or item is meant
    SOLD_OUT = "sold_out"
    PRICE = "price"  # the other version costs more or less
    CHANGED = "changed"  # not as it was when it was offered


class NotPossible(Exception):
    """Raised with the reason when something can't be done with an order."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Wish:
    """What a shopper would like done with an order."""

    kind: str  # cancel, return, exchange
    positions: tuple[int, ...] = ()  # of the lines concerned; empty for all
    sku: str = ""  # of the version wanted instead


@dataclass(frozen=True)
class Quote:
    """What would be done, exactly. Two quotes are equal when the same would be."""

    kind: str
    order: str
    positions: tuple[int, ...]
    items: tuple[str, ...]  # "2 × Larkspur Kettle - Red"
    refund: Decimal | None = None  # what goes back; None where only a look at the items tells
    goods: Decimal = Decimal(0)  # what of the refund was paid for the items
    tax: Decimal = Decimal(0)  # and what was tax
    fee: Decimal = Decimal(0)  # of the label, taken off the refund; of an exchange
    method: str = ""  # how it was paid, and how it goes back
    by: date | None = None  # send the parcel by; set aside until
    sku: str = ""
    replacement: str = ""  # "M / Slate"
    own_label: bool = False  # the shopper arranges the parcel back
    for_staff: bool = False  # more money than the assistant may move; staff release it


def quote(
    wish: Wish, order: Order, rules: Rules, moment: datetime, product: Product | None = None
) -> Quote:
    """What would be done; `product` is the one whose version is exchanged. Raises NotPossible."""
    if wish.kind not in (rules.get("assistant.actions") or ()):
        raise NotPossible(Reason.OFF)
    match wish.kind:
        case "cancel":
            return _cancellation(order, rules, moment)
        case "return":
            return _return(wish, order, rules, moment)
        case "exchange":
            return _exchange(wish, order, rules, moment, product)
    raise NotPossible(Reason.UNKNOWN)


def return_until(order: Order, rules: Rules, window: str = "returns") -> date | None:
    """The last day for sending something of a delivered order back (or exchanging it, by the
    window of `exchanges`): the longer of the usual window and the holidays' one."""
    days = rules.get(f"{window}.window_days")
    if order.delivered_at is None or not isinstance(days, int):
        return None
    usual = _day(order.delivered_at, rules) + timedelta(days=days)
    return max(usual, holiday(order.placed_at, rules) or usual)


def keeps(handle: str, department: str, tags: Sequence[str], rules: Rules) -> bool:
    """Whether a product stays with who bought it: by its handle, its tags or its department."""
    get = rules.get
    handles = (
        *(get("returns.final_sale_handles") or ()),
        *(get("returns.non_returnable_handles") or ()),
    )
    tagged = set(get("returns.non_returnable_tags") or ()) & set(tags)
    departments = get("returns.non_returnable_departments") or ()
    return handle in handles or department in departments or bool(tagged)


def _cancellation(order: Order, rules: Rules, moment: datetime) -> Quote:
    hours = rules.get("cancellation.window_hours")
    if order.cancelled_at:
        raise NotPossible(Reason.CANCELLED)
    if order.fulfillment_status or any(line.fulfilled for line in order.lines):
        raise NotPossible(Reason.SHIPPED)
    if not isinstance(hours, int | float):
        raise NotPossible(Reason.UNKNOWN)
    if moment > order.placed_at + timedelta(hours=hours):
        raise NotPossible(Reason.LATE)
    charged = order.financial_status in CHARGED
    refund = order.total - order.refunded_amount if charged else Decimal(0)
    everything = tuple(range(len(order.lines)))
    return _of("cancel", order, everything, refund=refund, method=order.payment_method,
               for_staff=_for_staff(refund, rules))  # fmt: skip


def _return(wish: Wish, order: Order, rules: Rules, moment: datetime) -> Quote:
    _delivered_in_time(order, return_until(order, rules), rules, moment)
    positions = _sent_back(wish, order)
    at_home = _sent_within(order, rules.get("returns.label_countries"))
    fee = Decimal(str(rules.get("returns.label_fee") or 0)) if at_home else Decimal(0)
    paid = _paid_for(order, positions)
    goods, tax = paid or (Decimal(0), Decimal(0))
    days = rules.get("returns.label_days")
    return _of(
        "return", order, positions, fee=fee, method=order.payment_method, own_label=not at_home,
        refund=max(Decimal(0), goods + tax - fee) if paid else None, goods=goods, tax=tax,
        by=_day(moment, rules) + timedelta(days=days) if isinstance(days, int) else None,
        for_staff=_for_staff(goods + tax if paid else order.total, rules),
    )  # fmt: skip


def _exchange(
    wish: Wish, order: Order, rules: Rules, moment: datetime, product: Product | None
) -> Quote:
    _delivered_in_time(order, return_until(order, rules, "exchanges"), rules, moment)
    if not _sent_within(order, rules.get("exchanges.countries")):
        raise NotPossible(Reason.ABROAD)
    positions = _sent_back(wish, order)
    if len(positions) != 1 or product is None:
        raise NotPossible(Reason.WHICH)
    line = order.lines[positions[0]]
    other = _other(wish.sku, line, product)
    days = rules.get("exchanges.hold_days")
    return _of(
        "exchange", order, positions, sku=other.sku, replacement=" / ".join(other.values),
        fee=Decimal(str(rules.get("exchanges.cost") or 0)),
        by=_day(moment, rules) + timedelta(days=days) if isinstance(days, int) else None,
    )  # fmt: skip


def _sent_within(order: Order, countries: Sequence[str] | None) -> bool:
    """Whether an order went to one of these countries, as far as is known."""
    return not countries or not order.country or order.country in countries


def _of(kind: str, order: Order, positions: tuple[int, ...], **more: object) -> Quote:
    items = tuple(called(order.lines[place]) for place in positions)
    return Quote(kind, order.name, positions, items, **more)  # type: ignore[arg-type]


def called(line: Line) -> str:
    """A line item as it is read: "2 × Larkspur Kettle - Red"."""
    return f"{line.quantity} × {line.name}" if line.quantity > 1 else line.name


def _delivered_in_time(order: Order, last: date | None, rules: Rules, moment: datetime) -> None:
    if order.cancelled_at:
        raise NotPossible(Reason.CANCELLED)
    if order.delivered_at is None or order.fulfillment_status == "partial":
        raise NotPossible(Reason.NOT_YET)
    if last is None:
        raise NotPossible(Reason.UNKNOWN)
    if _day(moment, rules) > last:
        raise NotPossible(Reason.LATE)


def _sent_back(wish: Wish, order: Order) -> tuple[int, ...]:
    """The lines of a wish that may go back: of a whole order those that can, of named ones all."""
    gone = {place for change in order.changes for place in change.positions}
    if order.returned:
        raise NotPossible(Reason.ALREADY)
    wanted = wish.positions or range(len(order.lines))
    free = tuple(p for p in wanted if not order.lines[p].keeps and p not in gone)
    if not free or (wish.positions and len(free) < len(wish.positions)):
        raise NotPossible(Reason.ALREADY if gone & set(wanted) else Reason.NEVER)
    return free


def _other(sku: str, line: Line, product: Product) -> Variant:
    """The version wanted instead of the one bought, if it is there and costs as much."""
    other = next((v for v in product.variants if v.sku == sku), None)
    if other is None or sku == line.sku:
        raise NotPossible(Reason.WHICH)
    if other.stock < line.quantity:
        raise NotPossible(Reason.SOLD_OUT)
    if other.price != line.price:
        raise NotPossible(Reason.PRICE)
    return other


def _paid_for(order: Order, positions: Sequence[int]) -> tuple[Decimal, Decimal] | None:
    """What was paid for the items, and the tax on it: known for a whole order, and for a part of
    one that has neither tax nor discount; None where a look at the items has to tell."""
    if order.refunded_amount:
        return None
    if len(positions) == len(order.lines):
        return order.subtotal, order.taxes
    if order.discount_amount or order.taxes:
        return None
    lines = (order.lines[p] for p in positions)
    return sum((line.price * line.quantity for line in lines), Decimal(0)), Decimal(0)


def _for_staff(amount: Decimal, rules: Rules) -> bool:
    limit = rules.get("refunds.staff_above")
    return isinstance(limit, int | float) and amount > Decimal(str(limit))


def holiday(placed_at: datetime, rules: Rules) -> date | None:
    """The holidays' last day, for what was ordered within them."""
    rule = rules.get("returns.holiday") or {}
    begins, ends, last = (
        _date(rule.get(k)) for k in ("ordered_from", "ordered_until", "return_until")
    )
    placed = _day(placed_at, rules)
    return last if begins and ends and begins <= placed <= ends else None


def _date(value: object) -> date | None:
    """A date of shop.toml, which is kept as text."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else None


def _day(moment: datetime, rules: Rules) -> date:
    """The day it is in the shop."""
    return moment.astimezone(ZoneInfo(rules.get("shop.timezone") or "UTC")).date()
