"""What may be said of an order, to whom it may be told."""

from __future__ import annotations

import re

from chatbot.terms import Act, Fact, Outcome

from .help import on_topic, passage
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
    "cancel": "order.cancel_open", "return_start": "return", "exchange": "order.exchange_team",
    "change_address": "order.change_person", "change_item": "order.change_person",
    "change_payment": "order.change_person",
}  # fmt: skip
SENDING_BACK = frozenset(("return_start", "return_policy"))
INTENTS = frozenset("order_status order_change cancel return_refund exchange".split())
OWN = re.compile(r"\b(?:my|i|i'm|ive|i've|me|mine)\b|^\W*(?:\w+\W+){0,2}\w+\W*$", re.I)
# Words of a parcel's way, which nobody says of a product that is not on one.
PROGRESS = re.compile(
    r"\b(?:update|news|arriv\w+|(?:get|gets|getting|be|is|come|comes|coming) here"
    r"|go(?:es|ing|ne)? out"
    r"|left|leave|leaving|ship|ships|shipped|shipping|sent|dispatch\w*|deliver\w*|track\w*|customs"
    r"|on (?:its|the) way|where|parcel|package|eta|late|delayed|ordered|bought|my orders?|purchased"
    r"|send (?:it |them |this )?back|return\w*|refund\w*|cancel\w*|exchange|swap)\b",
    re.I,
)
BACK = re.compile(
    r"\b(?:send|sent|sending|go|give|giving|take|taking|bring|ship|mail)\w* (?:\w+ ){0,3}?back\b"
    r"|\breturn(?:ed|ing|able)?\b(?! (?:policy|address|label))",
    re.I,
)
CHANGE = re.compile(
    r"\b(?:change|switch|update|bump|upgrade|add|remove|instead|different|wrong|correct|edit|forgot)\b",
    re.I,
)
IN_GENERAL = re.compile(
    r"\b(?:how|what|when|which|if|until|policy|possible|allowed|procedure|do you|can (?:i|you|u)"
    r"|could i|is it|is there|are there|does)\b",
    re.I,
)
DATA = frozenset("price option attribute compare".split())
OPEN_STATES = ("unfulfilled", "authorized", "unpaid")
TROUBLE = frozenset(("damaged", "wrong_item"))
SHORT = 50  # words of a passage told beside something else
PERSONAL = frozenset(
    "where_is_it when_delivered tracking what_ordered refund_status return_status".split()
)
MY_ORDER = re.compile(
    r"\bwhere\b|\bstatus\b"
    r"|\b(?:my|the) (?:\w+ ){0,3}(?:orders?|parcels?|package|delivery|stuff|things?)\b",
    re.I,
)
ORDERED = re.compile(r"\bi(?:'ve| have)? (?:just )?(?:ordered|bought|placed)\b", re.I)
WANTS_TO = re.compile(
    r"\bi(?:'d)? (?:want|need|wanna|would like)(?: to)? (?:return|send|exchange|swap|change)\b",
    re.I,
)
ON_ITS_WAY = frozenset(("where_is_it", "when_delivered", "tracking"))
LISTED = re.compile(
    r"\b(?:list|all|show|which|what) .{0,12}\borders\b|\bmy orders\b|\bopen orders?\b"
    r"|\b(?:list|show|what) .{0,12}\bi have open\b|\bhow many orders\b|\bon order\b"
    r"|\bwhich (?:one )?of (?:them|these|those|my)\b",
    re.I,
)
OPEN = re.compile(r"\bopen\b|\bpending\b|\bcoming\b|\bnot (?:yet )?(?:arrived|delivered)\b", re.I)
CHARGED = re.compile(
    r"\b(?:charged?|debited) (?:me|my|us|yet|already)\b"
    r"|\b(?:been|already) (?:charged|debited)\b|\btaken my money\b",
    re.I,
)
LESS = re.compile(
    r"\bwhy\b|\brest of\b|\bnot (?:the |it )?(?:whole|full|all|everything)\b|\bless\b"
    r"|\bonly (?:got|get)\b",
    re.I,
)
LATE = re.compile(r"\b(?:late|delayed|overdue)\b", re.I)
MOST_LISTED = 3
MONEY_BACK = frozenset(("refund_status", "return_status"))


def answer(known: Known) -> list[Act]:
    """Where the order stands, and what else was asked of it."""
    missing = known.one("identity")
    if missing is not None:
        return _by_rule(known) or [_identity(missing)]
    order = known.one("order")
    if order is None:
        return []
    if LISTED.search(known.reading.text) and not known.reading.order:
        return [_list(known)]
    return _of_order(order, known)


def _of_order(order: Fact, known: Known) -> list[Act]:
    """What is asked of one order."""
    if TROUBLE & set(known.asks) and order.values["state"] == "delivered":
        back = [_return(order, known)] if BACK.search(known.reading.text) else []
        return [*passage(known), *back]
    if CHARGED.search(known.reading.text):
        return [_state(order), *passage(known, SHORT)]
    if _sends_back(known):
        return [_return(order, known), *passage(known, SHORT), *_by_person(known)]
    if wish := next((a for a in known.asks if a in WISHES), ""):
        return [*_wished(wish, order), *(passage(known, SHORT) if wish != "cancel" else [])]
    if CHANGE.search(known.reading.text) and order.values["state"] in OPEN_STATES:
        return [_with("order.change_person", order, ("order.number",))]
    return _told(order, known)


