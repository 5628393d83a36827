"""Golden cases replayed: what an engine makes of each, through the rooms of the road, and what that
changes. Nothing is recorded, nobody is told, and the dice are the same every time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import compared, engines, facts, writing
from .models import GoldenCase
from .terms import Memory
from .trying import Try


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
    before, engine = Memory(), engine or engines.now()
    for question in case.questions:
        viewer = facts.Viewer(None, f"golden case {case.pk}", before.email, before.order)
        tried = Try(question, case.page, viewer, case.pk, before=before, engine=engine)
        reply = tried.run()
        before = tried.remembered()
    stated = dict.fromkeys(c["text"] for c in reply.claims if c["shown"])
    held = [said.text for said in tried.said if said.held]
    held += [f"[{tried.broke}]"] if tried.broke else []
    wrong = faults(case, reply.outcome, reply.text)
    return Told(engine.name, str(reply.outcome), reply.text, tuple(stated), tuple(held), wrong)


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
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(marks[what].format(words) for what, words in compared.steps(before, after))


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
