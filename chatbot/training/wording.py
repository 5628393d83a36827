"""The words that acts are told in, from the corpus, for the claims room.

    python -m chatbot.training.wording

Plain code decides an act, and an asserting sentence of the corpus cites a fact; its other words are
the act's own and need none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from chatbot.claims.words import BENDS, GRAMMAR, NEGATIONS, NEUTRAL, stems

from . import corpus

FILE = Path(__file__).resolve().parent.parent / "claims" / "acts.toml"
REFERENCE = re.compile(r"\{[^{}]*\}")
HEAD = (
    "# What each act is told in besides its facts, in stems; python -m chatbot.training.wording\n"
)


def of_acts() -> dict[str, list[str]]:
    """For each act the stems of its replies that are not those of any talk."""
    words: dict[str, set[str]] = defaultdict(set)
    for row in corpus.replies():
        words[row.act] |= set(stems(REFERENCE.sub(" ", row.text)))
    plain = (GRAMMAR | NEGATIONS | NEUTRAL) - set(BENDS)
    return {act: sorted(own - plain) for act, own in sorted(words.items())}


def as_toml(acts: dict[str, list[str]]) -> str:
    """A line for each act."""
    return HEAD + "".join(f'"{act}" = "{" ".join(words)}"\n' for act, words in acts.items())


if __name__ == "__main__":
    FILE.write_text(as_toml(of_acts()), encoding="utf-8")
