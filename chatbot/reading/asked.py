"""What a message asks: by the trained heads, and by words that leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from chatbot.payments import NAMES
from chatbot.terms import Lexicon, Memory

from . import bounds, faults, leaning, limits, measures, quantities, strangers
from .again import asked_again
from .asks import LOOKS, lists_orders, meant, plainly, says_itself, settled
from .dates import asks_for_room
from .emergencies import emergency
from .going_on import goes_on, insists, of_offer, until_when
from .phrases import SAID
from .put_plainly import Put
from .spoken import Spoken
from .wanted import Wanted
from .wants import wants
from .words import SMALL_WORDS, fold, words

ALSO = 0.35  # an ask this likely is answered besides the first
MOST_ASKS = 3
CERTAIN = 0.8  # of misuse, or of being none of the shop's business: plain words excuse neither
FOREIGN, LIKELY_ENOUGH = "out_of_scope", 0.4
OFF_TOPIC = "off_topic"
OR = re.compile(r"\b(?:or|vs?\.?|versus|against)\b", re.I)
# What is ordered is exchanged; of what is only looked at, another version is asked for.
BOUGHT = re.compile(
    r"\b(?:exchang\w*|swap\w*|return\w*|bought|ordered|received|got|have|came|sent)\b", re.I
)
# What tells things apart: "the difference between", "what do I get for the extra".
APART = re.compile(
    r"\b(?:diff|differs?|diff?\w*nces?|compare|vs\.?|versus)\b|\bwhat'?s? (?:is |are )?diff\w*nt\b"
    r"|\b(?:get|gets|getting|gain|have|has)\b.{0,25}\b(?:for|with)\b.{0,25}"
    r"\b(?:extra|more|difference)\b",
    re.I,
)
PAID = re.compile(  # the difference that is paid or given back
    r"\b(?:pay|paid|refund\w*|charge[ds]?|exchang\w*|swap\w*|return\w*|bought|ordered|received|order)\b",
    re.I,
)
THAN = re.compile(r"\b(?:than|vs\.?|versus)\b", re.I)
INSTEAD = re.compile(r"\binstead\b(?! of\b)", re.I)
# What nothing in particular is asked of: "tell me about the bell tent".
DESCRIBE = re.compile(
    r"\b(?:tell me (?:more )?about|info(?:rmation)? (?:on|about)|more about)\b(?P<what>.*)"
)
OF_GOODS = ("stock.", "price.", "option.", "attribute.", "search.", "recommend.", "restock.")
# What a present with a price sounds like, and a question on gift wrap is.
MAYBE_OF_GIFTS = frozenset(("policy", "promotion", "smalltalk", "out_of_scope"))
PRESENT = re.compile(
    r"\b(?:gifts?|presents?)\b(?! (?:card|wrap\w*|voucher|receipt|box|bag|certificate|message)s?\b)"
    r"|\bbirthday\b|\bfor (?:my|our|her|his|their) \w+|\b(?:secret santa|stocking|christmas)\b",
    re.I,
)
# Who looks for something "against the cable mess" has had no trouble with an order.
SEEKING = ("product_search", "search")
TROUBLE = frozenset(("complaint", "damaged", "missing", "wrong_item"))
OF_WHAT_IT_DOES = re.compile(  # a watch that supports it, a wallet that holds it
    r"\b(?:supports?|works?|holds?|fits?|compatible|sync\w*|made|use[ds]?|has|have|with)\b", re.I
)
WAY_TO_PAY = re.compile(rf"\b(?:{'|'.join(NAMES)})\b", re.I)
MADE = re.compile(r"\b(?:paid|payed|refund\w*|charged|declined|failed|ordered|bought)\b", re.I)
OF_WARES = frozenset(("availability", "attribute", "option", "search", "recommend", "sale"))
Names = tuple[str, ...]  # of intents or asks, most important first
Named = tuple[str, str]  # an intent and an ask
Chances = Mapping[str, float]


@dataclass(frozen=True)
class Message:
    """A message, less its manners, with the products and versions it is about."""

    text: str
    whole: str  # with its manners
    spoken: Spoken
    wanted: Wanted
    memory: Memory
    lexicon: Lexicon
    offer: str = ""  # for whom a discount is spoken of
    put: Put | None = None  # the question behind it


@dataclass(frozen=True)
class Asked:
    """What it asks."""

    intents: Names
    asks: Names
    confidence: float  # of the first intent
    follows: bool  # whether it only makes sense after what was said before
    again: str = ""  # the question before, where it only names another thing to ask it of
    measure: str = ""  # the measure asked for: "weight"
    extreme: str = ""  # the "least" or "most" of it of a sort, "less" or "more" of several in view


def asked(message: Message, chances: Chances, asks: Chances) -> Asked:
    """What a message asks, given how likely the heads find each intent and each ask."""
    intents, told = _by_heads(message, chances, asks)
    measure, extreme = _measured(message, intents, told)
    found = partial(Asked, measure=measure, extreme=extreme)
    terms = _of_terms(message, told)
    goes = goes_on(message.text, message.memory)
    follows = bool(terms or goes) or _follows(message, told)
    surest = max(chances.values())
    misuse = "injection" in told and surest >= CERTAIN
    plain = _harmless(message) if misuse else _plain(message, told, goes) or terms
    if plain := _urgent(message) or plain or _looking(message, intents, told, extreme):
        if plain == SEEKING:
            intents, told = _less(intents, TROUBLE), _less(told, TROUBLE)
        told = _besides(plain[1], told, message)
        return found(_ahead(plain[0], intents), _ahead(plain[1], told), 1.0, follows)
    if _described(message):
        return found(("product_question",), ("attribute",), 1.0, follows)
    if again := asked_again(message.text, message.spoken, message.memory, message.lexicon):
        return found(("product_question",), message.memory.asks[:1], 1.0, follows=True, again=again)
    return found(intents, told, surest, follows)


def likely(chances: Chances) -> Names:
    """The intents worth answering, a foreign one only where it is likely enough: to turn a shopper
    away by mistake is worse than to look something up in vain."""
    at_home = chances.get(FOREIGN, 0.0) < LIKELY_ENOUGH
    return _ranked(_without(chances, FOREIGN) if at_home else chances)


def _by_heads(message: Message, chances: Chances, asks: Chances) -> tuple[Names, Names]:
    """The intents and asks by the heads, those first that the words settle; who names a product or
    looks for one speaks of it, and a bare "how much is it" is asked of the one in view."""
    asks = meant(message.whole, asks)
    intents, told = likely(chances), _ranked(asks)
    maybe = chances.get(FOREIGN, 0.0) < CERTAIN
    wares = maybe and strangers.of_wares(message.text, message.lexicon)
    if told[0] == OFF_TOPIC and (message.spoken.named or wares):
        intents, told = _ranked(_without(chances, FOREIGN)), _ranked(_without(asks, OFF_TOPIC))
    product, wishes = message.wanted.product, message.wanted.wishes
    told = settled(message.text, told, product, wishes, asks[told[0]])
    told = faults.weighed(message.text, told)
    if told[0] == "price" and _of_the_thing_in_view(message):
        return ("product_question",), ("price",)
    return intents, told


def _of_the_thing_in_view(message: Message) -> bool:
    """Whether what a message asks is asked of the thing in view, as it names nothing else and no
    rule was spoken of right before."""
    of_a_rule = leaning.OF_RULES & set(message.memory.asks)
    return leaning.says_nothing_new(message.text) and not of_a_rule and bool(message.spoken.handles)


def _of_terms(message: Message, told: Names) -> Named | None:
    """What is asked of the terms of what has just been prepared; nothing where a thing is named,
    but for the very one in view: "till when for the lamp"."""
    new = message.spoken.named or message.spoken.loosely
    same = message.spoken.handles[:1] == message.memory.products[:1] and until_when(message.text)
    return of_offer(message.text, told, message.memory) if same or not new else None


def _follows(message: Message, told: Names) -> bool:
    text, memory = message.text, message.memory
    if leaning.leans(text) or insists(told, memory):
        return True
    return not message.spoken.named and leaning.refines(text, memory)


def _plain(message: Message, told: Names, goes: Named | None) -> Named | None:
    """The intent and the ask that the words leave no doubt about, or that it `goes` on with."""
    if message.put:
        return message.put.intent, message.put.ask
    of_code = ("promotion", "code_wanted") if message.offer else None
    two = _between_two(message, told) or _two_versions(message, told)
    goods = _several(message, told) or two or _apart(message)
    goods = goods or _instead(message) or _on_a_day(message) or _pays(message, told)
    return plainly(message.text) or wants(message.text) or of_code or goes or goods


def _several(message: Message, told: Names) -> Named | None:
    """That what several of a thing cost is asked of goods, however it sounds."""
    several = message.wanted.product is not None and message.wanted.quantity > 1
    sum_asked = told[0] == "price" or quantities.total(message.text)
    return ("product_question", "price") if several and sum_asked else None


def _between_two(message: Message, told: Names) -> Named | None:
    """That who speaks of two things, one "or" the other, compares them and looks for neither."""
    new = message.spoken.named or message.spoken.loosely
    open_to = told[0] in LOOKS or "compare" in told
    two = new and len(message.spoken.handles) == 2 and open_to
    return ("product_question", "compare") if two and OR.search(message.text) else None


def _two_versions(message: Message, told: Names) -> Named | None:
    """That who sets one version beside another compares them, and wants neither."""
    two = message.wanted.wishes and any(len(v) == 2 for v in message.wanted.options.values())
    compared = two and "compare" in told and THAN.search(message.text)
    return ("product_question", "compare") if compared else None


def _described(message: Message) -> bool:
    """Whether somebody wants to be told about a thing, and nothing of it in particular."""
    found, product = DESCRIBE.search(fold(message.text)), message.wanted.product
    own = set(words(product.title)) if product else set()
    return bool(found and own and not set(words(found["what"])) - SMALL_WORDS - own)


def _besides(first: str, told: Names, message: Message) -> Names:
    """What else is asked: of two versions that are compared not whether they are there, unless the
    words say so."""
    stock = SAID["availability"].search(message.text)
    return told if first != "compare" or stock else tuple(a for a in told if a != "availability")


def _apart(message: Message) -> Named | None:
    """That who asks what tells two things apart, or the versions of one, or what the dearer one has
    for its price, asks of goods and of no rule on exchanges."""
    spoken, product = message.spoken, message.wanted.product
    several = len(spoken.handles) > 1 or bool(product and product.options)
    new = spoken.named or spoken.loosely
    own = new and several and APART.search(message.text) and not PAID.search(message.text)
    return ("product_question", "compare") if own else None


def _instead(message: Message) -> Named | None:
    """That who has looked at a thing and wants "the red one instead" asks whether it is there."""
    looked = message.memory.act.startswith(OF_GOODS) and not message.memory.order
    another = message.wanted.wishes and INSTEAD.search(message.text)
    wished = looked and another and not BOUGHT.search(message.text)
    return ("product_question", "availability") if wished else None


def _on_a_day(message: Message) -> Named | None:
    """That who asks for room at a class, or when the next one is, asks whether it can be had."""
    room = asks_for_room(message.text, message.wanted.product)
    return ("product_question", "availability") if room else None


def _pays(message: Message, told: Names) -> Named | None:
    """That who speaks of a thing and of a way to pay asks whether it is taken, unless a payment has
    been made, or the words ask for the thing's price, its stock or what it does."""
    named = told[0] in OF_WARES and message.spoken.handles and WAY_TO_PAY.search(message.text)
    does = told[0] == "attribute" and OF_WHAT_IT_DOES.search(message.text)
    other = does or MADE.search(message.text) or says_itself(message.text)
    return ("payment", "pay_methods") if named and not other else None


