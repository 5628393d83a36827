"""The lines of a reply that has not been told: how they are kept, and read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from chatbot.terms import Claim

Record = dict[str, Any]


class Line(NamedTuple):
    """A sentence as it would be shown, or one that the check has kept back."""

    place: int | None  # of its act
    draft: str
    text: str
    claims: tuple[Claim, ...]
    notice: bool = False
    shown: bool = True
    by: str = ""  # the engine that worded it

    def record(self) -> Record:
        """The line as JSON."""
        return self._asdict() | {"claims": [asdict(claim) for claim in self.claims]}


def read(records: Iterable[Record]) -> list[Line]:
    """Lines as they were kept."""
    return [Line(**r | {"claims": tuple(Claim(**c) for c in r["claims"])}) for r in records]


def shown(lines: Iterable[Line]) -> str:
    """The text that the shopper would read."""
    return " ".join(line.text for line in lines if line.shown)


def draft(lines: Iterable[Line]) -> str:
    """Every sentence, as a draft is kept."""
    return "".join(f"{line.text}\n" for line in lines)


def claims(lines: Iterable[Line], told: bool) -> list[Record]:
    """The claims in the lines; while nothing is told, none of them is shown."""
    return [
        asdict(claim) | {"sentence": line.text, "shown": told and line.shown}
        for line in lines
        for claim in line.claims
    ]
