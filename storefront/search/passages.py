"""Searching the help centre: the very pieces that the assistant quotes, with what fits marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storefront.models import Article, PassageText
from storefront.passages import Piece, cut

from . import fulltext
from .matching import Found, found
from .words import forms, opening, words

MOST = 12
PART = re.compile(r"(\w+)")


@dataclass(frozen=True)
class Passage:
    """A piece of an article that fits."""

    article: str  # its address
    title: str
    heading: str
    parts: list[tuple[str, bool]]  # the text in order, and whether each part is what was asked for


def passages(query: str) -> tuple[Found, list[Passage]]:
    """The pieces that fit best, and what the words came to."""
    rows = PassageText.objects.filter(article__withdrawn=False)
    fit = found(query, rows, PassageText, told=True)
    if not fit.expression:
        return fit, []
    best = fulltext.ranked(rows, PassageText, fit.expression).select_related("article")[:MOST]
    pieces: dict[int, list[Piece]] = {}
    told = []
    for row in best:
        if row.article_id not in pieces:
            pieces[row.article_id] = cut(row.article.current.text)
        if row.number < len(pieces[row.article_id]):
            told.append(_passage(row.article, pieces[row.article_id][row.number], fit))
    return fit, told


def _passage(article: Article, piece: Piece, fit: Found) -> Passage:
    return Passage(article.slug, article.current.title, piece.heading, list(_marked(piece, fit)))


def _marked(piece: Piece, fit: Found) -> Iterator[tuple[str, bool]]:
    whole = {form for word in fit.words for form in forms(word)}
    begun = tuple(start for word in fit.words if (start := opening(word, typing=False)))
    for part in PART.split(piece.text):
        if part:
            own = words(part)
            yield part, any(w in whole or w.startswith(begun) for w in own)
