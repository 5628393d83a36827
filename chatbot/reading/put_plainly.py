"""Questions that lean on something unsaid, put as the shop's articles answer them: whether a code
goes on an order that is placed, what a store that there is not has to offer, until when an order
waits for its money, what has to be sent in for a fault to be seen to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatbot.terms import ELSEWHERE, LATE_CODE, TO_CLAIM, TWO_CODES, UNPAID, Lexicon, Memory

from . import details, shop_words
from .claimed import Claim, claimed
from .words import SMALL_WORDS, fold, stem

CODE = re.compile(
    r"\b(?:codes?|coupons?|promo\w*|discounts?|voucher code|sale price|\d+ ?(?:%|percent))(?!\w)"
)
OF_CODES = re.compile(r"discount|promo|code|saving|reward|offer", re.I)
PLACED = re.compile(
    r"\b(?:already|just|have|'ve) (?:ordered|placed|bought|paid)\b|\bafterwards?\b|\bretro\w*"
    r"|\bi (?:already |just )?(?:ordered|placed|bought|made)\b"
    r"|\bafter (?:ordering|the fact|i \w+ed)\b"
    r"|\b(?:existing|placed) orders?\b|\b(?:my|the) (?:last|open|recent|earlier|previous) order\b"
    r"|\bi forgot\b|\bforgot to (?:use|enter|add|put|type)\b"
)
ON_THAT = re.compile(r"\b(?:on|to|for|with|from|off) (?:it|that|this|them|those|that one)\b")
APPLIES = re.compile(
    r"\b(?:apply|applies|add|added|use|put|count|counts|goe?s? on|work|works|valid|honou?r|get"
    r"|have|take|still|too|as well|also)\b"
)
# A code with another, or with a discount: "both codes", "together with the student discount".
JOINED = r"(?:combin(?:ed?|ing)|stack(?:ed|ing)?|together|on top of|along with|at once|in one go)"
OTHER = r"(?:codes?|discounts?|offers?|promos?|coupons?)"
LINKS = r"(?:\W+(?:with|it|that|this|the|an?|my|your|any|other|another|and|two|both|student|sale))"
TOGETHER = re.compile(
    rf"\b{JOINED}{LINKS}{{0,4}}\W+{OTHER}\b|\bboth {OTHER}\b"
    rf"|\b{OTHER}(?:\W+(?:be|to|go|work|used|get))?\W+{JOINED}\b"
)
FAILED = re.compile(r"\b(?:didn'?t|did not|not|wasn'?t|doesn'?t|why|refused|rejected)\b")
ABOUT_ORDERS = ("order.", "refund.", "return.", "action.", "cancel.", "exchange.")
SHOP = r"(?:stores?|shops?|branch(?:es)?|showrooms?|outlets?|locations?|boutiques?)"
PLACE = r"(?P<{0}>[a-z][a-z'.-]+(?: [a-z][a-z'.-]+)?)"
STORES = (
    re.compile(rf"\byour {PLACE.format('a')} {SHOP}\b"),
    re.compile(
        rf"\b{SHOP} (?:here |anywhere |somewhere |open |near(?:by)? )?in {PLACE.format('a')}"
    ),
    re.compile(rf"\b(?:the|a) {PLACE.format('a')} (?:store|shop|branch|showroom|outlet)\b"),
)
# What stands where a place would, and is none.
NO_PLACE = frozenset(
    "online new nearest local closest other physical main whole web old favorite favourite next"
    " person bulk stock mind general town city time total future case order addition advance real"
    " actual own nearby first second app play gift pet garden music pen book coffee retail brick"
    " flagship entire person my our area country state english euros dollars pounds cash days"
    " weeks months morning evening afternoon holiday sunday monday tuesday wednesday thursday"
    " friday saturday christmas very same best little big small great nice lovely only".split()
)
WHERE_ARE_YOU = re.compile(
    r"\W*(?:(?:hi|hello|hey|so|and|ok|btw)\W+)*where(?:'?s| is| are| r|'re)? (?:you|u|ya|ye|yous)"
    r"(?: guys| folks| lot)?(?: based| located| at| situated)?(?: please| then)?\W*"
)
HOW_LONG = re.compile(
    r"\bhow (?:long|many (?:days|hours|weeks))\b|\b(?:until|til+|by) (?:when|which|what)\b"
    r"|\bwhen(?= (?:will|would|do|does|must) (?:you|u|ye|ya|it|i|we|the order)\b)"
    r"|\b(?:deadline|last day)\b"
)
TRANSFER = re.compile(r"\b(?:bank|transfer\w*|wired?|purchase order|che(?:que|ck))\b")
WAITS = re.compile(
    r"\b(?:cancel\w*|drop\w*|laps\w*|expir\w*|hold|holds|keep|keeps|reserv\w*|wait\w*|pay\w*|paid"
    r"|transfer\w*|money|do (?:i|we) have|have (?:i|we))\b"
)
NEEDED = re.compile(
    r"\bwhat (?:else )?(?:do|did|will|would|should|must|shall) (?:you|u|ye|ya|y'all|yous|i|we)"
    r" (?:guys |all )?(?:(?:have|need) to (?:send|do|give|show|provide)|need|require|want|send"
    r"|provide)(?! (?:to (?:know|wash|clean)|if|when))\b"
    r"|\b(?:do|should|must) i (?:need|have) to (?:send|show|provide|take|include)\b"
    r"|\bhow (?:do|can|would|should) (?:i|we) (?:claim|(?:make|start) (?:a|the|that) claim)\b"
)
TELLING = ("policy.", "attribute.", "damaged.", "complaint.")
IN_TROUBLE = frozenset(("warranty", "damaged", "wrong_item", "missing"))
# A subscription that somebody has, or takes themselves to have; no newsletter.
SUBSCRIBED = re.compile(
    r"\b(?:cancel|stop|pause|skip|end|quit|change|delay|get out of)\b.{0,12}\bmy (?:\w+ ){0,3}?"
    r"(?<!newsletter )(?<!email )(?<!e-mail )(?:subscription|auto-?ship)\b"
)
# What the shop is said to have done before is asked of now.
USED_TO = re.compile(
    r"\b(?:you|u|ye|they)(?: guys| lot| all)? used to (?P<what>\w.*?)"
    r"(?=[,.;?!]|\W+(?:but|and (?!\w+ to)|is|when|why|what'?s?|where|did|do|does|has)\b|\W*$)",
    re.I,
)


def of_now(text: str) -> str:
    """ "You used to ship to Wales, is that gone" as it is asked of today; any other text as it
    is."""
    found = USED_TO.search(text)
    return f"do you {found['what']}?" if found else text


@dataclass(frozen=True)
class Put:
    """A question as the articles answer it."""

    intent: str
    ask: str
    query: str
    claim: Claim | None = None


OF_RULES = {
    "return": ("return_refund", "return_policy"), "refund": ("return_refund", "return_policy"),
    "money": ("return_refund", "return_policy"), "exchang": ("exchange", "exchange"),
}  # fmt: skip
OF_SUBSCRIPTIONS = Put("account", "profile", "Do you have subscriptions, and how is one stopped?")
OF_LATE_CODE = Put("promotion", LATE_CODE, "Can a code be added to an order afterwards?")
OF_TWO_CODES = Put("promotion", TWO_CODES, "Can two codes be combined in one order?")
OF_ANOTHER_STORE = Put("policy", ELSEWHERE, "Where is your store?")
OF_THE_STORE = Put("policy", "hours_contact", "Where is your store?")
OF_WAITING = Put(
    "payment", UNPAID, "When is an unpaid order cancelled if the money does not arrive?"
)
OF_CLAIMS = Put(
    "policy", TO_CLAIM, "How do I make a claim under the warranty, and what do I have to send?"
)


def put_plainly(text: str, memory: Memory, lexicon: Lexicon) -> Put | None:
    """The question behind a message, where it is one of those."""
    if _of_late_code(text, memory, lexicon):
        return OF_LATE_CODE
    if _of_two_codes(text, lexicon):
        return OF_TWO_CODES
    if elsewhere(text, lexicon):
        return OF_ANOTHER_STORE
    if WHERE_ARE_YOU.fullmatch(fold(text)):
        return OF_THE_STORE
    if SUBSCRIBED.search(fold(text)):
        return OF_SUBSCRIPTIONS
    if claim := claimed(text):
        return _of_term(claim)
    return _going_on(fold(text), memory)


def _going_on(plain: str, memory: Memory) -> Put | None:
    """What is asked right after an order was found to be unpaid ("how long do you hold it") or a
    rule on faults was told ("what do you need from me")."""
    transfer = memory.act.startswith("order.") and TRANSFER.search(fold(memory.query))
    unpaid = "order.unpaid" in (memory.act, *memory.told) or transfer
    if unpaid and HOW_LONG.search(plain) and WAITS.search(plain):
        return OF_WAITING
    told = memory.act.startswith(TELLING) and bool(IN_TROUBLE & set(memory.asks[:1]))
    return OF_CLAIMS if told and NEEDED.search(plain) else None


def _of_term(claim: Claim) -> Put:
    """The question how long a rule's term is, for who takes it to be another: of a return asked
    without the number, which no text of the shop's has."""
    for rule, (intent, ask) in OF_RULES.items():
        if claim.rule.startswith(rule):
            noun = "exchange" if ask == "exchange" else "return"
            return Put(intent, ask, f"How long is the {noun} period?", claim)
    return Put("policy", "warranty", claim.rest, claim)


