"""Which articles are about what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from chatbot.terms import Reading
from storefront import queries

from .similarity import stems
from .world import World

ON_TOPIC = 0.1  # what a passage gains when its article is about what is asked
# What is asked, and the words by which articles of any shop call it.
TOPICS = {
    "return_policy": "return", "return_start": "return", "return_status": "refund return",
    "refund_status": "refund", "exchange": "exchange", "cancel": "cancel",
    "change_address": "chang", "change_item": "chang", "change_payment": "chang pay",
    "damaged": "damage wrong fault", "wrong_item": "wrong damage", "missing": "missing lost",
    "ship_cost": "shipping delivery", "ship_time": "shipping delivery",
    "ship_where": "shipping delivery international", "pickup": "store pickup collect contact",
    "pay_methods": "pay", "pay_failed": "pay", "charged_twice": "pay",
    "unpaid_until": "pay cancel", "to_claim": "warranty guarantee fault repair",
    "to_mend": "warranty guarantee fault repair",
    "invoice": "pay invoice", "code_wanted": "promotion discount", "sale": "promotion sale",
    "code_fails": "promotion discount", "price_match": "price match",
    "loyalty": "points loyalty reward",
    "gift_card": "gift", "login": "account password", "password": "account password",
    "profile": "account", "delete_data": "privacy account data", "warranty": "warranty guarantee",
    "size_help": "siz", "care": "care", "sustainability": "sustainab environment",
    "hours_contact": "contact store hour", "restock": "stock alert",
}  # fmt: skip
OF_PAGES = frozenset(
    "attribute availability care compare health option recommend restock search size_help".split()
)
SAVING = re.compile(
    r"\b(?:codes?|coupons?|vouchers?|promo\w*|discounts?|deals?|offers?|sales?|reduced|sav(?:e|ings?)"
    r"|off|cheap\w*|percent|black friday|stack\w*|combin\w*|military|students?|seniors?|teachers?"
    r"|nurses?)\b|%",
    re.I,
)


def on_codes(reading: Reading, world: World) -> frozenset[int]:
    """The places of the passages that name a promo code, where nothing of codes is asked: to a
    question about a thing they are no answer, however its words may fall."""
    asked = reading.code or reading.offer or not OF_PAGES.issuperset(reading.asks)
    if asked or SAVING.search(reading.text):
        return frozenset()
    codes = world.lexicon.codes
    told = ((i, p.article, p.text.upper()) for i, p in enumerate(world.passages))
    other = ((i, text) for i, article, text in told if article not in reading.articles)
    return frozenset(i for i, text in other if any(code in text for code in codes))


def on_topic(passage: queries.Passage, reading: Reading) -> float:
    """What a passage gains whose article is on what is asked, or is called by its title."""
    title = stems(passage.title)
    if title and title <= stems(reading.text):
        return ON_TOPIC
    return ON_TOPIC if on_asks(passage, reading.asks) else 0.0


def on_asks(passage: queries.Passage, asks: Sequence[str]) -> bool:
    """Whether an article is called by what is asked, as articles of any shop call it."""
    return is_called(f"{passage.article} {passage.topic} {passage.title}", tuple(asks))


@lru_cache(maxsize=1 << 12)
def is_called(names: str, asks: tuple[str, ...]) -> bool:
    """Whether some of `names` is one by which any shop calls what is asked."""
    wanted = {w for ask in asks for w in TOPICS.get(ask, "").split()}
    return any(re.search(rf"\b{w}", names.casefold()) for w in wanted)
