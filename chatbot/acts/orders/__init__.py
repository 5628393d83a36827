"""What may be said of an order, to whom it may be told."""

from __future__ import annotations

import re
from dataclasses import replace

from chatbot.acts import others
from chatbot.acts.help import on_topic, passage, unknown
from chatbot.acts.known import Known, act, notice
from chatbot.terms import Act, Fact, Outcome

from . import told, wishes
from .kept import why_never
from .wishes import BACK, IN_GENERAL, SHORT, WISHES

IDENTITY = {
    "sign_in": "identity.sign_in",
    "email": "identity.email",
    "number": "identity.number",
    "not_found": "identity.not_found",
    "none": "identity.no_orders",
    "theirs": "identity.others",
}
PROOFS = ("sign_in", "email", "number")  # what may still be shown
GOING_ON = ("order.", "refund.", "return.", "action.", "exchange.", "cancel.")
SENDING_BACK = frozenset(("return_start", "return_policy"))
MONEY_BACK = frozenset(("refund_status", "return_status"))
LISTED = re.compile(
    r"\b(?:list|all|show|which|what) .{0,12}\borders\b|\bmy orders\b|\bopen orders?\b"
    r"|\bwhat .{0,12}\bi (?:order|bought|buy).{0,12}\bso far\b"
    r"|\b(?:list|show|what) .{0,12}\bi have open\b|\bhow many orders\b|\bon order\b"
    r"|\bwhich (?:one )?of (?:them|these|those|my)\b",
    re.I,
)
LESS = re.compile(
    r"\bwhy\b|\brest of\b|\bnot (?:the |it )?(?:whole|full|all|everything)\b|\bless\b"
    r"|\bonly (?:got|get)\b",
    re.I,
)
HOW_SOON = re.compile(  # the money is there
    r"\b(?:when|how (?:long|soon|many days))\b.*\b(?:account|bank|card|gets?|have|see|arrives?"
    r"|comes?|here|takes?|lands?|shows?|reach(?:es)?)\b",
    re.I,
)
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
CHANGE = re.compile(
    r"\b(?:change|switch|update|bump|upgrade|add|remove|instead|different|wrong|correct|edit|forgot)\b",
    re.I,
)
GUARANTEE = re.compile(
    r"\b(?:guarant\w+|promis\w+|swear|assure|for (?:sure|certain)|definitely|certain(?:ly)?)\b"
    r"|\b(?:100|hundred) ?%|\byour word\b|\bcommit\w*|\bin writing\b|\bwritten confirmation\b"
    r"|\bno ifs\b|\bvouch\b|\bhow sure\b|\bright ?\?",
    re.I,
)
DATA = frozenset("price option attribute compare care warranty".split())
TROUBLE = frozenset(("damaged", "wrong_item"))
PERSONAL = frozenset(
    "where_is_it when_delivered tracking what_ordered refund_status return_status".split()
)
MY_ORDER = re.compile(
    r"\bwhere\b|\bstatus\b"
    r"|\b(?:my|the) (?:\w+ ){0,3}(?:orders?|parcels?|package|delivery|stuff|things?)\b",
    re.I,
)
MINE = re.compile(r"\bmy\b", re.I)
ORDERED = re.compile(r"\bi(?:'?ve| have)? (?:just )?(?:ordered|bought|placed)\b", re.I)
WANTS_TO = re.compile(
    r"\bi(?:'d)? (?:want|need|wanna|would like)(?: to)? (?:return|send|exchange|swap|change)\b"
    r"|\b(?:send|give|e-?mail|need|want)(?: (?:me|us|over))? (?:an?|the|my) (?:\w+ )?label\b"
    r"|\blabel,? (?:please|pls|plz)\b|\b(?:i'?ll|i will|let me) (?:post|send|mail|bring) it back\b",
    re.I,
)
STUCK = re.compile(  # what the shop does about a parcel that does not come
    r"\bhow long (?:before|until|till) (?:you|u|ye|ya|y'?all)\b"
    r"|\bwhat (?:are|r|will) (?:you|u|ye|ya|y'?all) (?:(?:people|guys|lot) )?"
    r"(?:(?:going to|gonna) )?do\b",
    re.I,
)
ON_ITS_WAY = frozenset(("where_is_it", "when_delivered", "tracking"))
WHY = re.compile(
    r"^\W*(?:(?:and|but|so|ok|hm+)\W+)*(?:why|how come|what'?s the (?:reason|hold ?up))\b", re.I
)
TOLD = frozenset(name for name, _wanted in told.STATES.values())
# What is told of an order in view whatever is asked of it.
MERE_STATES = TOLD | {"order.details"}
OF_ORDERS = 0.6  # below, a message may be about something else than orders
RULED = 0.85  # a text this sure tells what was asked
CHARGED = re.compile(
    r"\b(?:charged?|debited) (?:me|my|us|yet|already)\b"
    r"|\b(?:been|already) (?:charged|debited)\b|\btaken my money\b",
    re.I,
)


