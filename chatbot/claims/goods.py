"""Products: their names, whether they can be had, what is free, what presses, what costs less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from chatbot.terms import Claim, Fact

from .case import Case, claim, folded
from .mentions import OF_PRODUCTS
from .texts import source_of, structured
from .wording import blank, pattern

SOLD_OUT, IN_STOCK = pattern("stock", "sold_out"), pattern("stock", "in_stock")
FEW_LEFT, FREE = pattern("stock", "few_left"), pattern("free")
ELSE = re.compile(r"\b(?:isn't|aren't|is not|are not|not)\W*$", re.I)  # "but the other isn't"
DENIED = re.compile(r"(?:n't|\b(?:not|no|never))\b.{0,30}$", re.I)
NO_HURRY = re.compile(r"\b(?:no|not|n't)\s+(?:in a |a )?$", re.I)
NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'’]+(?: (?:[A-Z][\w'’]*|\d+))+")
ZERO = re.compile(r"[$€£]0(?:\.00)?(?!\d)")
EVERY = pattern("price", "each")
NOT_EVERY = re.compile(r"\bnot (?:all|every|each|any)\b", re.I)
# What costs nothing from a sum on is told with the sum, or with an "if".
FROM_A_SUM = re.compile(
    r"\b(?:over|above|from|least|minimum|more than|orders? of|spend\w*)\W+(?:\w+ ){0,2}"
    r"[$€£]\s?[1-9]",
    re.I,
)
LIMITED = re.compile(
    r"[$€£]\s?\d|\b(?:if|once|when|over|above|qualif\w+|enough|threshold|minimum|eligible)\b", re.I
)
FREE_LIMIT = re.compile(  # from which something is free, and so not what is
    r"\bfree(?:[- ](?:shipping|delivery|postage))?[- ](?:limit|line|threshold|mark|minimum)\b", re.I
)
# "It's free of charge" says not what is; a text that takes money for one thing may mean another.
BARE = re.compile(
    r"\W*(?:(?:yes|yep|sure|and|well|so|it|that|this|they|these|those|is|are|s|re|all|quite|costs?"
    r"|completely|totally|entirely|absolutely|free|of|charge|complimentary|gratis|for|nothing|at|no"
    r"|extra|additional)\b\W*)+",
    re.I,
)
CHARGED = re.compile(r"[$€£]\s?(?!0(?:\.00)?(?!\d))\d")
NOT_THERE, THERE, FEW = ("sold out",), ("in stock", "low stock"), ("low stock",)


def stock(case: Case) -> Iterator[Claim]:
    """Availability, for products only: a sentence of an act that has no variant claims none."""
    if any("stock" in f.values for f in case.facts):
        yield from _sold_out(case)
        yield from _in_stock(case)


def _sold_out(case: Case) -> Iterator[Claim]:
    for m in SOLD_OUT.finditer(case.rest):
        whole = pattern("stock", "altogether").search(case.rest)
        left = whole and _stocked(case, THERE, m.start())
        yield claim(m.group(), "stock", None if left else _stocked(case, NOT_THERE, m.start()))
    for m in ELSE.finditer(case.rest) if IN_STOCK.search(case.rest) else ():
        yield claim(m.group(), "stock", _stocked(case, NOT_THERE, m.start()))


def _in_stock(case: Case) -> Iterator[Claim]:
    rest = blank(SOLD_OUT, case.rest)
    for m in FEW_LEFT.finditer(rest):
        yield claim(m.group(), "stock", _stocked(case, FEW, m.start()) or case.holding(m.group()))
    for m in IN_STOCK.finditer(blank(FEW_LEFT, rest)):
        there = all(_each_there(case)) and not _one_is_gone(case, m.start())
        yield claim(m.group(), "stock", _stocked(case, THERE, m.start()) if there else None)


def _one_is_gone(case: Case, place: int) -> bool:
    """Whether all versions are spoken of and one of them is sold out."""
    every = case.says(EVERY, place) and not case.says(NOT_EVERY, place)
    return every and bool(_stocked(case, NOT_THERE, place))


def _each_there(case: Case) -> Iterator[bool]:
    """Whether each version that a sentence names is there, where it sets none apart."""
    apart = (SOLD_OUT, ELSE, pattern("stock", "contrasted"))
    if any(p.search(case.rest) for p in apart):
        return
    for named in case.mentions:
        if named.kind.startswith("option:"):
            yield bool(_stocked(case, THERE, named.start))


def _stocked(case: Case, states: tuple[str, ...], place: int) -> Fact | None:
    stocked = (f for f in case.facts if f.values.get("stock") in states)
    fitting = (f for f in stocked if case.may_support(f, place))
    return next((f for f in fitting if not case.too_broad(f, place)), None)


def free(case: Case) -> Iterator[Claim]:
    """That something costs nothing: a fact nearest to what is said has to say so; the name of a
    product ("Free-From Strands") says nothing of it."""
    names = [range(m.start, m.end) for m in case.mentions if m.kind == "title"]
    for m in FREE.finditer(blank(pattern("free", "other"), case.rest)):
        if any(m.start() in name for name in names):
            continue
        fact = structured(case, m.start(), _costs, lambda text: bool(ZERO.fullmatch(text)))
        says = _says_free if LIMITED.search(case.sentence) else _says_free_to_all
        says = _says_only_free if BARE.fullmatch(case.sentence) else says
        fact = fact or source_of(case, m.start(), says, lambda _text: True)
        yield claim(m.group(), "free", fact)


def _costs(_fact: Fact, field: str) -> bool:
    """Whether a field tells what is paid for something: no taxes make nothing free."""
    return field in ("price", "shipping")


def _says_free(text: str) -> bool:
    return bool(FREE.search(FREE_LIMIT.sub(" ", text)) or ZERO.search(text))


def _says_free_to_all(text: str) -> bool:
    """Whether a text says so of no matter how much is bought."""
    return _says_free(text) and not FROM_A_SUM.search(text)


def _says_only_free(text: str) -> bool:
    """Whether a text says so and takes money for nothing."""
    return _says_free_to_all(text) and not CHARGED.search(text)


def urgency(case: Case) -> Iterator[Claim]:
    """What hurries a shopper: only in the words of a fact."""
    for m in pattern("urgency").finditer(case.rest):
        if NO_HURRY.search(case.rest[: m.start()]):
            continue
        yield claim(m.group(), "urgency", case.holding(m.group()))


def reductions(case: Case) -> Iterator[Claim]:
    """That a price came down: only the shop's own earlier price says so."""
    if not any(f.kind == "variant" for f in case.facts):
        return
    reduced = [f for f in case.facts if "was" in f.values or f.kind == "reduced"]
    for m in pattern("price", "reduced").finditer(case.rest):
        if not DENIED.search(case.rest[: m.start()]):
            fact = next((f for f in reduced if case.may_support(f, m.start())), None)
            yield claim(m.group(), "reduction", fact or case.holding(m.group()))


