"""The kinds of product texts: of which parts each is made, and how long these may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .tongues import SOURCE


class Part(NamedTuple):
    """Lines under one label. Lengths in characters, as those who show them count."""

    label: str
    most: int  # characters of a line
    least: int = 1  # lines, without which the text is not whole
    lines: int = 1  # at most


class Kind(NamedTuple):
    """A kind of text. What is `lasting` stands for months: it tells nothing that moves with the
    day, such as prices and stock."""

    name: str
    asks: str  # what an engine is asked for
    parts: tuple[Part, ...]
    lasting: bool


# Titles and descriptions of search results are cut at about 60 and 155 characters; the lengths of
# ads are those of Google's responsive search ads, that of a post is X's.
KINDS = {
    kind.name: kind
    for kind in (
        Kind("description", "a product description of two to five sentences",
             (Part("TEXT", 900, least=1, lines=6),), True),
        Kind("bullets", "three to five bullet points, each a short phrase",
             (Part("BULLET", 110, least=3, lines=5),), True),
        Kind("seo", "the title and the description of a search result",
             (Part("TITLE", 60), Part("DESCRIPTION", 155)), True),
        Kind("ad", "a search ad: three headlines and two descriptions",
             (Part("HEADLINE", 30, least=2, lines=3), Part("DESCRIPTION", 90, lines=2)), False),
        Kind("email", "an e-mail about the product: subject, preview line and a short body",
             (Part("SUBJECT", 60), Part("PREVIEW", 90), Part("BODY", 700, lines=6)), False),
        Kind("social", "a post for social media, without hashtags",
             (Part("POST", 280),), False),
    )
}  # fmt: skip
TONES = {
    "plain": "plain and matter-of-fact",
    "warm": "warm and friendly",
    "lively": "lively and light",
    "expert": "precise, for people who know the subject",
}
LENGTHS = {"short": "as short as it can be", "usual": "of usual length", "long": "at full length"}


@dataclass(frozen=True)
class Wish:
    """What is wanted of a text."""

    kind: str
    tone: str = "plain"
    length: str = "usual"
    audience: str = ""  # whom it is for, in words: "first-time campers"
    language: str = SOURCE  # any other is a translation of the English

    @property
    def style(self) -> str:
        """How the text is to sound, in words for an engine."""
        readers = f"; written for {self.audience}" if self.audience else ""
        return f"{TONES[self.tone]}, {LENGTHS[self.length]}{readers}"
