"""What a shopper would like done with an order: prepared for their press, or why it can't be.

Nothing here does anything. An act with an `offer` among its facts becomes a card that the shopper
presses; what is written, by either side, never counts as consent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chatbot.acts.help import MOST_WORDS, passage, standing_out
from chatbot.acts.known import Known, act, denying, notice, order_card
from chatbot.acts.people import person
from chatbot.terms import Act, Fact, Outcome

from .kept import why_never
from .told import NOT_SENT, UNDER_WAY, refund, state, with_card

CHANGES = frozenset(("change_address", "change_item", "change_payment"))
WISHES = CHANGES | {"cancel", "return_start", "exchange"}
NUMBER = ("order.number",)
# The wish that an answer to one of our questions completes.
COMPLETES = {"exchange.which": "exchange", "exchange.sold_out": "exchange",
             "return.which": "return_start"}  # fmt: skip
SHORT = 50  # words of a passage told beside something else
BACK = re.compile(
    r"\b(?:send|sent|sending|go|give|giving|take|taking|bring|ship|mail)\w* (?:\w+ ){0,3}?back\b"
    r"|\breturn(?:ed|ing|able)?\b(?! (?:policy|address|label))",
    re.I,
)
IN_GENERAL = re.compile(
    r"\b(?:how|what|when|which|if|until|policy|possible|allowed|procedure|do you|can (?:i|you|u)"
    r"|could i|is it|is there|are there|does)\b",
    re.I,
)
# What a passage on a change has to speak of.
SUBJECTS = {
    "change_address": r"\baddress",
    "change_item": r"\b(?:items?|sizes?|colou?rs?|versions?|products?|things?)\b",
    "change_payment": r"\b(?:pay\w*|card)\b",
}
ADDS = re.compile(r"\b(?:add|adding|combine|merge|put in|throw in|include)\b", re.I)
NEVER_ADDED = re.compile(
    r"\b(?:can(?:'t|not)|don't|do not|never|not possible to|unable to) (?:add|combine|join|merge)"
    r" (?:\w+ )*?(?:items?|things|orders?|products?|anything)\b",
    re.I,
)
ASKS_HOW = re.compile(r"\b(?:who|how|when|where|why|until|till?)\b", re.I)
PART = re.compile(r"\b(?:off|from|in|of) (?:my|the|that|this) order\b|\bkeep\b|\bonly\b", re.I)
VERB = r"\b(?:cancel\w*|return\w*|refund\w*|exchang\w*|swap\w*|(?:send|take) \w+ back)\b"
UNDOING = re.compile(
    r"\b(?:do not|don'?t|no need to|never|stop|rather not|not going to|won'?t)"
    rf" (?:(?:please|just|want|wanna|need|to|be|it) )*{VERB}",
    re.I,
)
STAYING = re.compile(
    r"(?<!not )(?<!n't )(?<!nt )(?<!want to )(?<!cannot )\b(?:keep(?:ing)?|leave|leaving)"
    r" (?:it|them|both|that|this|those|these|everything|(?:my|the) (?:order|\w+))\b",
    re.I,
)
REFUSING = re.compile(  # what was prepared, in a word or two
    r"\W*(?:(?:no|nah|nope|wait|stop|don'?t|do not|please|actually|never ?mind|forget (?:it|that)"
    r"|leave it|not now|better not|changed my mind|do (?:it|that)|i)\b\W*)+$",
    re.I,
)
TERMS = re.compile(
    r"\bhow (?:long|much|many (?:days|hours))\b|\b(?:by|til+|until) when\b|\bthe latest\b"
    r"|\b(?:deadline|cut-?off|last day)\b"
    r"|\b(?:my|the) money\b|\bcosts?\b|\bfees?\b|\bcharged?\b|\bfree\b|\bpostage\b|\bwho pays\b",
    re.I,
)
OFFERED = ("action.", "cancel.", "return.which", "exchange.")
LEFT = frozenset(("order.cancel_open", "order.cancel_shipped"))  # to a person
TOLD_OF = (
    *OFFERED,
    *LEFT,
    "return.",
    "order.return_team",
    "order.exchange_team",
    "order.change_person",
)
WHOLE = re.compile(
    r"\b(?:orders?|everything|all|both|whole|entire|it all|lot|parcel)\b"
    r"|\bthe (?:one|parcel|box) (?:w/?|with|containing)(?=\s)",  # it is called by what is in it
    re.I,
)


def wished(order: Fact, known: Known) -> list[Act]:
    """What becomes of the first wish among what is asked; nothing where none is."""
    if asks_terms(known) and (rule := _terms_of(known)):
        return rule
    wish = completed(known) or next((ask for ask in known.asks if ask in WISHES), "")
    if wish == "change_item" and order.values["state"] == "delivered":
        wish = "exchange"  # of what has come another version is sent
    match wish:
        case "":
            return []
        case "cancel":
            return [_cancelled(order, known)]
        case "return_start":
            return sent_back(order, known)
        case "exchange":
            return _exchanged(order, known)
    return _by_hand(order, known)


def _by_hand(order: Fact, known: Known) -> list[Act]:
    """That a person changes it, with what an article says of such a change; who has heard that and
    says what to change is passed on to one."""
    told = changed(order)
    if never := _never_added(known):
        return never
    if told.name in known.reading.before and not ASKS_HOW.search(known.reading.text):
        return person(known)
    return [told, *rule(known)]


def _never_added(known: Known) -> list[Act]:
    """That nothing is added to an order, where the rules say so: no person does it either."""
    if not ADDS.search(known.reading.text):
        return []
    rules = [p for p in known.of("passage") if NEVER_ADDED.search(p.values["text"])][:1]
    return [act("policy.no", {"passage.text": p.values["text"]}, denying([p])) for p in rules]


def rule(known: Known) -> list[Act]:
    """What an article says of the change that is wished for, by its best passage alone."""
    subject = next((SUBJECTS[ask] for ask in known.asks if ask in SUBJECTS), "")
    of_it = [
        p
        for p in known.of("passage")
        if p.values.get("on_topic") and re.search(subject, p.values["text"], re.I)
    ]
    best = _with_passages(known, of_it[:1])
    return _terms_of(best, SHORT) or standing_out(_with_passages(known, of_it), SHORT)


def _with_passages(known: Known, kept: Sequence[Fact]) -> Known:
    """What is known, of the articles only some passages."""
    others = (f for f in known.facts if f.kind != "passage")
    return replace(known, facts=(*others, *kept))


def asks_terms(known: Known) -> bool:
    """Whether a message asks for the terms of what was just prepared, or left to a person, by its
    time or its cost."""
    after = known.reading.after
    offered = after.startswith(OFFERED) or after in LEFT
    return offered and bool(TERMS.search(known.reading.text))


def _terms_of(known: Known, most: int = MOST_WORDS) -> list[Act]:
    """What an article on the very thing that was prepared, or is wished for, says of its terms."""
    on_topic = [p for p in known.of("passage") if p.values.get("on_topic")]
    return passage(_with_passages(known, on_topic), most)


def completed(known: Known) -> str:
    """The wish that a message completes: "M please" after we asked for which version."""
    reading = known.reading
    wish = "" if IN_GENERAL.search(reading.text) else COMPLETES.get(reading.after, "")
    return "exchange" if wish and known.asks[0] == "exchange" else wish  # which item to swap


def taken_back(known: Known) -> bool:
    """Whether a wish is taken back: "no wait, don't cancel", or "keep it" where it was prepared."""
    text = known.reading.text
    if "?" in text or CHANGES & set(known.asks) or re.search(VERB, UNDOING.sub(" ", text), re.I):
        return False
    spoken_of = _told_before(known, TOLD_OF)
    refused = REFUSING.match(text) and (spoken_of or WISHES & set(known.asks))
    return bool(refused or UNDOING.search(text) or (spoken_of and STAYING.search(text)))


def _told_before(known: Known, acts: tuple[str, ...]) -> bool:
    """Whether the reply before told one of these acts, by how their names begin."""
    reading = known.reading
    return any(name.startswith(acts) for name in (reading.after, *reading.before))


def untouched(order: Fact, known: Known) -> Act:
    """That nothing happens unless the button is pressed, if there is one; of what has been done,
    how it stands."""
    if order.values["state"] == "cancelled" or order.values.get("return_number"):
        return state(order)
    key = "order.untouched" if _told_before(known, ("action.",)) else "order.as_it_is"
    return notice(key, Outcome.ANSWERED, {"order.number": order.values["number"]})


def changed(order: Fact) -> Act:
    """That a person changes it, as long as it is there."""
    there = order.values["state"] in (*NOT_SENT, "cancelled")
    return with_card("order.change_person" if there else "handoff.action", order, NUMBER)


def sent_back(order: Fact, known: Known) -> list[Act]:
    """A return, prepared for who asks for it; until when, for who asks whether."""
    offer = _offer("return", order, known)
    if offer is not None and offer.values.get("reason") == "already":
        return [refund(order)]
    asked = "return_start" in (*known.asks, completed(known))
    told = returnable(order, known)
    if told.name == "return.never":
        return [told, *why_never(known, told.slots["item.name"])]
    if offer is None or "quote" not in offer.values or not asked:
        by_person = [act("return.person")] if asked and told.name != "return.closed" else []
        return [told, *passage(known, SHORT), *by_person]
    if not offer.values.get("item") and not WHOLE.search(known.reading.text):
        return [_which_item(order)]
    whole = not offer.values.get("item")
    thing = {"order.number": offer.values["number"]} if whole else _item(offer)
    slots = {**thing, "return.until": offer.values["until"]}
    return [_offered("action.return_offer", slots, offer, order)]


def returnable(order: Fact, known: Known) -> Act:
    """Until when it can be sent back, by the shop's rules; a person where they do not say."""
    item = known.one("product")
    if item is not None and item.values["handle"] in order.values.get("kept_handles", "").split():
        return act("return.never", {"item.name": item.values["name"]}, [order, item])
    if order.values.get("kept") == order.values["items"]:
        return act("return.never", {"item.name": order.values["kept"]}, [order])
    if order.values["state"] == "cancelled":
        return state(order)
    if order.values["state"] in (*NOT_SENT, *UNDER_WAY):
        return with_card("return.not_yet", order, NUMBER)
    match order.values.get("return_open"):
        case "yes":
            return with_card("return.open", order, ("order.number", "return.until"))
        case "no":
            return with_card("return.closed", order, ("order.number", "return.until"))
    return with_card("order.return_team", order, NUMBER)


