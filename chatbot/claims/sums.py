"""On which side of a sum something lies: "your cart is over $59"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from chatbot.terms import Claim, Fact

from .case import COMMA, Case, claim
from .numbers import MONEY, amounts, counts
from .wording import pattern

WITHIN = 40  # letters between what has the sum and the side it lies on
BETWEEN = 18  # letters between the side and the sum: "above the shop's", "the minimum of"
OWN_SUMS = ("total", "subtotal", "price")  # fields that hold what something comes to
FREE = re.compile(r"\b(?:free|delivery|shipping|postage)\b", re.I)  # "it's free over $59"
DENIED = re.compile(r"(?:n't|\b(?:not|never))\b[^.;]{0,12}$", re.I)


def sides(case: Case) -> Iterator[Claim]:
    """That what the shopper has, or a thing, costs more or less than a sum. What is told under a
    condition, or asked, states nothing."""
    if case.sentence.rstrip().endswith("?"):
        return
    for name, sign in (("over", 1), ("under", -1)):
        for m in pattern("sum", name).finditer(case.rest):
            before, limit = case.rest[: m.start()], _limit(case, m)
            if limit is None or not _of_ones_own(before) or _told_apart(before):
                continue
            over = (sign > 0) is not bool(DENIED.search(before))
            lies = _fact_of(case, m.start(), limit, over)
            yield claim(case.rest[m.start() : limit.end()], "comparison", lies)


def _limit(case: Case, side: re.Match[str]) -> re.Match[str] | None:
    """The sum right behind a side."""
    found = MONEY.search(case.rest, side.end())
    return found if found and found.start() - side.end() <= BETWEEN else None


def _of_ones_own(before: str) -> bool:
    """Whether what stands before a side speaks of a certain thing, unconditionally."""
    part = re.split(r"[.;]", before)[-1]
    if pattern("sum", "supposed").search(part) or pattern("sum", "condition").search(_clause(part)):
        return False
    found = list(pattern("sum", "own").finditer(part[-WITHIN:].rstrip()))
    return bool(found) and not FREE.search(part[-WITHIN:][found[-1].end() :])


def _clause(part: str) -> str:
    """What stands behind the last comma."""
    return re.split(COMMA, part)[-1]


def _told_apart(before: str) -> bool:
    """Whether the difference is told, an amount of its own: "five cents short of $25"."""
    found = list(pattern("sum", "apart").finditer(before))
    return bool(found) and not before[found[-1].end() :].strip()


def _fact_of(case: Case, place: int, limit: re.Match[str], over: bool) -> Fact | None:
    """A fact of the turn, if what is spoken of lies on that side of the limit: what the sentence
    itself sums up, else what the facts hold of it, else what the shopper names. Of several
    each lies over it, or what they come to where they are told together; under it only that."""
    (edge,) = amounts(MONEY, limit.group()).values()
    told = set(amounts(MONEY, case.rest[: limit.start()]).values())
    for sums in (told, _known(case, place), _named(case.asked) - {edge}):
        if sums:
            together = not over or pattern("price", "together").search(case.sentence)
            amount = sum(sums, Decimal()) if together else min(sums)
            return next(iter(case.facts), None) if _lies(amount, edge, over) else None
    return None


def _named(asked: str) -> set[Decimal]:
    """What the shopper says that it comes to: sums of money, or a bare number of a basket."""
    if money := set(amounts(MONEY, asked).values()):
        return money
    bare = pattern("sum", "basket").search(asked)
    return counts(asked[bare.start() :]) if bare else set()


def _lies(amount: Decimal, edge: Decimal, over: bool) -> bool:
    return amount >= edge if over else amount < edge


def _known(case: Case, place: int) -> set[Decimal]:
    """What the facts say that the thing spoken of comes to."""
    fitting = (f for f in case.facts if case.may_support(f, place))
    texts = [f.values[key] for f in fitting for key in OWN_SUMS if key in f.values]
    return {amount for text in texts for amount in amounts(MONEY, text).values()}
