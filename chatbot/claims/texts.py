"""What the facts say, piece by piece, in stems and numbers, and which piece bears a clause out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from chatbot.stemming import stem
from chatbot.terms import Fact

from .case import COMMA, DASH, Case
from .dates import dates
from .mentions import OF_TEXTS
from .numbers import MONEY, WORDS, amounts, counts
from .words import BENDS, GRAMMAR, NEGATIONS, NEUTRAL, TOPICS, reach, stems

FIELDS = ("text", "about")  # of a fact, that hold sentences
SENTENCE = re.compile(r"(?<=[.!?])\s+|;\s")
PART = re.compile(
    rf"[;:()]|{COMMA}|{DASH}|\b(?:but|and|or|because|although|though|while|unless|except|if|so)\b",
    re.I,
)
BREAK = re.compile(
    rf"[;:().]|{COMMA}|{DASH}|\b(?:but|because|although|though|while|unless|except|if|so|only)\b",
    re.I,
)
EXCEPT = re.compile(
    r"\b(?:except(?:ing| for)?|excluding|apart from|other than|with the exception of)\b([^.;()—]+)",
    re.I,
)
REACHED = 5  # words behind a negation that it denies
# What stands for something letter by letter: codes, tracking numbers, carriers.
SIGN = re.compile(r"\b(?=\w*[A-Z])(?:[A-Z][A-Z0-9]+|(?=\w*\d)\w{5,})\b")
PLAIN = frozenset("AI OK US USA UK EU ID PO FAQ PS".split())
UNNAMED = re.compile(r" *(?:\b(?:the|an?|your) )? {2,}(?:and {2,})*")
NEAR = 60  # letters before or behind a value in which it may be called something
FEW = 2  # telling words; a part with fewer is read with its whole sentence
NOTHING: frozenset[str] = frozenset()
NUMBER_STEMS = frozenset(map(stem, WORDS))
# How a price that came down is told of: the shop says itself what it was before.
REDUCED = frozenset(
    map(stem, "reduced down drop dropped before earlier previous previously marked sale".split())
)
KEPT = reach(map(stem, "return exception back rule".split()))  # of what never can go back
UNSAID = frozenset("handle handles amount placed_at kept_handles minimum_amount says".split())


@dataclass(frozen=True)
class Text:
    """A sentence or a clause: its telling words and numbers, and what bends them."""

    text: str
    words: frozenset[str]  # stems
    numbers: frozenset[str]  # "5.5", "@11-21" for a day of the year
    scopes: frozenset[str]
    denied: frozenset[str]  # words that a negation reaches
    excepted: tuple[frozenset[str], ...]  # the words of each thing that it sets apart
    every: frozenset[str]  # all words but grammar
    alike: frozenset[str] = NOTHING  # the words and what may be said in their place


@dataclass(frozen=True)
class Piece:
    """A sentence of a text, or all fields of any other fact."""

    fact: Fact
    said: Text
    around: frozenset[str]  # words that its surroundings lend it: title, neighbours, topic
    parts: tuple[Text, ...] = field(default=())

    def lacks(self, clause: Text) -> frozenset[str]:
        """What a clause says and the piece does not."""
        known = self.said.alike | self.around
        return (clause.words - known) | (clause.numbers - self.said.numbers)

    def shares(self, clause: Text) -> float:
        """How much of a clause is the piece's own; of two alike the shorter is nearer."""
        own = len(clause.words & self.said.alike) + len(clause.numbers & self.said.numbers)
        return own + len(clause.words & self.around) / 4 - len(self.said.words) / 100


@lru_cache(4096)
def text_of(sentence: str) -> Text:
    """What a sentence says, in stems and numbers."""
    plain, numbers = _figures(sentence)
    said = stems(plain)
    telling = [w for w in said if w not in NEUTRAL | NEGATIONS and w not in BENDS]
    scopes = frozenset(w for w in said if w in BENDS)
    words = frozenset(telling) - NUMBER_STEMS
    every = frozenset(w for w in said if w not in GRAMMAR and w not in NEGATIONS)
    apart = tuple(_excepted(plain))
    return Text(sentence, words, numbers, scopes, _denied(plain), apart, every, reach(said))


def _denied(sentence: str) -> frozenset[str]:
    """The telling words that a negation reaches: the few behind it, in its part of the sentence."""
    denied: set[str] = set()
    for part in BREAK.split(sentence):
        left = 0
        for word in stems(part):
            if word in NEGATIONS or word.endswith("n't"):
                left = 0 if left else REACHED  # "never no" denies nothing
            elif left and word not in GRAMMAR:
                denied.add(word)
                left -= 1
    return frozenset(denied)


