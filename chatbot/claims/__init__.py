"""The claims room: is every checkable statement of a sentence borne out by a fact? Pure code.

Each rule finds the statements of one kind and says which fact supports each. What stands word for
word in a fact is supported; everything else has to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from chatbot.terms import Act, Claim, Fact

from . import figures, goods, orders, prose, speech, sums
from .case import Case
from .sentences import sentences

__all__ = ["check", "sentences"]

LONGEST = 700  # letters of its own, quotations aside; nobody asks for more in one sentence
Rule = Callable[[Case], Iterator[Claim]]


def check(
    sentence: str,
    facts: Sequence[Fact],
    *,
    asked: str = "",
    titles: Collection[str] = (),
    act: Act | None = None,
    taught: bool = False,
) -> tuple[Claim, ...]:
    """Every checkable statement of `sentence`, supported or held.

    `asked` is the shopper's own message: a number of theirs may be repeated when it is denied.
    `titles` are the shop's product names: what is said beside one must be that product's.
    `act` is what the sentence words, which plain code has decided; an engine that was `taught` the
    acts tells each in words of its own.
    """
    case = Case(sentence, facts, asked, titles, act, taught)
    if len(" ".join(case.rest.split())) > LONGEST:
        return (Claim(sentence, "length", "held"),)
    return tuple(claim for rule in RULES for claim in rule(case))


RULES: tuple[Rule, ...] = (
    figures.money, figures.percent, figures.days, figures.quantities, figures.bare,
    orders.numbers, orders.states, orders.fields, orders.lateness, orders.redeemed, orders.codes,
    orders.contacts, goods.stock, goods.free, goods.urgency, goods.reductions, goods.comparison,
    goods.names, sums.sides, speech.yes_or_no, speech.promises, speech.quotes, prose.prose,
)  # fmt: skip