def answer(known: Known) -> list[Act]:
    """Where the order stands, and what else was asked of it."""
    if _stays(known):
        return _never_returned(known)
    missing = known.one("identity")
    if missing is not None:
        if others.theirs(known) or others.insists(known):
            return others.kept_from(known)
        asked = missing.values["need"] in PROOFS
        rule = _rule_of_change(known) if asked else []
        return _by_rule(known) or [*rule, _identity(missing, known)]
    order = known.one("order")
    if order is None:
        return []
    if LISTED.search(known.reading.text) and not known.reading.order:
        return told.listed(known)
    if order.values.get("then") and known.asks[0] == "what_ordered":
        return told.each_in_detail(known)
    if WHY.match(known.reading.text) and TOLD & set(known.reading.before):
        return unknown()
    acts = [*_of_order(order, known), *_no_guarantee(order, known)]
    return [*acts, *_rule_besides(acts, known)]


def _rule_besides(acts: list[Act], known: Known) -> list[Act]:
    """The text that surely answers what was asked in view of an order, and is none of its states:
    "does the box show what I paid?"."""
    rule, reading = known.one("passage"), known.reading
    of_states = reading.intents[0] in INTENTS and reading.confidence >= OF_ORDERS
    plain = len(acts) == 1 and acts[0].name in MERE_STATES
    if of_states or not plain or rule is None or rule.score < RULED:
        return []
    return passage(known, SHORT)


def _no_guarantee(order: Fact, known: Known) -> list[Act]:
    """That nobody promises a day, to who wants that promised of what has not arrived."""
    coming = order.values["state"] not in ("delivered", "cancelled")
    wanted = coming and GUARANTEE.search(known.reading.text)
    return [notice("order.no_guarantee", Outcome.ANSWERED)] if wanted else []


def _of_order(order: Fact, known: Known) -> list[Act]:
    """What is asked of one order."""
    if wishes.taken_back(known):
        return [wishes.untouched(order, known)]
    if TROUBLE & set(known.asks) and order.values["state"] == "delivered":
        back = [wishes.returnable(order, known)] if BACK.search(known.reading.text) else []
        return [*passage(known), *back]
    if CHARGED.search(known.reading.text):
        return [told.state(order), *passage(known, SHORT)]
    if STUCK.search(known.reading.text) and order.values["state"] in told.UNDER_WAY:
        return passage(known) or _told(order, known)
    if _sends_back(known) and known.asks[0] != "exchange" and not wishes.asks_terms(known):
        return wishes.sent_back(order, known)
    if done := wishes.wished(order, known):
        return done
    if CHANGE.search(known.reading.text) and order.values["state"] in told.NOT_SENT:
        return [wishes.changed(order)]
    return _told(order, known)


def _by_rule(known: Known) -> list[Act]:
    """What the help pages say to somebody who has not said who they are and asks how things go
    rather than for their order: "how long can i cancel after ordering"."""
    reading = known.reading
    if reading.order or reading.email or reading.after.startswith("identity."):
        return []
    if reading.asks[0] in ON_ITS_WAY | {"what_ordered"} and _speaks_of_own(known):
        return []
    wanted = {*WISHES, *SENDING_BACK, *TROUBLE, *MONEY_BACK, "missing"} & set(reading.asks[:2])
    in_general = IN_GENERAL.search(reading.text)
    goes_on = reading.after.startswith("policy.")
    asks = in_general or goes_on or {*TROUBLE, "missing"} & set(reading.asks[:1])
    if not asks or not (wanted or not MY_ORDER.search(reading.text)):
        return []
    return passage(known) or (on_topic(known) if in_general else [])


def _rule_of_change(known: Known) -> list[Act]:
    """Who changes an order, and until when: nobody has to say who they are to hear that."""
    return wishes.rule(known) if wishes.CHANGES & set(known.asks[:2]) else []


