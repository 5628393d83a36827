"""Slips of the fingers: a neighbouring key, two letters swapped, one left out, one doubled.

The four kinds of Damerau (1964, Comm. ACM 7, p. 171); on the American keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

RATE = 0.15  # of the words long enough
LONG_ENOUGH = 4
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
WORD = re.compile(rf"[A-Za-z]{{{LONG_ENOUGH},}}")


def say(text: str, dice: Random) -> str:
    """So many words with one slip each, at least one where there is a word."""
    found = list(WORD.finditer(text))
    if not found:
        return text
    hit = [m for m in found if dice.random() < RATE] or [dice.choice(found)]
    for match in reversed(hit):
        text = text[: match.start()] + _slip(match[0], dice) + text[match.end() :]
    return text


def _slip(word: str, dice: Random) -> str:
    """The word with one slip behind its first letter."""
    place = dice.randrange(1, len(word) - 1)
    return dice.choice(SLIPS)(word, place, dice)


def _neighbour(word: str, place: int, dice: Random) -> str:
    row = next(row for row in ROWS if word[place].lower() in row)
    at = row.index(word[place].lower())
    near = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return word[:place] + dice.choice(near) + word[place + 1 :]


def _swap(word: str, place: int, dice: Random) -> str:
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _omit(word: str, place: int, dice: Random) -> str:
    return word[:place] + word[place + 1 :]


def _double(word: str, place: int, dice: Random) -> str:
    return word[:place] + word[place] + word[place:]


SLIPS: tuple[Callable[[str, int, Random], str], ...] = (_neighbour, _swap, _omit, _double)
