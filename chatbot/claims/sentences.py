"""Cutting a stream of text into sentences as they complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# An end mark, perhaps a closing quote or bracket, then white space and the start of another
# sentence. "{" begins one too: drafts cite values as references.
END = re.compile(r"(?<![.!?…])([.!?…]+[\"”')\]]*)\s+(?=[\"“'(\[{]*[A-Z0-9{\"“])")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Nov|Dec|Oct|Sept|Sep|Aug|Jan|Feb|Mar|Apr|approx|incl|max|min|vs"
    r"|e\.g|i\.e|a\.m|p\.m|oz|lb|ft|in)|\b[A-Z])\.$"
)


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Yield each sentence of a text that comes in pieces, as soon as the next one has begun."""
    text = ""
    for piece in pieces:
        text += piece
        *done, text = _cut(text)
        yield from done
    if text.strip():
        yield text.strip()


def _cut(text: str) -> list[str]:
    """The sentences of `text`; the last one may still be going on."""
    parts, start = [], 0
    for mark in END.finditer(text):
        sentence = text[start : mark.end(1)]
        if ABBREVIATION.search(sentence) or _inside_quotes(sentence):
            continue
        parts.append(sentence.strip())
        start = mark.end()
    return [*parts, text[start:]]


def _inside_quotes(sentence: str) -> bool:
    """Whether a quotation has been opened and not closed: it is kept whole."""
    return sentence.count('"') % 2 == 1 or sentence.count("“") > sentence.count("”")
