"""What the shop says of a product in the shapes in which a line can cite it: whole, by its label,
by what stands behind that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from chatbot.terms import Fact

from .borne_out import limits

# "Weight: 395 g", "R-value: 4.2"; a longer beginning, or one with an article, is no label.
LABELLED = re.compile(
    r"(?!An? |The |Our |One )([A-Z][^:.;!?\s]*(?: [^:.;!?\s]+){0,3}):\s+(\S.*)", re.S
)
# Of which sort a fact is, by its label; any other is a "spec".
SORTS = {
    "made": ("material", "materials", "fabric"),
    "care": ("care", "care instructions", "cleaning", "washing"),
    "box": ("in the box", "in the pack", "box contents", "contents", "what's in the box"),
    "covered": ("warranty", "guarantee"),
}  # fmt: skip
OF_LABEL = {label: sort for sort, labels in SORTS.items() for label in labels}


@dataclass(frozen=True)
class Told:
    """A fact as lines cite it."""

    sort: str  # lead, point, made, care, box, covered, spec or choice
    whole: str  # without an end mark
    label: str = ""
    value: str = ""  # what stands behind the label

    @property
    def cites(self) -> Mapping[str, str]:
        """What stands for the reference itself, its label and all of it."""
        return {
            "": self.value if self.label else self.whole,
            ".label": self.label,
            ".whole": self.whole,
        }

    @property
    def limits(self) -> bool:
        """Whether it denies or limits something, which an advertisement leaves out as a whole."""
        return limits(self.whole)


def told(known: Sequence[Fact]) -> list[Told]:
    """Everything the shop says of a product, in its order, then what there is to choose from. What
    is of one variant only ("Large: for dogs up to 100 lb") would mislead beside no other's."""
    said = [f.values["text"].strip() for f in known if f.kind == "sentence"]
    options = [value for name, value in known[0].values.items() if name.startswith("option:")]
    proper = set(" ".join((known[0].subject, *options)).casefold().replace(",", "").split())
    found = [_told(text, n == 0, proper) for n, text in enumerate(said)]
    variants = {v.casefold() for o in options for v in re.split(r", | and ", o)}
    of_all = [one for one in found if one.label.casefold() not in variants]
    return [*dict.fromkeys(of_all), *_choices(known[0])]


def _told(text: str, first: bool, proper: Set[str]) -> Told:
    whole = re.sub(r"\.(\)?)$", r"\1", text)
    found = LABELLED.fullmatch(whole)
    if found is None:
        return Told("lead" if first else "point", whole)
    label, value = found.groups()
    sort = OF_LABEL.get(label.casefold(), "spec")
    alone = sort == "spec" or not limits(whole)  # what limits something keeps its label
    return Told(sort, whole, _lower(label), _lower(value, proper) if alone else "")


def _choices(product: Fact) -> Iterator[Told]:
    """The options of which there are two values or more."""
    for name, values in product.values.items():
        if name.startswith("option:") and " and " in values:
            label = name.removeprefix("option:")
            yield Told("choice", f"{label}: {values}", _lower(label), values)


def _lower(text: str, proper: Set[str] = frozenset()) -> str:
    """With a small first letter, unless it begins with an abbreviation or a proper name."""
    first = text.split(" ")[0].strip(",;:")
    if (len(first) > 1 and not (first.isalpha() and first.istitle())) or first.casefold() in proper:
        return text
    return text[:1].lower() + text[1:]
