"""Whether a text holds, in whichever language: English is held to the facts, a translation to the
English it was made of, which is held to the facts in its turn. So nothing can stand in another
language that could not stand in English; what the English needs somebody to vouch for, it needs
too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from chatbot import facts
from chatbot.models import ProductText

from . import alike, checking, lines
from .checking import Checked, Words
from .kinds import KINDS
from .lines import Line


def judge(text: ProductText, words: Words) -> Checked:
    """A text of these words, about the product as it is now."""
    if text.source is None:
        return checking.check(text.handle, text.kind, words)
    english = checking.check(text.handle, text.kind, text.source.words)
    told = list(beside([(line.label, line.text) for line in english.lines], words))
    known = facts.read_of(text.handle)
    name, titles = (known[0].subject if known else ""), facts.names()
    found = [
        alike.differences(source, said, text.language, name, titles)
        for _label, source, said in told
    ]
    if told and not any(found):
        found[0] = alike.whole([said for _label, _source, said in told], text.language, name)
    fits = lines.fitted([Line(label, said) for label, _source, said in told], KINDS[text.kind])
    both = [[*more, *([fit.fault] if fit.text and fit.fault else [])]
            for more, fit in zip(found, fits, strict=True)]  # fmt: skip
    return Checked(text.kind, *_with(english, fits, both))


def beside(english: Words, words: Words) -> Iterator[tuple[str, str, str]]:
    """Label, English line and its translation: of two under one label the second stands for the
    second. One without the other is empty."""
    left = {label: [said for one, said in words if one == label] for label, _said in words}
    for label, source in english:
        rest = left.get(label, [])
        yield label, source, rest.pop(0) if rest else ""
    for label, rest in left.items():
        yield from ((label, "", said) for said in rest if said)


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
