"""The claims room: is every checkable statement of a sentence borne out by a fact? Pure code.

Each rule finds the statements of one kind and says which fact supports each. What stands word for
word in a fact is supported; everything else has to be shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from chatbot.terms import Claim, Fact

from .dates import dates, same
from .numbers import MONEY, PERCENT, WORDS, amounts, measures
from .sentences import sentences

__all__ = ["check", "sentences"]

ORDER = re.compile(r"(?<!\w)#\s?([A-Z]{0,3}-?\d{3,})\b")
HOW_MANY_ORDERS = re.compile(r"\b(one|two|three|four|five) orders?\b", re.I)
YES_OR_NO = re.compile(r"^\W*(yes|no)\b|\banswer is (?:an? )?(?:clear )?(yes|no)\b", re.I)
TEXTS = ("passage", "sentence", "terms")
ORDER_STATE = re.compile(
    r"\b(?:is|was|been|has|as)\s+(?:now |already |since )?"
    r"(cancell?ed|delivered|shipped|refunded)\b",
    re.I,
)
NEGATED = re.compile(
    r"(?:n't|\b(?:not|no|never|nothing|none|if|once|unless|until|when|before|after|whether))\b"
    r".{0,30}$",
    re.I,
)
CODE = re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8,}\b|\b\d{10,}\b")
QUOTE = re.compile(r"[\"“]([^\"”]{3,})[\"”]")
SOLD_OUT = re.compile(
    r"(?:\b(?:sold out|out of stock|unavailable|none left|all gone)"
    r"|(?:\bnot|n't) (?:currently )?(?:in stock|available)"
    r"|(?:\bnot|n't) have\b[^.;!?]{1,90}?\bin stock)\b",
    re.I,
)
IN_STOCK = re.compile(
    r"\b(?:in stock|available|can (?:still )?be (?:ordered|had)|on the shelf)\b", re.I
)
ALTOGETHER = re.compile(r"\b(?:every|all|any|completely|entirely|altogether)\b", re.I)
NOT_THERE = ("sold out",)
THERE = ("in stock", "low stock")
FREE = re.compile(
    r"\b(?:for free|free of charge|(?:is|are|ships?|it's) free|at no charge|no cost)\b", re.I
)
PROMISE = re.compile(
    r"\bI(?:'ve| have| will|'ll)? (?:already )?(?:just )?(?:refunded|cancell?ed|issued|credited"
    r"|applied|upgraded|changed|updated|shipped|reserved|guarantee|promise)\b"
    r"|\b(?:guaranteed?|legally binding|will be refunded|has been refunded"
    r"|you can have it for|I(?:'ll| will) make an exception)\b",
    re.I,
)
REFUNDED = "has been refunded"
SHOPPERS_NUMBER = re.compile(r"\b(?:not|no|never|can't|cannot|don't|doesn't|isn't|won't)\b", re.I)


@dataclass(frozen=True)
class Case:
    """One sentence and what may support it."""

    sentence: str
    facts: Sequence[Fact]
    asked: str
    titles: Collection[str]

    def holding(self, words: str) -> Fact | None:
        """The first fact one of whose values holds `words`, white space and case folded."""
        wanted = folded(words)
        return next(
            (f for f in self.facts if any(wanted in folded(v) for v in f.values.values())), None
        )

    @property
    def own_title(self) -> str:
        """The one product the sentence names; empty when it names none or several."""
        text, named = folded(self.sentence), []
        for title in sorted(self.titles, key=len, reverse=True):
            if folded(title) in text:
                named.append(title)
                text = text.replace(folded(title), " ")  # what a longer name holds names nothing
        return named[0] if len(named) == 1 else ""


Rule = Callable[[Case], Iterator[Claim]]


def check(
    sentence: str, facts: Sequence[Fact], *, asked: str = "", titles: Collection[str] = ()
) -> tuple[Claim, ...]:
    """Every checkable statement of `sentence`, supported or held.

    `asked` is the shopper's own message: a number of theirs may be repeated when it is denied.
    `titles` are the shop's product names: what is said beside one must be that product's.
    """
    case = Case(sentence, facts, asked, titles)
    return tuple(claim for rule in RULES for claim in rule(case))


def folded(text: str) -> str:
    """`text` in lower case with single spaces and plain quotes."""
    plain = text.replace("’", "'").replace("–", "-").replace("—", "-").replace("“", "'")
    return re.sub(r"\s+", " ", plain.replace("”", "'").replace('"', "'")).strip().casefold()


def _claim(text: str, kind: str, fact: Fact | None) -> Claim:
    return Claim(text, kind, "supported" if fact else "held", fact.source if fact else "")


def _money(case: Case) -> Iterator[Claim]:
    title = case.own_title
    for text, amount in amounts(MONEY, case.sentence).items():
        holders = (
            f for f in case.facts
            if _may_speak_of(f, title)
            and any(amount in amounts(MONEY, v).values() for v in f.values.values())
        )  # fmt: skip
        fact = next(holders, None)
        if fact is None and _denied(case, amount in amounts(MONEY, case.asked).values()):
            continue
        yield _claim(text, "money", fact)


def _may_speak_of(fact: Fact, title: str) -> bool:
    """Whether a fact's amount may stand beside a product's name: its own, an order's, a rule's."""
    of_product = fact.kind in ("product", "variant", "found", "sentence")
    return not (title and of_product) or folded(fact.subject) == folded(title)


def _denied(case: Case, asked: bool) -> bool:
    """The shopper's own number, repeated to deny it, claims nothing."""
    return asked and bool(SHOPPERS_NUMBER.search(case.sentence))


