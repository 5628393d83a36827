"""What is told of an order: where it stands, what is in it, what became of its money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chatbot.acts.known import MOST_ACTS, Known, act, numbered, order_card
from chatbot.terms import Act, Fact

STATES = {
    "cancelled": ("order.status_cancelled", ("order.number", "order.cancelled_on")),
    "delivered": ("order.status_delivered", ("order.number", "order.delivered_on")),
    "shipped": ("order.status_shipped", ("order.carrier", "order.tracking", "order.eta")),
    "partly": ("order.status_partly", ("item.name", "item2.name")),
    "unpaid": ("order.unpaid", ("order.number",)),
    "authorized": ("order.authorized", ("order.number",)),
    "unfulfilled": ("order.status_unfulfilled", ("order.number",)),
}
UNDER_WAY = ("shipped", "partly")
NOT_SENT = ("unfulfilled", "authorized", "unpaid")
OPEN = re.compile(
    r"\b(?:open|pending|coming|outstanding|still to come|under ?way|on (?:the|its|their) way)\b"
    r"|\b(?:not|haven'?t|hasn'?t) (?:yet )?(?:been )?(?:arrived|delivered|come|here)\b",
    re.I,
)
LATE = re.compile(r"\b(?:late|delayed|overdue)\b", re.I)
MOST_LISTED = 3


def state(order: Fact, *, among_others: bool = False) -> Act:
    """Where it stands; told by its number beside others."""
    name, wanted = STATES[order.values["state"]]
    if is_late(order):  # the day is told with the apology
        wanted = tuple(ref for ref in ("order.number", *wanted) if ref != "order.eta")
    return with_card(name, order, _by_number(wanted) if among_others else wanted)


def _by_number(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """With the order's number; what has gone and what has not is told by its names alone."""
    if "item2.name" in wanted:
        return wanted
    return tuple(dict.fromkeys(("order.number", *wanted)))


def details(order: Fact) -> Act:
    """What is in it, and what it came to."""
    return with_card("order.details", order,
                     ("order.number", "order.items", "order.placed_on", "order.total"))  # fmt: skip


def each_in_detail(known: Known) -> list[Act]:
    """What is in the orders of a time that was asked about; of those that hold what is named, where
    some do."""
    found = known.of("order")
    holding = [order for order in found if order.values.get("holds")]
    return [details(order) for order in (holding or found)[:MOST_LISTED]]


def paid(order: Fact) -> Act:
    """What it came to, with what its delivery was."""
    told, known = details(order), order.values
    if not (known.get("shipping") and known.get("method")):
        return told
    card = told.cards[0]
    text = f"{card.text} with {known['shipping']} for {known['method']}"
    return replace(told, cards=(replace(card, text=text),))


def refund(order: Fact) -> Act:
    """What has been paid back, or why nothing has been."""
    if order.values.get("refund"):
        return with_card("refund.status", order, ("order.number", "refund.amount"))
    if order.values.get("return_number"):
        return with_card("return.status_open", order, ("return.number",))
    return with_card("refund.status_none", order, ("order.number",))


def late(order: Fact, *, among_others: bool = False) -> list[Act]:
    """That it should have arrived by now, if so."""
    if is_late(order):
        wanted = _by_number(("order.eta",)) if among_others else ("order.eta",)
        return [with_card("order.late_empathy", order, wanted)]
    return []


def is_late(order: Fact) -> bool:
    """Whether it should have arrived by now and has not."""
    return order.values.get("late") == "yes" and order.values["state"] in UNDER_WAY


def _each(orders: Sequence[Fact]) -> list[Act]:
    """Where each of some orders stands, and what of them is late as long as all finds room."""
    several = len(orders) > 1
    states = [state(order, among_others=several) for order in orders]
    told = [a for one, order in zip(states, orders, strict=True)
            for a in (one, *late(order, among_others=several))]  # fmt: skip
    return told if len(told) <= MOST_ACTS else states


def listed(known: Known) -> list[Act]:
    """The shopper's orders, the newest first; where those on their way are asked for only they, the
    oldest first, since it is due first. Of some of them, each by itself: "You have one order" would
    be taken for all."""
    found, newest = known.of("order"), True
    if LATE.search(known.reading.text):
        found = [o for o in found if o.values.get("late") == "yes"] or found
    if OPEN.search(known.reading.text):
        going = [o for o in found if o.values["state"] not in ("delivered", "cancelled")]
        found, newest = going or found, not going
    told = sorted(found, key=lambda o: o.values["placed_at"], reverse=newest)[:MOST_LISTED]
    if len(told) < len(known.of("order")):
        return _each(told)
    slots = {numbered("order.number", n): o.values["number"] for n, o in enumerate(told, 1)}
    return [act("order.list", slots, told, cards=[order_card(o) for o in told])]


def with_card(name: str, order: Fact, wanted: tuple[str, ...]) -> Act:
    """An act about an order that cites what is `wanted` and known, beside its card."""
    slots = {ref: values for ref in wanted if (values := _value(order, ref))}
    return act(name, slots, [order], cards=[order_card(order)])


def _value(order: Fact, reference: str) -> str:
    """The order's value behind a reference of the corpus."""
    special = {"item.name": "gone", "item2.name": "rest", "refund.amount": "refund",
               "return.until": "return_until", "return.number": "return_number"}  # fmt: skip
    key = special.get(reference, reference.split(".")[1])
    return order.values.get(key, "")
