"""The passages that tell of an order collected in the store who may come for it, and how long it
waits there: few words of a question ("can my sister fetch it") stand in what answers it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.terms import Reading

from .world import World

ON_COLLECTING = re.compile(
    r"\bclick (?:&|and|n) collect\b|\bcollect(?:s|ed|ion|ing)?\b|\bpick(?:s|ed|ing)?[ -]?up\b", re.I
)
FETCH = r"(?:collect|fetch|pick|get|grab|come|go|nip|pop)"
# So somebody sets out for it; who only comes may come for anything else.
# Who comes in with the shopper collects nothing: "can the dog come in with me".
SETS_OUT = (
    r"(?:collect|fetch|pick|get it|grab"
    r"|(?:come|go|nip|pop) (?:for|and|to|in|instead|with)(?! (?:with )?(?:me|us)\b))"
)
# What is collected, and does not come for itself.
NO_PERSON = r"(?!(?:\w+ )?(?:orders?|parcels?|packages?|stuff|things?|items?|goods|purchases?)\b)"
SOMEBODY = (
    rf"(?:(?:some|any)(?:one|body)(?: else)?|(?:an?|my|another|the) {NO_PERSON}(?:\w+ )?\w+"
    r"|he|she|they)"
)
BY_OTHERS = re.compile(
    rf"\b(?:can|could|may|might|would|if|have|let|will) {SOMEBODY} (?:\w+ )?{SETS_OUT}\b"
    rf"|\bsend(?:ing)? (?!.*\bback\b){SOMEBODY}\b|\bon my behalf\b"
    r"|\bin my place\b|\binstead of me\b",
    re.I,
)
KEPT = re.compile(
    r"\bhow (?:long|many \w+)\b[^.?!]{0,12}\b(?:it|you|u|ya|ye|they|the (?:store|shop)|the order)"
    r"(?: guys| lot| just)? (?:keep|hold|hang|wait|stay|store|save)\b"
    r"|\bhow (?:long|many \w+) (?:do i have|have i(?: got)?|i have|i've got) (?:to|for)"
    rf" (?:{FETCH}|collecting|fetching)\b"
    rf"|\b(?:until|till?|by) when\b[^.?!]*\b(?:{FETCH}|keep|hold|held|kept)\b",
    re.I,
)
TELLS_OTHERS = re.compile(
    r"\b(?:(?:some|any)(?:one|body)|friends?|another person|other people|buyer)\b"
    rf"[^.;]*\b{FETCH}\b",
    re.I,
)
TELLS_KEPT = re.compile(
    r"\b(?:keep|kept|hold|held|waits?|stays?)\b[^.;]*\bfor \d+ (?:\w+ )?(?:hours|days|weeks)\b",
    re.I,
)
ASKED = {BY_OTHERS: TELLS_OTHERS, KEPT: TELLS_KEPT}


def rows(reading: Reading, world: World) -> list[int]:
    """The place of the passage that tells what is asked of collecting, first one whose article or
    section is called by it; none where nothing of the kind is asked."""
    before = any(ON_COLLECTING.search(article) for article in reading.articles)
    if "pickup" not in reading.asks and not before:
        return []
    told = answering(reading.text, [p.text for p in world.passages])
    called = {i for i in told if ON_COLLECTING.search(_name(i, world))}
    found = [i for i in told if i in called or ON_COLLECTING.search(world.passages[i].text)]
    return sorted(found, key=lambda i: i not in called)[:1]


def answering(question: str, texts: Sequence[str]) -> list[int]:
    """The places of the texts that tell who may come, or how long an order waits, as asked."""
    asked = [tells for asks, tells in ASKED.items() if asks.search(question)]
    return [i for i, text in enumerate(texts) if any(tells.search(text) for tells in asked)]


def _name(place: int, world: World) -> str:
    passage = world.passages[place]
    return f"{passage.title} {passage.heading} {passage.topic}"