def _speaks_of_own(known: Known) -> bool:
    """Whether a message speaks of something ordered: "I ordered", "when does my planner come"."""
    text = known.reading.text
    return bool(ORDERED.search(text) or (known.reading.products and MINE.search(text)))


def concerned(known: Known) -> bool:
    """Whether the shopper's own order is asked about, not the shop's rules or wares."""
    reading = known.reading
    if reading.order or reading.email or _stays(known):
        return True
    surely = CHARGED.search(reading.text) or wishes.completed(known) or wishes.taken_back(known)
    if known.one("order") is not None and surely:
        return True
    if known.one("order") is not None and known.of("order")[0].values.get("holds"):
        return _of_what_was_bought(known)
    if reading.intents[0] in ("order_status", "cancel"):
        of_goods = reading.named or (reading.loosely and known.one("order") is None)
        return not of_goods or bool(PROGRESS.search(reading.text))
    goes_on = reading.after.startswith(GOING_ON)
    if reading.asks[0] in PERSONAL and (goes_on or OWN.search(reading.text)):
        return True
    if reading.asks[0] in WISHES and WANTS_TO.search(reading.text) and known.one("identity"):
        return True
    if reading.asks[0] in ON_ITS_WAY and known.one("order") is not None:
        return True
    own = known.one("order") is not None
    changes = reading.intents[0] == "order_change" and not reading.after.startswith("policy.")
    return own and (changes or reading.asks[0] in WISHES)


def _stays(known: Known) -> bool:
    """Whether it is asked to return a product that stays with who buys it."""
    product, reading = known.one("product"), known.reading
    asked = SENDING_BACK & set(known.asks[:1]) or BACK.search(reading.text)
    spoken_of = reading.named or reading.follows
    return bool(asked and spoken_of and product is not None and product.values.get("keeps"))


def _never_returned(known: Known) -> list[Act]:
    """That it can't be returned, and where that is written."""
    product = known.of("product")[0]
    name = product.values["name"]
    return [act("return.never", {"item.name": name}, [product]), *why_never(known, name)]


def _of_what_was_bought(known: Known) -> bool:
    """Whether a message that names something the shopper has bought is about that purchase."""
    reading = known.reading
    if BACK.search(reading.text) or {*reading.asks[:1]} & {*PERSONAL, *WISHES}:
        return True
    if reading.asks[0] in DATA:
        return False
    if reading.intents[0] in INTENTS and not reading.after.startswith("policy."):
        return True
    return reading.intents[0] != "product_search" and bool(PROGRESS.search(reading.text))


def _sends_back(known: Known) -> bool:
    """Whether the shopper would like to send something of the order back."""
    asked = SENDING_BACK & set(known.asks[:2]) or BACK.search(known.reading.text)
    return bool(asked) and not (MONEY_BACK & set(known.asks[:1]))


def _told(order: Fact, known: Known) -> list[Act]:
    acts, asks = [], set(known.asks)
    if known.asks[0] == "ship_cost":
        return [told.paid(order)]
    if MONEY_BACK & asks:
        acts += _of_money_back(order, known)
    if "what_ordered" in asks:
        acts.append(told.details(order))
    if "tracking" in asks and order.values.get("tracking"):
        acts.append(told.with_card("order.tracking", order, ("order.carrier", "order.tracking")))
    if not acts or {"where_is_it", "when_delivered"} & asks:
        acts += [told.state(order), *told.late(order)]
    return acts


def _of_money_back(order: Fact, known: Known) -> list[Act]:
    """What has been paid back, with what the rules say of it or until when it can be sent back."""
    begun = order.values.get("refund") or order.values.get("return_number")
    in_general = IN_GENERAL.search(known.reading.text) and not begun
    if begun and HOW_SOON.search(known.reading.text):
        return [told.refund(order), *passage(known)]
    if in_general or LESS.search(known.reading.text):
        return [told.refund(order), *passage(known, SHORT)]
    if not begun and order.values["state"] == "delivered":
        return [told.refund(order), wishes.returnable(order, known)]
    return [told.refund(order)]


def _identity(missing: Fact, known: Known) -> Act:
    need = missing.values["need"]
    asked = need in PROOFS
    outcome = Outcome.IDENTITY_REQUIRED if asked else Outcome.DECLINED
    told = notice(IDENTITY[need], outcome, {"order.number": missing.values.get("number", "")})
    return replace(told, facts=tuple(f for f in known.of("offer") if f.values["kind"] == "code"))
