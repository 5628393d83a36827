"""What of a passage answers: one of its sentences, where it surely does alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chatbot.terms import Answers, Encode, Vectors

from .excluding import DENIES
from .similarity import judged, ranked

SHORT = 30  # words; so much is quoted whole
BY_ITSELF = 0.75  # a part this sure to answer is quoted without the others
HEADLINE = 7  # words; a sentence this short may only say what the next one answers
INTRO = re.compile(r"^[^:;.]{3,60}: ")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
LEANS = re.compile(  # how a sentence begins that goes on from the one before, or what it holds
    r"(?:after that|afterwards?|then|otherwise|but|and|so|if not|that|this|those|these|it|its|they"
    r"|them|their|there|he|she|both|all|none|neither|here)\b"
    r"|.*\b(?:others?|else|such|same|rest|too|also|instead|either|neither|however|still|only)\b",
    re.I,
)
WARNS = re.compile(  # who is told of a danger is told at once what to do about it
    r"\b(?:(?:stop|do not|don['’]?t|never) (?:us(?:e|ing)|touch(?:ing)?|light(?:ing)?|rid(?:e|ing))"
    r"|unplug|pull the plug|switch it off at (?:once|the)|recall(?:s|ed)?)\b",
    re.I,
)
STEPS = re.compile(r"(?:^|\s)1[.)] \S.*\s2[.)] \S", re.S)  # one alone would be half of what to do
LABEL = re.compile(r"^[^:;]{2,60}: \S")


def gist(
    questions: Sequence[str], text: str, title: str, encode: Encode,
    known: Callable[[tuple[str, ...]], Vectors], answers: Answers,
    own: Callable[[Sequence[str]], list[int]] = lambda _parts: [],
) -> str:  # fmt: skip
    """The sentence of `text`, or the item of its list, that surely answers one of the questions
    behind the `title` of its article, with those that lean on each other around it; all of a short
    text, of one that warns or says what to do step by step, and of one none of whose parts answers.
    `known` gives the vectors (n, 384) of its parts, which are the same at every question; `own`
    those parts that alone may answer, where some do."""
    parts = pieces(text)
    if len(text.split()) <= SHORT or len(parts) < 2 or WARNS.search(text) or STEPS.search(text):
        return text
    titled = tuple(f"{title}. {part}" for part in parts)
    asked = encode(questions[:1])[0]
    near = {i: score for score, i in ranked(questions[0], asked, titled, known(titled))}
    some = _named(questions, parts) or own(parts) or range(len(parts))
    found, place = judged(questions, {i: near[i] for i in some}, titled, answers)[0]
    return _with_what_leans(parts, place) if found.sure >= BY_ITSELF else text


def _named(questions: Sequence[str], parts: Sequence[str]) -> list[int]:
    """The items of a list that a question calls by their labels, of what it leans on if it calls
    none itself: "what does it cost" after "and overnight?"."""
    labels = [p.partition(":")[0].casefold() if LABEL.match(p) else "" for p in parts]
    called = (
        [i for i, label in enumerate(labels) if label and re.search(rf"\b{re.escape(label)}\b", q)]
        for q in map(str.casefold, questions)
    )
    return next(filter(None, called), [])


def _with_what_leans(parts: Sequence[str], place: int) -> str:
    """A sentence with those that lean on each other around it ("At once. Then it depends: …"), a
    question, and what is as short as one, with what answers it."""
    first, last = place, place + 1
    while first and LEANS.match(parts[first]):
        first -= 1
    while last < len(parts) and (LEANS.match(parts[last]) or _announces(parts[last - 1])):
        last += 1
    return " ".join(parts[first:last])


def _announces(part: str) -> bool:
    """Whether a sentence asks, or is hardly more than a headline: "Tracking hasn't moved."."""
    return part.endswith("?") or len(part.split()) < HEADLINE


def pieces(text: str) -> list[str]:
    """Its sentences; the items of a list only where each says by itself of what it tells
    ("Sunday: 12 pm – 5 pm") and no line before them denies them all."""
    intro = INTRO.match(text)
    items = text[intro.end() :].split("; ") if intro else []
    told = len(items) > 1 and all(LABEL.match(item) for item in items)
    if intro and told and not DENIES.search(intro.group()):
        return items
    return [s for s in SENTENCE.split(text) if s]
