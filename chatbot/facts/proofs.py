"""Which lines of a page speak of a proof: a test, a certificate, an approval."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from chatbot.terms import Judged

# "Is it certified", "has it been lab tested"; but not what the shopper has tested or may certify.
ASKED = re.compile(
    r"\b(?:is|are|was|were|been|being)\b(?! (?:you|u|i|we)\b)[^.?!]*"
    r"\b(?:certified|tested|approved|accredited|verified)\b"
    r"|,\s*(?:certified|tested|approved)\W*$"
    r"|\b(?:have|has|any|which|what) (?:\w+ ){0,3}certificat\w+",
    re.I,
)
PROOF = re.compile(
    r"\b(?:certif\w+|tested|approved|accredit\w+|verified|standards?|compl(?:y|ies)|conform\w*)\b"
    r"|\b(?-i:EN|ISO|DIN|ASTM|UL|ANSI)[ -]?\d",
    re.I,
)
NEARLY = re.compile(
    r"\b(?:meets|tests?|class|grade[ds]?|rat(?:ed|ing)|seal|label(?:led)?|organic|[a-z]+-free"
    r"|free (?:of|from)|(?-i:[A-Z]{3,}))\b",
    re.I,
)
TELLS = Judged(0.6, 0.6)  # a line that speaks of some proof, where one is asked for


def proved(
    found: Mapping[int, Judged], texts: Sequence[str], refused: Collection[str]
) -> dict[int, Judged]:
    """Of the lines of a page with how surely each answers those that may tell of a proof, or that
    deny what is asked: what a thing is made of is no certificate."""
    kept = {i: t for i, t in found.items() if texts[i] in refused or NEARLY.search(texts[i])}
    own = [i for i, text in enumerate(texts) if PROOF.search(text)]
    best = {i: max(found.get(i, TELLS), TELLS, key=_sureness) for i in own}
    return kept | best


def _sureness(told: Judged) -> float:
    return told.sure


def asks_for_proof(question: str) -> bool:
    """Whether a message asks if something is certified, tested or approved."""
    return bool(ASKED.search(question))
