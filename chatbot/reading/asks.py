"""Plain words that settle what is asked, unless the heads are sure of something else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chatbot.terms import ProductWords

from . import faults
from .options import COLORS, SIZES
from .phrases import ONLY_BY_WORDS, PLAIN, SAID
from .wants import untroubled
from .words import SMALL_WORDS, WORD, fold, stem, words

# Nothing but the shopper's own orders, however much "show all" sounds like prying.
OWN_ORDERS = re.compile(
    r"\W*(?:(?:can|could|would) (?:you|u|i) )?(?:please |pls )?(?:list|show|see|give|tell)(?: me)?"
    r"(?: all)?(?: of)?(?: my| the)?(?: (?:recent|past|old|open|last|previous))? orders"
    r"(?: (?:please|pls|i (?:have |'ve )?(?:made|placed)|so far))*\W*"
)
# A parcel that has come by the carrier's word only.
NOT_THERE = re.compile(
    r"\b(?:says?|said|shows?|showing|marked|claims?|supposedly)\b.{0,25}\bdelivered\b.{0,40}"
    r"\b(?:nothing|not|no|never|nowhere|missing|isn'?t|hasn'?t|haven'?t|didn'?t|wasn'?t)\b"
)
ASKED = re.compile(  # rather than told what has happened
    r"\?|^\W*(?:(?:and|so|ok|hi)\W+)*(?:do|does|is|are|what|how|which|can|could|would|will|if)\b",
    re.I,
)
# That asks whether it may go back, however much "back" sounds like money.
MAY_GO_BACK = re.compile(
    r"\b(?:can|could|may) (?:i|we) (?:still )?(?:send|give|bring|take)"
    r" (?:it|that|this|them|those|these) back\b"
)
STANDING = frozenset("where_is_it when_delivered what_ordered tracking missing".split())
GOING_BACK = frozenset("refund_status return_status return_start return_policy exchange".split())
UPSET = re.compile(
    r"\b(?:ridiculous|unacceptable|terrible|awful|worst|furious|fed up|sick of|useless|scam|joke of"
    r"|disappoint\w*|disgusted|so done|never again|wtf|angry|rip ?off)\b"
)
# Of a size or a color this asks whether it is there, not how orders are sent.
ORDERED_NOW = re.compile(
    r"\b(?:can|could|may) (?:i|we) (?:still )?(?:order|get|buy|have|grab)\b.{0,30}"
    r"\b(?:today|now|rn|tonight)\W*$"
)
PRICE_IN = re.compile(  # "what is it in cream", where that is a value and no unit
    r"^\W*(?:(?:and|so|ok|n) )*(?:what|how much)(?:'?s| is| are| would| r)?"
    r" (?:it|that|this|they|those|these)(?: be)? in \w+"
)
SURE = 0.85  # an ask of a text this likely outdoes words that only sound like one of these
TOLD_BY_TEXTS = frozenset(
    "attribute compare size_help care warranty return_policy refund_status exchange"
    " ship_time".split()
)
SEEMS = frozenset("availability option price".split())
SURELY = re.compile(  # of stock or a price, and of nothing else
    r"\bleft\b(?! (?:one|side|hand|foot|shoe|glove))|\b(?:in|out of) stock\b|\bavailab|\bsold out\b"
    r"|\bcosts?\b|\bprice|\bhow much (?:is|are)\b"
)
BARE = ("availability", "price")  # what who only names a product wants to know
ASKING = re.compile(r"\b(?:what'?s?|why|how|who|when|where|which)\b")
LOOKS = ("search", "recommend")
WHAT = re.compile(r"^\W*(?:and |ok |so )?what (?!else|about|other)\w+\W*$")
VAGUE = frozenset("search recommend size_help option restock human language compare".split())
LISTING = frozenset(words("many does come get all available list show different offer make sell"))
FILLERS = frozenset(
    "ok okay then one hi hello hey fine cool nice ones hav have got please thx thanks hmm ah sorry"
    " no yes yep instead what about how and the in maybe only just there".split()
)


def plainly(text: str) -> tuple[str, str] | None:
    """The intent and the ask that a message states in words that leave no doubt."""
    plain = fold(text)
    return next(((i, a) for i, a, pattern in PLAIN if pattern.search(plain)), None)


def meant(text: str, chances: Mapping[str, float]) -> dict[str, float]:
    """The chances of the asks, less those that hardly anything but their words means, where they
    have none and the heads are not sure of them."""
    plain = fold(text)
    missed = {ask for ask, says in ONLY_BY_WORDS.items() if not says.search(plain)}
    return {a: chance for a, chance in chances.items() if chance >= SURE or a not in missed}


def lists_orders(text: str) -> bool:
    """Whether a message asks for a list of orders and for nothing else."""
    return bool(OWN_ORDERS.fullmatch(fold(text)))


def upset(text: str) -> bool:
    """Whether the shopper sounds annoyed."""
    return bool(UPSET.search(fold(text)))


def says_itself(text: str) -> bool:
    """Whether the words of a message tell which of the common questions it asks."""
    return any(pattern.search(fold(text)) for pattern in SAID.values())


def settled(
    text: str, asks: tuple[str, ...], product: ProductWords | None, wished: bool,
    sure: float = 0.0,
) -> tuple[str, ...]:  # fmt: skip
    """`asks` with those first that the words leave no doubt about, unless the heads are `sure` of
    another; for a message that only names a product and its options, what everybody wants to
    know."""
    said = _plain(text, wished and product is not None)
    said = _outdone(fold(text), said, asks[0], sure)
    asks = asks if faults.is_defect(text) else untroubled(text, asks)
    if parcel := _of_a_parcel(text, asks, said):
        return tuple(dict.fromkeys((parcel, *asks)))
    if asks[0] == "refund_status" and MAY_GO_BACK.search(fold(text)):
        return ("return_policy", *asks[1:])
    if product is None:
        return asks
    if not said and _wants_values(text, product):
        said = ("option",)
    if said:
        return tuple(dict.fromkeys((*said, *(a for a in asks if a != "attribute"))))
    if _only_names(text, product):
        return BARE
    if asks[0] in LOOKS and (len(words(text)) == 1 or WHAT.search(fold(text))) and not wished:
        return ("attribute", *asks)  # "height?", "what fuel"
    return ("availability", *asks) if wished and asks[0] in VAGUE else asks


def _outdone(text: str, said: tuple[str, ...], first: str, sure: float) -> tuple[str, ...]:
    """What the words say, less what the heads are sure that they only sound like: "has it got a
    hole in the bottom"."""
    plain = SURELY.search(text) or ORDERED_NOW.search(text)
    surely = sure >= SURE and first in TOLD_BY_TEXTS and not plain
    return tuple(ask for ask in said if not (surely and ask in SEEMS))