def _cancelled(order: Fact, known: Known) -> Act:
    """A cancellation, prepared while the shop allows it; later a person can only try."""
    if order.values["state"] == "cancelled":
        return state(order)
    if order.values["state"] not in NOT_SENT:
        return with_card("order.cancel_shipped", order, NUMBER)
    offer = _offer("cancel", order, known)
    if offer is None or "quote" not in offer.values:
        return with_card("order.cancel_open", order, NUMBER)
    whole = known.reading.order or WHOLE.search(known.reading.text)
    if offer.values.get("part") and (PART.search(known.reading.text) or not whole):
        return with_card("cancel.which_item", order, NUMBER)
    return _offered("action.cancel_offer", {"order.number": offer.values["number"]}, offer, order)


def _exchanged(order: Fact, known: Known) -> list[Act]:
    """An exchange, prepared for the version wished for; a question where none is named."""
    offer = _offer("exchange", order, known)
    reason = offer.values.get("reason", "") if offer else "unknown"
    if offer is None or reason not in ("", "which", "sold_out"):
        return _by_person(reason, order, known)
    if not offer.values.get("item"):
        return [_which_item(order)]
    if reason == "sold_out":
        slots = _item(offer) | {"variant.options": offer.values["wished"]}
        return [act("exchange.sold_out", slots, [offer, order])]
    if reason == "which":
        slots = _item(offer) | {"option.values": offer.values.get("choices", "")}
        return [act("exchange.which", slots, [offer, order], Outcome.CLARIFIED)]
    slots = _item(offer) | {"variant.options": offer.values["replacement"]}
    return [_offered("action.exchange_offer", slots, offer, order)]


