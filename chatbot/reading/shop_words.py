"""The words of the shop's own texts, and where they stand."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from chatbot.terms import Lexicon, ProductWords

from .words import SMALL_WORDS, stem, words

LOWER = re.compile(r"\b[a-z][a-z']+\b")


@lru_cache(maxsize=4)
def last_words(lexicon: Lexicon) -> frozenset[str]:
    """What the products are, by the last word of their names: tent, lamp, boot."""
    return frozenset(filter(None, map(sort, lexicon.products)))


def sort(product: ProductWords) -> str:
    """What a product is, by the last word of its name, or nothing."""
    said = words(re.split(r"[(,–—|/]", product.title)[0])
    return next((w for w in reversed(said) if w.isalpha() and len(w) > 2), "")


def on_pages(word: str, lexicon: Lexicon) -> bool:
    """Whether the shop writes the word anywhere."""
    return word in pages_with(lexicon)


@lru_cache(maxsize=4)
def titles(lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The telling words of each product's title, in order, less the shop's name: "hob" is no
    Hob & Ladle Apron."""
    said = (words(_less_name(product.title, lexicon.name)) for product in lexicon.products)
    return tuple(tuple(w for w in title if w not in SMALL_WORDS) for title in said)


def _less_name(title: str, name: str) -> str:
    rest = title.replace(name, " ") if name else title
    return rest if words(rest) else title


@lru_cache(maxsize=4)
def values(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The words of each product's option values, by its handle."""
    said = {p.handle: [v for vals in p.options.values() for v in vals] for p in lexicon.products}
    return {
        handle: frozenset(w for value in vals for w in words(value) if len(w) > 1)
        for handle, vals in said.items()
    }


@lru_cache(maxsize=4)
def titles_with(lexicon: Lexicon) -> Counter[str]:
    """In how many titles each word stands."""
    return Counter(w for p in lexicon.products for w in set(words(p.title)))


@lru_cache(maxsize=4)
def pages_with(lexicon: Lexicon) -> Counter[str]:
    """On how many products' pages each word stands."""
    return Counter(w for p in lexicon.products for w in set(words(p.text)))


@lru_cache(maxsize=4)
def help_words(lexicon: Lexicon) -> frozenset[str]:
    """The words of the help articles."""
    return frozenset(words(lexicon.help))


@lru_cache(maxsize=4)
def common_words(lexicon: Lexicon) -> frozenset[str]:
    """The words that some page writes with a small letter."""
    text = " ".join(p.text for p in lexicon.products)
    return frozenset(stem(w) for w in LOWER.findall(text))
