"""What comes before any fact: persons, safety, manners, misuse, foreign languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.terms import CAME, PUT, SUPPOSED, Act, Outcome

from . import others
from .help import correct, passage, unknown
from .known import EVEN, Known, act, notice, outcome
from .people import by_phone, person, taken_up
from .products import TELLS, span

SURE = 0.5  # below, a refusal needs a better reason
KNOWN = 0.6  # a passage this sure shows that the question is about the shop
SURELY_FOREIGN = 0.8  # below, a message beside a product in view is about the product
CERTAIN = 0.8  # from here a person comes without being named
PERSON = re.compile(
    r"\b(?:humans?|agents?|operator|representative|manager|someone|somebody|colleague|staff|real"
    r"|support|(?<!two )(?<!2 )(?<!per )person|people|(?:talk|speak|chat) (?:to|with)|call me)\b",
    re.I,
)
HAGGLING = re.compile(
    r"\b(?:(?<!the )(?<!a )knock (?:off|down)|haggle|best price|lower (?:the |your )?price"
    r"|special price|make it \d+|for free\?"
    r"|give me (?:a |an |some )?(?:\d+ ?% |extra |small |little |tiny )?(?:discount|off|deal)"
    r"|price match|match (?:it|that|the price)|do (?:it|me) for \$?\d+|free upgrade"
    r"|throw in\b(?! (?:(?:the|my|a) )?(?:(?:washing )?machine|(?:tumble )?dryer|dish ?washer"
    r"|washer|wash|bin|oven)\b(?! (?:bag|liner)))"
    r"|upgrade me|nobody (?:needs|has) to know|between us|bend the rules|waive|make an exception"
    r"|wholesale price|staff discount|employee discount|legally binding)\b",
    re.I,
)
CONFIRM = re.compile(
    r"\b(?:confirm|promise|guarantee|agree|admit)(?: me| us)? (?:that|it|this|the)\b"
    r"|\bso (?:that )?i (?:have it|can hold|can quote)\b|\bhold you to\b"
    r"|\b(?:please|just|pls) (?:confirm|promise|guarantee)\b|\bpromise(?: me)?\?"
    r"|\bsay (?:yes|that it)\b|^\W*(?:confirm|promise|guarantee (?:me|us|my|i|you))\b",
    re.I,
)
OWN = re.compile(r"\b(?:my|our|the|ordered|bought)\b", re.I)  # what has been ordered
# Shops that shoppers confuse with this one; their orders are none of ours.
OTHER_SHOP = re.compile(
    r"\b(?:my|an?|the) (?:amazon|ebay|etsy|walmart|target|ikea|temu|shein|aliexpress|zara|costco"
    r"|best buy|wayfair|rei|asos|argos|zalando)\b.{0,25}"
    r"\b(?:order|account|parcel|package|delivery)\b",
    re.I,
)
# A written yes to an action, which counts for nothing.
AGREES = re.compile(
    r"\W*(?:(?:yes|yep|yeah|yea|ya|ok|okay|sure|please|pls|do it|do that|go ahead|go for it|proceed"
    r"|confirm(?:ed)?|agreed|approved?|i (?:confirm|agree|consent|accept)|that|it|now|then|correct)"
    r"\W*)+$",
    re.I,
)
REFUSALS = {
    "injection": "decline.injection",
    "off_topic": "decline.out_of_scope",
}
MANNERS = {
    "your_name": "smalltalk.name", "can_do": "smalltalk.can_do", "personal": "smalltalk.personal",
    "thanks": "smalltalk.thanks", "bye": "smalltalk.bye", "greeting": "smalltalk.greeting",
    "joke": "smalltalk.joke_told", "insult": "smalltalk.insult_calm",
    "who_are_you": "smalltalk.who_are_you",
}  # fmt: skip
EMERGENCIES = {"danger": "safety.danger", "despair": "safety.despair"}
NOTICES = {
    "are_you_human": "ai.yes",
    "safety": "safety.stop_using",
    "health": "safety.no_medical_advice",
    "legal": "safety.no_legal_advice",
}
TROUBLE = {
    "damaged": "damaged.empathy_next_step", "missing": "missing.empathy_next_step",
    "wrong_item": "wrong_item.empathy_next_step", "complaint": "complaint.with_next",
    "charged_twice": "payment.charged_twice",
}  # fmt: skip
SORRY = frozenset((*TROUBLE.values(), "order.late_empathy"))
# What somebody tells rather than asks.
OCCASIONS = {"wishes": "manners.wishes", "joy": "manners.joy", "night": "manners.night"}
NOTHING_ASKED = frozenset(("smalltalk", "out_of_scope", "complaint"))


def first(known: Known) -> list[Act]:
    """The act that ends the turn before facts are asked, if one does."""
    reading = known.reading
    if reading.asks[0] == "emergency":
        return [notice("safety.emergency", Outcome.ANSWERED)]
    if reading.asks[0] in EMERGENCIES:
        return [notice(EMERGENCIES[reading.asks[0]], Outcome.HANDED_OFF), *person(known)]
    if reading.after.startswith("action.") and AGREES.match(reading.text):
        return [notice("action.press", Outcome.ACTION_OFFERED)]
    if reading.language not in _served(known):
        return [notice("language.cannot_serve", Outcome.HANDED_OFF, {"language": reading.language})]
    misused = "injection" in known.asks and reading.intents[0] == "out_of_scope"
    if not misused and (reading.email or reading.order):
        return _person_or_notice(known) if not reading.email else []  # an order is spoken of
    told = others.demanded(known) or _person_or_notice(known) or _occasion(known) or _refused(known)
    return told or _mannered(known)


def _person_or_notice(known: Known) -> list[Act]:
    """A person who is asked for, or a text that is fixed because it matters."""
    reading, top = known.reading, known.asks[0]
    product = known.one("product")
    told = known.sentences(product)[:1] if product is not None else []
    on_page = bool(told) and told[0].score >= TELLS  # "any nuts in it?": the page says
    settled = reading.named or on_page or reading.code  # "the jackaranda code for a belly oil"
    if top in NOTICES and reading.confidence >= SURE and not settled:
        written = _in_articles(known) if top == "health" else []
        # What stands beside it may have to wait for staff, as no notice named "safety." does.
        fixed = "health.no_advice_beside" if written else NOTICES[top]
        return [notice(fixed, Outcome.ANSWERED), *written]
    if taken_up(known):
        return person(known)
    wanted = top == "human" or reading.intents[0] == "human"
    if wanted and (reading.confidence >= CERTAIN or PERSON.search(reading.text)):
        return [*person(known), *by_phone(known)]
    return []


def _in_articles(known: Known) -> list[Act]:
    """What the shop's articles surely say of what is asked."""
    best = known.one("passage")
    return passage(known) if best is not None and best.score >= EVEN else []


