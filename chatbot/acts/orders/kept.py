"""Why something stays with who bought it: what the shop's rules say of it by its name."""

from __future__ import annotations

import re

from chatbot.acts.known import Known, act
from chatbot.terms import Act

NEVER = re.compile(  # words of a rule on what a shop does not take back
    r"\bfinal[- ]sale\b|\bnot? (?:be )?(?:taken back|returned|returns?|take back)\b"
    r"|n't (?:be )?(?:take|taken|send|sent|return|returned)\b|\bstays? with you\b",
    re.I,
)


def why_never(known: Known, name: str) -> list[Act]:
    """The rule that names a thing among what never comes back; nothing where none does."""
    naming = (p for p in known.of("passage") if name.casefold() in p.values["text"].casefold())
    rules = [p for p in naming if NEVER.search(p.values["text"])][:1]
    return [act("policy.passage", {"passage.text": p.values["text"]}, [p]) for p in rules]