def _by_rule(known: Known) -> list[Act]:
    """What the help pages say to somebody who has not said who they are and asks how things go
    rather than for their order: "how long can i cancel after ordering"."""
    reading = known.reading
    if reading.order or reading.email or reading.after.startswith("identity."):
        return []
    if reading.asks[0] in ON_ITS_WAY and ORDERED.search(reading.text):
        return []
    wanted = {*WISHES, *SENDING_BACK, *TROUBLE, *MONEY_BACK, "missing"} & set(reading.asks[:2])
    in_general = IN_GENERAL.search(reading.text)
    goes_on = reading.after.startswith("policy.")
    asks = in_general or goes_on or {*TROUBLE, "missing"} & set(reading.asks[:1])
    if not asks or not (wanted or not MY_ORDER.search(reading.text)):
        return []
    return passage(known) or (on_topic(known) if in_general else [])


def concerned(known: Known) -> bool:
    """Whether the shopper's own order is asked about, not the shop's rules or wares."""
    reading = known.reading
    if reading.order or reading.email:
        return True
    if known.one("order") is not None and CHARGED.search(reading.text):
        return True
    if known.one("order") is not None and known.of("order")[0].values.get("holds"):
        return _of_what_was_bought(known)
    if reading.intents[0] in ("order_status", "cancel"):
        of_goods = reading.named or (reading.loosely and known.one("order") is None)
        return not of_goods or bool(PROGRESS.search(reading.text))
    goes_on = reading.after.startswith(("order.", "refund.", "return."))
    if reading.asks[0] in PERSONAL and (goes_on or OWN.search(reading.text)):
        return True
    if reading.asks[0] in WISHES and WANTS_TO.search(reading.text) and known.one("identity"):
        return True
    if reading.asks[0] in ON_ITS_WAY and known.one("order") is not None:
        return True
    own = known.one("order") is not None
    return own and (reading.intents[0] == "order_change" or reading.asks[0] in WISHES)


def _of_what_was_bought(known: Known) -> bool:
    """Whether a message that names something the shopper has bought is about that purchase."""
    reading = known.reading
    if BACK.search(reading.text) or {*reading.asks[:1]} & {*PERSONAL, *WISHES}:
        return True
    if reading.asks[0] in DATA:
        return False
    if reading.intents[0] in INTENTS:
        return True
    return reading.intents[0] != "product_search" and bool(PROGRESS.search(reading.text))


def _sends_back(known: Known) -> bool:
    """Whether the shopper would like to send something of the order back."""
    asked = SENDING_BACK & set(known.asks[:2]) or BACK.search(known.reading.text)
    return bool(asked) and not (MONEY_BACK & set(known.asks[:1]))


def _return(order: Fact, known: Known) -> Act:
    """Until when it can be sent back, by the shop's rules; a person where they do not say."""
    item = known.one("product")
    if item is not None and item.values["handle"] in order.values.get("kept_handles", "").split():
        return act("return.never", {"item.name": item.values["name"]}, [order, item])
    if order.values.get("kept") == order.values["items"]:
        return act("return.never", {"item.name": order.values["kept"]}, [order])
    if order.values["state"] == "cancelled":
        return _state(order)
    if order.values["state"] in (*OPEN_STATES, "shipped", "partly"):
        return _with("return.not_yet", order, ("order.number",))
    match order.values.get("return_open"):
        case "yes":
            return _with("return.open", order, ("order.number", "return.until"))
        case "no":
            return _with("return.closed", order, ("order.number", "return.until"))
    return _with("order.return_team", order, ("order.number",))


def _by_person(known: Known) -> list[Act]:
    """An offer to have it done, for who asks to do it."""
    return [act("return.person")] if "return_start" in known.asks else []


def _told(order: Fact, known: Known) -> list[Act]:
    acts, asks = [], set(known.asks)
    if MONEY_BACK & asks:
        acts.append(_refund(order))
        in_general = IN_GENERAL.search(known.reading.text) and not order.values.get("refund")
        if in_general or LESS.search(known.reading.text):
            acts += passage(known, SHORT)
        elif not order.values.get("refund") and order.values["state"] == "delivered":
            acts.append(_return(order, known))
    if "what_ordered" in asks:
        acts.append(_details(order))
    if "tracking" in asks and order.values.get("tracking"):
        acts.append(_with("order.tracking", order, ("order.carrier", "order.tracking")))
    if not acts or {"where_is_it", "when_delivered"} & asks:
        acts.append(_state(order))
        acts += _late(order)
    return acts


def _list(known: Known) -> Act:
    """The shopper's orders, the newest first; where those on their way are asked for only they, the
    oldest first, since it is due first."""
    found, newest = known.of("order"), True
    if LATE.search(known.reading.text):
        found = [o for o in found if o.values.get("late") == "yes"] or found
    if OPEN.search(known.reading.text):
        going = [o for o in found if o.values["state"] not in ("delivered", "cancelled")]
        found, newest = going or found, not going
    told = sorted(found, key=lambda o: o.values["placed_at"], reverse=newest)[:MOST_LISTED]
    slots = {numbered("order.number", n): o.values["number"] for n, o in enumerate(told, 1)}
    return act("order.list", slots, told, cards=[order_card(o) for o in told])


def _wished(wish: str, order: Fact) -> list[Act]:
    """What the team can do with the order; the assistant only says so and offers a person."""
    name = WISHES[wish]
    gone = order.values["state"] in ("shipped", "partly", "delivered")
    if name == "order.change_person" and gone:
        name = "handoff.action"  # what has left is no more to be changed "before it's packed"
    if wish == "cancel":
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
    special = {"item.name": "gone", "item2.name": "rest", "refund.amount": "refund",
               "return.until": "return_until"}  # fmt: skip
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
