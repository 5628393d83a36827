"""Rewriting by rules. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

FIRST_MARK = 0xE000  # private use: stands for one of the shop's own words
MARKS = "\ue000-\ue0ff"
KEPT = f"[{MARKS}]"
THING = rf"(?:(?:the|this|that|my|your|a|an) )?(?:(?:order|code|price of the) )?(?:{KEPT}|\w+)"
NUMBERS = re.compile(
    r"[^\s?!.,]*\d[^\s?!.,]*(?:[.,]\d+)*|\S+@\S+"
)  # order numbers, codes, addresses
ARTICLES = re.compile(r"(?<![\w'’])(?:the|an|a) ", re.I)
Rules = Sequence[tuple[str, str]]


def shielded(text: str, kept: Sequence[str]) -> tuple[str, Callable[[str], str]]:
    """A text with one mark for each word of the shop's, and how to put them back."""
    found: list[str] = []

    def mark(match: re.Match[str]) -> str:
        found.append(match[0])
        return chr(FIRST_MARK + len(found) - 1)

    words = sorted((re.escape(w) for w in kept if w), key=len, reverse=True)
    patterns = [*map(re.compile, words), NUMBERS]
    for pattern in patterns:
        text = pattern.sub(mark, text)

    def restore(changed: str) -> str:
        for place in reversed(range(len(found))):
            changed = changed.replace(chr(FIRST_MARK + place), found[place])
        return changed

    return text, restore


def rewrite(text: str, rules: Rules) -> str:
    """`text` after all rules, each at whole words; a capital at its beginning stays one."""
    for pattern, words in rules:
        text = re.sub(rf"(?<![\w'’]){pattern}(?![\w'’])", _same_case(words), text, flags=re.I)
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """A text without its articles."""
    said = ARTICLES.sub("", text)
    return said[:1].upper() + said[1:]


def _same_case(words: str) -> Callable[[re.Match[str]], str]:
    def put(match: re.Match[str]) -> str:
        said = match.expand(words)
        return said[:1].upper() + said[1:] if match[0][:1].isupper() else said

    return put


def sentences(text: str) -> list[str]:
    """A text's sentences, each with its end mark."""
    return re.findall(r"[^.?!]+[.?!]*", text)
