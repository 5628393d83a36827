"""Facts about orders, for their owner only.

An order is told to the signed-in shopper it belongs to, or to a guest who gives its number and the
e-mail address it was placed with. Every other combination finds nothing, in the same words and with
the same queries, and counts against a limit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from chatbot.terms import Fact, Likes, Reading
from storefront import limits, queries
from storefront.clock import now

from . import offers
from .similarity import stems
from .text import day, listing, money, sort_of
from .when_placed import placed_then
from .world import World

MONEY_BACK = frozenset(("refund_status", "return_status"))
SENDING_BACK = frozenset(("return_start", "exchange", "damaged", "wrong_item"))
HOUR = 3600
NUMBER = re.compile(r"\d+")
# "my other order", which is not the one spoken of; "the other one" may be a thing in it.
ANOTHER = re.compile(
    r"\b(?:my|the|that) (?:other|previous) (?:orders?|parcels?|packages?|delivery|shipment)\b",
    re.I,
)
NEWEST = re.compile(r"\b(?:last|latest|newest|most recent) (?:orders?|one|parcel|purchase)\b", re.I)
ABOUT_ORDERS = stems("order parcel package deliver ship track set size pack bought")


@dataclass(frozen=True)
class Viewer:
    """Who is asking."""

    shopper_id: int | None  # signed in, or not
    owner: str  # the browser session's digest: what guesses are counted by
    email: str = ""  # proof given earlier in the conversation
    order: str = ""  # order spoken of earlier
    proved: str = ""  # order proved by a one-time code
    likes: Likes | None = field(default=None, compare=False)  # what they may like, if that is known


def find(reading: Reading, viewer: Viewer, world: World) -> list[Fact]:
    """The orders a message is about, best first, or one `identity` fact: what is missing."""
    if viewer.shopper_id is None or (reading.order and reading.email):
        return _for_guest(reading, viewer, world)
    own = queries.orders_of(viewer.shopper_id)
    if ANOTHER.search(reading.text):
        own = [o for o in own if o.name != viewer.order] or own
    if reading.order:
        own = _numbered(own, reading.order)
        if not own:
            return [_missing("not_found")]
    if not own:
        return [_missing("none")]
    if reading.email and not _placed_with(reading.email, viewer, own):
        return [_missing("theirs")]
    then = [] if reading.order else placed_then(own, reading.text, world.zone)
    told = _facts(_fitting(then or own, reading, viewer), reading, world)
    return [_of_then(fact) for fact in told] if then else told


def _placed_with(email: str, viewer: Viewer, own: Sequence[queries.Order]) -> bool:
    """Whether an address is the signed-in shopper's: one they have ordered with, or have given
    before."""
    known = {viewer.email.casefold(), *(order.email.casefold() for order in own)}
    return email.casefold() in known


def _of_then(fact: Fact) -> Fact:
    """An order that was placed when the message says."""
    return replace(fact, values={**fact.values, "then": "yes"}) if fact.kind == "order" else fact


def _numbered(own: Sequence[queries.Order], number: str) -> list[queries.Order]:
    """A shopper's order of this number, or else that of its digits: the letter behind them may have
    been left out."""
    exact = [o for o in own if o.name == number]
    return exact or [o for o in own if NUMBER.findall(o.name) == NUMBER.findall(number)]


def holding(reading: Reading, viewer: Viewer, world: World) -> list[Fact]:
    """The signed-in shopper's orders that hold what the message names, best first."""
    own = queries.orders_of(viewer.shopper_id) if viewer.shopper_id else []
    own = placed_then(own, reading.text, world.zone) or own
    fitting = [o for o in _fitting(own, reading, viewer) if _held(o, reading)]
    return _facts(fitting, reading, world)


def _for_guest(reading: Reading, viewer: Viewer, world: World) -> list[Fact]:
    spoken = "" if ANOTHER.search(reading.text) else viewer.order
    number, email = reading.order or spoken, reading.email or viewer.email
    proved = bool(number) and number == viewer.proved
    if not proved and not (number and email):
        missing = _missing("email" if number else "number" if email else "sign_in", number)
        return [missing, *_by_code(number, viewer)]
    order = None if _guessing(viewer) else _shown(number, email, proved)
    if order is None:
        return [_missing("not_found"), *_by_code(number, viewer)]
    return [order_fact(order, world), *offers.find(reading, order, world)]


def _shown(number: str, email: str, proved: bool) -> queries.Order | None:
    """The order, if it is proved or the address is the one it was placed with."""
    return queries.order(number) if proved else queries.order_of(number, email)


def _by_code(number: str, viewer: Viewer) -> list[Fact]:
    """That a guest can have a code sent; the same whether there is such an order or not."""
    if not number or viewer.shopper_id is not None:
        return []
    return [Fact("offer", f"offer:code:{number}", "", now(), {"kind": "code", "number": number})]


def _guessing(viewer: Viewer) -> bool:
    """Whether this session has looked up more orders than a shopper would."""
    return limits.count(f"order-lookups:{viewer.owner}", HOUR) > settings.GUEST_LOOKUPS_PER_HOUR


def _missing(what: str, number: str = "") -> Fact:
    """That an order cannot be told, and what would let it be."""
    return Fact("identity", "identity", "", now(), {"need": what, "number": number})


