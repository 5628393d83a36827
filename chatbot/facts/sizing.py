"""The row of the shop's size guide that holds the figure somebody gives: of a table with all sizes
few look for their own, and near in meaning they are all the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from chatbot.terms import Fact, Judged, Reading
from storefront import queries

from .own_figures import AUDIENCES, MEASURES, SYSTEMS, Figure, called, figures
from .products import sentence_fact
from .size_tables import Column, Table, tables
from .world import World

ASKS = re.compile(
    r"\b(?:wh?(?:at|ich)|wich|wat|right|whats|my) sizes?\b|^\W*sizes?\b|\bsizes?\W*$"
    r"|\bsize (?:for|do|does|should|would|will|am|are)\b|\bis what in\b|\bwhich letter\b"
    r"|\b(?:small|medium|large|s|m|l) or (?:an? )?(?:small|medium|large|s|m|l|xl)\b",
    re.I,
)
LOOKS = frozenset(("search", "recommend"))
FOOTWEAR = re.compile(
    r"\b(?:footwear|shoes?|boots?|sandals?|slippers?|moccasins?|trainers?|sneakers?|runners?|clogs?"
    r"|wellies|loafers?|heels|cleats)\b",
    re.I,
)
BRACKETS = re.compile(r" ?\([^()]*\)")
SYSTEM = re.compile(rf"\b(?:{'|'.join(SYSTEMS.values())}|size)\b", re.I)
NUMBERED = re.compile(r"\d+(?:\.\d)?")
# How a page tells that a product comes out otherwise than its size says.
FIT = re.compile(
    r"\b(?:runs?|comes? (?:up|out)|fits?)"
    r"(?: (?:an?|about|slightly|rather|very|bit|little|half|one|full|size|on|the))*"
    r" (?:small|large|big|close|snug|roomy|loose|narrow|wide|true to size)\b"
    r"|\b(?:true to size|siz(?:e|ing) (?:up|down)|between (?:two )?sizes)\b"
    r"|\b(?:one|half an?|a) (?:\w+ )?size (?:small|large|big|up|down|lower|higher)",
    re.I,
)
FIT_LABEL = re.compile(r"^(?:fit|sizing)$", re.I)
# What tells how women's numbers are to be read where all others are meant.
TURNS_WOMENS = re.compile(
    r"\bwom[ae]n\w*'?s?\b[^.;]*(?:\bminus \d|\bsubtract\b"
    r"|\b\S+ sizes? (?:less|lower|down|smaller)\b|\b(?:less|fewer|lower|smaller|down) than\b)",
    re.I,
)
UNASKED = Judged(0.0, 0.0)  # a line that is told besides, and answers nothing itself


@dataclass(frozen=True)
class Found:
    """The rows of a table that hold what is asked, and how plainly that was said."""

    table: Table
    rows: tuple[int, ...]
    far: int  # 0 for the very name and unit of its columns, more for others that mean the same


def told(reading: Reading, world: World) -> dict[int, str]:
    """The places of the passages with the rows that hold the figure given, each with its text cut
    down to these; or of the one that tells how a woman's number is to be read, where the product
    goes by others."""
    found = of_guide(reading, world)
    if found is None:
        return {i: world.passages[i].text for i in _turning(reading, world)}
    own = [found.table.rows[i] for i in found.rows]
    places = dict.fromkeys(place for place, _row in own)
    return {i: _cut(world.passages[i], [r for place, r in own if place == i]) for i in places}


def _cut(passage: queries.Passage, rows: Sequence[queries.Row]) -> str:
    """Those rows of a passage; all of it where it holds no others, or is no table."""
    whole = len(rows) == len(passage.rows) or not passage.rows
    return passage.text if whole else f"{'; '.join(row.text for row in rows)}."


def with_fit(found: Sequence[Fact], reading: Reading, world: World) -> list[Fact]:
    """What was found, with the line on how the one product in view fits marked, or added, where a
    row of the guide is told, or a number is given in which the product itself is counted: a boot
    may be half a size too small."""
    products = _products(reading, world)
    own = reading.asks[0] == "size_help" and any(
        _by_its_own(p, figures(reading.text)) for p in products
    )
    if len(products) != 1 or not (own or told(reading, world)):
        return list(found)
    fit = [next((f for f in found if f.source == line.source), line)
           for line in _of_fit(products[0], world)]  # fmt: skip
    marked = [replace(f, values={**f.values, "fit": "yes"}) for f in fit]
    return [*(f for f in found if f not in fit), *marked]


def _of_fit(product: queries.Product, world: World) -> list[Fact]:
    """The line of a page on how the product fits, if there is one."""
    lines = [(i, world.sentences[i][1]) for i in world.rows[product.handle]]
    by_label = [(i, line) for i, line in lines if FIT_LABEL.match(line.label)]
    best = by_label or [(i, line) for i, line in lines if FIT.search(line.text)]
    return [sentence_fact(product, i, line.text, UNASKED) for i, line in best[:1]]


def _by_its_own(product: queries.Product, given: Sequence[Figure]) -> bool:
    """Whether one number is given, and it lies among those that the product comes in."""
    numbers = [float(v) for own in _values(product) for v in own if NUMBERED.fullmatch(v)]
    others = any("women" in f.audience for f in given) and "women" not in _audience(product)
    bare = len(given) == 1 and given[0].bare and len(numbers) > 1 and not others
    return bare and min(numbers) <= given[0].amount <= max(numbers)


def of_guide(reading: Reading, world: World) -> Found | None:
    """The rows of the one table that holds the figures given, and is of what is asked for."""
    given = figures(reading.text) if _asks(reading) else []
    if not given or reading.stranger:
        return None
    products = _products(reading, world)
    if any(_by_its_own(p, given) for p in products):
        return None
    some = _of_them(list(tables(world)), products, given, reading)
    found = [f for table in some if (f := _held(table, given))]
    least = min((f.far for f in found), default=0)
    best = [f for f in found if f.far == least]
    plain = len(best) == 1 and not any(_tells_sizes(p, given) for p in products)
    return best[0] if plain else None


def _asks(reading: Reading) -> bool:
    """Whether a message asks which size: who looks for things and tells a size only wants others
    shown."""
    heard = "size_help" in reading.asks and not LOOKS & set(reading.asks[:1])
    return heard or bool(ASKS.search(reading.text))


def _products(reading: Reading, world: World) -> list[queries.Product]:
    return [world.products[handle] for handle in reading.products if handle in world.products]


def _of_them(
    some: Sequence[Table], products: Sequence[queries.Product], given: Sequence[Figure],
    reading: Reading,
) -> list[Table]:  # fmt: skip
    """The tables that are of the products in view; where none is, of whom the figure is said to be.
    Those of just the people the product is for go before those of anybody."""
    if not products:
        said = called(reading.text, AUDIENCES)
        own = [t for t in some if t.audience & said]
        return own or [t for t in some if not (said and t.audience)]
    fit = [t for t in some if any(_is_of(t, p) for p in products)]
    own = [t for t in fit if any(t.audience & _audience(p) for p in products)]
    return own or fit


def _is_of(table: Table, product: queries.Product) -> bool:
    """Whether a table is of a product: for the same people, worn on the same part of the body, and
    with the sizes that it comes in."""
    own, theirs = _audience(product), table.audience
    if {"animals"} & (own ^ theirs) or (theirs & {"women", "kids"}) - own:
        return False
    if own & {"women", "kids"} and theirs and not own & theirs:
        return False
    if bool(FOOTWEAR.search(_about(product))) != _is_of_feet(table):
        return False
    return any(_comes_in(name_values, table) for name_values in _values(product))


def _audience(product: queries.Product) -> frozenset[str]:
    return called(_about(product), AUDIENCES)


def _about(product: queries.Product) -> str:
    return f"{product.title}. {product.department}. {', '.join(product.tags)}"


def _is_of_feet(table: Table) -> bool:
    return bool(FOOTWEAR.search(table.called)) or any("foot" in c.called for c in table.columns)


def _values(product: queries.Product) -> list[set[str]]:
    """The values of each option, as they stand in a table."""
    columns = zip(*(variant.values for variant in product.variants), strict=False)
    return [{_bare(value) for value in column} for column in columns]


def _comes_in(values: set[str], table: Table) -> bool:
    """Whether two of the values stand in one column."""
    columns = zip(*([v for _n, v in row.cells] for _i, row in table.rows), strict=False)
    return any(len(values & set(map(_bare, column))) > 1 for column in columns)


def _bare(value: str) -> str:
    """ "43" of "EU 43"."""
    return SYSTEM.sub("", BRACKETS.sub("", value.casefold())).strip()


def _held(table: Table, given: Sequence[Figure]) -> Found | None:
    """The rows that hold all the figures given; of those none of its columns is of it tells
    nothing."""
    each = [hit for figure in given if (hit := _of_figure(table, figure)) is not None]
    rows = set.intersection(*(set(rows) for rows, _far in each)) if each else set()
    return Found(table, tuple(sorted(rows)), sum(far for _rows, far in each)) if rows else None


def _of_figure(table: Table, figure: Figure) -> tuple[list[int], int] | None:
    """The rows that hold one figure, or the two it lies between; none where it may be of several
    measures, nothing at all where it is of none."""
    groups = [group for group in _groups(table, figure) if figure.called or _may_be(group, figure)]
    if not groups:
        return None
    held = [(c, found) for group in groups for c in group if (found := c.rows(figure))]
    if not held and not figure.bare:
        held = [(c, found) for group in groups for c in group if (found := c.between(figure))]
    alike = len(groups) == 1 or bool(figure.called)
    if not (held and alike) or any(found != held[0][1] for _column, found in held):
        return [], 0
    return held[0][1], min(_far(column, figure) for column, _found in held)


def _groups(table: Table, figure: Figure) -> list[list[Column]]:
    """The columns that a figure may stand in, those of one measure together; of several units the
    very one it is told in."""
    some = [c for c in table.columns if c.takes(figure) and _of_whom(c, figure)]
    if figure.called:
        some = [c for c in some if c.called & figure.called]
    named = [c for c in some if c.words & figure.words]
    ordered = sorted(named or some, key=_measure)
    groups = [list(group) for _name, group in groupby(ordered, key=_measure)]
    return [[c for c in group if c.unit == figure.unit] or group for group in groups]


def _measure(column: Column) -> str:
    return " ".join(sorted(column.called)) or column.name


def _of_whom(column: Column, figure: Figure) -> bool:
    """Whether a column is of the people a figure is said of, or of no one in particular."""
    return not (column.audience and figure.audience) or bool(column.audience & figure.audience)


def _may_be(group: Sequence[Column], figure: Figure) -> bool:
    return any(column.spans_over(figure) for column in group)


def _far(column: Column, figure: Figure) -> int:
    """How far what is said is from how a column is called, and from its unit."""
    same = not figure.called or column.words & figure.words or column.called & set(SYSTEMS)
    return (not same) + (figure.unit not in ("", column.unit))


def _tells_sizes(product: queries.Product, given: Sequence[Figure]) -> bool:
    """Whether its own page tells what each of its sizes is made for, in the measure that is given:
    no guide goes before that."""
    asked = frozenset(m for f in given for m in f.called) - set(SYSTEMS)
    values = {value for variant in product.variants for value in variant.values}
    for line in product.sentences:
        of = called(line.text, MEASURES)
        each = [v for v in values if re.search(rf"(?<!\w){re.escape(v)}(?!\w)[^,;]*\d", line.text)]
        listed = len(each) > 1 or (line.label in values and bool(each))
        other = of - asked if asked else of & {"weight"}
        if listed and not (other and not of & asked):
            return True
    return False


def _turning(reading: Reading, world: World) -> list[int]:
    """The place of the one passage that tells how women's numbers are turned into those that the
    product in view comes in; none for a product of women's sizes."""
    products = _products(reading, world)
    given = figures(reading.text) if products and _asks(reading) else []
    womens = any("women" in f.audience and not f.unit for f in given)
    if not womens or any("women" in _audience(p) or not _numbered(p) for p in products):
        return []
    turning = [(i, p) for i, p in enumerate(world.passages) if TURNS_WOMENS.search(p.text)]
    feet = any(FOOTWEAR.search(_about(p)) for p in products)
    own = [
        i for i, p in turning if bool(FOOTWEAR.search(f"{p.title} {p.heading} {p.text}")) == feet
    ]
    return own if len(own) == 1 else []


def _numbered(product: queries.Product) -> bool:
    """Whether a product comes in sizes that are numbers."""
    return any(sum(map(bool, map(NUMBERED.fullmatch, own))) > 1 for own in _values(product))
