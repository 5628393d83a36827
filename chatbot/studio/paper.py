"""What lies on the desk for who edits or approves a text: the product's facts, the engine's words,
a field for each line, what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot import facts
from chatbot.models import ProductText, TextVersion

from . import checking, judging, versions
from .kinds import KINDS
from .versions import TextRefused

NAMES = {
    "name": _("Name"), "department": _("Department"), "price_min": _("Price"), "stock": _("Stock")
}  # fmt: skip
LONGEST = 5000  # characters of a field, far beyond what any may have


@dataclass(frozen=True)
class Product:
    """A product as whoever writes about it reads it."""

    title: str
    href: str
    values: list[tuple[Any, str]]  # what it is called, costs and comes in
    said: list[str]  # the shop's own sentences


@dataclass
class Field:
    """A place for one line."""

    name: str  # in the form
    label: str
    number: int  # of the lines under this label
    many: bool  # whether there are more
    most: int  # characters
    text: str = ""
    fault: str = ""
    doubts: tuple[str, ...] = ()  # what somebody may vouch for
    english: str = ""  # what it is to say, where it is a translation

    @property
    def over(self) -> bool:
        """Whether it is too long."""
        return len(self.text) > self.most


def product(handle: str) -> Product | None:
    """Nothing for one that is not on sale."""
    known = facts.read_of(handle)
    if not known:
        return None
    values = known[0].values
    told: list[tuple[Any, str]] = [
        (label, values[name]) for name, label in NAMES.items() if values.get(name)
    ]
    told += [(n.removeprefix("option:"), v) for n, v in values.items() if n.startswith("option:")]
    said = [fact.values["text"] for fact in known if fact.kind == "sentence"]
    return Product(known[0].subject, known[0].href, told, said)


def fields(text: ProductText) -> list[Field]:
    """The places that a text of its kind has, all empty; a translation's are those of the
    English."""
    english = text.source.words if text.source else []
    places = [
        Field(f"{part.label}-{n}", part.label, n, part.lines > 1, part.most, english=said)
        for part in KINDS[text.kind].parts
        for n, said in enumerate(_lines(english, part.label) or [""] * part.lines, 1)
    ]
    return [place for place in places if place.english or not english]


def _lines(words: checking.Words, label: str) -> list[str]:
    return [said for one, said in words if one == label]


def filled(version: TextVersion, checked: checking.Checked) -> list[Field]:
    """The places with the lines of a version, as they are judged now."""
    places, kind = fields(version.text), version.text.kind
    left = list(places)
    for line, doubts in zip(checked.lines, checked.doubts, strict=True):
        place = next((place for place in left if place.label == line.label), None)
        if place is None:  # more lines than the kind has places
            place = Field(
                f"{line.label}-{len(places) + 1}", line.label, 0, True, _most(kind, line.label)
            )
            places.append(place)
        else:
            left.remove(place)
        place.text, place.fault, place.doubts = line.text, line.fault, doubts
    return places


def given(text: ProductText, form: Mapping[str, str]) -> list[Field]:
    """The places with what was typed, every character of it."""
    places, kind = fields(text), text.kind
    known, labels = {place.name for place in places}, {place.label for place in places}
    for name in form:
        label, _dash, number = name.rpartition("-")
        if label in labels and name not in known and number.isdecimal():
            places.append(Field(name, label, 0, True, _most(kind, label)))
    for place in places:
        place.text = form.get(place.name, "")
    return places


def words(places: list[Field]) -> list[tuple[str, str]]:
    """What is to be kept. Raises TextRefused for what is no line of a text any more."""
    for place in places:
        if len(place.text) > LONGEST:
            raise TextRefused(
                gettext("%(label)s %(number)s has %(many)s characters; %(most)s can be shown.")
                % {**vars(place), "many": len(place.text)}
            )
    return [(place.label, place.text) for place in places]


def checked(version: TextVersion) -> checking.Checked:
    """A version as it would be judged now."""
    return judging.judge(version.text, version.words)


def pair(text: ProductText, old: int, new: int) -> tuple[TextVersion, TextVersion] | None:
    """Two versions to compare."""
    versions.draft_of(text)
    found = {v.number: v for v in text.versions.filter(number__in=(old, new))}
    return (found[old], found[new]) if {old, new} <= {*found} else None


def side_by_side(old: TextVersion, new: TextVersion) -> list[tuple[str, str, str]]:
    """Label, its lines before and its lines after."""
    labels = [part.label for part in KINDS[old.text.kind].parts]
    rows = [(label, _under(label, old), _under(label, new)) for label in labels]
    return [row for row in rows if row[1] or row[2]]


def _under(label: str, version: TextVersion) -> str:
    return "\n".join(_lines(version.words, label))


def _most(kind: str, label: str) -> int:
    return next((part.most for part in KINDS[kind].parts if part.label == label), 0)
