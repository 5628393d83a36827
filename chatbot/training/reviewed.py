"""What staff have vouched for, as rows to learn from: replies they approved, and what they wrote
instead of others. A row holds references instead of values, and no word that may lead to a person;
what cannot be put so without loss is left out, and counted.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from chatbot import claims, records
from chatbot.models import Reply, Review
from chatbot.terms import Act, Brief
from chatbot.writing import quoted, render, was_taught
from chatbot.writing.rendering import REFERENCE, shown
from chatbot.writing.vocabulary import FORBIDDEN

from .corpus import ReplyRow, replies

LONGEST = 400  # characters; the writer ends within 90 tokens
SHORT = 3  # characters below which a value may stand in a text for something else
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")  # of a notice, told instead of a draft
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
HEAD = re.compile(r"(?:^|[.!?:]\s+)[\"'(]*[^\W\d_]")  # of a sentence: any word is written large
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})


@dataclass(frozen=True)
class Reviewed:
    """One act as somebody of the staff would have it told."""

    row: ReplyRow
    brief: Brief  # without the shopper's message, which may name anybody


class Gathered(NamedTuple):
    """The rows, each once, and how many were left out, by reason."""

    rows: list[Reviewed]
    left: Counter[str]


class Lossy(Exception):
    """Raised when a text cannot become a row, with the reason."""


class Vouched(NamedTuple):
    """A text that staff stand by, and the act it tells."""

    act: Act
    text: str
    taught: bool  # whether it was drafted in references


def gather() -> Gathered:
    """All rows that decided reviews give, oldest first."""
    found, left = _vouched()
    rows: dict[ReplyRow, Reviewed] = {}
    for one in found:
        try:
            row = ReplyRow(one.act.name, in_references(one))
        except Lossy as reason:
            left[str(reason)] += 1
        else:
            rows.setdefault(row, Reviewed(row, _brief(one.act)))
    return Gathered(list(rows.values()), left)


def digest() -> str:
    """Eight letters that change with the rows."""
    told = "".join(sorted(f"{one.row.act} {one.row.text}\n" for one in gather().rows))
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _vouched() -> tuple[list[Vouched], Counter[str]]:
    """The texts of decided reviews; a reply that anybody rejected is vouched for by nobody."""
    found: list[Vouched] = []
    left: Counter[str] = Counter()
    for reply in _decided():
        verdicts = {r.verdict: r for r in reply.reviews.all() if r.state == Review.State.CLOSED}
        acts = [records.act(a) for a in reply.acts if not a["notice"]]
        if Review.Verdict.REJECTED in verdicts:
            continue
        if correction := verdicts.get(Review.Verdict.CORRECTED):
            if len(acts) == 1:
                text = correction.correction
                found.append(Vouched(acts[0], text, False))
            else:
                left["corrects several things at once"] += 1
        else:
            found += _approved(reply)
    return found, left


def _decided() -> Iterator[Reply]:
    """Replies that were reviewed and are still there."""
    decided = Review.objects.filter(
        state=Review.State.CLOSED,
        verdict__in=(Review.Verdict.APPROVED, Review.Verdict.CORRECTED),
    )
    some = Reply.objects.filter(pk__in=decided.values("reply"), completed_at__isnull=False)
    there = some.exclude(salt="").select_related("turn").prefetch_related("reviews")
    yield from there.order_by("pk").iterator(chunk_size=500)


def _approved(reply: Reply) -> Iterator[Vouched]:
    """What was told of each act of an approved reply."""
    for record in reply.acts:
        told = records.told(record, reply.engine)
        drafts = [draft for draft, _engine in told]
        if not record["notice"] and drafts and not any(KEY.fullmatch(draft) for draft in drafts):
            taught = all(was_taught(engine or reply.engine) for _draft, engine in told)
            yield Vouched(records.act(record), " ".join(drafts), taught)


def in_references(one: Vouched) -> str:
    """A text with references in place of its act's values, fit for the writer. Raises Lossy."""
    act, text = one.act, " ".join(one.text.translate(PLAIN).split())
    if not one.taught:
        text = _referred(text, act)
    cited = set(REFERENCE.findall(text))
    said = REFERENCE.sub("", text)
    if not cited <= set(act.slots) or FORBIDDEN & set(said) or not said.isascii():
        raise Lossy("holds values that its facts do not")
    if not set(act.must) <= cited:
        raise Lossy("does not say what the act has to say")
    if len(said) > LONGEST:
        raise Lossy("is too long")
    if strange(text):
        raise Lossy("holds words that may name somebody")
    if _held(text, act):
        raise Lossy("says what its facts do not bear out")
    return text


def _referred(text: str, act: Act) -> str:
    """`text` with the values of an act replaced, those it has to cite first, the longest first."""
    if FORBIDDEN & set("{}<>") & set(text):
        raise Lossy("holds values that its facts do not")
    order = sorted(act.slots, key=lambda r: (r not in act.must, -len(act.slots[r])))
    for reference in order:
        value = shown(act.slots[reference]).translate(PLAIN).strip()
        if value:
            text = _replaced(text, value, reference)
    return text


def _replaced(text: str, value: str, reference: str) -> str:
    """`text` with one reference in place of its value; never inside of another."""
    pattern = re.compile(rf"(?<!\w){re.escape(value)}(?!\w|[.,]\d)(?![^{{}}]*\}})", re.I)
    found = pattern.findall(text)
    if not found or (len(value) < SHORT and len(found) > 1):
        return text
    return pattern.sub(f"{{{reference}}}", text)


def _held(text: str, act: Act) -> bool:
    """Whether a sentence states what no fact of its act supports."""
    told = claims.sentences([text])
    rendered = (render(quoted(sentence), act.slots) for sentence in told)
    return any(
        claim.verdict == "held"
        for sentence in rendered
        for claim in claims.check(sentence, act.facts, act=act, taught=True)
    )


def strange(text: str) -> frozenset[str]:
    """The words of a text, its references aside, that the corpus does not have. It speaks of nobody
    by name; and what else is new would be held as it is told."""
    return frozenset(_words(text)) - _corpus_words()


def _words(text: str) -> list[str]:
    """The words of a text beside its references; those at the head of a sentence in small letters,
    so that elsewhere a large one tells a name: "Hi Mark"."""
    said = REFERENCE.sub("0", text)
    return WORD.findall(HEAD.sub(lambda head: head.group().lower(), said))


@cache
def _corpus_words() -> frozenset[str]:
    return frozenset(word for row in replies() for word in _words(row.text))


def _brief(act: Act) -> Brief:
    return Brief(act.name, act.must, tuple(act.slots), act.slots)
