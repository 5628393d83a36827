"""How well texts fit a question: by meaning, and by the telling words they share."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from chatbot.stemming import stem
from chatbot.terms import Answers, Judged, Vectors

SHARED_WORDS = 0.25  # weight of shared words beside the cosine; tuned on the training corpus' texts
FAR_BEHIND = 0.3  # so far behind the nearest passage none of 63 that answered was found
FIRST = 0.8  # so sure at least is a text on the very place or way to pay that is asked about
ANSWERED = 0.6  # a text this sure to answer needs no second look
BEYOND_DOUBT = 0.95  # a yes or no less sure than this is left to the shopper to read
LONG = 40  # words; stories around a question drown it
SENTENCE = re.compile(r"(?<=[.!?])\s+")
COUNTS = re.compile(
    r"\bhow (?:many|wide|thick|tall|deep)\b"
    r"|\b(?:thread|stitch|page|step|lumen|calorie) ?count\b",
    re.I,
)
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|both|pair|no|not|none|single)\b",
    re.I,
)
WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")


def ranked(
    question: str, vector: Vectors, texts: Sequence[str], vectors: Vectors
) -> list[tuple[float, int]]:
    """(score, index) of every text, best first; a score near 1 is the same thing said."""
    if not texts:
        return []
    cosines = vectors @ vector
    shares = shared(question, texts)
    scores = cosines + SHARED_WORDS * shares
    return [(float(scores[i]), int(i)) for i in np.argsort(-scores)]


def nearest(near: Mapping[int, float], most: int, far: float = FAR_BEHIND) -> dict[int, float]:
    """Those worth judging: the first `most` of `near`, less what is `far` behind the nearest."""
    some = sorted(near.items(), key=lambda item: -item[1])[:most]
    return {i: score for i, score in some if score >= some[0][1] - far}


# The words of a question that tell nothing of what is asked of.
HOW = re.compile(r"\bhow (?:long|much|many|far|often|soon|quick(?:ly)?|fast)\b", re.I)

# What people type in a hurry, and the texts of no shop hold.
SHORTHAND = {
    "u": "you", "ya": "you", "ye": "you", "r": "are", "ur": "your", "n": "and", "w/": "with",
    "w/o": "without", "pls": "please", "plz": "please", "abt": "about", "b4": "before",
    "thru": "through", "tho": "though", "cuz": "because", "bc": "because", "info": "information",
    "diff": "difference",
}  # fmt: skip


# Where another question begins, and how people count theirs.
ANOTHER = re.compile(
    r"(?:^|[.?!;:])\s*(?:one|two|three|first|second|third)(?:ly)?[,:]\s+|(?:^|\s)[123][.):]\s+"
    r"|(?:[,;?&.+]|\band\b|\bplus\b)\s+(?:(?:and|also) )?"
    r"(?=(?:how|what'?s?|when|until when|which|who|where|is|are|does|do|can|may|could|will|has"
    r"|any)\b)",
    re.I,
)


@lru_cache(maxsize=1024)
def asking(text: str) -> str:
    """The part of a long message that asks: its questions, or else how it ends; in whole words."""
    text = " ".join(SHORTHAND.get(word.casefold(), word) for word in text.split())
    if len(text.split()) <= LONG:
        return text
    said = SENTENCE.split(text)
    questions = [s for s in said if s.rstrip().endswith("?")]
    kept = " ".join(questions or said[-2:]).split()
    return " ".join(kept[-LONG:])


def parts(question: str) -> list[str]:
    """The questions of a message that asks several at once ("how thick, and how heavy is it",
    "1) … 2) …"), or the one."""
    said = [part.strip() for part in ANOTHER.split(question) if len(part.split()) > 1]
    return said if len(said) > 1 else [question]


def unnamed(question: str, title: str) -> str:
    """A question less the words of the product's name, which every text of its page shares."""
    names = {w.casefold() for w in title.split()}
    kept = [w for w in question.split() if w.casefold().strip("?.,!'") not in names]
    return " ".join(kept) or question


def judged(
    questions: Sequence[str], near: Mapping[int, float], texts: Sequence[str], answers: Answers
) -> list[tuple[Judged, int]]:
    """(how it fares, index), best first, of the texts at `near` with how near they are; a question
    that only makes sense after another comes in both forms, of which the surer one counts, and the
    second is not read where the first is answered."""
    best: dict[int, Judged] = {}
    near = {i: n for i, n in near.items() if not _uncounted(questions, texts[i])}
    some = [texts[i] for i in near]
    for question in dict.fromkeys(questions):
        if any(found.sure >= ANSWERED for found in best.values()):
            break
        for i, found in zip(near, answers(question, some, list(near.values())), strict=True):
            best[i] = max(best.get(i, found), found, key=lambda judged: judged.sure)
    return sorted(((found, i) for i, found in best.items()), key=lambda pair: -pair[0].sure)


def _uncounted(questions: Sequence[str], text: str) -> bool:
    """Whether a question asks for a count and a text holds no number: it cannot answer it."""
    return bool(questions and COUNTS.search(questions[0])) and not NUMBER.search(text)


def says(found: Judged) -> str:
    """ "yes" or "no" where a text answers so beyond doubt, else empty."""
    sure = max(found.yes, found.no)
    return ("yes" if found.yes == sure else "no") if sure >= BEYOND_DOUBT else ""


def shared(question: str, texts: Sequence[str]) -> Vectors:
    """For each text the share of the question's telling words that it has, 0..1."""
    places = _places(tuple(texts))
    telling = [places[w] for w in stems(HOW.sub(" ", question)) if w in places]
    told = [math.log(1 + len(texts) / len(having)) for having in telling]
    shares = np.zeros(len(texts))
    for having, weight in zip(telling, told, strict=True):
        shares[having] += weight
    return np.asarray(shares / (sum(told) or 1.0), np.float32)


@lru_cache(maxsize=1024)
def _places(texts: tuple[str, ...]) -> dict[str, list[int]]:
    """In which of the texts each word stands; the same ones are asked of over and over."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        for word in stems(text):
            places.setdefault(word, []).append(place)
    return places


@lru_cache(maxsize=1 << 15)
def stems(text: str) -> frozenset[str]:
    """The telling words of a text by their stems; "washable" is "wash"."""
    return frozenset(stem(ABLE.sub("", w)) for w in WORD.findall(text.casefold())) - STOP


ABLE = re.compile(r"(?<=\w{4})able$")
STOP = frozenset(
    stem(word)
    for word in "a an and are as at be by can could do does for from get got has have how i if in"
    " is it me my of on or our so that the them there this to u us we what when where which will"
    " with you your".split()
)
