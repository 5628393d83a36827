"""What product texts may say only where the shop itself says it of the product: praise by others,
awards, superlatives, health and green claims; and, in texts that stand for long, nothing that moves
with the day."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from chatbot.terms import Claim, Fact

WORDS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("refused.toml").read_text(encoding="utf-8")
)
REFUSED = {
    kind: re.compile(rf"(?<![\w#])(?:{'|'.join(patterns)})(?!\w)", re.I)
    for kind, patterns in WORDS.items()
}
REDUCING = re.compile(r"\b(?:off|discount\w*|sav(?:e|ing)\w*|sale|reduc\w*|less|cheaper)\b", re.I)
MOVING = frozenset(("money", "stock", "percent", "reduction", "free", "date", "comparison"))


def refused(sentence: str, facts: Sequence[Fact]) -> Iterator[Claim]:
    """Every statement that needs a ground, supported where the shop's own texts have the very
    words, else held."""
    for kind, pattern in REFUSED.items():
        for found in pattern.finditer(sentence):
            ground = _said(found.group(), facts)
            verdict = "supported" if ground else "held"
            yield Claim(found.group(), kind, verdict, ground.source if ground else "")


def touches(part: str) -> bool:
    """Whether it has any such words, whoever else said them."""
    return any(pattern.search(part) for pattern in REFUSED.values())


def moving(sentence: str, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The statements that a lasting text may not make, however true they are today; "100% linen" is
    what the product is."""
    for claim in claims:
        if claim.kind in MOVING and not is_share(sentence, claim):
            yield Claim(claim.text, "lasting", "held")


def is_share(sentence: str, claim: Claim) -> bool:
    """Whether a percentage tells what of the product, and no discount."""
    return claim.kind == "percent" and not REDUCING.search(sentence)


def _said(words: str, facts: Sequence[Fact]) -> Fact | None:
    """The fact that has these very words; an address, which may be made of an AI's, is none."""
    own = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.I)
    texts = (f for f in facts if f.kind in ("sentence", "product"))
    return next((f for f in texts if any(own.search(v) for v in _told(f))), None)


def _told(fact: Fact) -> Iterator[str]:
    return (value for name, value in fact.values.items() if name != "handle")
