"""What a shopper may want to know next: names of questions, likeliest first, that the reading and
what was told of suggest. Whether the shop can answer one is not known here."""

from __future__ import annotations

from collections.abc import Sequence

from chatbot.terms import Act, Reading

OF_A_PRODUCT = {
    "price": ("stock", "return"),
    "availability": ("price", "return"),
    "attribute": ("stock", "price"),
    "return_policy": ("price", "stock"),
}
OF_AN_ORDER = {
    "shipped": ("arrival", "return"),
    "partly": ("arrival", "return"),
    "delivered": ("return", "refund"),
    "unfulfilled": ("arrival", "cancel"),
    "authorized": ("arrival", "cancel"),
    "unpaid": ("cancel",),
    "cancelled": ("refund",),
}
OF_HELP = {
    "return_refund": ("start_return", "return_cost", "refund"),
    "exchange": ("exchange_cost", "start_return"),
    "shipping": ("delivery_time", "shipping_cost", "abroad"),
    "payment": ("ways_to_pay", "refund"),
    "promotion": ("codes",),
}


def onward(reading: Reading, told: Sequence[Act]) -> tuple[str, ...]:
    """The names of the questions; none after a greeting, a refusal or a question back."""
    facts = [fact for act in told for fact in act.facts]
    orders = {f.subject: f.values["state"] for f in facts if f.kind == "order"}
    handles = {f.values["handle"] for f in facts if "handle" in f.values}
    if len(orders) == 1:
        return OF_AN_ORDER.get(next(iter(orders.values())), ())
    if len(handles) == 1:
        return OF_A_PRODUCT.get(reading.asks[0], ("stock", "price"))
    return OF_HELP.get(reading.intents[0], ()) if facts else ()
