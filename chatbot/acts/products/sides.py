"""Two or three products side by side: of each page what it says of the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chatbot.acts.known import Known, act, numbered, within
from chatbot.terms import Act, Fact

SURELY = 0.6  # a line this sure tells what is asked
TELLS = 0.35  # from here on one page's line answers, and the other's likeliest stands beside it
LIKELY = 0.1  # what a page says to the question, if anything
MOST_WORDS = 40  # of what is quoted of one product
MOST_ASKED = 3  # properties asked for at once
APART = re.compile(  # who says one of these asks for whatever tells them apart
    r"\bdiffer\w*|\bdiff\b|\bcompar\w+|\bfor the (?:extra|difference|more)\b"
    r"|\bworth\b.*\b(?:extra|more)\b"
    r"|\b(?:get|gets|getting|buys?)\b.*\b(?:extra|more)\b|\bwhat'?s? (?:is )?extra\b",
    re.I,
)
MONEY = re.compile(  # and who speaks of money asks for no more than that
    r"\b(?:price|money|cost|£|€|\$)[- ]?(?:wise )?(?:diff\w*)\b"
    r"|\bdiff\w* (?:in|of) (?:the )?(?:price|money|cost)\w*"
    r"|\bwhich\b.{0,30}\b(?:dearer|cheaper|pricier|(?:more|less) expensive)\b",
    re.I,
)


def of_money(known: Known) -> bool:
    """Whether only the prices are compared: "the difference in money"."""
    return bool(MONEY.search(known.reading.text))


def asks_apart(known: Known) -> bool:
    """Whether somebody asks for whatever tells things apart, and for nothing in particular."""
    return bool(APART.search(known.reading.text)) and not known.reading.measure


def aligned(products: Sequence[Fact], known: Known) -> list[Act]:
    """What all pages say under the names of what is asked; where nothing in particular is asked, or
    no page tells, what the products are and the lines in which they differ."""
    rows = [_lines_of(product, known) for product in products]
    asked = asked_for(products, known)
    if not asks_apart(known) and asked:
        told = [[c for c in row if c.values["label"] in asked] for row in rows]
    elif asks_apart(known) or not _tell(products, known):
        told = _apart(products, rows, asked, known)
    else:
        return []
    return _beside(products, told) if told and all(told) else []


def _lines_of(product: Fact, known: Known) -> list[Fact]:
    return [c for c in known.of("contrast") if c.values["handle"] == product.values["handle"]]


def _tell(products: Sequence[Fact], known: Known) -> bool:
    """Whether a page tells what is asked, and each of the others speaks of it, if anything."""
    best = [max((s.score for s in known.sentences(p)), default=0.0) for p in products]
    return max(best) >= TELLS and min(best) >= LIKELY


def _apart(
    products: Sequence[Fact], rows: Sequence[Sequence[Fact]], asked: Sequence[str], known: Known
) -> list[list[Fact]]:
    """For each product what it is, the lines under what is `asked` and where it differs, as many
    for each; behind the line that answers best where something else is asked."""
    told = []
    for product, row in zip(products, rows, strict=True):
        first = [c for c in row if not c.values["label"]]
        same = [c for c in row if c.values["label"] in asked]
        others = [c for c in row if "differs" in c.values and c not in same]
        own = known.sentences(product) if not asks_apart(known) else []
        likely = [s for s in own[:1] if s.score >= LIKELY]
        rest = [c for c in (*first, *same, *others) if c.values["text"] != _text(likely)]
        told.append((likely, within(rest, MOST_WORDS) if rest else []))
    many = min(len(lines) for _likely, lines in told)
    return [[*likely, *lines[:many]] for likely, lines in told] if many > 1 else []


def _text(lines: Sequence[Fact]) -> str:
    return lines[0].values["text"] if lines else ""


def asked_for(products: Sequence[Fact], known: Known) -> list[str]:
    """The names of the lines that surely answer, which all pages have, the surest first; or of
    those that limit a figure that is named."""
    limits = [c.values["label"] for c in known.of("contrast") if "limits" in c.values]
    if limits:
        return list(dict.fromkeys(limits))[:MOST_ASKED]
    hits = [s for p in products for s in known.sentences(p) if s.score >= SURELY]
    names = {c.values["text"]: c.values["label"] for c in known.of("contrast") if c.values["label"]}
    sure = [names.get(s.values["text"], "") for s in sorted(hits, key=lambda s: -s.score)]
    return [name for name in dict.fromkeys(sure[:MOST_ASKED]) if name]


def _beside(products: Sequence[Fact], told: Sequence[Sequence[Fact]]) -> list[Act]:
    texts = [" ".join(line.values["text"] for line in lines) for lines in told]
    shown = [replace(line, kind="sentence") for lines in told for line in lines]
    if len(products) == 2:
        return [_two(products, texts, shown)]
    named = zip([p.values["name"] for p in products], texts, strict=True)
    return [
        act("attribute.passage", {"product.name": name, "passage.text": text}, shown)
        for name, text in named
    ]


def beside(products: Sequence[Fact], told: Sequence[Fact]) -> Act:
    """One line of each of two products."""
    return _two(products, [t.values["text"] for t in told], told)


def _two(products: Sequence[Fact], texts: Sequence[str], told: Sequence[Fact]) -> Act:
    slots = {}
    for place, (product, text) in enumerate(zip(products, texts, strict=True), 1):
        slots[numbered("product.name", place)] = product.values["name"]
        slots[numbered("passage.text", place)] = text
    return act("compare.two_text", slots, [*products, *told])


def versions(known: Known) -> list[Act]:
    """What the page says of the versions of one product that are compared."""
    lines = [replace(c, kind="sentence") for c in known.of("contrast")]
    told = within(lines, MOST_WORDS) if lines else []
    text = " ".join(line.values["text"] for line in told)
    return [act("attribute.passage", {"passage.text": text}, told)] if told else []
