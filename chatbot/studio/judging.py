"""Whether a text holds, in whichever language: English is held to the facts, a translation to the
English it was made of, which is held to the facts in its turn. So nothing can stand in another
language that could not stand in English; what the English needs somebody to vouch for, it needs
too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from chatbot import facts
from chatbot.models import ProductText

from . import alike, checking, lines
from .checking import Checked, Words
from .kinds import KINDS, Kind
from .lines import Line


class Beside(NamedTuple):
    """A line of a text beside its translation."""

    label: str
    english: str
    said: str


def judge(text: ProductText, words: Words) -> Checked:
    """A text of these words, about the product as it is now."""
    if text.source is None:
        return checking.check(text.handle, text.kind, words)
    known, titles = facts.read_of(text.handle), facts.names()
    english = checking.against(known, titles, text.kind, text.source.words)
    told = list(_beside([(line.label, line.text) for line in english.lines], words))
    found = _compared(told, text.language, known[0].subject if known else "", titles)
    return Checked(text.kind, *_with(english, *_fitted(told, found, KINDS[text.kind])))


def _compared(
    told: Sequence[Beside], language: str, name: str, titles: Sequence[str]
) -> list[list[str]]:
    """What differs in each line; where nothing does, what all together differ in."""
    found = [alike.differences(one.english, one.said, language, name, titles) for one in told]
    if told and not any(found):
        found[0] = alike.whole([one.said for one in told], language, name)
    return found


def _fitted(
    told: Sequence[Beside], found: Sequence[list[str]], kind: Kind
) -> tuple[list[Line], list[list[str]]]:
    """The lines, and for each what differs and what does not fit."""
    fits = lines.fitted([Line(one.label, one.said) for one in told], kind)
    unfit = ([fit.fault] if fit.text and fit.fault else [] for fit in fits)
    return fits, [[*more, *faults] for more, faults in zip(found, unfit, strict=True)]


def _beside(english: Words, words: Words) -> Iterator[Beside]:
    """English lines and their translations: of two under one label the second stands for the
    second. One without the other is empty."""
    left = {label: [said for one, said in words if one == label] for label, _said in words}
    for label, source in english:
        rest = left.get(label, [])
        yield Beside(label, source, rest.pop(0) if rest else "")
    for label, rest in left.items():
        yield from (Beside(label, "", said) for said in rest if said)


def _with(
    english: Checked, told: list[Line], faults: list[list[str]]
) -> tuple[tuple[Line, ...], tuple[tuple[str, ...], ...]]:
    """Lines and doubts. Where the translation is right, it has its English line's."""
    made, doubts = [], []
    sources = zip_longest(english.lines, english.doubts, told, faults)
    for source, doubt, line, wrong in sources:
        fault = "; ".join((*wrong, *_of_source(source)))
        made.append(Line(line.label, line.text, fault=fault))
        doubts.append(doubt if doubt and not wrong else ())
    return tuple(made), tuple(doubts)


def _of_source(source: Line | None) -> list[str]:
    if source is None:
        return ["no English line stands here"]
    return [f"the English does not hold: {source.fault}"] if source.fault else []
