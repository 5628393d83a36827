"""Codes by which makers call their models: "X20", "NB-7", a lens' "70-300"."""

from __future__ import annotations

import re
from functools import lru_cache

from chatbot.terms import Lexicon, ProductWords

from .words import REMEMBERED, SMALL_WORDS, fold

FEW = 4  # titles; a code on more is a size or a standard, such as A5
NO_MODEL = SMALL_WORDS | {"no", "size"}
LENGTHS = (
    r"(?! ?(?:%|days?|weeks?|hours?|months?|years?|yrs?|minutes?|working|business|people|of\b))"
)
WRITTEN = re.compile(r"(?<![\w-])(?:[a-z]{1,3}-?\d{1,4}[a-z]?|\d{1,3}-\d{1,3})(?![\w-])")
TYPED = re.compile(
    rf"(?<![\w-])(?:([a-z]-?|[a-z]{{2,3}}[- ]?)\d{{1,4}}[a-z]?"
    rf"|(?<!in )(?<!within )\d{{1,3}} ?- ?\d{{1,3}}{LENGTHS})(?![\w-])"
)


def codes(product: ProductWords) -> frozenset[str]:
    """The codes in a product's title, without hyphens: "nb7"."""
    return _written(product.title)


@lru_cache(maxsize=REMEMBERED)
def _written(title: str) -> frozenset[str]:
    return frozenset(map(_bare, WRITTEN.findall(fold(title))))


@lru_cache(maxsize=4)
def of_shop(lexicon: Lexicon) -> frozenset[str]:
    """The codes that tell few products from all others."""
    each = [code for product in lexicon.products for code in codes(product)]
    return frozenset(code for code in each if each.count(code) <= FEW)


def named(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The codes of the shop's models that a message calls, in its own way of writing them."""
    return frozenset(_bare(m.group()) for m in _calls(text, lexicon))


def without(text: str, lexicon: Lexicon) -> str:
    """`text` less such codes, of which the numbers count nothing: "x20" is no twenty of a thing."""
    plain = fold(text)
    for m in reversed(_calls(text, lexicon)):
        plain = f"{plain[: m.start()]} {plain[m.end() :]}"
    return plain if _calls(text, lexicon) else text


def _calls(text: str, lexicon: Lexicon) -> list[re.Match[str]]:
    found = TYPED.finditer(fold(text))
    return [
        m
        for m in found
        if (m[1] or "").strip("- ") not in NO_MODEL and _bare(m.group()) in of_shop(lexicon)
    ]


def _bare(code: str) -> str:
    """A code without what may be left out; the two numbers of a range stay apart."""
    return re.sub(r" ?- ?", "-", code) if code[0].isdigit() else re.sub(r"[- ]", "", code)
