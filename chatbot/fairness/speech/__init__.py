"""How people write: general rules over the words and syntax of any message, one way a module.

The shop's own words (names of products, order numbers, codes, sums) are put aside first, so no rule
touches them. A rule that does not fit leaves a message as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from . import african_american, indian, learner, scottish, singaporean, typos
from .rules import shielded

__all__ = ["SPEECH", "spoken"]

SPEECH: Mapping[str, Callable[[str, Random], str]] = {
    "african_american": african_american.say,
    "indian": indian.say,
    "singaporean": singaporean.say,
    "scottish": scottish.say,
    "learner": learner.say,
    "typos": typos.say,
}


def spoken(way: str, text: str, kept: tuple[str, ...], dice: Random) -> str:
    """A message in another way of writing, with everything in `kept` as it was."""
    with_marks, restore = shielded(text, kept)
    return restore(SPEECH[way](with_marks, dice))
