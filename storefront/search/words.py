"""Words as they are looked up: without accents, case and marks, the same on every database."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

import snowballstemmer

MOST_WORDS = 8  # of a query; what comes after says little
MOST_CHARACTERS = 20_000  # of a text that is indexed
OPEN = 5  # a stem of so many letters stands for whatever begins with it
LITTLE = frozenset(
    "a about am an and any are as at be been by can could did do does for from get got had has have"
    " how i if in is it its long make many me much my of on or our please so than that the their"
    " them then there they this to us want was we what when where which who why will with would you"
    " your".split()
)
RUN = re.compile(r"[^\W_]+")
# Scripts that write no spaces: their runs are cut into pairs.
UNSPACED = re.compile(r"([\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003134f]+)")


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    plain = unicodedata.normalize("NFKD", text[:MOST_CHARACTERS])
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return [word for run in RUN.findall(plain) for word in _cut(run)]


def joined(*texts: str) -> str:
    """The same as one line."""
    return " ".join(words(" ".join(texts)))


def asked(query: str, *, told: bool = False) -> tuple[str, ...]:
    """The words of a query, each once; of a whole question those that tell something."""
    found = tuple(dict.fromkeys(words(query)))
    telling = tuple(word for word in found if word not in LITTLE)
    return (telling if told and telling else found)[:MOST_WORDS]


def _cut(run: str) -> list[str]:
    parts = [part for part in UNSPACED.split(run) if part]
    return [word for part in parts for word in (_pairs(part) if UNSPACED.match(part) else [part])]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")


def forms(word: str) -> tuple[str, ...]:
    """The word, its singular and its plural."""
    stem = _stemmer().stemWord(word)
    ends = (f"{stem[:-1]}y", f"{stem[:-1]}ies") if stem.endswith("i") else ()
    return tuple(dict.fromkeys((word, stem, f"{stem}s", f"{stem}es", *ends)))


def opening(word: str, typing: bool) -> str:
    """What else may stand for a word: all that begins so; empty where it is too short to tell. A
    word that is still being typed stands for whatever it may become."""
    if typing or UNSPACED.match(word):
        return word
    stem = str(_stemmer().stemWord(word)).removesuffix("i")
    return stem if len(stem) >= OPEN and word.startswith(stem) else ""
