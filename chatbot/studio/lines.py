"""What an engine wrote, line by line: under which label each stands, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chatbot.terms import Claim

from .kinds import Kind, Part

MARKUP = re.compile(r"^[\s>#*•·\-–—]+|\*\*|__|`")
LABEL = re.compile(r"^([A-Za-z]+)(?:\s*\d+)?\s*:\s*(.*)$")


@dataclass(frozen=True)
class Line:
    """A line under its label; `fault` says why it was left out, empty where it was kept."""

    label: str
    text: str
    claims: tuple[Claim, ...] = ()
    fault: str = ""


def read(text: str, kind: Kind) -> Iterator[Line]:
    """The lines of `text` that say something. One without a label goes on under the last."""
    labels = {part.label for part in kind.parts}
    label = kind.parts[0].label
    for raw in text.splitlines():
        said = MARKUP.sub("", raw).strip()
        if (found := LABEL.match(said)) and found[1].upper() in labels:
            label, said = found[1].upper(), found[2].strip()
        if said:
            yield Line(label, said.strip('"“”'))


def fitted(lines: Sequence[Line], kind: Kind) -> list[Line]:
    """Lines with what is too long, or one too many, told as a fault."""
    kept: dict[str, list[str]] = {part.label: [] for part in kind.parts}
    parts = {part.label: part for part in kind.parts}
    fitting = []
    for line in lines:
        fault = line.fault or _unfit(line, parts[line.label], kept[line.label])
        kept[line.label] += [] if fault else [line.text]
        fitting.append(replace(line, fault=fault))
    return fitting


def _unfit(line: Line, part: Part, before: Sequence[str]) -> str:
    if line.text in before:
        return "said twice"
    if len(line.text) > part.most:
        return f"{len(line.text)} characters, {part.most} are allowed"
    return f"one more than {part.lines}" if len(before) >= part.lines else ""


def missing(lines: Sequence[Line], kind: Kind) -> list[str]:
    """The labels under which too little has been kept."""
    kept = [line.label for line in lines if not line.fault]
    return [part.label for part in kind.parts if kept.count(part.label) < part.least]
