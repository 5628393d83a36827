"""What a sentence names: products, versions, orders and codes, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from chatbot.terms import Fact

OF_PRODUCTS = ("product", "variant", "found", "sentence", "reduced", "way")
OF_TEXTS = ("sentence", "passage", "terms")
ORDER = re.compile(r"(?<!\w)#\s?([A-Z]{0,4}-?\d[\d-]*\d)(?!\w)")
SHORTEST = 4  # letters of a word by which a product may be called
Span = tuple[int, int]


@dataclass(frozen=True)
class Mention:
    """A product, an option value, an order or a code, where it stands in a sentence."""

    kind: str  # title, order, code, or the name of an option: "option:Size"
    value: str  # as the facts have it
    start: int
    end: int


def mentions(text: str, facts: Sequence[Fact], titles: Collection[str]) -> tuple[Mention, ...]:
    """Everything that `text` names, in its order. `titles`: all products of the shop."""
    named = {f.subject for f in facts if f.kind in OF_PRODUCTS and f.subject}
    every = sorted({*titles, *named}, key=len, reverse=True)
    full = list(_titles(text, every))
    found = [*full, *_short_titles(text, named, every, full), *_signs(text, facts)]
    return tuple(sorted([*found, *_options(text, facts, full)], key=lambda m: m.start))


def _titles(text: str, every: Iterable[str]) -> Iterator[Mention]:
    """Products named in full; what a longer name holds names nothing."""
    taken: list[Span] = []
    for title in every:
        for m in re.finditer(rf"(?<!\w){_loose(title)}(?!\w)", text.replace("’", "'"), re.I):
            if _free(m.span(), taken):
                taken.append(m.span())
                yield Mention("title", title, *m.span())


def _short_titles(
    text: str, named: Collection[str], every: Collection[str], full: Sequence[Mention]
) -> Iterator[Mention]:
    """Products told of that are named by a word that no other product has."""
    taken = [(m.start, m.end) for m in full]
    for title in named:
        others = {w for t in every if t != title for w in t.split()}
        for word in set(title.split()) - others:
            if len(word) >= SHORTEST and word[0].isupper():
                for m in re.finditer(rf"(?<!\w){re.escape(word)}(?:e?s)?(?!\w)", text):
                    if _free(m.span(), taken):
                        yield Mention("title", title, *_widened(text, title, m.span()))


def _widened(text: str, title: str, span: Span) -> Span:
    """Where a name that is cut short begins and ends: with the words of the title beside it."""
    word = rf"(?:{'|'.join(map(re.escape, title.split()))})(?:e?s)?"
    before = re.search(rf"(?:(?<!\w){word}\s+)*\Z", text[: span[0]], re.I)
    behind = re.match(rf"(?:\s+{word}(?!\w))*", text[span[1] :], re.I)
    start = before.start() if before else span[0]
    return start, span[1] + (behind.end() if behind else 0)


def _signs(text: str, facts: Sequence[Fact]) -> Iterator[Mention]:
    """Orders, by any number that looks like one or is one, and codes."""
    for m in ORDER.finditer(text):
        yield Mention("order", m.group(1), *m.span())
    for kind, number in {_sign(f) for f in facts if f.kind in ("order", "promotion")}:
        for m in re.finditer(rf"(?<![\w#-]){re.escape(number)}(?![\w-])", text, re.I):
            if number:
                yield Mention(kind, number, *m.span())


def _sign(fact: Fact) -> tuple[str, str]:
    if fact.kind == "order":
        return "order", fact.values.get("number", "").lstrip("#")
    return "code", fact.values.get("code", "")


def _options(text: str, facts: Sequence[Fact], full: Sequence[Mention]) -> Iterator[Mention]:
    """Values of the options of the versions told of; what a product's name holds is none."""
    known = {
        (name, value)
        for f in facts if f.kind == "variant"
        for name, value in f.values.items() if name.startswith("option:") and value
    }  # fmt: skip
    taken = [(m.start, m.end) for m in full]
    for name, value in sorted(known, key=lambda nv: (-len(nv[1]), nv)):
        case = re.I if len(value) > 2 else re.NOFLAG  # "s" is no size
        for m in re.finditer(rf"(?<![\w-]){_loose(value)}(?![\w-])", text, case):
            if _free(m.span(), taken):
                taken.append(m.span())
                yield Mention(name, value, *m.span())


def _free(span: Span, taken: Iterable[Span]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)


def _loose(value: str) -> str:
    """A pattern of a name in which a hyphen and a space are the same."""
    return re.sub(r"(?:\\[ -])+", r"[\\s-]", re.escape(value.replace("’", "'")))
