"""Whether a list of what a rule does not hold for names the very thing that is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .similarity import stems

INTRO = re.compile(r"^([^:;]{3,60}): ")
DENIES = re.compile(r"\b(?:not|no|never|cannot|except|without|stays?)\b|n[’']t\b", re.I)
FAULT = re.compile(r"\b(?:fault\w*|defect\w*|damag\w*|broke\w*|wrong|dead|died|faulty)\b", re.I)
STATE = re.compile(r"^\w+ed\b", re.I)  # "Opened food, treats and hay": all three only when opened
PART = re.compile(r", | and | or ")


def excludes(said: str, text: str) -> bool:
    """Whether `text` lists, behind a line that denies, a thing that `said` names with all its
    words and in its state; of what came faulty other rules hold."""
    intro = INTRO.match(text)
    if intro is None or not DENIES.search(intro[1]) or FAULT.search(said):
        return False
    named = stems(said)
    return any(thing and thing <= named for thing in _things(text[intro.end() :]))


def _things(items: str) -> Iterator[frozenset[str]]:
    """The words of each thing listed, with the state that it has to be in."""
    for item in items.rstrip(".").split("; "):
        state = STATE.match(item)
        shared = stems(state.group()) if state else frozenset()
        yield from (stems(part) | shared for part in PART.split(item) if stems(part))
