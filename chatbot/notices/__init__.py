"""Fixed texts, versioned as a whole: disclosure, identity, safety, persons, languages.

They are the only words a shopper reads from the assistant that no model has written. Whoever
changes one, in any language, raises VERSION; the record keeps which version was shown and in which
language, so that the same words can be found again. No catalogue of translations has a part in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from . import values
from .actions import ActionCard, action_card, action_told
from .languages import BY_LANGUAGE
from .links import link_text
from .texts import IN

__all__ = [
    "TEXTS",
    "VERSION",
    "ActionCard",
    "Notice",
    "action_card",
    "action_told",
    "disclosure",
    "language",
    "language_of",
    "link_text",
    "text",
]

VERSION = "2026-12-04"

TEXTS = IN["en"].NOTICES


@dataclass(frozen=True)
class Notice:
    """A fixed text as shown."""

    version: str
    language: str
    text: str


def language(wanted: str) -> str:
    """The language of ours nearest to `wanted`, such as "de" for "de-AT"; English where none is."""
    code = wanted.lower().replace("_", "-")
    primary = code.split("-")[0]
    return next((own for own in (code, *IN) if own in IN and own.split("-")[0] == primary), "en")


def language_of(disclosure: str) -> str:
    """The language of a reply, by the disclosure on its record: "2026-11-29 de"."""
    return language(disclosure.rpartition(" ")[2])


def disclosure(wanted: str = "en", wording: str = "", mark: str = "") -> Notice:
    """What stands before the first word of every conversation: the standard text, or a website's
    own `wording`, whose `mark` then ends the version."""
    spoken = language(wanted)
    return Notice(VERSION + mark, spoken, wording or IN[spoken].NOTICES["disclosure"])


def text(key: str, slots: Mapping[str, str], spoken: str = "en") -> str:
    """The notice `key` in one of our languages; those on languages are in the shopper's own."""
    if told_in := BY_LANGUAGE.get(key):
        own = told_in.get(slots["language"]) or told_in.get(spoken.split("-")[0])
        return own or told_in["en"]
    told: str = IN[spoken].NOTICES[key]
    return told % values.said(slots, spoken)
