"""What is somebody else's: orders and data that are shown to nobody but who they belong to."""

from __future__ import annotations

import re

from chatbot.terms import Act, Outcome

from . import places
from .known import Known, act, notice

KIN = (
    r"(?:wife|husband|hubby|spouse|partner|fianc[eé]e?|girlfriend|boyfriend|gf|bf|mom|mum|mother|dad"
    r"|father|parents|sister|brother|son|daughter|kid|child|friend|mate|neighbou?r|coworker"
    r"|co-worker|colleague|boss|(?:room|flat|house)[- ]?mate|landlord|ex|cousin|aunt|auntie|uncle"
    r"|niece|nephew|gran|granny|nan|nana|grandma|grandpa|grand(?:mother|father|son|daughter))"
    r"(?:[- ]in[- ]law)?"
)
PARCEL = r"(?:orders?|parcels?|packages?|deliver(?:y|ies)|purchases?)"
ANYBODY = (  # of whom it is asked what they took
    r"(?:i|we|you|u|it|that|this|they|the|my|your|our|others|people|customers|everyone|most)\b"
)
KINS = rf"\b(?<!for )(?<!to )(?:my|a|her|his) {KIN}(?:'?s)? (?:\w+ ){{0,2}}?"
PRYING = re.compile(
    rf"{KINS}(?:{PARCEL}|account|address|asked me to)\b"
    r"|\b(?<!in )(?<!to )(?:her|his|their) (?:order|account|address|e-?mail)\b"
    r"|\b(?:other|another|someone else'?s?|previous|last) (?:customer|shopper|user|buyer)s?\b"
    rf"|\bwhat (?:did|has) (?!{ANYBODY})\w+ (?:just |already )?(?:order(?:ed)?|buy|bought)\b"
    r"|\bwhich (?:customers|shoppers|people)\b|\bwho (?:else )?(?:has )?(?:bought|ordered)\b"
    r"|\b(?:staff|internal) (?:staff )?notes?\b|\bsupplier (?:cost|price)s?\b|\bprofit margins?\b"
    r"|\bcustomer (?:before|after) me\b|\beveryone'?s? (?:order|e-?mail|address)",
    re.I,
)
# Of a thing on sale, or of a rule, it is told whoever has bought one.
BOUGHT = re.compile(rf"{KINS}(?:ordered|bought)\b", re.I)
TOLD_WHY = re.compile(  # "cancel it, my wife bought one already"
    rf"(?:[,;.!-]|(?<!same )(?<!one )(?<!thing )\b(?:because|cos|cuz|bc|as|since|and))\s+{KINS}"
    r"(?:ordered|bought)\b(?!.*\b(?:what|which)\b)",
    re.I,
)
OF_WARES = places.DATA | places.OF_A_PAGE
# An order that somebody of one's own has placed: "it's my flatmate's", "my brother, where's his
# parcel".
THEIRS = re.compile(
    rf"\b(?<!for )(?<!to )my {KIN}(?:'?s)? (?:\w+ ){{0,2}}?(?:{PARCEL}|ordered|bought|placed)\b"
    rf"|\b(?:it'?s|that'?s|is|was|were|from|under|in|of|on) my {KIN}'?s\b"
    r"(?! (?:\w+ )?(?:birthday|present|gift))"
    rf"|\b(?:placed|ordered|bought|made) by (?:my|a) {KIN}\b|\bon behalf of\b"
    rf"|\bmy {KIN}\b(?=.*\b(?:her|his|their)s?\b)",
    re.I,
)
# What is held of a customer who is spoken of as one: "the address of your customer Jane Miller".
CUSTOMER = r"(?:(?:your|the|a|this|that|another) |one of your )(?:customer|client|shopper|buyer)"
HELD = (
    r"(?:address(?:es)?|(?:phone|mobile|card)(?: numbers?)?|e-?mails?|orders?|details|data|names?)"
)
DEMANDED = re.compile(
    rf"\b{HELD} (?:of|belonging to) {CUSTOMER}s?\b(?! (?:service|support|care|help|team|desk)\b)"
    rf"|\b{CUSTOMER}(?:['’]s|s['’]?) (?:\w+ )?{HELD}\b",
    re.I,
)
OWN = re.compile(r"\b(?:my|mine|ours?|(?:i|we)(?:'ve| have)? (?:ordered|bought))\b", re.I)
PLACED = re.compile(
    r"\b(?:i|we)(?:'ve| have|'d)? (?:just )?(?:ordered|bought|placed|paid)\b"
    rf"|\bmy (?:own )?{PARCEL}\b",
    re.I,
)
# Who begs to be shown it all the same.
PLEADS = re.compile(
    r"\bsame (?:house\w*|home|flat|address|family|place|room)\b|\bmarried\b|\bfamily\b"
    r"|\b(?:she|he|they)(?:'s|'re| is| are)? (?:said|told|says?|knows?|asked|fine|ok|okay|agrees?"
    r"|gave|won'?t|doesn'?t|don'?t)\b|\bpermission\b|\bcome on\b|\bjust (?:this )?(?:once|tell)\b",
    re.I,
)
REFUSED = frozenset(("decline.private_data", "identity.others", "identity.others_again"))
SENT_BACK = frozenset(
    "return_policy return_start exchange damaged wrong_item warranty return_status".split()
)
CHANGES = SENT_BACK | {"cancel", "change_item", "change_address", "change_payment"}
OF_ORDERS = frozenset("what_ordered where_is_it when_delivered tracking".split())