def _harmless(message: Message) -> Named | None:
    """What is asked by a message that only sounds like misuse."""
    return ("order_status", "what_ordered") if lists_orders(message.text) else None


def _urgent(message: Message) -> Named | None:
    """The emergency that comes before everything else."""
    urgent = emergency(message.whole)
    intent = "out_of_scope" if urgent == "emergency" else "complaint"
    return (intent, urgent) if urgent else None


def _measured(message: Message, intents: Names, told: Names) -> tuple[str, str]:
    """The measure asked for, and whether the least or the most of it among a sort."""
    text, lexicon, product = message.text, message.lexicon, message.wanted.product
    measure, extreme = measures.among(text, intents, told, message.spoken, product, lexicon)
    return measure or measures.measure(text), extreme


def _looking(message: Message, intents: Names, told: Names, extreme: str) -> Named | None:
    """That a message surely looks for products, where it names none: up to a price, "do you sell
    tents", "which tent would do", "the lightest tent"."""
    text, lexicon = message.text, message.lexicon
    which = told[0] in LOOKS and strangers.asks_which(text, lexicon)
    bounded = limits.price_limit(text) is not None or bounds.looks(text)
    limited = bounded and _of_wares(text, intents[0])
    looks = which or limited or strangers.seeks_a_sort(text, lexicon)
    sought = extreme in ("least", "most") or (looks and not message.spoken.named)
    return SEEKING if sought else None


def _of_wares(text: str, intent: str) -> bool:
    """Whether a message speaks of wares, or of somebody to give some to, and of no rule."""
    present = intent in MAYBE_OF_GIFTS and PRESENT.search(text)
    return intent.startswith("product_") or bool(present)


def _without(chances: Chances, name: str) -> Chances:
    return {n: chance for n, chance in chances.items() if n != name}


def _ranked(chances: Chances) -> Names:
    """The intents or asks worth answering, most likely first; at least one."""
    ranked = sorted(chances, key=lambda name: -chances[name])
    return tuple(n for n in ranked[:MOST_ASKS] if chances[n] >= ALSO) or (ranked[0],)


def _less(names: Names, others: frozenset[str]) -> Names:
    return tuple(n for n in names if n not in others)


def _ahead(name: str, others: Names) -> Names:
    return tuple(dict.fromkeys((name, *others)))
