"""The fixed texts in every language that a panel can have, under the same keys."""

from __future__ import annotations

from . import ar, de, en, es, fr, zh_hans

IN = {"en": en, "zh-hans": zh_hans, "es": es, "fr": fr, "de": de, "ar": ar}
RIGHT_TO_LEFT = frozenset({"ar"})
