"""What a sentence does in saying it: answers yes or no, promises, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatbot.terms import Claim, Fact

from .case import QUOTE, Case, claim, folded
from .mentions import OF_TEXTS
from .orders import negated
from .wording import pattern

YES_OR_NO = re.compile(
    r"^\W*(yes|no(?! (?:worries|rush|name)\b))\b"
    r"|\banswer is (?:an? )?(?:clear )?(yes|no)\b",
    re.I,
)
YES_BUT_NO = re.compile(
    r"^\W*(yes)\b,? (?:you|it|they|we|that|the \w+)\W?\s?(?:\w+ )?"
    r"(?:can't|cannot|isn't|aren't|won't|doesn't|don't|not)\b",
    re.I,
)
BELOW = re.compile(r"(?: \w+){0,4} below\b", re.I)
UNDECIDED = (*OF_TEXTS, "shop", "found", "reduced")  # facts that settle no yes-or-no question
DEEDS = {"refunded": re.compile(r"refunded$", re.I), "sent": re.compile(r"(?:sent|shipped)$", re.I)}
GONE = ("shipped", "delivered")  # states of an order
SUM = re.compile(r"\W*[$€£] ?\d")
THAT_ORDER = re.compile(r"\W*(?:it|them|this|your order|order)\b(?!\W+(?:again|back|to)\b)")
A_WORD_OR_TWO = 3  # a longer answer is judged as prose


def yes_or_no(case: Case) -> Iterator[Claim]:
    """A yes or no that stands alone, or beside a quotation, where the facts settle nothing or the
    engine was not taught what they settle: a text has to say so."""
    if case.facts and (m := YES_BUT_NO.match(case.rest)):
        yield claim(m.group(1), "answer", None)
    alone = len(case.rest.split()) <= A_WORD_OR_TWO or bool(QUOTE.search(case.sentence))
    texts = all(f.kind in UNDECIDED for f in case.facts)
    open_ = texts or not case.taught
    for m in YES_OR_NO.finditer(QUOTE.sub(" ", case.sentence)) if alone and open_ else ():
        word = (m.group(1) or m.group(2)).lower()
        said = (f for f in case.facts if texts and f.values.get("says") == word)
        fact = next(said, None)  # a text's yes settles nothing of an order or a code beside it
        yield claim(m.group().strip(), "answer", fact)


def promises(case: Case) -> Iterator[Claim]:
    """What only a done deed supports; a quoted article may say it."""
    done = next((f for f in case.facts if f.kind == "done"), None)
    offered = any(f.kind == "offer" for f in case.facts)
    for m in pattern("promise").finditer(case.rest):
        if offered and BELOW.match(case.rest[m.end() :]):
            continue  # the card is there, and does nothing by itself
        fact = done or _on_record(case, m) or case.holding(m.group())
        yield claim(m.group(), "promise", fact)
    for m in pattern("promise", "refunded").finditer(case.rest):
        if not negated(case, m.start()):
            yield claim(m.group(), "promise", next((f for f in case.facts if _paid(f)), None))


def _on_record(case: Case, said: re.Match[str]) -> Fact | None:
    """The order that shows what is told as done: "we refunded $9.00", "we've sent the tent"."""
    own = [f for f in case.facts if f.kind == "order" and case.may_support(f, said.start())]
    behind = folded(case.rest[said.end() :])
    if DEEDS["refunded"].search(said.group()) or DEEDS["sent"].search(said.group()):
        money = next((f for f in own if _paid(f) and SUM.match(behind)), None)
        sent = DEEDS["sent"].search(said.group())
        return money or (next((f for f in own if _has_gone(f, behind)), None) if sent else None)
    return None


def _has_gone(order: Fact, behind: str) -> bool:
    """Whether an order has gone, or of one gone in part what is named right behind."""
    state = order.values.get("state")
    if state == "partly":
        gone = folded(order.values.get("gone", ""))
        return bool(gone) and bool(re.match(rf"\W*(?:the )?{re.escape(gone)}", behind))
    return state in GONE and bool(THAT_ORDER.match(behind))


def _paid(fact: Fact) -> bool:
    """Whether money has gone back: done in this chat, or on an order's record."""
    return fact.kind == "done" or (fact.kind == "order" and "refund" in fact.values)


def quotes(case: Case) -> Iterator[Claim]:
    """Quotations, word for word."""
    for m in QUOTE.finditer(case.sentence):
        yield claim(m.group(1), "quote", case.quoted(m.group(1)))