def _refused(known: Known) -> list[Act]:
    """What is none of the shop's business, nobody else's either, or not to be had by asking."""
    reading, top = known.reading, known.asks[0]
    if OTHER_SHOP.search(reading.text):
        return [_by_name("decline.other_shop", known, Outcome.DECLINED)]
    if (kept := others.refused(known)) or top in PUT:
        return kept
    misuse = "injection" in known.asks and reading.intents[0] == "out_of_scope"
    if misuse and not _page_answers(known):
        return [act("decline.injection", outcome=Outcome.DECLINED), *_the_rule(known)]
    foreign = reading.intents[0] == "out_of_scope" and not _known_after_all(known)
    if top in REFUSALS and foreign:
        return [act(REFUSALS[top], outcome=Outcome.DECLINED)]
    own = top == "when_delivered" and OWN.search(reading.text)
    of_an_order = bool(own) and known.one("identity") is not None
    if CONFIRM.search(reading.text) and not (known.one("order") or of_an_order):
        return pressed(known) or unknown()
    if not reading.offer and (top == "pressure" or HAGGLING.search(reading.text)):
        return haggling(known)
    return []


def _page_answers(known: Known) -> bool:
    """Whether the page of a product that is named surely answers."""
    told = known.one("sentence")
    return known.reading.named and told is not None and told.score >= KNOWN