def _excepted(sentence: str) -> Iterator[frozenset[str]]:
    """Things that a sentence sets apart from what it says: "except gift cards and food"."""
    for m in EXCEPT.finditer(sentence):
        for thing in PART.split(m.group(1)):
            if words := frozenset(stems(thing)) - GRAMMAR:
                yield words


def _figures(sentence: str) -> tuple[str, frozenset[str]]:
    """A sentence less its days, and its numbers: days first, then everything else that counts."""
    numbers = set()
    for text, (_year, month, day) in dates(sentence).items():
        numbers.add(f"@{month}-{day}")
        sentence = sentence.replace(text, " ")
    numbers |= {m.group() for m in SIGN.finditer(sentence) if m.group() not in PLAIN}
    sentence = SIGN.sub(lambda m: m.group() if m.group() in PLAIN else " ", sentence)
    prices = amounts(MONEY, sentence)
    numbers |= {f"${n:f}" for n in prices.values()}
    numbers |= {f"{n:f}" for n in counts(MONEY.sub(" ", sentence))}
    return sentence, frozenset(numbers - {"1"})


def pieces(fact: Fact) -> Iterator[Piece]:
    """The pieces of a fact."""
    topic = TOPICS.get(fact.kind, NOTHING) | reach(stems(f"{fact.subject} {fact.title}"))
    fields = {k: v for k, v in fact.values.items() if k not in FIELDS and k not in UNSAID}
    told = [s for key in FIELDS for s in SENTENCE.split(fact.values.get(key, "")) if s.strip()]
    for sentence in told:
        rest = reach(w for s in told if s != sentence for w in stems(s))
        yield Piece(fact, text_of(sentence), topic | rest, tuple(map(text_of, _parts(sentence))))
    if fact.values.get("keeps"):
        topic |= KEPT
    if "was" in fact.values:
        topic |= REDUCED
    if fact.kind not in OF_TEXTS:
        listed = " ; ".join(f"{k} {v}" for k, v in fields.items()).replace("_", " ")
        yield Piece(fact, text_of(listed), topic)


def _parts(sentence: str) -> list[str]:
    return [p for p in PART.split(sentence) if len(p.split()) > 1] or [sentence]


def pieces_for(case: Case, place: int) -> list[Piece]:
    """Every piece of the facts that may speak of what stands at `place`."""
    for fact in case.facts:
        if id(fact) not in case.kept:
            case.kept[id(fact)] = tuple(pieces(fact))
    return [p for f in case.facts if case.may_support(f, place) for p in case.kept[id(f)]]


def source_of(
    case: Case, place: int, has: Callable[[str], bool], rivals: Callable[[str], bool]
) -> Fact | None:
    """The fact a sentence of which has the value at `place`; none if a sentence with another value
    of the same kind is nearer to what the value is said of."""
    start, end = case.segment(place)
    part = case.sentence[start:end].strip(" .")
    if case.sentence[:start].rstrip().endswith(":") and (fact := case.holding(part)):
        return fact
    said = text_of(part)
    if len(said.words) < FEW:
        said = text_of(case.sentence)
    some = [
        p for p in pieces_for(case, place)
        if p.parts and (has(p.said.text) or rivals(p.said.text))
    ]  # fmt: skip
    said = replace(said, numbers=NOTHING)  # a wrong number must not choose its own witness
    best = max(some, key=lambda p: (round(p.shares(said), 1), has(p.said.text)), default=None)
    return best.fact if best and has(best.said.text) else None


def structured(
    case: Case, place: int, keys: Callable[[Fact, str], bool], has: Callable[[str], bool]
) -> Fact | None:
    """The first fact that has the value at `place` in one of the fields that it may stand for."""
    for fact in case.facts:
        if case.may_support(fact, place) and not case.too_broad(fact, place):
            for key, text in fact.values.items():
                if key not in FIELDS and keys(fact, key) and has(text):
                    return fact
    return None


def around(case: Case, start: int, end: int, names: tuple[str, ...]) -> tuple[str, str]:
    """What stands before and behind a value, as if what is of the kinds `names` had none."""
    text = case.without(names)
    before, behind = (UNNAMED.sub(" ", part) for part in (text[:start], text[end:]))
    return before[-NEAR:], behind[:NEAR]
