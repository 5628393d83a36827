"""Which products are as big, as light or for as many as a wish asks, by what their own data say."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chatbot.terms import Bound, Fact, Reading
from chatbot.units import FIGURE, NUMBER, PEOPLE, UNIT, UNITS, amount
from storefront import queries

from .measures import MEASURES, Figure, of_option, stated
from .similarity import stems

# Of what a thing can do the most counts: a lantern of 20 to 500 lumens gives 400.
REACHES = frozenset("capacity load brightness duration power size".split())
# Words before a measure's name that leave it that of the whole thing; a seat's height is not.
WHOLE = (
    r"(?:(?:total|net|overall|max(?:imum)?|peak|cent(?:er|re)|product|own|up to|it|they"
    r"|packed(?= weigh)) )*"
    r"(?:[\w×. -]{1,12}: )?"
)
ACROSS = r"\d[\d.,]* ?[×x] ?\d"
PIECE = re.compile(r",(?= )| and (?=\d)")
SECTION = re.compile(r"[.;] (?=[\w×. -]{1,16}: )")  # "4 m: sleeps up to 4. 5 m: sleeps up to 6"
EQUALS = re.compile(r",? (?:equals|equivalent to|replaces|like) .*$")
UNITS_OF_IT = "|".join(unit for unit in UNIT.split("|") if unit != "in")  # "6 in two bedrooms"
NO_UNIT = rf"(?!\.?\d|\s?(?:{UNITS_OF_IT}|[×x%])(?!\w))"
SOME = re.compile(
    r"\b(?P<for>players?|sleeps|seats|serves|persons|people):? *(?P<to>up to |at most )?(?:about )?"
    rf"(?P<n>\d\d?)(?: ?(?:–|-|to) ?(?P<most>\d\d?))?(?P<up> ?\+| or more| and up)?{NO_UNIT}",
    re.I,
)
OF_A_SIZE = re.compile(rf"(?<=: ){NUMBER} ?(?:{UNITS_OF_IT}) (?=\d)", re.I)
FOR_SOME = re.compile(r"\b(\d\d?)[ -](?:person|people|man|seater)\b", re.I)
MEANT_FOR = re.compile(r"\b(?:fit|fits|takes?|holds?|suits?|for|made for)\b", re.I)
MOST_NAMED = 3  # values of an option that are told
Spans = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Kept:
    """A product in the versions that meet a bound, or that say nothing of it."""

    product: queries.Product
    meets: bool
    line: str = ""  # of its page that says so
    value: str = ""  # of the option by which it does, where other values do not
    room: float = 0.0  # for how many people it is at most, where that is asked


def kept(products: Sequence[queries.Product], bound: Bound | None) -> dict[int, Kept]:
    """By their places the products that may be shown to who sets a bound: those that meet it. Where
    none does, none; or all, where it only is what a thing is meant for, or no data speak of it."""
    if bound is None:
        return {i: Kept(product, meets=True) for i, product in enumerate(products)}
    met = {i: found for i, product in enumerate(products) if (found := _met(product, bound))}
    if met or (bound.must and any(_fails(product, bound) for product in products)):
        return met
    return {i: Kept(product, meets=False) for i, product in enumerate(products)}


def set_aside(reading: Reading, some: Mapping[int, Kept]) -> Reading:
    """A reading without the words of its bound, which pages meet in figures of their own; without
    the bound itself where nothing meets it."""
    if reading.bound is None or not any(one.meets for one in some.values()):
        return replace(reading, bound=None)
    said = reading.bound.said
    return replace(reading, text=_less(reading.text, said), query=_less(reading.query, said))


def unfailing(
    found: Sequence[Fact], bound: Bound | None, products: Mapping[str, queries.Product]
) -> list[Fact]:
    """What is found where nothing meets a bound, less what fails it by its own data; nothing where
    that is what fits best."""
    if bound is None:
        return list(found)
    failing = [_fails(products[f.values["handle"]], bound) for f in found]
    left = [f for f, fails in zip(found, failing, strict=True) if not fails]
    return [] if failing[:1] == [True] else left


def _fails(product: queries.Product, bound: Bound) -> bool:
    """Whether a product says of itself how much it has of the measure, which is not so much."""
    return any(_spans(variant, product, bound) for variant in product.variants)


def told(found: Sequence[Fact], some: Mapping[int, Kept]) -> list[Fact]:
    """What is found with the line of each page or the value by which it meets the bound; what is
    for so many people before what is for more."""
    by_handle = {one.product.handle: one for one in some.values()}
    each = sorted(((by_handle[f.values["handle"]], f) for f in found), key=lambda e: e[0].room)
    return [_with(one, fact) for one, fact in each]


def _with(one: Kept, fact: Fact) -> Fact:
    own = {"about": one.line, "value": one.value}
    return replace(fact, values={**fact.values, **{k: v for k, v in own.items() if v}})


def _less(text: str, said: str) -> str:
    return " ".join(text.replace(said, " ").split()) or text


def _met(product: queries.Product, bound: Bound) -> Kept | None:
    """The product in those of its versions that meet a bound; nothing where none does."""
    met = tuple(v for v in product.variants if _within(_spans(v, product, bound), bound))
    if not met:
        return None
    narrowed = replace(product, variants=met)
    value = _told_apart(product, met) if len(met) < len(product.variants) else ""
    spans = _spans(met[0], product, bound) if bound.kind == PEOPLE else []
    room = min((most for _least, most in spans if most >= bound.least), default=0.0)
    return Kept(narrowed, True, _line(product, met[0], bound), value, room)


def _line(product: queries.Product, variant: queries.Variant, bound: Bound) -> str:
    """The line of a page by which a version meets a bound; empty where other data say so."""
    each = [replace(bound, measures=(m,)) for m in bound.measures] or [bound]
    lines = (
        s.text
        for one in each
        for s in product.sentences
        if any(_meets(span, one) for span in _of_line(s.text, variant, product, one))
    )
    return next(lines, "")


def _told_apart(product: queries.Product, met: Sequence[queries.Variant]) -> str:
    """The values, of the one option that tells apart, which versions that meet a bound come in."""
    rows = [v.values for v in product.variants], [v.values for v in met]
    columns = zip(*(zip(*own, strict=False) for own in rows), strict=False)
    apart = [tuple(dict.fromkeys(own)) for every, own in columns if set(own) != set(every)]
    few = len(apart) == 1 and len(apart[0]) <= MOST_NAMED
    return " or ".join(apart[0]) if few else ""


def _within(spans: Spans, bound: Bound) -> bool:
    """Whether figures meet a bound: all of them, or the most of what a thing can do."""
    if not spans:
        return False
    some = bound.thing or bound.kind == PEOPLE
    reaches = bound.most is None and bound.measures[:1] and bound.measures[0] in REACHES
    count = any if some or reaches else all
    return count(_meets(span, bound) for span in spans)


def _meets(span: tuple[float, float], bound: Bound) -> bool:
    """A span for people, or of what fits, has to hold what is asked; a figure to lie within."""
    low, high = span
    if bound.thing or bound.kind == PEOPLE:
        return low <= bound.least <= high or (bound.most is None and high >= bound.least)
    return bound.least <= low and (bound.most is None or high <= bound.most)


def _spans(variant: queries.Variant, product: queries.Product, bound: Bound) -> Spans:
    """What a version's own values say of the measure, else its page; the first measure of which
    there is anything."""
    if bound.kind == PEOPLE:
        own = [s for value in variant.values for s in _counts(value)]
        lines = [s for text in _texts(product) for s in _of_line(text, variant, product, bound)]
        return own or lines
    for measure in bound.measures or ("",):
        one = replace(bound, measures=(measure,))
        own = [] if bound.thing else list(_of_options(variant, product, one))
        lines = [s for text in _texts(product) for s in _of_line(text, variant, product, one)]
        if found := own or lines:
            return found
    return []


def _texts(product: queries.Product) -> list[str]:
    return [*(s.text for s in product.sentences), product.title, *product.tags]


def _of_options(
    variant: queries.Variant, product: queries.Product, bound: Bound
) -> Iterator[tuple[float, float]]:
    for name, value in zip(product.option_names, variant.values, strict=False):
        figure = _of_option(name, value, bound.measures[0])
        if figure and figure.kind == bound.kind:
            yield figure.amount, figure.amount


def _of_option(name: str, value: str, measure: str) -> Figure | None:
    """What an option's value is of a measure; of "60 × 90 cm" the first is the width."""
    if measure == "width" and re.search(ACROSS, value):
        return next(iter(stated(f"Size: {value}", "size")), None)
    if measure == "size" and not re.fullmatch(MEASURES["size"].options, name, re.I):
        return None  # the size of a pot is not that of the plant
    return of_option(name, value, measure)


