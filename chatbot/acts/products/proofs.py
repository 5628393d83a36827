"""Whether a page's line speaks of the proof asked for: a test, a certificate, an approval."""

from __future__ import annotations

import re

from chatbot.terms import Fact

# "Is it certified", "has it been lab tested"; but not what the shopper has tested or may certify.
ASKED = re.compile(
    r"\b(?:is|are|was|were|been|being)\b(?! (?:you|u|i|we)\b)[^.?!]*"
    r"\b(?:certified|tested|approved|accredited|verified)\b"
    r"|,\s*(?:certified|tested|approved)\W*$"
    r"|\b(?:have|has|any|which|what) (?:\w+ ){0,3}certificat\w+",
    re.I,
)
GIVEN = re.compile(
    r"\b(?:certif\w+|test(?:s|ed|ing)?|approv\w+|accredit\w+|verified|standards?|compl(?:y|ies)|meets"
    r"|conform\w*|class|grade[ds]?|rat(?:ed|ing)|seal|label(?:led)?|organic|[a-z]+-free"
    r"|free (?:of|from))\b"
    r"|\b[A-Z]{2,}[ -]?\d+|\b(?:[A-Z]{2,}[ -]?)?[A-Z]{3,}\b",
)


def proves(line: Fact, question: str) -> bool:
    """Whether a line may answer a question: where a proof is asked for, only one that speaks of
    some, or denies what is asked. What a thing is made of is no certificate."""
    if not ASKED.search(question):
        return True
    return "denies" in line.values or bool(GIVEN.search(line.values["text"]))
