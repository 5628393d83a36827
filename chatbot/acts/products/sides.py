"""Two or three products side by side: of each page what it says of the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatbot.acts.known import Known, act, numbered, within
from chatbot.terms import Act, Fact

SURELY = 0.6  # a line this sure tells what is asked
TELLS = 0.35  # from here on one page's line answers, and the other's likeliest stands beside it
LIKELY = 0.1  # what a page says to the question, if anything
MOST_WORDS = 40  # of what is quoted of one product
MOST_OF_HEADS = 28  # words of it that say what a product is
MOST_ASKED = 3  # properties asked for at once
APART = re.compile(  # who says one of these asks for whatever tells them apart
    r"\bdiff(?!ic)\w*|\bcompar\w+|\bfor the (?:extra|difference|more)\b"
    r"|\bworth\b.*\b(?:extra|more)\b|\bwhat\b.{0,20}\bgain\b"
    r"|\b(?:get|gets|getting|gain|buys?)\b.*\b(?:extra|more)\b|\bwhat'?s? (?:is )?extra\b",
    re.I,
)
WORD = re.compile(r"[a-z]{3,}|\d+")
BESIDE = frozenset("the and versus against between compared with please thank hello one".split())
OF_PRICE = BESIDE | frozenset(
    "what how much are doe for each both two them these those all price cost will would thi"
    " tell you set back damage".split()
)
MONEY = re.compile(  # and who speaks of money asks for no more than that
    r"\b(?:price|money|cost|£|€|\$)[- ]?(?:wise )?(?:diff\w*)\b"
    r"|\bdiff\w* (?:in|of) (?:the )?(?:price|money|cost)\w*"
    r"|\bwhich\b.{0,30}\b(?:dearer|cheaper|pricier|(?:more|less) expensive)\b",
    re.I,
)


def of_money(known: Known) -> bool:
    """Whether only the prices are compared or asked for: "the difference in money", "what do both
    cost"."""
    asked = known.asks[0] == "price" and is_bare(known, OF_PRICE)
    return asked or bool(MONEY.search(known.reading.text))


def asks_apart(known: Known) -> bool:
    """Whether somebody asks for whatever tells things apart, and for nothing in particular, or but
    sets their names side by side."""
    apart = APART.search(known.reading.text) or is_bare(known, BESIDE)
    return bool(apart) and not known.reading.measure


def is_bare(known: Known, words: frozenset[str]) -> bool:
    """Whether a message of several products says nothing but their names and some of these
    words."""
    others = _words(known.reading.text) - words - _names(known)
    return len(known.of("product")) > 1 and bool(_words(known.reading.text)) and not others


def _words(text: str) -> set[str]:
    """The words of a text, however it is spelt in the plural or the genitive."""
    return {w.removesuffix("s") for w in WORD.findall(re.sub("['’]", "", text.casefold()))}


def _names(known: Known) -> set[str]:
    return {w for product in known.of("product") for w in _words(product.values["name"])}


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
    for each; behind the line that answers best where something else is asked, and else before what
    stands on its page alone."""
    likely = [_likely(product, known) for product in products]
    names = [*asked, *(_label_of(line, rows) for lines in likely for line in lines)]
    labels, apart = _labels(rows[0], names, known), asks_apart(known)
    sides = [_side(row, labels, apart=apart) for row in rows]
    many = min(side.fitting() for side in sides)
    besides = [[line for line in lines if not _label_of(line, rows)] for lines in likely]
    told = [side.told(many, first) for side, first in zip(sides, besides, strict=True)]
    return told if many or (apart and all(side.heads for side in sides)) else []


@dataclass(frozen=True)
class Side:
    """What may be told of one of several products."""

    heads: Sequence[Fact]  # what it is, and how it stands beside others by its own page
    lines: Sequence[Fact]  # under the names that all pages have
    alone: Sequence[Fact]  # under names that no other page has

    def fitting(self) -> int:
        """How many lines may stand behind what it is."""
        side = [*self.heads, *self.lines]
        return max(len(within(side, MOST_WORDS)) - len(self.heads), 0) if side else 0

    def told(self, many: int, first: Sequence[Fact]) -> list[Fact]:
        """So many of its lines, behind those that come first."""
        texts = {line.values["text"] for line in first}
        side = [*self.heads, *self.lines[:many], *self.alone]
        rest = [line for line in side if line.values["text"] not in texts]
        return [*first, *(within(rest, MOST_WORDS) if rest else [])]


def _side(row: Sequence[Fact], labels: Sequence[str], *, apart: bool) -> Side:
    heads = [c for c in row if not c.values["label"] and c.values["text"]]
    lines = [c for name in labels for c in _shared(row) if c.values["label"] == name]
    alone = [c for c in row if "only" in c.values and apart]
    return Side(within(heads, MOST_OF_HEADS) if heads else [], lines, alone)


def _likely(product: Fact, known: Known) -> list[Fact]:
    """The line that answers best, if anything in particular is asked."""
    own = known.sentences(product)[:1] if not asks_apart(known) else []
    return [s for s in own if s.score >= LIKELY]


def _label_of(line: Fact, rows: Sequence[Sequence[Fact]]) -> str:
    """The name under which a line stands beside those of the other pages, if it does."""
    told = (c for row in rows for c in row if c.values["text"] == line.values["text"])
    return next((c.values["label"] for c in told if "only" not in c.values), "")


def _labels(row: Sequence[Fact], asked: Sequence[str], known: Known) -> list[str]:
    """The names under which products differ, those of what is asked first; there they may say the
    same where something in particular is asked. Who asks for whatever tells them apart hears what
    has the question's own words, and then in the order of the page."""
    apart = asks_apart(known)
    told = [c for c in _shared(row)
            if "differs" in c.values or (c.values["label"] in asked and not apart)]  # fmt: skip
    said = _words(known.reading.text) - _names(known)

    def order(line: Fact) -> tuple[bool, int]:
        bears = line.values["label"] in asked or bool(_words(line.values["label"]) & said)
        return not bears, int(line.source.rpartition("#")[2]) if apart else 0

    return [c.values["label"] for c in sorted(told, key=order)]


def _shared(row: Sequence[Fact]) -> list[Fact]:
    """The lines that stand under a name on all pages."""
    return [c for c in row if c.values["label"] and "only" not in c.values]


def asked_for(products: Sequence[Fact], known: Known) -> list[str]:
    """The names of the lines that surely answer, which all pages have, the surest first, where they
    differ or have a word of the question; or of those that limit a figure that is named."""
    limits = [c.values["label"] for c in known.of("contrast") if "limits" in c.values]
    if limits:
        return list(dict.fromkeys(limits))[:MOST_ASKED]
    hits = [s for p in products for s in known.sentences(p) if s.score >= SURELY]
    asked = _words(known.reading.text) - _names(known)
    told = [
        c
        for c in _shared(known.of("contrast"))
        if "differs" in c.values or _words(c.values["text"]) & asked
    ]
    names = {c.values["text"]: c.values["label"] for c in told}
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
