"""Prose: what a sentence says in words of its own is close to a fact and contradicts none.

A sentence is cut into clauses. One piece of the facts, a sentence of a text or the fields of one
fact, has to hold all telling words and numbers of a clause and go as far as it does, and no piece
may gainsay it. Words decide, in the manner of the lexical baselines of textual entailment (Dagan
et al., "The PASCAL recognising textual entailment challenge", 2005): they cannot be talked round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from chatbot.stemming import stem
from chatbot.terms import Act, Claim, Fact

from .case import DASH, Case
from .figures import THINGS, reckoned, told
from .mentions import OF_TEXTS
from .numbers import MONEY, amounts
from .texts import FEW, NOTHING, Piece, Text, pieces_for, text_of
from .wording import blank, pattern
from .words import BENDS, NEGATIONS, OF_ACTS, TOPICS, reach, stems

CLAUSE = re.compile(
    rf"(?<=[.!?])\s+|[;:()]|{DASH}|,? (?:but|although|though|whereas|while|however)\b"
    r"|,? (?=because\b)"
    r"|, (?:and|so|which|or)\b"
    r"|, (?=(?:shall|would|should|could|can|may|do) (?:I|you|we)\b)"
    r"|\band (?=(?:it|they|we|you|the|there|that|this|I)\b)",
    re.I,
)
HALVES = re.compile(r",(?!\d)|\b(?:and|with|plus|as|since|so|at|for)\b", re.I)
IDLE = tuple(pattern("idle", name) for name in ("asks", "offers", "unable", "feels", "lists"))
# A clause that begins so is of what the shopper asked about.
POINTS = re.compile(
    r"^\W*(?:(?:yes|no|and|but|so|sure|right|well|sorry)\W+)*"
    r"(?:it|they|that|this|those|these)\b",
    re.I,
)
# What may be done with a thing, and why something is so, a fact has to tell.
OF_A_THING = re.compile(r"^\W*because\b|\b(?:can|may|could|be able to) (?:\w+ )?be\b", re.I)
APART = re.compile(r"[,;:]|\b(?:but|only|and)\b", re.I)
ONLY = re.compile(r"\bonly\b", re.I)
# A name ("~") right behind a denial, or right before one.
MISSING = re.compile(
    r"(?:\b(?:no|not(?! (?:only|just))|none|nothing)\b|\w+n't)[^,.;~]{0,40}~"
    r"|~ (?:isn't|is not|aren't|are not|doesn't|does not|was not|wasn't)\b",
    re.I,
)
VERB = re.compile(
    r"\b(?:is|are|was|were|can|will|does|do|did|has|have|had|gets?|right)\b|n't\b|'s\b|,", re.I
)
ALIKE = 3  # plain words in common
WIDE = frozenset(map(stem, "everything anything every always never guaranteed forever".split()))
NEARLY = 0.5  # of a word: pieces that share so much less with a clause may be meant as well
HOUSE = Piece(Fact("house", "", "", datetime.min, {}), text_of(""), NOTHING)


def prose(case: Case) -> Iterator[Claim]:
    """Every clause that says something of its own: that neither asks, offers, owns to not knowing,
    nor feels with the shopper."""
    for start, clause in _cut(CLAUSE, case.rest, case.named):
        said = _said(case, start, clause)
        if any(p.search(clause) for p in IDLE) or _echoes(case, said):
            continue
        if said.words or said.numbers:
            yield _judged(case, start, clause, said)
        elif _gainsaid(case, start, said):
            yield Claim(clause, "prose", "held")


def _echoes(case: Case, said: Text) -> bool:
    """Whether a clause only asks for a name in the shopper's own words: "Petrel shell?" """
    own = said.every <= text_of(case.asked).every
    return own and said.text.endswith("?") and not (said.numbers or VERB.search(said.text))


def _gainsaid(case: Case, start: int, said: Text) -> bool:
    """Whether a text denies what a clause of plain words alone says, or the other way round."""
    own = said.every - BENDS.keys()
    some = pieces_for(case, start) if len(own) >= FEW else []
    alike = [p for p in some if len(own & p.said.alike) >= min(len(own), ALIKE)]
    return any(_gainsays(p, said) for p in alike)


