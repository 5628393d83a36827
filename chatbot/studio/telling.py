"""What the lines of a text tell of a product, for those who compare texts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatbot.terms import Claim, Fact

from .borne_out import own_words, words_of
from .lines import Line
from .refusals import is_share

HALF = 0.5  # of a sentence's own words
REDUCTIONS = frozenset(("reduction", "free", "percent"))


@dataclass(frozen=True)
class Told:
    """Of the shop's sentences about a product, those that are told; and what of money."""

    facts: frozenset[str]
    known: int  # all of them
    prices: bool  # a sum of money
    reductions: bool  # a reduction, something free, a percentage off


def told(lines: Sequence[Line], known: Sequence[Fact]) -> Told:
    """What these lines tell: of the sentences those that stand there as they are, or with half of
    the words that only they have."""
    text, own = " ".join(line.text for line in lines), tellable(known)
    facts = frozenset(sentence for sentence, words in own.items() if _tells(text, sentence, words))
    claims = [(line.text, claim) for line in lines for claim in line.claims]
    return Told(
        facts, len(own), any(claim.kind == "money" for _text, claim in claims),
        any(_reduces(text, claim) for text, claim in claims),
    )  # fmt: skip


def tellable(known: Sequence[Fact]) -> Mapping[str, frozenset[str]]:
    """The shop's sentences, each with the words that no other and no name of the product has."""
    texts = own_words(known)
    counted = Counter(word for words in texts.values() for word in words)
    return {text: frozenset(w for w in own if counted[w] == 1) for text, own in texts.items()}


def _tells(text: str, sentence: str, words: frozenset[str]) -> bool:
    if sentence.rstrip(".").casefold() in text.casefold():
        return True
    return bool(words) and len(words & words_of(text)) >= HALF * len(words)


def _reduces(text: str, claim: Claim) -> bool:
    return claim.kind in REDUCTIONS and not is_share(text, claim)
