"""What may be said of an order, to whom it may be told."""

from __future__ import annotations

import re

from chatbot.terms import Act, Fact, Outcome

from .help import passage
from .known import Known, act, notice, numbered, order_card

IDENTITY = {
    "sign_in": "identity.sign_in",
    "email": "identity.email",
    "number": "identity.number",
    "not_found": "identity.not_found",
    "none": "identity.no_orders",
}
STATES = {
    "cancelled": ("order.status_cancelled", ("order.number", "order.cancelled_on")),
    "delivered": ("order.status_delivered", ("order.number", "order.delivered_on")),
    "shipped": ("order.status_shipped", ("order.carrier", "order.tracking", "order.eta")),
    "partly": ("order.status_partly", ("item.name", "item2.name")),
    "unpaid": ("order.unpaid", ("order.number",)),
    "authorized": ("order.authorized", ("order.number",)),
    "unfulfilled": ("order.status_unfulfilled", ("order.number",)),
}
WISHES = {
    "cancel": "order.cancel_open", "return_start": "order.return_team",
    "exchange": "order.exchange_team", "change_address": "handoff.action",
    "change_item": "handoff.action", "change_payment": "handoff.action",
}  # fmt: skip
PERSONAL = frozenset(
    "where_is_it when_delivered tracking what_ordered refund_status return_status".split()
)
LISTED = re.compile(
    r"\b(?:list|all|show|which|what) .{0,12}\borders\b|\bmy orders\b|\bopen orders?\b"
    r"|\b(?:list|show|what) .{0,12}\bi have open\b|\bhow many orders\b",
    re.I,
)
OPEN = re.compile(r"\bopen\b|\bpending\b|\bcoming\b|\bnot (?:yet )?(?:arrived|delivered)\b", re.I)
MOST_LISTED = 3
MONEY_BACK = frozenset(("refund_status", "return_status"))


def answer(known: Known) -> list[Act]:
    """Where the order stands, and what else was asked of it."""
    missing = known.one("identity")
    if missing is not None:
        return [_identity(missing)]
    order = known.one("order")
    if order is None:
        return []
    if LISTED.search(known.reading.text) and not known.reading.order:
        return [_list(known)]
    if wish := next((a for a in known.asks if a in WISHES), ""):
        return [*_wished(wish, order), *(passage(known) if wish != "cancel" else [])]
    return _told(order, set(known.asks))


def _told(order: Fact, asks: set[str]) -> list[Act]:
    acts = []
    if MONEY_BACK & asks:
        acts.append(_refund(order))
    if "what_ordered" in asks:
        acts.append(_details(order))
    if "tracking" in asks and order.values.get("tracking"):
        acts.append(_with("order.tracking", order, ("order.carrier", "order.tracking")))
    if not acts or {"where_is_it", "when_delivered"} & asks:
        acts.append(_state(order))
        acts += _late(order)
    return acts


def _list(known: Known) -> Act:
    """The shopper's orders, the newest first; only those on their way where they are asked for."""
    found = known.of("order")
    if OPEN.search(known.reading.text):
        found = [o for o in found if o.values["state"] not in ("delivered", "cancelled")] or found
    told = sorted(found, key=lambda o: o.values["placed_at"], reverse=True)[:MOST_LISTED]
    slots = {numbered("order.number", n): o.values["number"] for n, o in enumerate(told, 1)}
    return act("order.list", slots, told, cards=[order_card(o) for o in told])


def _wished(wish: str, order: Fact) -> list[Act]:
    """What the team can do with the order; the assistant only says so and offers a person."""
    name = WISHES[wish]
    if wish == "cancel":
        gone = order.values["state"] in ("shipped", "partly", "delivered")
        name = "order.cancel_shipped" if gone else name
        if order.values["state"] == "cancelled":
            return [_state(order)]
    return [_with(name, order, ("order.number",))]


def _identity(missing: Fact) -> Act:
    need = missing.values["need"]
    asked = need in ("sign_in", "email", "number")
    outcome = Outcome.IDENTITY_REQUIRED if asked else Outcome.DECLINED
    return notice(IDENTITY[need], outcome, {"order.number": missing.values.get("number", "")})


def _state(order: Fact) -> Act:
    name, wanted = STATES[order.values["state"]]
    return _with(name, order, wanted)


def _with(name: str, order: Fact, wanted: tuple[str, ...]) -> Act:
    slots = {ref: values for ref in wanted if (values := _value(order, ref))}
    return act(name, slots, [order], cards=[order_card(order)])


def _value(order: Fact, reference: str) -> str:
    """The order's value behind a reference of the corpus."""
    special = {"item.name": "gone", "item2.name": "rest", "refund.amount": "refund"}
    key = special.get(reference, reference.split(".")[1])
    return order.values.get(key, "")


def _details(order: Fact) -> Act:
    return _with("order.details", order,
                 ("order.number", "order.items", "order.placed_on", "order.total"))  # fmt: skip


def _refund(order: Fact) -> Act:
    if order.values.get("refund"):
        return _with("refund.status", order, ("order.number", "refund.amount"))
    return _with("refund.status_none", order, ("order.number",))


def _late(order: Fact) -> list[Act]:
    if order.values.get("late") == "yes" and order.values["state"] in ("shipped", "partly"):
        return [_with("order.late_empathy", order, ("order.eta",))]
    return []
