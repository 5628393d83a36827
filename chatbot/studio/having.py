"""One text that is wanted: written and kept, or nothing where it stands already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chatbot import facts, writing
from chatbot.models import ProductText, TextVersion
from chatbot.terms import Encode

from . import versions
from .keeping import keep, newest
from .kinds import Wish
from .publishing import has_begun, shown_or_to_come
from .tongues import SOURCE
from .translating import refuse_mute, translate
from .writing import draft


def have(
    handle: str, wish: Wish, encode: Encode, engine: writing.Engine, *,
    seed: int = 0, by: Any = None, again: bool = False,
) -> ProductText | None:  # fmt: skip
    """The text, written now; None where one stands for the product as it is. In another language
    than English it is a translation of the English that is shown, that stands, or that is written
    first. Raises StudioError, and writing.EngineError."""
    if wish.language == SOURCE:
        if not again and stands(handle, wish, encode):
            return None
        return keep(draft(handle, wish, encode, engine, seed), by)
    refuse_mute(engine, wish.language)
    source = _english(handle, replace(wish, language=SOURCE), encode, engine, seed, by)
    if not again and source.translations.filter(language=wish.language).exists():
        return None
    return translate(source, wish.language, engine, seed, by)


def stands(handle: str, wish: Wish, encode: Encode) -> bool:
    """Whether a text of the product, as it is now, has been drafted so already."""
    known = facts.of_product(handle, encode)
    return bool(known and newest(handle, known[0].version, wish))


def _english(
    handle: str, wish: Wish, encode: Encode, engine: writing.Engine, seed: int, by: Any
) -> TextVersion:
    shown = shown_or_to_come().filter(handle=handle, kind=wish.kind, language=SOURCE)
    if row := next((row for row in shown.select_related("version__text") if has_begun(row)), None):
        return row.version
    known = facts.of_product(handle, encode)
    standing = newest(handle, known[0].version, wish) if known else None
    return versions.newest(standing or keep(draft(handle, wish, encode, engine, seed), by))