def _of_two_codes(text: str, lexicon: Lexicon) -> bool:
    """Whether it is asked if two codes go together, or a code with another discount."""
    plain = fold(text)
    for code in lexicon.codes:
        plain = plain.replace(code.casefold(), "code")
    return bool(TOGETHER.search(plain))


def _of_late_code(text: str, memory: Memory, lexicon: Lexicon) -> bool:
    """Whether a code or a discount is wanted on what is ordered already."""
    plain = fold(text)
    if FAILED.search(plain) or not APPLIES.search(plain):
        return False
    named = bool(CODE.search(plain) or details.code(text, lexicon.codes))
    told = memory.act.startswith("promotion.") or bool(OF_CODES.search(" ".join(memory.articles)))
    of_order = memory.act.startswith(ABOUT_ORDERS) and ON_THAT.search(plain)
    return bool(((named or told) and PLACED.search(plain)) or (named and of_order))


def elsewhere(text: str, lexicon: Lexicon) -> str:
    """The place in which a message takes the shop to have a store ("charlotte"), where nothing of
    the shop's speaks of it; else empty."""
    found = next((m for p in STORES if (m := p.search(fold(text)))), None)
    said = [w for w in found["a"].split() if w not in SMALL_WORDS] if found else []
    ours = shop_words.help_words(lexicon) | shop_words.pages_with(lexicon).keys()
    place = said[1:] if said[:1] == ["new"] else said  # York
    if _has_none(" ".join(said), lexicon):
        return " ".join(said)
    strange = [w for w in place if w not in NO_PLACE and stem(w) not in ours and w not in ours]
    return " ".join(said) if strange and len(strange) == len(place) else ""


def _has_none(place: str, lexicon: Lexicon) -> bool:
    """Whether the shop's texts say themselves that it has no store in a place."""
    none = rf"\b(?:no(?:ne|t|where)?|n't)\b[^.;:\n]{{0,30}}\bin {re.escape(place)}\b"
    return bool(place and re.search(none, fold(lexicon.help)))