def theirs(known: Known) -> bool:
    """Whether the order spoken of is said to be a friend's or a relative's, not one's own."""
    text = known.reading.text
    return bool(THEIRS.search(text)) and not PLACED.search(text)


def demanded(known: Known) -> list[Act]:
    """That no customer's data is told, whoever says they may have it; nothing where none is
    wanted."""
    wanted = DEMANDED.search(known.reading.text)
    return [act("decline.private_data", outcome=Outcome.DECLINED)] if wanted else []


def refused(known: Known) -> list[Act]:
    """That somebody else's order or data are not shown, and who can have them shown; nothing where
    none are wanted. An order that is named by its number is looked up, see `kept_from`."""
    if known.reading.order:
        return []
    if insists(known):
        return kept_from(known)
    if theirs(known) and _of_an_order(known):
        return kept_from(known)
    if theirs(known) and known.asks[0] in SENT_BACK:
        return []  # of a gift the rules tell
    if known.asks[0] == "prying" or _bought(known) or PRYING.search(known.reading.text):
        return [act("decline.private_data", outcome=Outcome.DECLINED)]
    return []


def _bought(known: Known) -> bool:
    """Whether it is asked what somebody of one's own has bought, rather than told why one's own
    order is to be stopped."""
    asked = known.asks[0]
    told = PLACED.search(known.reading.text) or TOLD_WHY.search(known.reading.text)
    own = asked in CHANGES and told
    return bool(BOUGHT.search(known.reading.text)) and asked not in OF_WARES and not own


def kept_from(known: Known) -> list[Act]:
    """That an order is shown only to who placed it, and how they come by it; once told so, that it
    stays so."""
    again = bool(REFUSED & {*known.reading.before, known.reading.after})
    key = "identity.others_again" if again else "identity.others"
    outcome = Outcome.IDENTITY_REQUIRED if known.one("identity") else Outcome.DECLINED
    return [notice(key, outcome)]


def insists(known: Known) -> bool:
    """Whether somebody goes on to ask for what is another's: "come on, it's the same house"."""
    reading = known.reading
    if not REFUSED & {*reading.before, reading.after} or reading.email:
        return False
    if PLEADS.search(reading.text) and not PLACED.search(reading.text):
        return True
    again = reading.after in REFUSED and known.asks[0] == "what_ordered"
    return again and reading.intents[0] == "order_status" and not OWN.search(reading.text)


def _of_an_order(known: Known) -> bool:
    """Whether an order is asked about rather than whether a gift may go back."""
    return bool(OF_ORDERS & set(known.asks[:2])) and known.asks[0] not in SENT_BACK