def _the_rule(known: Known) -> list[Act]:
    """What is written, where an attempt to change it is about a rule of the shop."""
    best = known.one("passage")
    return correct(known) if best and best.values.get("on_topic") and best.score >= KNOWN else []


def _occasion(known: Known) -> list[Act]:
    """An answer to wishes, to good news, to a loss where nothing is asked."""
    reading = known.reading
    if reading.occasion in OCCASIONS:
        return [notice(OCCASIONS[reading.occasion], Outcome.ANSWERED)]
    if reading.occasion == "loss" and reading.intents[0] in NOTHING_ASKED:
        return [notice("manners.loss_told", Outcome.ANSWERED)]
    return []


def _mannered(known: Known) -> list[Act]:
    """An answer to a greeting, thanks, banter; none where something else was asked as well."""
    top = next((a for a in known.asks if a in MANNERS), "")
    if known.reading.intents[0] != "smalltalk" or not top:
        return []
    return [_by_name(MANNERS[top], known) if top == "your_name" else act(MANNERS[top])]


def _by_name(name: str, known: Known, outcome: Outcome = Outcome.ANSWERED) -> Act:
    """An act that cites the shop's name, if it has one."""
    shop = known.one("shop")
    slots = {"shop.name": shop.values.get("name", "")} if shop else {}
    return act(name, slots, [shop] if shop else (), outcome)


def _known_after_all(known: Known) -> bool:
    """Whether the shop has something to say to what sounded foreign."""
    best, reading = known.one("passage"), known.reading
    in_view = bool(reading.products) and reading.confidence < SURELY_FOREIGN
    return reading.named or in_view or (best is not None and best.score >= KNOWN)


def pressed(known: Known) -> list[Act]:
    """Who presses for a yes hears that there is none to give, and what is written."""
    product = known.one("product") if known.reading.named or known.reading.follows else None
    told = known.sentences(product)[:1] if product is not None else []
    if told and told[0].score >= TELLS:
        return [act("policy.correct", {"passage.text": told[0].values["text"]}, told)]
    return correct(known)


def haggling(known: Known) -> list[Act]:
    """Prices and rules stand: said with the price in question, or the rule, or plainly."""
    reading = known.reading
    spoken_of = reading.named or reading.loosely or reading.follows
    product = known.one("product") if spoken_of else None
    if product is not None and (variants := known.wished(product)):
        slots = {"product.name": product.values["name"], "variant.price": span(variants)}
        return [act("price.stands", slots, [product, *variants]), *passage(known)]
    return passage(known) or [act("decline.discount_haggle", outcome=Outcome.DECLINED)]


def _served(known: Known) -> tuple[str, ...]:
    """The languages the shop's assistant speaks; English when the shop does not say."""
    shop = known.one("shop")
    spoken = shop.values.get("languages", "") if shop else ""
    return tuple(spoken.split()) or ("en",)


def sympathy(known: Known, acts: Sequence[Act]) -> list[Act]:
    """A word of sympathy before the help, when somebody has died or something went wrong: once,
    neither twice in a reply nor in two that follow each other."""
    if known.reading.occasion == "loss":
        return [notice("manners.loss", outcome(acts))] if acts else []
    told = {*(one.name for one in acts), *known.reading.before}
    return [one for one in _trouble(known) if one.name not in SORRY or not SORRY & told]


def _trouble(known: Known) -> list[Act]:
    asks = _troubles(known)
    if known.reading.code or known.asks[0] == "code_wanted":
        return []
    sorry = known.reading.intents[0] == "complaint" or known.reading.upset
    if sorry and not set(asks) & set(TROUBLE):
        asks = ("complaint",)
    return [act(TROUBLE[a]) for a in asks if a in TROUBLE][:1]


def _troubles(known: Known) -> tuple[str, ...]:
    """What is asked, where a sorry may ask back: which thing came broken, unless that is told. Of
    what may have broken in use it is only said that we are sorry, of what has not happened not
    even that."""
    reading = known.reading
    if reading.fault == SUPPOSED:
        return tuple(ask for ask in known.asks if ask != "damaged")
    told = reading.fault != CAME or reading.thing or reading.products
    return tuple("complaint" if told and ask == "damaged" else ask for ask in known.asks)