def _fitting(own: Sequence[queries.Order], reading: Reading, viewer: Viewer) -> list[queries.Order]:
    """A shopper's orders, those first that hold what the message names, are spoken of, are open;
    of two alike the one told of before."""

    asks = set(reading.asks)

    before = "" if NEWEST.search(reading.text) else viewer.order

    nouns = _nouns(reading.text)

    def fit(order: queries.Order) -> tuple[bool, int, int, int, int, bool, datetime]:
        items = sum(line.handle in reading.products for line in order.lines) if reading.named else 0
        shared = [len(nouns & stems(line.name)) for line in order.lines]
        words = max(shared, default=0)  # "the black gravel" is no black tank beside other gravel
        lines = sum(map(bool, shared))
        amount = str(int(order.total)) in NUMBER.findall(reading.text)
        spoken = order.name == viewer.order and reading.follows
        is_open = not order.delivered_at and not order.cancelled_at
        refunded = bool(order.refunded_amount and MONEY_BACK & asks and not SENDING_BACK & asks)
        state = 4 * refunded + 2 * spoken + is_open
        paid_back = refunded and bool(items or words)
        told = order.name == before
        return (paid_back, items, words + 2 * amount, lines, state, told, order.placed_at)

    return sorted(own, key=fit, reverse=True)


def _held(order: queries.Order, reading: Reading) -> tuple[str, ...]:
    """The handles of what the message names that is in the order."""
    said = reading.named or reading.loosely or reading.follows
    if said and (named := [n.handle for n in order.lines if n.handle in reading.products]):
        return tuple(dict.fromkeys(named))
    if reading.products:
        return ()
    nouns = _nouns(reading.text)
    those = (n.handle for n in order.lines if nouns & stems(sort_of(n.name)))
    return tuple(dict.fromkeys(those))


def _nouns(text: str) -> set[str]:
    """Words that may name an item."""
    return {w for w in stems(text) if len(w) > 2 and not w.isdigit()} - ABOUT_ORDERS


def _facts(orders: Sequence[queries.Order], reading: Reading, world: World) -> list[Fact]:
    """Orders as their owner reads them, and what may be done with the first."""
    told = [_fact(o, reading, world) for o in orders]
    return [*told, *offers.find(reading, orders[0], world)] if orders else []


def _fact(order: queries.Order, reading: Reading, world: World) -> Fact:
    fact = order_fact(order, world)
    held = " ".join(_held(order, reading))
    return replace(fact, values={**fact.values, "holds": held}) if held else fact


def order_fact(order: queries.Order, world: World) -> Fact:
    """An order as its owner reads it; `state` says in one word where it stands."""
    values = {
        "number": order.name,
        "state": state(order),
        "items": listing([queries.called(n) for n in order.lines]),
        "handles": " ".join(n.handle for n in order.lines),
        "placed_on": day(order.placed_at, world.zone),
        "placed_at": order.placed_at.isoformat(),
        "total": money(order.total, world.currency),
        "subtotal": money(order.subtotal, world.currency),
        "shipping": money(order.shipping, world.currency),
        "taxes": money(order.taxes, world.currency),
        "method": order.shipping_method,
        "payment": order.payment_method,
        "amount": str(order.total),
    }
    values |= _when(order, world) | _parts(order) | _returns(order, world)
    return Fact(
        kind="order", source=f"order:{order.name}", version=order.version, as_of=order.updated_at,
        values=values, subject=order.name, title=order.name, href=order.href,
    )  # fmt: skip


def _when(order: queries.Order, world: World) -> dict[str, str]:
    """Dates and money movements, only those that are known."""
    known = {
        "shipped_on": order.shipped_at,
        "delivered_on": order.delivered_at,
        "cancelled_on": order.cancelled_at,
        "eta": order.estimated_delivery,
    }
    values = {key: day(moment, world.zone) for key, moment in known.items() if moment}
    if order.refunded_amount:
        values["refund"] = money(order.refunded_amount, world.currency)
    if order.discount_code:
        values["code"] = order.discount_code
        values["discount"] = money(order.discount_amount, world.currency)
    if order.tracking_number:
        values |= {"tracking": order.tracking_number, "carrier": order.carrier}
    if order.estimated_delivery and not order.delivered_at:
        values["late"] = "yes" if order.estimated_delivery < now().date() else "no"
    return values


def _parts(order: queries.Order) -> dict[str, str]:
    """Which lines have gone and which have not, when only some have."""
    if state(order) != "partly":
        return {}
    gone = [n.name for n in order.lines if n.fulfilled]
    rest = [n.name for n in order.lines if not n.fulfilled]
    return {"gone": listing(gone), "rest": listing(rest)}


def _returns(order: queries.Order, world: World) -> dict[str, str]:
    """Until when it can be sent back, what of it never can, and what is on its way back; what the
    rules do not say is left out."""
    known = {}
    if order.return_until:
        known["return_until"] = day(order.return_until, world.zone)
        is_open = now().astimezone(ZoneInfo(world.zone)).date() <= order.return_until
        known["return_open"] = "yes" if is_open else "no"
    if kept := [n for n in order.lines if n.keeps]:
        known["kept"] = listing([n.name for n in kept])
        known["kept_handles"] = " ".join(n.handle for n in kept)
    if going := [c.number for c in order.changes if c.number]:
        known["return_number"] = listing(going)
    return known


def state(order: queries.Order) -> str:
    """cancelled, delivered, partly, shipped, unpaid, authorized or unfulfilled."""
    if order.cancelled_at:
        return "cancelled"
    if order.fulfillment_status == "partial":
        return "partly"
    if order.delivered_at:
        return "delivered"
    if order.fulfillment_status == "fulfilled":
        return "shipped"
    return {"pending": "unpaid", "authorized": "authorized"}.get(
        order.financial_status, "unfulfilled"
    )
