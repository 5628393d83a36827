"""The questions of a message that asks several things, each with what is told around it.

Shoppers join questions by an end mark or a coordinator ("does it have a lid, and how much is it");
what asks nothing ("it's for my mum") belongs to the question that it leads to or follows.
"""

from __future__ import annotations

import re
from itertools import pairwise

MOST = 3  # who asks more than that tells a story
LONGEST = 90  # words; neither does who needs more than these
ASKING = (
    r"(?:how|what|whats|what's|when|which|who|whose|where|why|is|isn'?t|are|aren'?t|was|were|do"
    r"|don'?t|does|doesn'?t|did|didn'?t|can|can'?t|could|couldn'?t|may|might|must|will|won'?t|would"
    r"|wouldn'?t|should|shall|has|hasn'?t|have (?:you|u|they|i|we)|any|until when|till when)\b"
)
LED_IN = r"(?:(?:and|also|plus|but|so|ok|okay|oh|then|or|please|pls|if (?:not|so|yes)),? )*"
BEGINS = re.compile(rf"\W*{LED_IN}(?:to |for |by |in |at |from |until )?{ASKING}", re.I)
# "I'd like to know what it costs": what is wished for by a verb of saying.
TELL_ME = re.compile(
    r"\b(?:tell|told|know|say|said|wonder\w*|ask|asking|see|explain|check)\b.{0,30}"
    r"\b(?:how|what|when|which|who|where|why|if|whether)\b"
    r"|\b(?:tell|show|give) me\b",
    re.I,
)
SENTENCE = re.compile(r"(?<=[.?!;])\s+|\n+")
COORDINATED = re.compile(rf",? (?:and|plus|also|&|n) (?:also )?(?={ASKING})|, (?={ASKING})", re.I)
BY_WORD = re.compile(r",? (?:and|plus|also|&|n) (?:also )?", re.I)
# What tells of somebody asks nothing, and what hangs on such a word is no question of its own.
TELLS = re.compile(r"\b(?:i|i'?m|i'?ve|we|we'?re|my|he|she|they|our|his|her)\b", re.I)
# A verb without a subject goes on with the clause before it: "that trails and is safe for cats".
SUBJECT = (
    r"(?:it|its|this|that|these|those|they|there|he|she|we|i|you|u|ya|the|an?|my|your|ur|our|any\w*"
    r"|some\w*|all|both|each|every\w*|one)\b"
)
GOES_ON = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|may|might|must|will|would|should|has)"
    rf" (?!{SUBJECT})",
    re.I,
)
DOES_NOT = re.compile(rf"(?:wo|do|does|is|are|ca|has|could|would)n'?t (?!{SUBJECT})", re.I)
RELATIVE = re.compile(  # "is it true that" begins no such clause
    r"\b(?!(?:true|sure|know|think|say|said|says|hope|heard|read|told|see|mean|guess|not)\b)"
    r"\w{3,} (?:that|which)\b(?!'s)",
    re.I,
)
NOUN_PHRASE = 2  # words that at least stand before "and how": "waterproof rating and how warm"


def questions(text: str) -> tuple[str, ...]:
    """The questions of `text`, two or three, in its own words; empty where it asks but one thing,
    or more than that."""
    if len(text.split()) > LONGEST:
        return ()
    pieces = [p for s in SENTENCE.split(text.strip()) if s.strip() for p in _coordinated(s)]
    asks = [_asks(piece) for piece in pieces]
    if not 2 <= sum(asks) <= MOST:
        return ()
    ends = [i for i, asking in enumerate(asks) if asking][1:]
    starts = [0, *(_start(asks, end) for end in ends)]
    return tuple(" ".join(pieces[a:b]) for a, b in pairwise([*starts, len(pieces)]))


def _coordinated(sentence: str) -> list[str]:
    """The parts of one sentence that are joined questions, or the whole of it."""
    parts, start = [], 0
    for joint in COORDINATED.finditer(sentence):
        before = sentence[start : joint.start()].strip()
        word = BY_WORD.fullmatch(joint.group())
        if _goes_on(before, sentence[joint.end() :]):
            continue
        if _asks(before) or (word and _names_what_is_asked(before)):
            parts.append(before if before.endswith("?") else f"{before}?")
            start = joint.end()
    return [*parts, sentence[start:].strip()]


def _goes_on(before: str, rest: str) -> bool:
    """Whether what stands behind a joint says more of what a clause before it tells of."""
    return bool(DOES_NOT.match(rest) or (RELATIVE.search(before) and GOES_ON.match(rest)))


def _names_what_is_asked(words: str) -> bool:
    """Whether a bare phrase before "and how …" is a question by itself: "weight and how tall"."""
    return len(words.split()) >= NOUN_PHRASE and not TELLS.search(words)


def _asks(piece: str) -> bool:
    named = piece.endswith("?") and _names_what_is_asked(piece)
    return bool(BEGINS.match(piece) or TELL_ME.search(piece) or named)


def _start(asks: list[bool], end: int) -> int:
    """Where the question at `end` begins: with all that is told since the one before."""
    return 1 + max(i for i in range(end) if asks[i])
