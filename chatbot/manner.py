"""What a sentence must not say by its manner: a nod to a question it does not settle, an opener
that says nothing, "now" of people who are away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .terms import Act

# Acts that tell a text or a value and leave it to the shopper what it means for them.
TELLS = re.compile(r"(?:\.passage|\.besides|\.value|\.labelled|_text)$")
SAYS = re.compile(r"\.(?:yes|no|partly)(?:_|$)")
NOD = re.compile(
    r"^(?:sure(?: thing)?|certainly|of course|absolutely|indeed|gladly|yep|yeah"
    r"|(?:i'?m )?(?:happy|glad) to (?:help|tell you)(?: with (?:the )?[^,.!:{]+)?|with pleasure)"
    r"(?:[,.!:]+\s*|$)",
    re.I,
)
# Before a text that is told word for word it only sounds like a form.
OPENER = re.compile(
    r"^(?:(?:i'?m )?glad you asked|thanks for asking|good (?:question|to check first)"
    r"|you'?re welcome)[.!:,]+\s*",
    re.I,
)
OPEN = re.compile(r"\b(?:what|how|when|where|which|who|whom|whose|why)\b|\bwhat'?s", re.I)
PERSON = re.compile(
    r"\b(?:a (?:person|colleague|human)|people|someone|somebody|(?:the|our) team)\b", re.I
)
NOW = re.compile(r",? (?:right )?now\b(?! (?:and|that))|,? (?:right|straight) away\b", re.I)


def away(known: Iterable[Mapping[str, Any]]) -> bool:
    """Whether, by the facts on record, nobody of the team is at the chat."""
    return any(fact["values"].get("chat_open") == "no" for fact in known)


def fitting(draft: str, act: Act, asked: str, nobody: bool) -> str:
    """A sentence of a `draft` as the wording of `act` may say it to what was `asked`, with `nobody`
    of the team there or not; empty if nothing stays. What it cites or quotes stays as it is."""
    unsettled = TELLS.search(act.name) and not SAYS.search(act.name) and not OPEN.search(asked)
    said = OPENER.sub("", draft, count=1) if TELLS.search(act.name) else draft
    said = NOD.sub("", said, count=1) if unsettled else said
    if nobody and PERSON.search(said) and '"' not in said:
        said = NOW.sub("", said)
    return said[:1].upper() + said[1:] if said != draft else said