def _of_a_parcel(text: str, asks: tuple[str, ...], said: tuple[str, ...]) -> str:
    """What is asked of a parcel: where it is, or what is wrong with what has come; else empty."""
    if NOT_THERE.search(fold(text)):
        return "missing"
    if "where_is_it" in said:
        return "where_is_it"
    there = asks[0] in STANDING and faults.on_arrival(text)
    told = asks[0] == "warranty" and (not ASKED.search(text) or faults.on_arrival(text))
    return "damaged" if (there or told or asks[0] in GOING_BACK) and faults.is_defect(text) else ""


def _plain(text: str, wished: bool) -> tuple[str, ...]:
    """What the words of a message ask beyond doubt, of which an option may be `wished` for."""
    said = tuple(ask for ask, pattern in SAID.items() if pattern.search(fold(text)))
    if wished and PRICE_IN.search(fold(text)):
        return ("price", *said)
    return ("availability", *said) if wished and ORDERED_NOW.search(fold(text)) else said


def _wants_values(text: str, product: ProductWords) -> bool:
    """Whether it only asks for the values of one of the product's options, by the option's name in
    the plural: "what glazes?", "mug sizes pls"."""
    names = {word for name in product.options for word in words(name)}
    plurals = {w for w in WORD.findall(fold(text)) if w.endswith("s") and stem(w) in names}
    rest = set(words(text)) - SMALL_WORDS - FILLERS - LISTING - set(words(product.title)) - names
    return bool(plurals) and not rest


def _only_names(text: str, product: ProductWords) -> bool:
    if ASKING.search(fold(text)):
        return False
    own = {w for values in product.options.values() for v in values for w in words(v)}
    own |= {w for names in SIZES.values() for name in names for w in words(name)}
    rest = set(words(text)) - SMALL_WORDS - FILLERS - set(words(product.title)) - own - COLORS
    return not rest
