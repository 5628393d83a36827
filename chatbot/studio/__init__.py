"""The studio: product texts for the shop's pages, feeds and letters. A road of its own, on which
nobody asks: an engine words what is known of a product, plain code checks every sentence against
it, and what is not borne out is left out.

`versions` are what people make of a draft, `publishing` has a second person approve it, and `live`
tells what may be shown. Texts are written in English; `translating` says them in other languages.
"""

from __future__ import annotations

from .having import have, stands
from .keeping import keep
from .kinds import KINDS, LENGTHS, TONES, Wish
from .shown import Shown, live, live_of
from .telling import Told, tellable, told
from .tongues import LANGUAGES, SOURCE, TRANSLATED
from .translating import NoEnglish
from .writing import Draft, StudioError, draft

__all__ = [
    "KINDS",
    "LANGUAGES",
    "LENGTHS",
    "SOURCE",
    "TONES",
    "TRANSLATED",
    "Draft",
    "NoEnglish",
    "Shown",
    "StudioError",
    "Told",
    "Wish",
    "draft",
    "have",
    "keep",
    "live",
    "live_of",
    "stands",
    "tellable",
    "told",
]
