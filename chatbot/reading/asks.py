"""Plain words that settle what is asked of a product, whatever the heads think."""

from __future__ import annotations

import re

from chatbot.terms import ProductWords

from .words import SMALL_WORDS, fold, words

SAID = {
    "availability": re.compile(
        r"\bin stock\b|\bsold out\b|\bout of stock\b|\b(?:any|many|some) .{0,40}\bleft\b"
        r"|\bavailab|\b(?:have|got|get|do you do) any\b|\bstill (?:have|got|there|in|sell)"
        r"|\bin yet\b|\brestocked\b"
    ),
    "price": re.compile(
        r"\bprice|\bhow much (?:is|are|for|does|do|would|will)\b|\bcosts?\b|\$\$|\bgo for\b"
    ),
}
BARE = ("availability", "price")  # what who only names a product wants to know


def settled(text: str, asks: tuple[str, ...], product: ProductWords | None) -> tuple[str, ...]:
    """`asks` with those first that the words leave no doubt about; for a message that only names
    a product and its options, what everybody wants to know."""
    if product is None:
        return asks
    said = tuple(ask for ask, pattern in SAID.items() if pattern.search(fold(text)))
    if said:
        return tuple(dict.fromkeys((*said, *(a for a in asks if a != "attribute"))))
    return BARE if _only_names(text, product) else asks


def _only_names(text: str, product: ProductWords) -> bool:
    own = {w for values in product.options.values() for v in values for w in words(v)}
    return not set(words(text)) - SMALL_WORDS - set(words(product.title)) - own