def _percent(case: Case) -> Iterator[Claim]:
    asked = amounts(PERCENT, case.asked).values()
    for text, number in amounts(PERCENT, case.sentence).items():
        holders = (
            f for f in case.facts
            if any(number in amounts(PERCENT, v).values() for v in f.values.values())
        )  # fmt: skip
        fact = next(holders, None)
        if fact is None and _denied(case, number in asked):
            continue
        yield _claim(text, "percent", fact)


def _orders(case: Case) -> Iterator[Claim]:
    for m in ORDER.finditer(case.sentence):
        fact = case.holding(m.group(1))
        if fact or m.group(1).casefold() not in case.asked.casefold():
            yield _claim(m.group(), "order", fact)
    listed = len(ORDER.findall(case.sentence))
    for m in HOW_MANY_ORDERS.finditer(case.sentence) if listed else ():
        told = int(WORDS.get(m.group(1).lower(), "1"))
        source = case.facts[0] if case.facts and told == listed else None
        yield _claim(m.group(), "count", source)


def _yes_or_no(case: Case) -> Iterator[Claim]:
    """A yes or no to a question that only a quoted text answers: the text has to say so."""
    if not case.facts or any(f.kind not in TEXTS for f in case.facts):
        return
    for m in YES_OR_NO.finditer(QUOTE.sub(" ", case.sentence)):
        word = (m.group(1) or m.group(2)).lower()
        fact = next((f for f in case.facts if f.values.get("says") == word), None)
        yield _claim(m.group().strip(), "answer", fact)


def _order_states(case: Case) -> Iterator[Claim]:
    """That an order is cancelled, delivered, shipped or refunded, where an order is told of."""
    told = [f for f in case.facts if f.kind == "order"]
    for m in ORDER_STATE.finditer(case.sentence) if told else ():
        if NEGATED.search(case.sentence[: m.start()]):
            continue
        word = m.group(1).lower().replace("canceled", "cancelled")
        yield _claim(m.group(), "order_state", next((f for f in told if _is(f, word)), None))


def _is(order: Fact, word: str) -> bool:
    """Whether an order is in the state that `word` says."""
    state = order.values.get("state", "")
    match word:
        case "shipped":
            return state in ("shipped", "partly", "delivered")
        case "refunded":
            return "refund" in order.values
        case "delivered":
            return state == word or "delivered_on" in order.values
    return state == word


def _codes(case: Case) -> Iterator[Claim]:
    for m in CODE.finditer(case.sentence):
        fact = case.holding(m.group())
        if fact or m.group().casefold() not in case.asked.casefold():
            yield _claim(m.group(), "code", fact)


