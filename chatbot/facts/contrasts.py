"""Two or three things side by side, line by line: what each page says under a name that all their
pages have, and of the versions of one thing what its page says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chatbot.terms import Encode, Fact, Reading
from chatbot.units import FIGURE, UNIT, UNITS
from storefront import queries

from .similarity import asking, ranked, unnamed
from .world import World

LABEL = re.compile(r"([A-Z][\w' /&-]{1,24}): ")  # "Weight: 740 g"
COMPARES = re.compile(
    r"\b(?:vs?|versus|or|against|than|between|compar\w+|diff(?!ic)\w*|over|worth|gain|each|both"
    r"|extra|more|better|which)\b",
    re.I,
)
LIMIT = re.compile(
    rf"(?:\bup to|\bmax(?:imum)?\.?|\bfrom|\d ?(?:to|–|-)) ?\d[\d,.]*[ -]?({UNIT})(?!\w)", re.I
)
BESIDE_OTHERS = re.compile(  # what sets a thing beside another: "a little firmer", "same as the 3"
    r"\b(?:than(?! [\d£€$])|unlike|compared (?:to|with)|instead of|whereas"
    r"|(?:same|twice|half|as) (?:\w+ ){1,3}as"
    r"|(?:a (?:little|bit|touch)|slightly|much|far) \w+er)\b",
    re.I,
)
MOST_COMPARED = 3


def contrasts(
    handles: Iterable[str], reading: Reading, world: World, encode: Encode
) -> list[Fact]:  # fmt: skip
    """Facts of kind "contrast" for things that are compared: of each its first line and those that
    set it beside others (without a "label"), and the lines under names they share, those nearest to
    the question first; "differs" where not all say the same there. Then those under names that no
    other page has ("only"). Of one thing the lines on its versions."""
    products = [world.products[h] for h in handles if h in world.products][:MOST_COMPARED]
    if not products or not COMPARES.search(reading.text):
        return []
    if len(products) == 1:
        return _of_versions(products[0], reading)
    pages = [{_label(s.text): s.text for s in p.sentences if _label(s.text)} for p in products]
    shared = [row for name in pages[0] if all(row := _under(name, pages))]
    rows = _nearest(shared, products, reading, encode)
    first = [fact for product in products for fact in _first(product)]
    return [*first, *(fact for row in rows for fact in row), *_only(products, pages)]


def _label(line: str) -> str:
    found = LABEL.match(line)
    return found[1].casefold() if found else ""


def _under(name: str, pages: Sequence[dict[str, str]]) -> list[str]:
    """For each page its line under a name, or under one that ends alike: "Stroller weight" is a
    weight; empty where there is none."""

    def alike(other: str) -> bool:
        return other.split()[-1] == name.split()[-1] and (name in other or other in name)

    ending = (next((text for other, text in page.items() if alike(other)), "") for page in pages)
    return [page.get(name) or other for page, other in zip(pages, ending, strict=True)]


def _nearest(
    rows: Sequence[Sequence[str]], products: Sequence[queries.Product], reading: Reading,
    encode: Encode,
) -> list[list[Fact]]:  # fmt: skip
    """The rows as facts, those nearest to the question first."""
    question = unnamed(asking(reading.text), " ".join(p.title for p in products))
    texts = [" ".join(row) for row in rows]
    near = ranked(question, encode([question])[0], texts, encode(texts)) if texts else []
    return [
        [_fact(p, line, _label(rows[i][0]), differs=len(set(rows[i])) > 1,
               limits=_limits(line, reading.text))
         for p, line in zip(products, rows[i], strict=True)]
        for _score, i in near
    ]  # fmt: skip


def _of_versions(product: queries.Product, reading: Reading) -> list[Fact]:
    """The lines that speak of versions by their values, less those only on others than are wished
    for; in the order of the page."""
    values = {value for variant in product.variants for value in variant.values}
    wished = {v for vals in reading.options.values() for v in vals} or values
    lines = [s.text for s in product.sentences]
    named = [[v for v in values if re.search(rf"(?<!\w){re.escape(v)}(?!\w)", t)] for t in lines]
    return [
        _fact(product, text, _label(text))
        for text, own in zip(lines, named, strict=True)
        if wished.intersection(own)
    ]


def _limits(line: str, question: str) -> bool:
    """Whether a line limits the figure that somebody names: "9 to 15 kg", of a child of 16 kg."""
    named = {
        kind for number, unit in FIGURE.findall(question) for kind in [UNITS[unit.casefold()][0]]
    }
    found = LIMIT.search(line)
    return bool(found and UNITS[found[1].casefold()][0] in named)


def _first(product: queries.Product) -> list[Fact]:
    """What a thing is, and how it stands beside others by its own page; empty where it says
    nothing."""
    lines = [s.text for s in product.sentences]
    beside = [text for text in lines[1:] if not _label(text) and BESIDE_OTHERS.search(text)]
    return [_fact(product, text, "") for text in (*lines[:1], *beside)] or [_fact(product, "", "")]


def _only(
    products: Sequence[queries.Product], pages: Sequence[dict[str, str]]
) -> list[Fact]:  # fmt: skip
    """The lines of each page under names that no other page has."""
    found = []
    for place, (product, page) in enumerate(zip(products, pages, strict=True)):
        others = [*pages[:place], *pages[place + 1 :]]
        own = [name for name in page if not any(_under(name, others))]
        found += [_fact(product, page[name], name, only=True) for name in own]
    return found


def _fact(
    product: queries.Product, text: str, label: str, *, differs: bool = False,
    limits: bool = False, only: bool = False,
) -> Fact:  # fmt: skip
    place = next((i for i, s in enumerate(product.sentences) if s.text == text), 0)
    values = {"text": text, "handle": product.handle, "name": product.title, "label": label}
    values |= {"differs": "yes"} if differs else {}
    values |= {"limits": "yes"} if limits else {}
    values |= {"only": "yes"} if only else {}
    return Fact(
        "contrast", f"product:{product.handle}#{place}", product.version, product.updated_at,
        values, subject=product.title, title=product.title, href=product.href,
    )  # fmt: skip
