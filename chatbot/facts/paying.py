"""The passage on the one way to pay that is asked about, and whether it is taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chatbot.payments import NAMES
from chatbot.terms import Answers, Judged, Reading

from .denied import NEGATION
from .gist import SENTENCE
from .leaning import on_a_rule
from .similarity import FIRST, judged
from .topics import on_topic
from .world import World

SAME = (
    *NAMES, r"visa", r"discover", r"maestro", r"diners", r"(?:bank|wire) transfers?|bacs|sepa",
    r"che(?:que|ck)s?", r"(?:cash|pay(?:ment)?|paying) on delivery|cod",
    r"cash(?! ?app| on\b| by\b)", r"ideal", r"swish", r"interac", r"gift ?cards?",
)  # fmt: skip
WAYS = [(re.compile(rf"\b(?:{way})\b", re.I),) * 2 for way in SAME] + [(
    re.compile(r"\binstal+ments?\b|\bin (?:bits|parts|\d|two|three|four)\b|\bsplit\b|\bpay(?:ing)? "
               r"(?:\w+ )?(?:later|monthly|over time)\b|\bbuy now\b", re.I),
    re.compile(r"\binstal+ments?\b|\b(?:\d|two|three|four) (?:\S+ )?(?:payments|parts)\b"
               r"|\bpay in \d|\bin \d\b", re.I),
)]  # fmt: skip
WHETHER = re.compile(
    r"\b(?:take|taking|accept\w*|pay|paying|use|do|have|offer|allowed|ok|okay|possible|works?)\b",
    re.I,
)
OTHERWISE = re.compile(  # what asks for more than whether
    r"\b(?:how|when|why|which|what|who|fees?|surcharges?|charged?|interest|minimum|limits?|refund\w*"
    r"|fail\w*|declin\w*|refus\w*|twice|not?)\b|n't\b",
    re.I,
)
# What is asked of a payment that was made or fails, or of when and how it goes.
OF_ONE_MADE = re.compile(
    r"\b(?:how|when|why|refund\w*|fail\w*|declin\w*|refus\w*|twice|charged?|taken)\b", re.I
)
ONLY = re.compile(r"\bonly\b", re.I)


def likeliest(
    questions: Sequence[str], near: Mapping[int, float], reading: Reading, world: World,
    answers: Answers,
) -> list[tuple[Judged, int]]:  # fmt: skip
    """The likeliest of the passages that speak of the one way to pay asked about, if any does."""
    told = _told_by(reading)
    if told is None or OF_ONE_MADE.search(reading.text) or goes_on(reading, world):
        return []
    rows = {i: near[i] for i, p in enumerate(world.passages)
            if on_topic(p, reading) and told.search(p.text)}  # fmt: skip
    found = judged(questions, rows, world.passage_texts, answers)
    return [(Judged(max(hit.sure, FIRST), hit.fits), i) for hit, i in found[:1]]


def goes_on(reading: Reading, world: World) -> bool:
    """Whether the way to pay is one that a rule told right before tells apart: "PayPal faster?",
    after how long a refund takes."""
    told = _told_by(reading)
    if told is None or not on_a_rule(reading):
        return False
    own = (p for p in world.passages if p.article == reading.articles[0])
    return any(told.search(p.text) and not on_topic(p, reading) for p in own)


def whether(reading: Reading, text: str) -> str:
    """ "yes" or "no" where the way asked about is taken by a text or not, and that is asked."""
    told, said = _told_by(reading), reading.text
    bare = len(said.split()) <= 2 and said.rstrip().endswith("?")
    if told is None or OTHERWISE.search(said) or not (bare or WHETHER.search(said)):
        return ""
    named = next((s for s in SENTENCE.split(text) if told.search(s)), "")
    if not named or ONLY.search(named):
        return ""
    return "no" if NEGATION.search(named) else "yes"


def _told_by(reading: Reading) -> re.Pattern[str] | None:
    """How texts call the one way to pay that a message asks about."""
    asked = [told for said, told in WAYS if said.search(reading.text)]
    return asked[0] if reading.asks[0] == "pay_methods" and len(asked) == 1 else None