def _of_line(
    text: str, variant: queries.Variant, product: queries.Product, bound: Bound
) -> list[tuple[float, float]]:
    """What a line says of the measure of one version: the parts that name it, where some name the
    values of an option; else the whole line."""
    if not any(map(str.isdigit, text)):
        return []
    values = frozenset(v for one in product.variants for v in one.values)
    spans = _counts if bound.kind == PEOPLE else _reading(bound)
    return [s for part in _parts(text, values, variant.values) for s in spans(part)]


@lru_cache(maxsize=1 << 14)
def _parts(text: str, values: frozenset[str], own: tuple[str, ...]) -> tuple[str, ...]:
    """A line by the parts that are of one version; none where all are of others, and the whole line
    where it speaks of one only: "165 g in size M" tells what a jacket weighs."""
    parts = _pieces_of(text, values)
    named = frozenset[str]().union(*parts.values())
    if len(named) < min(2, len(values)) and text.partition(": ")[0] not in values:
        return (text,)
    return tuple(piece for piece, those in parts.items() if not those or those & set(own))


@lru_cache(maxsize=1 << 14)
def _pieces_of(text: str, values: frozenset[str]) -> dict[str, frozenset[str]]:
    """The parts of a line, each with the values it names."""
    return {piece: _values_in(piece, values) for piece in _pieces(text, values)}