def comparison(case: Case) -> Iterator[Claim]:
    """Which of two products costs less, by their prices."""
    for name, sign in (("cheaper", 1), ("dearer", -1)):
        for m in pattern("price", name).finditer(case.rest):
            fact = case.holding(m.group()) or _ordered(case, m.start(), sign)
            yield claim(m.group(), "comparison", fact)


def _ordered(case: Case, place: int, sign: int) -> Fact | None:
    """The fact of what is called cheaper, if none of the others is; `sign` -1: dearer."""
    priced = [f for f in case.facts if f.values.get("amount") and f.kind in OF_PRODUCTS]
    subject = folded(case.spoken_of("title", place))
    ours = [f for f in priced if folded(f.subject) == subject and case.may_support(f, place)]
    others = [sign * Decimal(f.values["amount"]) for f in priced if f not in ours]
    lowest = max((sign * Decimal(f.values["amount"]) for f in ours), default=Decimal(0))
    return ours[0] if ours and others and lowest < min(others) else None


def names(case: Case) -> Iterator[Claim]:
    """Products of the shop: only those told of, or asked for; an order's only with its number."""
    for title in dict.fromkeys(m.value for m in case.mentions if m.kind == "title"):
        fact = case.holding(title)
        if fact or folded(title) not in folded(case.asked):
            yield claim(title, "product", fact)
    for found in NAME.finditer(case.rest):
        if not _one_name(case, found.group()):
            yield claim(found.group(), "product", None)
    for m in case.mentions:
        items = _order_beside(case, m.start) if m.kind == "title" else ""
        if items and folded(m.value) not in items:
            yield claim(m.value, "product", None)


def _one_name(case: Case, name: str) -> bool:
    """Whether a run of capitals is one name, or holds no word of a product's."""
    known = [_plain(t) for t in (*case.titles, *(f.subject for f in case.facts))]
    options = {w for m in case.mentions if m.kind.startswith("option:") for w in _plain(m.value)}
    words = {w for w in _plain(name) if len(w) > 3} - options
    ours = any(words & title for title in known)
    return not ours or any(words <= title for title in known) or bool(case.holding(name))


def _plain(name: str) -> set[str]:
    """The words of a name, singly."""
    return {w.removesuffix("s") for w in re.split(r"[\s-]+", folded(name))}


def _order_beside(case: Case, place: int) -> str:
    """What the order holds that is named in the same part of the sentence; empty for none."""
    start, end = case.segment(place)
    named = [m.value for m in case.mentions if m.kind == "order" and start <= m.start < end]
    orders = (f.values for f in case.facts if f.kind == "order")
    own = (v for v in orders if v.get("number", "").lstrip("#") in named)
    return folded(next(own, {}).get("items", ""))