def _cut(
    pattern: re.Pattern[str], text: str, whole: Callable[[int], bool] = lambda _place: False
) -> Iterator[tuple[int, str]]:
    """The parts of a text between what `pattern` finds, with their places; where `whole` it is
    not cut."""
    start = 0
    for cut in [*(m for m in pattern.finditer(text) if not whole(m.start())), None]:
        part = text[start : cut.start() if cut else len(text)]
        if part.strip():
            yield start + len(part) - len(part.lstrip()), part.strip()
        start = cut.end() if cut else start


def _said(case: Case, start: int, clause: str) -> Text:
    """What a clause says besides its names, counts and sums, which other rules judge."""
    sums = {f"${n:f}" for at, n in _amounts(clause) if reckoned(case, start + at, n)}
    for m in case.mentions:
        if m.kind != "code" and start <= m.start and m.end <= start + len(clause):
            gap = " " * (m.end - m.start)
            clause = clause[: m.start - start] + gap + clause[m.end - start :]
    said = text_of(clause)
    numbers = text_of(blank(THINGS, clause)).numbers - sums
    numbers = frozenset(n for n in numbers if not _counts(case, n))
    return _undecided(case, replace(said, numbers=numbers))


def _undecided(case: Case, said: Text) -> Text:
    """A clause less what plain code has decided: the act's own words, if the engine was taught
    them, and what is denied in the act's values ("not in black", "not in 12")."""
    if case.act is None:
        return said
    own = OF_ACTS.get(case.act.name, NOTHING) if case.taught else NOTHING
    values = text_of(" ; ".join(case.act.slots.values()))
    known = NOTHING.union(*(text_of(v).every for f in case.facts for v in f.values.values()))
    denied = said.denied & values.every - known | _unheard_of(case.act, known, said.text)
    numbers = said.numbers - (values.numbers & _denied_numbers(said.text))
    return replace(said, words=said.words - own - denied, scopes=said.scopes - own, numbers=numbers)


def _denied_numbers(clause: str) -> frozenset[str]:
    """The numbers that a negation stands before, in its part of a clause: "not in 12"."""
    reached: set[str] = set()
    for part in APART.split(clause):
        words = part.split()
        places = [n for n, w in enumerate(words) if NEGATIONS & set(stems(w))]
        if len(places) == 1 and not ONLY.search(part):
            reached |= text_of(" ".join(words[places[0] :])).numbers
    return frozenset(reached)


def _unheard_of(act: Act, known: frozenset[str], clause: str) -> frozenset[str]:
    """The words of a name that the shop does not have, also those that other things have, where
    a clause denies that it has it: "no Petrel shell", "a Petrel shell isn't one of ours"."""
    asked = act.slots.get("search.words", "")
    name = text_of(asked).every
    if not asked or name <= known or not MISSING.search(_marked(clause, asked)):
        return NOTHING
    return name


def _marked(clause: str, name: str) -> str:
    return re.sub(re.escape(name), "~", clause, flags=re.I)


def _amounts(clause: str) -> Iterator[tuple[int, Decimal]]:
    for m in MONEY.finditer(clause):
        yield from ((m.start(), n) for n in amounts(MONEY, m.group()).values())


def _counts(case: Case, number: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}", number)) and told(case, Decimal(number))


def _judged(case: Case, start: int, clause: str, said: Text) -> Claim:
    """A clause as a claim: borne out whole, or else in parts that are of one thing."""
    some = _likely(case, start, said)
    sources = [_borne_out(case, some, said)]
    if not sources[0] and not _whole(case, some, said):
        sources = [_part(case, start + at, part) for at, part in _cut(HALVES, said.text)]
    supported = all(sources) and _of_one_thing(case, sources)
    fact = sources[0].fact.source if supported and sources[0] else ""
    return Claim(clause, "prose", "supported" if supported else "held", fact)


