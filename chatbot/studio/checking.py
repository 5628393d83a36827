"""Whether a text holds, whoever wrote it: people's words are held to what an engine's are. Somebody
may vouch for a word that no fact has, and for nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from chatbot import facts
from chatbot.terms import Fact

from . import lines, refusals
from .borne_out import new_words
from .kinds import KINDS, Kind
from .lines import Line
from .writing import judged

GONE = "the product is not on sale"
BRACES = "braces and tags cannot stand in a text"
LACKING = frozenset(("wording", "prose"))  # kinds of claims that a missing fact alone can hold
Words = Sequence[tuple[str, str]]  # label and text


@dataclass(frozen=True)
class Checked:
    """The lines of a text, and for each the parts that only lack a fact."""

    kind: str
    lines: tuple[Line, ...]
    doubts: tuple[tuple[str, ...], ...]

    @cached_property
    def blocked(self) -> list[Line]:
        """The lines for which nobody can vouch."""
        pairs = zip(self.lines, self.doubts, strict=True)
        return [line for line, doubts in pairs if line.fault and not doubts]

    @cached_property
    def to_vouch(self) -> list[str]:
        """What somebody would have to vouch for."""
        return list(dict.fromkeys(part for doubts in self.doubts for part in doubts))

    @cached_property
    def missing(self) -> list[str]:
        """The labels under which too little is said."""
        pairs = zip(self.lines, self.doubts, strict=True)
        said = [replace(line, fault="") if doubts else line for line, doubts in pairs]
        return lines.missing(said, KINDS[self.kind])

    @property
    def ready(self) -> bool:
        """Whether nothing stands against approval, but what can be vouched for."""
        return not self.blocked and not self.missing

    def holds(self, vouched: Collection[str] = ()) -> bool:
        """Whether it can be shown, those parts being vouched for."""
        return self.ready and set(self.to_vouch) <= set(vouched)


def check(handle: str, kind: str, words: Words) -> Checked:
    """A text about the product as it is now."""
    return against(facts.read_of(handle), facts.names(), kind, words)


def against(known: Sequence[Fact], titles: Sequence[str], kind: str, words: Words) -> Checked:
    """The same by what is known of the product, and by the names of all."""
    if not known:
        gone = tuple(Line(label, text, fault=GONE) for label, text in words)
        return Checked(kind, gone, ((),) * len(gone))
    told = [Line(label, text) for label, text in words]
    found = [judged(line, KINDS[kind], known, titles) for line in told]
    fitted = [_spelt(line) for line in lines.fitted(told, KINDS[kind])]
    both = [_with(one, fit.fault) for one, fit in zip(found, fitted, strict=True)]
    doubts = tuple(
        () if fit.fault else _doubts(one, KINDS[kind], known)
        for one, fit in zip(found, fitted, strict=True)
    )
    return Checked(kind, tuple(both), doubts)


def _spelt(line: Line) -> Line:
    return replace(line, fault=BRACES) if set("{}<>") & set(line.text) else line


def _with(line: Line, fault: str) -> Line:
    """A line with one fault more."""
    return replace(line, fault="; ".join(filter(None, (fault, line.fault))))


def _doubts(line: Line, kind: Kind, known: Sequence[Fact]) -> tuple[str, ...]:
    """The parts of a line that have a word no fact has, where nothing else is wrong with it: if the
    shop said so in these words, it would be borne out, and no other fact would deny it."""
    held = [claim for claim in line.claims if claim.verdict == "held"]
    parts = tuple(claim.text for claim in held if claim.kind == "wording")
    fair = all(new_words(part, known) and not refusals.touches(part) for part in parts)
    if not fair or not {c.kind for c in held} <= LACKING:
        return ()
    told = {"text": line.text, "handle": known[0].values["handle"], "name": known[0].subject}
    own = replace(known[0], kind="sentence", source="vouched", values=told)
    return () if judged(line, kind, [*known, own], ()).fault else parts
