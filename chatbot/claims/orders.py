"""Orders and codes: their numbers, where they stand, and where the shop is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chatbot.terms import Claim, Fact

from .case import Case, claim, folded
from .dates import dates
from .mentions import ORDER
from .numbers import WORDS
from .wording import anyof, entries, pattern, table

HOW_MANY_ORDERS = re.compile(r"\b(one|two|three|four|five) orders?\b", re.I)
CODE = re.compile(r"\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{5,}\b|\b\d{10,}\b|\b[A-Z]{6,}\b")
CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?://\S+|\bwww\.\S+"
    r"|(?<!\w)(?:\+?\d[\d ().-]{7,}\d)(?!\w)|\(\d{3}\) ?\d{3}-\d{4}"
)
NEGATED = re.compile(rf"(?:{anyof(table('negation')['before']).pattern}).{{0,30}}$", re.I | re.S)
NOT_LATE = re.compile(r"(?:n't|\b(?:not|never|isn't))\s+(?:running\s+)?$", re.I)
STATES = entries("state")
FIELDS = entries("field")
OF_CODES = ("state", "minimum", "full_price_only", "departments")
HOLDERS = dict.fromkeys(OF_CODES, "promotion") | {"refund": "order"}


def numbers(case: Case) -> Iterator[Claim]:
    """Order numbers, and how many orders there are."""
    for m in ORDER.finditer(case.rest):
        fact = case.holding(m.group(1))
        if fact or m.group(1).casefold() not in case.asked.casefold():
            yield claim(m.group(), "order", fact)
    listed = len(ORDER.findall(case.rest))
    for m in HOW_MANY_ORDERS.finditer(case.rest) if listed else ():
        told = int(WORDS.get(m.group(1).lower(), "1"))
        source = case.facts[0] if case.facts and told == listed else None
        yield claim(m.group(), "count", source)


def states(case: Case) -> Iterator[Claim]:
    """That an order is cancelled, delivered, shipped, refunded …, where an order is told of."""
    told = [f for f in case.facts if f.kind == "order"]
    for entry in STATES if told else ():
        for m in entry["words"].finditer(case.rest):
            if entry.get("negated") or not negated(case, m.start()):
                said_of = (f for f in told if case.may_support(f, m.start()))
                fact = next((f for f in said_of if _is(f, entry["states"])), None)
                fact = fact or (_left_behind(case, m, told) if entry.get("negated") else None)
                yield claim(m.group(), "order_state", fact)


def _left_behind(case: Case, said: re.Match[str], told: list[Fact]) -> Fact | None:
    """The order gone in part whose rest, and nothing else, is said not to have gone: right before
    or behind the words, and none of what has gone anywhere near them."""
    before, behind = folded(case.rest[: said.start()]), folded(case.rest[said.end() :])
    for order in told:
        rest, gone = folded(order.values.get("rest", "")), folded(order.values.get("gone", ""))
        near = before.endswith(rest) or re.match(
            rf"\W*(?:yet)?\W*(?:the )?{re.escape(rest)}", behind
        )
        if rest and near and not (before.endswith(gone) or gone in behind):
            return order
    return None


def negated(case: Case, place: int) -> bool:
    """Whether what stands at `place` is denied, or put under a condition, right before it."""
    return bool(NEGATED.search(case.rest[:place]))


def _is(order: Fact, states: list[str]) -> bool:
    """Whether an order is in one of the states, or has a field of that name."""
    return order.values.get("state", "") in states or bool(set(states) & set(order.values))


def fields(case: Case) -> Iterator[Claim]:
    """What is read off one field: whether a code runs, the chat is open, a thing can go back."""
    for entry in FIELDS:
        for m in entry["words"].finditer(case.rest):
            known = [f for f in case.facts if _has(f, entry) and case.may_support(f, m.start())]
            if known and not (entry.get("affirmed") and negated(case, m.start())):
                right = (f for f in known if f.values.get(entry["field"], "") == entry["value"])
                yield claim(m.group(), "field", next(right, None) or case.holding(m.group()))


def _has(fact: Fact, entry: Mapping[str, str]) -> bool:
    """Whether a fact can tell: a code's state is not an order's, and a refund is an order's."""
    kind = HOLDERS.get(entry["field"])
    return fact.kind == kind if kind else entry["field"] in fact.values


def lateness(case: Case) -> Iterator[Claim]:
    """Whether an order is late."""
    told = [f for f in case.facts if "late" in f.values]
    for m in pattern("order", "late").finditer(case.rest) if told else ():
        state = "no" if NOT_LATE.search(case.rest[: m.start()]) else "yes"
        said_of = (f for f in told if case.may_support(f, m.start()) and f.values["late"] == state)
        yield claim(m.group(), "order_state", next(said_of, None))


def redeemed(case: Case) -> Iterator[Claim]:
    """Which code an order was placed with."""
    told = [f for f in case.facts if f.kind == "order"]
    used = told and pattern("order", "used").search(case.rest)
    for named in case.mentions if used else ():
        if named.kind == "code" and case.spoken_of("order", named.start):
            said_of = (f for f in told if case.may_support(f, named.start))
            fact = next((f for f in said_of if f.values.get("code") == named.value), None)
            yield claim(named.value, "code", fact)


def codes(case: Case) -> Iterator[Claim]:
    """Discount codes, tracking and other numbers that stand for something."""
    for m in CODE.finditer(case.rest):
        fact = case.holding(m.group())
        asked = m.group().casefold() in case.asked.casefold()
        if not case.named(m.start()) and (fact or not asked):
            yield claim(m.group(), "code", fact)


def contacts(case: Case) -> Iterator[Claim]:
    """Addresses to write to or call, and links: only the shop's own."""
    for m in CONTACT.finditer(case.rest):
        if not case.named(m.start()) and not case.named(m.end() - 1) and not dates(m.group()):
            yield claim(m.group(), "contact", case.holding(m.group().rstrip(".,")))
