"""What the trained heads hear in a message: behind the one before it, or by itself."""

from __future__ import annotations

from chatbot.terms import FIGURES, Memory

from .asked import Chances
from .leaning import OF_RULES, says_nothing_new
from .reader import reader

SURELY = 0.7  # an ask this likely alone outdoes one that the message before suggests
BY_ITSELF = 0.8  # the same of another rule
Heard = tuple[Chances, Chances]  # of the intents, of the asks


def behind(text: str, memory: Memory, *, offered: bool) -> Heard:
    """What a message asks behind the one before it; by itself what was put under a reply."""
    return reader().heads.predict(text, "" if offered else memory.text)


def anew(text: str, memory: Memory, said: Heard) -> Heard:
    """What a message asks by itself, where it seems to ask the same once more only because of the
    one before, and alone surely asks something else: "bluetooth?" after "in stock?", "opening
    hours" after "how much is delivery"; else what was `said`."""
    first = top(said[1])
    if first not in memory.asks or says_nothing_new(text):
        return said
    alone = reader().heads.predict(text, "")
    another = top(alone[1])
    if first in FIGURES:
        surely = another not in FIGURES and alone[1][another] >= SURELY
    else:
        surely = another in OF_RULES - {first} and alone[1][another] >= BY_ITSELF
    return alone if surely else said


def top(asks: Chances) -> str:
    """The likeliest ask."""
    return max(asks, key=lambda ask: asks[ask])
