"""A term that a message takes the shop's rules to have: "your 60 day return policy"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import fold

TERM = r"(?P<n>\d+)[ -](?P<unit>hour|day|week|month|year)s?"
RULE = r"(?P<rule>returns?|refunds?|exchanges?|warrant(?:y|ies)|guarantees?|money[- ]back|trial)"
CLAIMED = (
    re.compile(rf"\b{TERM}'?(?: of)? (?:\w+ )?{RULE}\b"),
    re.compile(
        rf"(?<!my )(?<!the )(?<!a )\b{RULE} (?:\w+ ){{0,2}}(?:of|is|for|are|lasts?|has)"
        rf" (?:\w+ )?{TERM}\b(?! (?:old|ago|late|overdue|now|already))"
    ),
    re.compile(rf"\b(?P<n>lifetime|life[- ]?long|unlimited)(?P<unit>) {RULE}\b"),
    re.compile(rf"\b{RULE} (?:\w+ )?(?:is|for|are|lasts?) (?P<n>life(?:time)?|ever)\b(?P<unit>)"),
)


@dataclass(frozen=True)
class Claim:
    """What is taken for a rule of the shop's."""

    rule: str  # "returns"
    term: str  # "60 day", or "lifetime"
    rest: str  # the message without the term


def claimed(text: str) -> Claim | None:
    """The term that a message takes one of the shop's rules to have."""
    plain = fold(text)
    found = next((m for p in CLAIMED if (m := p.search(plain))), None)
    if found is None:
        return None
    term = f"{found['n']} {found['unit']}".strip() if found["unit"] else "lifetime"
    end = found.end("unit") if found["unit"] else found.end("n")
    rest = f"{plain[: found.start('n')]}{plain[end:].removeprefix('s')}"
    return Claim(found["rule"], term, " ".join(rest.split()))
