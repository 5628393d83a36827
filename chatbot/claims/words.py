"""The words of a claim: which say nothing of the shop, which say the same, which bend what is said.

The lists are in vocabulary.toml, those of acts in acts.toml; everything here is in stems.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from chatbot.stemming import stem

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
HERE = Path(__file__).parent
_lists = tomllib.loads((HERE / "vocabulary.toml").read_text(encoding="utf-8"))
_acts = tomllib.loads((HERE / "acts.toml").read_text(encoding="utf-8"))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order; what its phrases mean stands for them."""
    text = text.casefold().replace("’", "'")
    for phrase, word in PHRASES:
        text = phrase.sub(word, text)
    return [stem(word) for word in WORD.findall(text)]


def reach(words: Iterable[str]) -> frozenset[str]:
    """Stems and everything that may be said in their place."""
    return frozenset(same for word in words for same in ALIKE.get(word, (word,)))


def _set(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


def _alike(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Each word with the words of all lines that it stands in."""
    alike: dict[str, frozenset[str]] = {}
    for group in map(_set, lines):
        for word in group:
            alike[word] = alike.get(word, frozenset()) | group
    return alike


NEGATIONS = _set(_lists["negations"])
GRAMMAR = _set(_lists["grammar"])
NEUTRAL = _set(_lists["neutral"])
ALIKE = _alike(_lists["alike"].strip().splitlines())
BENDS = {stem(word): _set(bearers) for word, bearers in _lists["bends"].items()}
PHRASES = tuple((re.compile(rf"\b(?:{p})\b"), word) for p, word in _lists["phrases"].items())
TOPICS = {kind: _set(words) for kind, words in _lists["topics"].items()}
TOPICS |= dict.fromkeys(("variant", "found", "reduced"), TOPICS["product"])
TOPICS |= {"terms": TOPICS["passage"], "rule": TOPICS["passage"], "done": TOPICS["offer"]}
OF_ACTS = {act: frozenset(words.split()) for act, words in _acts.items()}  # what each is told in
