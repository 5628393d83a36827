"""Which articles are about what is asked."""

from __future__ import annotations

import re

from chatbot.terms import Reading
from storefront import queries

from .similarity import stems

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
    "invoice": "pay invoice", "code_wanted": "promotion discount", "sale": "promotion sale",
    "code_fails": "promotion discount", "price_match": "price match",
    "loyalty": "points loyalty reward",
    "gift_card": "gift", "login": "account password", "password": "account password",
    "profile": "account", "delete_data": "privacy account data", "warranty": "warranty guarantee",
    "size_help": "siz", "care": "care", "sustainability": "sustainab environment",
    "hours_contact": "contact store hour", "restock": "stock alert",
}  # fmt: skip


def on_topic(passage: queries.Passage, reading: Reading) -> float:
    """What a passage gains whose article is on what is asked, or is called by its title."""
    title = stems(passage.title)
    if title and title <= stems(reading.text):
        return ON_TOPIC
    names = f"{passage.article} {passage.topic} {passage.title}".casefold()
    wanted = {w for ask in reading.asks for w in TOPICS.get(ask, "").split()}
    return ON_TOPIC if any(re.search(rf"\b{w}", names) for w in wanted) else 0.0
