"""What a message goes on to ask, by what was told right before it."""

from __future__ import annotations

import re

from chatbot.terms import Memory

from .words import fold, words

FEW_WORDS = 10  # of a message that goes on about one thing
OTHERS = re.compile(
    r"\b(?:which|what) (?:others?|else|other (?:ones|colou?rs|sizes|versions))\W*"
    r"(?:then|do you have|have you(?: got)?|you got|is there|are there|is left)?\W*$"
    r"|\bin what else\b"
)
APART = re.compile(
    r"^\W*(?:(?:and|so|ok|what'?s?|is|the|any|s)\W+)*(?:diff|differences?|compare(?: them)?)"
    r"(?: (?:between|of) (?:them|these|those|the two|both))?\W*$"
)
WHEN = re.compile(r"^\W*(?:(?:and|so|ok|okay|hm+|oh|then|but) )*(?:when|how soon|til+ when)\b")
# What was ordered is not what was meant: "the 10Y one is wrong, should be 12Y".
MISTAKEN = re.compile(
    r"\b(?:wrong|not right|incorrect|by mistake|mistake)\b.*\b(?:should|need|want|meant|supposed)\b"
    r"|\b(?:should (?:be|have been)|should'?ve been|supposed to be|meant) .*\b(?:not|instead of)\b"
)
# What should be otherwise is its way or its money: "something's wrong, it should be here by now".
NO_VERSION = re.compile(
    r"\b(?:here|arriv\w+|deliver\w+|ship\w*|com(?:e|ing)|track\w*|days?|weeks?|ago|yesterday|today"
    r"|money|paid|price|charge[ds]?|refund\w*|return\w*|cancel\w*|help|person|someone)\b"
)
# What is ordered is to be of another sort: "can you make it M instead".
MADE = re.compile(
    r"\bmake (?:it|that|them|this|one) (?!(?:quick|fast|stop|work|up|right)\b)(?:an? )?\w+"
)
OF_ORDERS = ("order.", "action.cancel", "cancel.")
# What the delivery of an order spoken of has cost: "how much was the postage on it".
CARRIAGE = r"(?:shipping|delivery|postage|carriage|p ?(?:&|and) ?p)"
CHARGED = re.compile(
    r"\b(?:how much|what) (?:was|did)(?: (?:the|my|its|that|you (?:guys )?charge(?: me| us)? for))?"
    rf" {CARRIAGE}(?=\W*$| (?:on|of|for|cost|come|in|then|again|fee|charge)\b)"
    rf"|\b{CARRIAGE} (?:was|did) (?:how much|what)\b|\b(?:was|did) {CARRIAGE} (?:free|cost)\b"
)
# What is prepared for a shopper's press, and what a question for its terms asks.
OFFERS = {
    "action.cancel_offer": ("cancel", "cancel"),
    "action.return_offer": ("return_refund", "return_policy"),
    "action.exchange_offer": ("exchange", "exchange"),
}
ASKS = re.compile(r"\b(?:what|how|when|whens|where|who|do|does|is|will|any)\b")
OF_TERMS = ("price", "ship_cost", "sale")
UNTIL = re.compile(
    r"\b(?:til+|until|by) (?:when|which|what)\b|\bhow (?:long|many days) (?:do|have|did) (?:i|we)\b"
    r"|\b(?:deadline|last day|latest)\b"
)


def goes_on(text: str, memory: Memory) -> tuple[str, str] | None:
    """What a short question goes on to ask: "difference?" of several, "which others" after the blue
    one was sold out, "when will it be"."""
    if len(memory.products) > 1 and APART.search(fold(text)):
        return ("product_question", "compare")
    if memory.act.startswith("order.") and _is_mistaken(fold(text)):
        return ("order_change", "change_item")
    if memory.act.startswith(OF_ORDERS) and MADE.search(fold(text)):
        return ("order_change", "change_item")
    if _speaks_of_an_order(memory) and CHARGED.search(fold(text)):
        return ("order_status", "ship_cost")
    if not memory.act.startswith(("stock.", "option.")) or len(words(text)) > FEW_WORDS:
        return None
    if OTHERS.search(fold(text)):
        return ("product_question", "option")
    gone = memory.act.startswith("stock.out")
    return ("product_question", "restock") if gone and WHEN.search(fold(text)) else None


def _speaks_of_an_order(memory: Memory) -> bool:
    """Whether an order was spoken of, and no rule alone right before."""
    only_rules = all(name.startswith("policy.") for name in memory.told or (memory.act,))
    return bool(memory.order) and not only_rules


def _is_mistaken(plain: str) -> bool:
    """Whether another version was meant than the one ordered."""
    return bool(MISTAKEN.search(plain)) and not NO_VERSION.search(plain)


def until_when(text: str) -> bool:
    """Whether it is asked until when something may be done."""
    return bool(UNTIL.search(fold(text)))


def of_offer(text: str, asks: tuple[str, ...], memory: Memory) -> tuple[str, str] | None:
    """The intent and the ask of a question for the terms of what has just been prepared for the
    shopper's press: "what will it cost me", "by when do I have to decide"."""
    offered = OFFERS.get(memory.act)
    if offered is None or not ASKS.search(fold(text)):
        return None
    terms = asks[0] in OF_TERMS or offered[1] in asks or until_when(text)
    return offered if terms else None


def insists(asks: tuple[str, ...], memory: Memory) -> bool:
    """Whether somebody who may not hear of an order goes on to ask for one, in as many words as it
    takes: "come on, we share a house"."""
    return memory.act == "decline.private_data" and asks[0] == "what_ordered"
