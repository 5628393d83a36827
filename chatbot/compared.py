"""Two texts word by word: what stays, what goes and what comes. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[$€£]?\d(?:[\d.,]*\d)?%?|\w+(?:['’-]\w+)*|[^\w\s]")
ALIKE = 0.4  # texts that share less are told as two, one instead of the other


def steps(before: str, after: str) -> list[tuple[str, str]]:
    """(equal, delete or insert, words), none of them empty: from one text to the other."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    compared = SequenceMatcher(None, old, new, autojunk=False)
    if compared.ratio() < ALIKE:
        return [step for step in (("delete", before), ("insert", after)) if step[1]]
    found = []
    for what, i, j, k, m in compared.get_opcodes():
        found.append(("equal" if what == "equal" else "delete", "".join(old[i:j])))
        found += [("insert", "".join(new[k:m]))] if what != "equal" else []
    return [step for step in found if step[1]]


def likeness(one: str, other: str) -> float:
    """How much two texts share, from 0 to 1."""
    return SequenceMatcher(None, WORDS.findall(one), WORDS.findall(other)).ratio()
