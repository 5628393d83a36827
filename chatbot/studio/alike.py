"""Whether a line says in another language what its English line says, as far as plain code can
tell: the same figures, names, denials and limits, and nothing promised that the English does not.
The rest is for people who read both."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from chatbot import reading

from .borne_out import SIGNS
from .tongues import SOURCE, Figure, Tongue, plain, tongue

LONG = 30  # letters from which the language of a line can be told
SOME = 8  # letters that are of another script, or are not
HARMLESS = frozenset("×°·±\n")
LINK = re.compile(r"[{}<>\[\]@]|://|\bwww\.|[a-z\d-]{2,}\.[a-z]{2,}(?:/|\b)", re.I)
TOLD = {
    "only": "restricts",
    "except": "makes exceptions",
    "denial": "denies",
    "most": "limits upwards",
    "least": "limits downwards",
    "condition": "sets conditions",
}


def differences(
    source: str, said: str, language: str, name: str, titles: Iterable[str]
) -> list[str]:
    """What a line in `language` has that its English line has not, and the reverse, in words.
    `name` is the product's, `titles` are those of all products."""
    if not said:
        return ["not translated yet"]
    english, other = plain(source), plain(said)
    found = [*_names(english, other, plain(name), titles), *_signs(english, other)]
    english, other = (_without(text, plain(name)) for text in (english, other))
    found += _figures(english, other, tongue(language))
    found += _bounds(english, other, tongue(language))
    found += _promises(english, other, tongue(language))
    return found + foreign(other, language)


def foreign(text: str, language: str) -> list[str]:
    """That a text, long enough to tell, is in another language."""
    letters = [c for c in text if c.isalpha()]
    ours = language.partition("-")[0]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters)
    own_script = tongue(language).lists.get("script", "latin") == "latin"
    if not own_script and latin == len(letters) >= SOME:
        return [f"it is not written in {ours}"]
    spoken = reading.language(text, (ours,)) if len(letters) >= LONG else ours
    return [] if spoken == ours else [f"it reads like {spoken}, not {ours}"]


def _names(english: str, other: str, name: str, titles: Iterable[str]) -> Iterator[str]:
    if _has(english, name) and not _has(other, name):
        yield f"the name is missing: {name}"
    english, other = _without(english, name), _without(other, name)
    for title in (plain(title) for title in titles):
        if title != name and _has(other, title) and not _has(english, title):
            yield f"another product: {title}"


def _has(text: str, name: str) -> bool:
    """Looked for as it stands first: a shop has more names than patterns are kept of."""
    there = bool(name) and name.casefold() in text.casefold()
    return there and bool(_called(name).search(text))


def _called(name: str) -> re.Pattern[str]:
    """The name by itself, also where a language parts no words."""
    return re.compile(rf"(?<![A-Za-z\d]){re.escape(name)}(?![A-Za-z\d])", re.I)


def _without(text: str, name: str) -> str:
    return _called(name).sub(" ", text) if name else text


def _signs(english: str, other: str) -> Iterator[str]:
    """Links, marks of markup, pictures, and what cannot be seen."""
    for found in LINK.findall(other):
        if found not in english:
            yield f"a link, a tag or braces: {found}"
    strange = {c for c in other if unicodedata.category(c) in SIGNS} - HARMLESS - set(english)
    if strange:
        yield f"signs that the English has not: {' '.join(sorted(strange))}"


def _figures(english: str, other: str, into: Tongue) -> Iterator[str]:
    ours, theirs = tongue(SOURCE).figures(english), into.figures(other)
    missing, more = ours - theirs, theirs - ours
    if into.dual:
        missing -= Counter({Figure("2"): len(into.dual.findall(other))})
    yield from _told("figures are missing or otherwise", missing.elements())
    yield from _told("figures that the English has not", more.elements())


def _told(what: str, figures: Iterable[Figure]) -> Iterator[str]:
    if told := ", ".join(map(str, figures)):
        yield f"{what}: {told}"


def _bounds(english: str, other: str, into: Tongue) -> Iterator[str]:
    """A denial or a limit that is gone, and one that came."""
    ours, theirs = tongue(SOURCE).bounds(english), into.bounds(other)
    for group, (least, most) in ours.items():
        count = theirs[group][0]
        if count < least:
            yield f"the English {TOLD[group]} {_times(least)}, this {_times(count)}"
        elif count > most:
            yield f"this {TOLD[group]} {_times(count)}, the English {_times(most)}"


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _promises(english: str, other: str, into: Tongue) -> Iterator[str]:
    ours = tongue(SOURCE).promised(english)
    for group, word in into.promised(other).items():
        if group not in ours:
            yield f"the English says nothing of the kind: {word}"


def whole(texts: Sequence[str], language: str, name: str) -> list[str]:
    """The same of all lines together, each too short to tell."""
    return foreign(" ".join(_without(plain(text), plain(name)) for text in texts), language)
