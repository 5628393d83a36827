"""What the words of a query come to: as they are, with their slips mended, or some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from . import fulltext, spelling
from .words import asked


@dataclass(frozen=True)
class Found:
    """How a query is asked of the database."""

    words: tuple[str, ...]  # as they are looked for
    slip: bool  # they are not as they were typed
    near: bool  # nothing has all of them: what has some stands for it
    expression: str  # empty where there is nothing to ask


def found(
    query: str, rows: QuerySet[Any], texts: type[Model], *, typing: bool = False, told: bool = False
) -> Found:
    """What fits all words; else what fits them with their slips mended; else what fits some.
    `told`: it may be a whole question, of which the little words say nothing."""
    words = asked(query, told=told)
    if not words:
        return Found((), slip=False, near=False, expression="")
    exact = Found(words, False, False, fulltext.expression(words, typing=typing))
    if any_of(rows, texts, exact):
        return exact
    mended = spelling.corrected(words, texts)
    slip = mended != words
    whole = Found(mended, slip, False, fulltext.expression(mended, typing=typing))
    if slip and any_of(rows, texts, whole):
        return whole
    some = fulltext.expression(mended, all_of_them=False, typing=typing)
    return Found(mended, slip, len(mended) > 1, some)


def matching(rows: QuerySet[Any], texts: type[Model], fit: Found) -> QuerySet[Any]:
    """Those of `rows` that fit."""
    return (
        rows.filter(pk__in=fulltext.keys(texts, fit.expression)) if fit.expression else rows.none()
    )


def any_of(rows: QuerySet[Any], texts: type[Model], fit: Found) -> bool:
    """Whether any fits."""
    return matching(rows, texts, fit).exists()