def _by_person(reason: str, order: Fact, known: Known) -> list[Act]:
    """What stands in an exchange's way, and who can help."""
    if reason == "not_yet" and order.values["state"] in NOT_SENT:
        return _by_hand(order, known)
    if reason == "never":
        return [returnable(order, known)]
    offer = _offer("exchange", order, known)
    if reason == "late" and offer is not None and "until" in offer.values:
        slots = {"order.number": order.values["number"], "return.until": offer.values["until"]}
        return [act("exchange.closed", slots, [offer, order], cards=[order_card(order)])]
    return [with_card("order.exchange_team", order, NUMBER), *passage(known, SHORT)]


def _offer(kind: str, order: Fact, known: Known) -> Fact | None:
    """What the shop would do with this order, or why it would not."""
    mine = (f for f in known.of("offer") if f.values["number"] == order.values["number"])
    return next((f for f in mine if f.values["kind"] == kind), None)


def _item(offer: Fact) -> dict[str, str]:
    return {"item.name": offer.values["item"]}


def _which_item(order: Fact) -> Act:
    slots = {"order.number": order.values["number"]}
    return act("return.which", slots, [order], Outcome.CLARIFIED, [order_card(order)])


def _offered(name: str, slots: dict[str, str], offer: Fact, order: Fact) -> Act:
    return act(name, slots, [offer, order], Outcome.ACTION_OFFERED)
