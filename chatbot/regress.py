"""Golden cases replayed: what an engine makes of each, through the rooms of the road, and what that
changes. Nothing is recorded, nobody is told, and the dice are the same every time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from . import acts, drafting, facts, memory, notices, reading, records, writing
from .models import GoldenCase, Reply
from .telling import ATTEMPTS, HELD
from .terms import Act, Memory, Outcome

APOLOGY = "unavailable"  # the notice that ends a turn that broke
WORDS = re.compile(r"\s+|[$€£]?\d(?:[\d.,]*\d)?%?|\w+|[^\w\s]")


@dataclass(frozen=True)
class Told:
    """What became of a case, and what of it is not as it has to be."""

    engine: str
    outcome: str
    text: str
    stated: tuple[str, ...]  # what supported claims state
    held: tuple[str, ...]  # sentences that were not said
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether all that matters is as it has to be."""
        return not self.faults


def cases() -> list[GoldenCase]:
    """The cases that engines are tried by, oldest first."""
    return list(GoldenCase.objects.filter(active=True, emptied_at=None).order_by("pk"))


def run(case: GoldenCase, engine: writing.Engine | None = None) -> Told:
    """What an engine, or the one that is switched on, makes of a case's messages, one after the
    other; the last answer counts."""
    recalled, answer = Memory(), Answer(case.pk, engine)
    for question in case.questions:
        answer = Answer(case.pk, engine)
        recalled = answer.tell(question, case.page, recalled)
    text, outcome = " ".join(answer.text), answer.outcome
    name = (engine or writing.engine()).name
    stated = tuple(dict.fromkeys(answer.stated))
    return Told(name, outcome, text, stated, tuple(answer.held), faults(case, outcome, text))


def faults(case: GoldenCase, outcome: str, text: str) -> tuple[str, ...]:
    """What a case wants and an answer is not."""
    ends = [f"ends {outcome}, not {case.outcome}"] if case.outcome not in ("", outcome) else []
    lacks = [f"does not say {value}" for value in case.must_state if not says(text, value)]
    wrong = [f"says {value}" for value in case.must_not if says(text, value)]
    return (*ends, *lacks, *wrong)


def says(text: str, value: str) -> bool:
    """Whether a text says something word for word: "$4" is not said by "$49.00" or "$4.50"."""
    said, wanted = " ".join(text.split()), " ".join(value.split())
    return bool(re.search(rf"(?<![\w.,]){re.escape(wanted)}(?!\w|[.,]\d)", said, re.I))


@dataclass
class Answer:
    """One message answered, as the road would: read, found, decided, written, checked."""

    case: int
    engine: writing.Engine | None
    text: list[str] = field(default_factory=list)
    stated: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def tell(self, question: str, page: str, before: Memory) -> Memory:
        """Answer it; what a conversation would remember of it."""
        encode = reading.encode()
        read = reading.read(question, page, before, facts.lexicon(encode))
        viewer = facts.Viewer(None, f"golden case {self.case}", before.email, before.order)
        known = facts.find(read, viewer, encode, reading.answers())
        decided = acts.decide(read, known)
        titles, country = facts.titles(encode), facts.country(encode)
        self._tell(decided, drafting.Drafter(question, titles, country, self.engine))
        reply = Reply(
            text=" ".join(self.text), facts=[records.of_fact(f) for f in known],
            acts=[records.of_act(a) for a in decided],
        )  # fmt: skip
        return memory.after(read, reply, before)

    def _tell(self, decided: Sequence[Act], drafter: drafting.Drafter) -> None:
        try:
            for place, act in enumerate(decided):
                self._tell_act(place, act, drafter)
        except writing.EngineError as error:
            self.outcomes.append(Outcome.UNAVAILABLE)
            self.held.append(f"[{error}]")
            self.text.append(notices.text(APOLOGY, {}))

    def _tell_act(self, place: int, act: Act, drafter: drafting.Drafter) -> None:
        self.outcomes.append(act.outcome)
        if act.notice:
            self.text.append(notices.text(act.name, act.slots))
            return
        told: list[str] = []
        for attempt in range(ATTEMPTS):
            if drafting.untold(act, told):
                self._attempt(act, told, drafter, place, attempt)
        if drafting.untold(act, told):
            self.outcomes.append(Outcome.HELD_FOR_STAFF)
            self.text.append(notices.text(HELD, {}))

    def _attempt(
        self, act: Act, told: list[str], drafter: drafting.Drafter, place: int, attempt: int
    ) -> None:
        """Another draft, up to the first sentence that does not hold; an engine that fails gets a
        second chance where one may help."""
        seed = drafting.seed(self.case, place, attempt)
        try:
            for said in drafter.draft(act, told, seed, threading.Event()):
                if said.held:
                    self.held.append(said.text)
                    return
                told.append(said.draft)
                self.text.append(said.text)
                self.stated += [claim.text for claim in said.claims]
        except writing.EngineError as error:
            if drafting.untold(act, told) and not (error.retry and attempt + 1 < ATTEMPTS):
                raise

    @property
    def outcome(self) -> str:
        """How it ends: who was told of a person gets one, whatever broke."""
        for first in (Outcome.HANDED_OFF, Outcome.UNAVAILABLE):
            if first in self.outcomes:
                return str(first)
        return str(min(self.outcomes, key=tuple(Outcome).index))


def changes(before: Told, after: Told) -> Iterator[str]:
    """What is otherwise than before, in words for staff."""
    if before.outcome != after.outcome:
        yield f"outcome: {before.outcome} → {after.outcome}"
    if gone := [value for value in before.stated if value not in after.stated]:
        yield f"states no longer: {' · '.join(gone)}"
    if new := [value for value in after.stated if value not in before.stated]:
        yield f"states now: {' · '.join(new)}"
    if held := [sentence for sentence in after.held if sentence not in before.held]:
        yield f"held: {' · '.join(held)}"
    if before.text != after.text:
        yield f"words: {worded(before.text, after.text)}"


def worded(before: str, after: str) -> str:
    """The later text, with what went in [-…-] and what came in {+…+}."""
    old, new, told = WORDS.findall(before), WORDS.findall(after), []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for what, i, j, k, m in steps:
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if what == "equal":
            told.append(come)
        else:
            told += [f"[-{gone}-]"] * bool(gone) + [f"{{+{come}+}}"] * bool(come)
    return "".join(told)


def broken(before: dict[str, Told], after: dict[str, Told]) -> list[str]:
    """The cases that fail and passed before, by number; what nobody tried before ought to pass."""
    passed = {number for number, told in before.items() if told.passed}
    known = {number: number in passed or number not in before for number in after}
    return [number for number, told in after.items() if known[number] and not told.passed]


def recorded(kept: dict[str, Any]) -> dict[str, Told]:
    """What was told as it was written to a file. Raises KeyError or TypeError for another file."""
    return {number: _told(row) for number, row in kept["after"].items()}


def _told(row: dict[str, Any]) -> Told:
    kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Told(**kept)
