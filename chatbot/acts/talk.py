"""What comes before any fact: persons, safety, manners, misuse, foreign languages."""

from __future__ import annotations

import re

from chatbot.terms import Act, Outcome

from .help import passage
from .known import Known, act, notice
from .products import span

SURE = 0.5  # below, a refusal needs a better reason
KNOWN = 0.62  # a passage this near shows that the question is about the shop
HAGGLING = re.compile(
    r"\b(?:knock (?:off|down)|haggle|best price|lower (?:the |your )?price|special price"
    r"|make it \d+|give me (?:a |an |some )?(?:\d+ ?% |extra )?(?:discount|off|deal)|for free\?"
    r"|price match|match (?:it|that|the price)|do (?:it|me) for \$?\d+)\b",
    re.I,
)
REFUSALS = {
    "injection": "decline.injection",
    "off_topic": "decline.out_of_scope",
}
MANNERS = {
    "thanks": "smalltalk.thanks", "bye": "smalltalk.bye", "greeting": "smalltalk.greeting",
    "joke": "smalltalk.joke", "insult": "smalltalk.insult_calm",
    "who_are_you": "smalltalk.who_are_you",
}  # fmt: skip
NOTICES = {
    "are_you_human": "ai.yes",
    "safety": "safety.stop_using",
    "health": "safety.no_medical_advice",
    "legal": "safety.no_legal_advice",
}
TROUBLE = {
    "damaged": "damaged.empathy_next_step", "missing": "missing.empathy_next_step",
    "wrong_item": "wrong_item.empathy_next_step", "complaint": "complaint.apology_next_step",
}  # fmt: skip


def first(known: Known) -> list[Act]:
    """The act that ends the turn before facts are asked, if one does."""
    reading = known.reading
    if reading.language not in _served(known):
        return [notice("language.cannot_serve", Outcome.HANDED_OFF, {"language": reading.language})]
    top = reading.asks[0]
    if top == "human" or reading.intents[0] == "human":
        return person(known)
    if top in NOTICES and reading.confidence >= SURE and not reading.named:
        return [notice(NOTICES[top], Outcome.ANSWERED)]
    if top in REFUSALS and reading.intents[0] == "out_of_scope" and not _known_after_all(known):
        return [act(REFUSALS[top], outcome=Outcome.DECLINED)]
    if top == "pressure" or HAGGLING.search(reading.text):
        return haggling(known)
    if reading.intents[0] == "smalltalk" and top in MANNERS:
        return [act(MANNERS[top])]
    return []


def _known_after_all(known: Known) -> bool:
    """Whether the shop has something to say to what sounded foreign."""
    best = known.one("passage")
    return known.reading.named or (best is not None and best.score >= KNOWN)


def haggling(known: Known) -> list[Act]:
    """Prices and rules stand: said with the price in question, or the rule, or plainly."""
    product = known.one("product") if known.reading.named or known.reading.follows else None
    if product is not None and (variants := known.wished(product)):
        slots = {"product.name": product.values["name"], "variant.price": span(variants)}
        return [act("price.stands", slots, [product, *variants]), *passage(known)]
    return passage(known) or [act("decline.discount_haggle", outcome=Outcome.DECLINED)]


def _served(known: Known) -> tuple[str, ...]:
    """The languages the shop's assistant speaks; English when the shop does not say."""
    shop = known.one("shop")
    spoken = shop.values.get("languages", "") if shop else ""
    return tuple(spoken.split()) or ("en",)


def person(known: Known) -> list[Act]:
    """A person takes over, now or when the team is back."""
    shop = known.one("shop")
    chat_open = shop.values.get("chat_open", "") if shop else ""
    key = {"yes": "person.joins", "no": "person.later"}.get(chat_open, "person.asked")
    return [notice(key, Outcome.HANDED_OFF)]


def trouble(known: Known) -> list[Act]:
    """A word of sympathy before the help, when something went wrong."""
    asks = known.asks
    if known.reading.intents[0] == "complaint" and not set(asks) & set(TROUBLE):
        asks = ("complaint",)
    return [act(TROUBLE[a]) for a in asks if a in TROUBLE][:1]