def _pieces(text: str, values: frozenset[str]) -> Iterator[str]:
    """The parts of a line, each behind its label; those of one version whole."""
    for section in SECTION.split(text):
        label, mark, said = section.partition(": ")
        whole = not mark or _values_in(label, values)
        yield from [section] if whole else (f"{label}: {p.strip()}" for p in PIECE.split(said))


def _values_in(piece: str, values: frozenset[str]) -> frozenset[str]:
    """The values of options that a part names: "110 g in 10 L", "60 cm (17 cm)"."""
    longest_first = sorted(values, key=lambda value: (-len(value), value))
    found = re.compile(rf"(?<![\w.,])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return frozenset(found.findall(piece)) if values else frozenset()


def _counts(text: str) -> list[tuple[float, float]]:
    """For how many people a thing is: "Players: 2–4" for just so many, "Sleeps 3" for up to 3,
    "Serves: 24 cm 4–6" in that size."""
    if named := SOME.search(OF_A_SIZE.sub(" ", text)):
        least = float(named["n"])
        if named["most"] or named["up"]:
            return [(least, float(named["most"] or math.inf))]
        exact = named["for"].casefold().startswith("player") and not named["to"]
        return [(least if exact else 1.0, least)]
    return [(1.0, float(n)) for n in FOR_SOME.findall(text)]


def _reading(bound: Bound) -> Callable[[str], list[tuple[float, float]]]:
    """How a line is read for a bound."""
    if bound.thing:
        return lambda text: _fitted(text, bound)
    measure = bound.measures[0]
    return lambda text: _figures(text, measure, bound.kind)


def _figures(text: str, measure: str, kind: str) -> list[tuple[float, float]]:
    """The figures that the parts of a line give, as far as they are of the whole thing."""
    known = MEASURES[measure]
    named = known.named and f"(?:{known.named}|{ACROSS})" if measure == "size" else known.named
    parts = [p for p in re.split(r"; ?", EQUALS.sub("", text)) if _is_of(p, named, known.behind)]
    found = [f for part in parts for f in stated(part, measure) if f.kind == kind]
    return [(f.amount, f.amount) for f in found]


def _is_of(part: str, named: str, behind: str) -> bool:
    """Whether a part begins with a measure's name, or has the word for it right behind a figure."""
    after = behind and re.search(rf"{FIGURE.pattern} (?:{behind})\b", part, re.I)
    return bool(not named or re.match(f"{WHOLE}(?:{named})", part, re.I) or after)


def _fitted(text: str, bound: Bound) -> list[tuple[float, float]]:
    """What a line says a thing fits: just "17 cm", or up to that."""
    meant = MEANT_FOR.search(text)
    thing = stems(bound.thing.split()[-1]) | stems(bound.thing.split()[0])
    if meant is None or not thing & stems(text):
        return []
    figures = FIGURE.findall(text[meant.start() :])
    same = [amount(n) * UNITS[u.casefold()][1] for n, u in figures[:1]]
    upward = re.search(r"\bup to\b", text[meant.start() :])
    own_kind = figures and UNITS[figures[0][1].casefold()][0] == bound.kind
    return [(0.0 if upward else size, size) for size in same] if own_kind else []
