"""Amounts, shares, counts, measures and days: each from the fact that the sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal

from chatbot.terms import Claim, Fact

from .case import Case, claim, folded
from .dates import Day, dates, same
from .mentions import ORDER
from .numbers import (
    COUNT,
    MEASURE,
    MONEY,
    PERCENT,
    RANGE,
    WORD_MEASURE,
    amounts,
    counts,
    measures,
    ranges,
)  # fmt: skip
from .texts import around, source_of, structured
from .wording import blank, pattern, patterns, table
from .words import stems

DENIES = re.compile(r"\b(?:not|no|never|can't|cannot|don't|doesn't|isn't|won't)\b|n't\b", re.I)
FAR = 25  # letters between an amount and what it is called
BEFORE = {
    name: re.compile(rf"(?:{words.pattern})\b[^$€£\d]{{0,{FAR}}}$", re.I)
    for name, words in patterns("amount", "before").items() if name != "perhaps"
}  # fmt: skip
PERHAPS = patterns("amount", "before")["perhaps"].pattern
BEFORE["perhaps"] = re.compile(  # "instead of CA$94.00" as well
    rf"{PERHAPS}\s*(?:an? (?:earlier )?)?(?-i:[A-Z]{{1,3}})?$", re.I
)
BEHIND = {
    name: re.compile(rf"^\s?{words.pattern}\b", re.I)
    for name, words in patterns("amount", "behind").items()
}
FIELDS = table("amount", "fields")
MARKED = {"was", "subtotal", "shipping", "taxes", "refund", "discount"}  # never unless called so
PAID = ("price", "was", "price_min", "price_max")
DAYS = patterns("day")
EACH = pattern("price", "each")
CLOSE = 12  # letters: a word so near to the nearest may be meant as well
THINGS = re.compile(
    r"\b(?:two|three|four) (?:\w+ )?(?:things|parts|points|ideas|suggestions)\b"
    r"|\bcompare (?:the|these) two\b|\ba photo or two\b",
    re.I,
)  # of the telling
PAST = re.compile(r"\b(?:arrived|came|(?:was|been|got) delivered|delivered on|received)\b", re.I)


def money(case: Case) -> Iterator[Claim]:
    """Amounts of money."""
    asked = amounts(MONEY, case.asked).values()
    for m in MONEY.finditer(case.rest):
        ((text, amount),) = amounts(MONEY, m.group()).items()
        fact = _amount(case, m, MONEY, amount, _money_fields(case, m))
        if fact or amount not in asked or not DENIES.search(case.sentence):
            yield claim(text, "money", fact)


def _money_fields(case: Case, m: re.Match[str]) -> Callable[[Fact, str], bool]:
    """Which fields an amount may come from, by what it is called."""
    before, behind = around(case, m.start(), m.end(), ("order", "title"))
    roles = {r for r, p in BEFORE.items() if p.search(before)}
    roles = {r for r, p in BEHIND.items() if p.search(behind)} or roles
    roles = roles - {"was"} or roles
    fields = {f for r in roles for f in FIELDS[r]}
    if not fields:
        return lambda _f, key: key not in MARKED
    return lambda f, key: key in fields or (roles == {"was"} and f.kind == "order")


def _amount(
    case: Case, m: re.Match[str], pattern: re.Pattern[str], amount: Decimal,
    fields: Callable[[Fact, str], bool],
) -> Fact | None:  # fmt: skip
    def has(text: str) -> bool:
        return amount in amounts(pattern, text).values()

    def rivals(text: str) -> bool:
        return bool(pattern.search(text))

    found = structured(case, m.start(), fields, has) or source_of(case, m.start(), has, rivals)
    if case.says(EACH, m.start()) and any(map(rivals, _prices(case, m.start(), has))):
        return None
    return found or (reckoned(case, m.start(), amount) if pattern is MONEY else None)


def _prices(case: Case, place: int, has: Callable[[str], bool]) -> Iterator[str]:
    """The prices of the versions spoken of that have not the value of one of them."""
    some = [f for f in case.facts if f.kind == "variant" and case.may_support(f, place)]
    yield from (f.values.get("price", "") for f in some if not has(f.values.get("price", "")))


def reckoned(case: Case, place: int, amount: Decimal) -> Fact | None:
    """An amount that is the difference or the sum of two that the facts hold, and is called so."""
    start, end = case.segment(place)
    part = case.sentence[start : min(len(case.sentence), end + 12)]
    known = {
        a: f for f in case.facts for k, v in f.values.items()
        if k in PAID for a in amounts(MONEY, v).values()
    }  # fmt: skip
    apart = pattern("price", "apart").search(part) and any(
        abs(a - b) == amount for a in known for b in known
    )
    together = pattern("price", "together").search(part) and any(
        a + b == amount for a in known for b in known
    )
    return next(iter(known.values())) if apart or together else None


def percent(case: Case) -> Iterator[Claim]:
    """Shares in per cent."""
    asked = amounts(PERCENT, case.asked).values()
    for m in PERCENT.finditer(case.rest):
        ((text, number),) = amounts(PERCENT, m.group()).items()
        fact = _amount(case, m, PERCENT, number, lambda _f, _k: True)
        if fact or number not in asked or not DENIES.search(case.sentence):
            yield claim(text, "percent", fact)


def days(case: Case) -> Iterator[Claim]:
    """Dates: of the order or the code spoken of, in the part that they are said to play."""
    for text, day in dates(case.rest).items():
        for m in re.finditer(re.escape(text), case.rest):
            yield claim(text, "date", _dated(case, m, day))


def _dated(case: Case, m: re.Match[str], day: Day) -> Fact | None:
    def has(text: str) -> bool:
        return any(same(day, d) for d in dates(text).values())

    fact = structured(case, m.start(), _day_fields(case, *m.span()), has)
    return fact or source_of(case, m.start(), has, lambda text: bool(dates(text)))


def _day_fields(case: Case, start: int, end: int) -> Callable[[Fact, str], bool]:
    """Which fields a date may come from: the word nearest before it, else behind it, tells."""
    before, behind = around(case, start, end, ("order", "title"))
    last = {f: m.end() for f, words in DAYS.items() for m in words.finditer(before)}
    roles = {f for f, place in last.items() if place >= max(last.values()) - CLOSE}
    roles = roles or {f for f, words in DAYS.items() if words.search(behind)}
    if PAST.search(before):
        roles.discard("eta")
    return lambda _f, key: key in roles if roles and key in DAYS else True


def quantities(case: Case) -> Iterator[Claim]:
    """Measures and lengths of time."""
    for m in [*MEASURE.finditer(case.rest), *WORD_MEASURE.finditer(case.rest)]:
        for text, (numbers, unit) in measures(m.group()).items():
            one = set(numbers) == {Decimal(1)} and unit in ("item", "piece")
            if one or case.named(m.start()):
                continue
            fact = _measured(case, m.start(), numbers, unit)
            asked = any(numbers <= n for n, _u in measures(case.asked).values())
            if fact or not asked or not DENIES.search(case.sentence):
                yield claim(text, "quantity", fact)


def _measured(case: Case, place: int, numbers: Collection[Decimal], unit: str) -> Fact | None:
    def has(text: str) -> bool:
        said = measures(text).values()
        return any(set(numbers) <= n and (unit == u or u.endswith(unit)) for n, u in said)

    def rivals(text: str) -> bool:
        return any(unit == u or u.endswith(unit) for _n, u in measures(text).values())

    def left(text: str) -> bool:
        return text.isdigit() and Decimal(text) in numbers

    if unit in ("left", "item", "piece") and (
        fact := structured(case, place, lambda _f, k: k == "left", left)
    ):
        return fact
    if unit == "left":
        return None
    return structured(case, place, lambda _f, _k: True, has) or source_of(case, place, has, rivals)


def bare(case: Case) -> Iterator[Claim]:
    """Numbers that are none of the above: "3 filters", "version 5.2"."""
    taken = [
        m.span()
        for p in (MONEY, PERCENT, MEASURE, WORD_MEASURE, ORDER)
        for m in p.finditer(case.rest)
    ]
    taken += [(p, p + len(t)) for t in dates(case.rest) if (p := case.rest.index(t)) >= 0]
    taken += [(m.start, m.end) for m in case.mentions]
    for m in COUNT.finditer(blank(THINGS, case.rest)):
        if any(s < m.end() and m.start() < e for s, e in taken):
            continue
        yield from _bare(case, m)


def _bare(case: Case, m: re.Match[str]) -> Iterator[Claim]:
    (number,) = counts(m.group())
    whole = (r for r in RANGE.finditer(case.rest) if r.start() <= m.start() < r.end())
    said = {range_ for r in whole for range_ in ranges(r.group())}

    def has(text: str) -> bool:
        plain = MONEY.sub(" ", text)
        return number in counts(plain) and said <= ranges(plain)

    fact = structured(case, m.start(), lambda _f, _k: True, has)
    fact = fact or source_of(case, m.start(), has, has)
    if fact is None and (number in counts(case.asked) or told(case, number)):
        return
    yield claim(m.group(), "number", fact)


def told(case: Case, number: Decimal) -> bool:
    """Whether so many things of a kind are named, or options listed: "these three"."""
    named = [{folded(m.value) for m in case.mentions if m.kind == k} for k in ("title", "order")]
    said = set(stems(case.sentence))
    lists = [
        v for f in case.facts for k, v in f.values.items()
        if k.startswith("option:") and said & set(stems(k.removeprefix("option:")))
    ]  # fmt: skip
    listed = {len(re.split(r", | and ", v)) for v in lists}
    return number in {Decimal(n) for n in (1, *map(len, named), *listed)}