def _part(case: Case, start: int, part: str) -> Piece | None:
    said = _said(case, start, part)
    if not said.words and not said.numbers:
        return HOUSE
    return _borne_out(case, _likely(case, start, said), said)


def _of_one_thing(case: Case, sources: Sequence[Piece | None]) -> bool:
    """Whether the parts of a clause are of one thing, where it names no more."""
    named = {m.value for m in case.mentions if m.kind in ("title", "order", "code")}
    things = {p.fact.subject or p.fact.source for p in sources if p and p is not HOUSE}
    return len(things) <= max(1, len(named))


def _likely(case: Case, start: int, said: Text) -> list[Piece]:
    """The pieces that a clause may be of; one that begins with "it" is of what was asked."""
    some = pieces_for(case, start)
    asked = text_of(case.asked).words if POINTS.match(said.text) else NOTHING
    return [p for p in some if asked & (p.said.alike | p.around)] or some


def _borne_out(case: Case, some: list[Piece], said: Text) -> Piece | None:
    """The piece of the facts that says what a clause says, and that none gainsays."""
    whole = _whole(case, some, said)
    if not whole:
        free = _of_the_house(said) and not any(_gainsays(p, said) for p in some)
        return HOUSE if free else None
    best = max(p.shares(said) for p in whole)
    near = (p for p in whole if p.shares(said) >= best - NEARLY and _goes_as_far(p, said))
    return next((p for p in near if not _denied_beside(p, some, said)), None)


def _whole(case: Case, some: list[Piece], said: Text) -> list[Piece]:
    """The pieces that hold all of a clause, with what else is known of the same thing."""
    return [p for p in some if not _lacking(case, p, said)]


def _lacking(case: Case, piece: Piece, said: Text) -> frozenset[str]:
    """What a clause says and nothing known of the thing does; of "never" and "always" even the
    plainest words count: "refunds never need a reason"."""
    wide = WIDE & said.scopes
    whole = replace(said, words=said.words | said.every - BENDS.keys()) if wide else said
    lacking = piece.lacks(whole)
    for fact in _beside(case, piece.fact) if lacking else ():
        lacking -= text_of(" ; ".join(f"{k} {v}" for k, v in fact.values.items())).alike
    return lacking


def _beside(case: Case, fact: Fact) -> Iterator[Fact]:
    """What else is known of the same thing and is no rival: the fields beside a text."""
    for other in case.facts:
        same = other is not fact and other.subject and other.subject == fact.subject
        if same and other.kind != "variant" and (other.kind in OF_TEXTS) != (fact.kind in OF_TEXTS):
            yield other


def _of_the_house(said: Text) -> bool:
    """Whether a clause only speaks of what every shop has: orders, returns, a team."""
    plain = not (said.numbers or said.scopes or said.denied or OF_A_THING.search(said.text))
    return plain and said.words <= TOPICS["house"]


def _goes_as_far(piece: Piece, said: Text) -> bool:
    """Whether a piece bears out what narrows or widens a clause."""
    every = frozenset(stems(piece.said.text))
    wide = said.scopes if piece.parts else WIDE & said.scopes
    return all(scope in every or BENDS[scope] & every for scope in wide)


def _denied_beside(piece: Piece, some: list[Piece], said: Text) -> bool:
    """Whether the piece itself gainsays a clause, or another does in words that it leaves open."""
    return any(_gainsays(p, said) - (piece.said.alike if p is not piece else NOTHING) for p in some)


def _gainsays(piece: Piece, said: Text) -> frozenset[str]:
    """The words that a clause denies and a piece does not, or the other way round."""
    if not piece.parts:
        return NOTHING
    ours = said.every & piece.said.alike
    if apart := [e for e in piece.said.excepted if e <= said.alike and not said.excepted]:
        return NOTHING if said.denied else NOTHING.union(*apart)
    theirs = reach(piece.said.denied)
    freely = reach(w for p in piece.parts for w in p.every - p.denied)
    return (ours & said.denied - theirs) | ((ours - said.denied) & theirs - freely)