def _dates(case: Case) -> Iterator[Claim]:
    for text, day in dates(case.sentence).items():
        holders = (
            f for f in case.facts
            if any(same(day, d) for v in f.values.values() for d in dates(v).values())
        )  # fmt: skip
        yield _claim(text, "date", next(holders, None))


def _measures(case: Case) -> Iterator[Claim]:
    for text, (numbers, unit) in measures(case.sentence).items():
        fact = next((f for f in case.facts if _measured(f, numbers, unit)), case.holding(text))
        if fact is None and _denied(
            case, any(numbers <= n for n, _u in measures(case.asked).values())
        ):
            continue
        yield _claim(text, "quantity", fact)


def _measured(fact: Fact, numbers: Collection[object], unit: str) -> bool:
    if unit == "left":
        return any(fact.values.get("left") == str(n) for n in numbers)
    said = measures(" ; ".join(fact.values.values())).values()
    return any(set(numbers) <= n and (unit == u or u.endswith(unit)) for n, u in said)


def _stock(case: Case) -> Iterator[Claim]:
    """Availability, for products only: a sentence of an act that has no variant claims none."""
    rest = case.sentence
    for m in QUOTE.finditer(rest):
        rest = rest.replace(m.group(), " ")
    for m in SOLD_OUT.finditer(rest):
        left = _stocked(case, THERE) if ALTOGETHER.search(rest) else None
        yield _claim(m.group(), "stock", None if left else _stocked(case, NOT_THERE))
    rest = SOLD_OUT.sub(" ", rest)
    for m in IN_STOCK.finditer(rest):
        yield _claim(m.group(), "stock", _stocked(case, THERE))


def _stocked(case: Case, states: tuple[str, ...]) -> Fact | None:
    title = case.own_title
    stocked = (f for f in case.facts if f.values.get("stock") in states)
    return next((f for f in stocked if _may_speak_of(f, title)), None)


def _free(case: Case) -> Iterator[Claim]:
    for m in FREE.finditer(case.sentence):
        free = (
            f for f in case.facts for v in f.values.values() if re.search(r"\bfree\b|\$0", v, re.I)
        )
        yield _claim(m.group(), "free", case.holding(m.group()) or next(free, None))


def _promises(case: Case) -> Iterator[Claim]:
    """What only a done deed supports, and no fact of today is one; a quoted article may say it."""
    rest = case.sentence
    for m in QUOTE.finditer(rest):
        if case.holding(m.group(1).strip()) or _pieced(case, m.group(1)):
            rest = rest.replace(m.group(), " ")
    for m in PROMISE.finditer(rest):
        if m.group().lower() != REFUNDED:
            done = next((f for f in case.facts if f.kind == "done"), None)
            yield _claim(m.group(), "promise", done)
        elif not NEGATED.search(rest[: m.start()]):
            yield _claim(m.group(), "promise", next((f for f in case.facts if _paid(f)), None))


def _paid(fact: Fact) -> bool:
    """Whether money has gone back: done in this chat, or on an order's record."""
    return fact.kind == "done" or (fact.kind == "order" and "refund" in fact.values)


def _quotes(case: Case) -> Iterator[Claim]:
    for m in QUOTE.finditer(case.sentence):
        yield _claim(
            m.group(1), "quote", case.holding(m.group(1).strip()) or _pieced(case, m.group(1))
        )


def _pieced(case: Case, quote: str) -> Fact | None:
    """A quotation of several facts, each whole: the first of them."""
    rest, used = folded(quote), None
    for fact in case.facts:
        text = folded(fact.values.get("text", ""))
        if text and text in rest:
            rest, used = rest.replace(text, ""), used or fact
    return used if not rest.strip() else None


def _names(case: Case) -> Iterator[Claim]:
    text = folded(case.sentence)
    named = [t for t in case.titles if re.search(rf"(?<!\w){re.escape(folded(t))}(?!\w)", text)]
    for title in named:
        if fact := case.holding(title):
            yield _claim(title, "product", fact)
        elif folded(title) not in folded(case.asked):
            yield _claim(title, "product", None)


RULES: tuple[Rule, ...] = (
    _money, _percent, _orders, _yes_or_no, _order_states, _codes, _dates, _measures, _stock, _free,
    _promises, _quotes, _names,
)  # fmt: skip
