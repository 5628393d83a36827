"""Deciding: from Reading and facts to what is true and may be said. The writer only words it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chatbot.terms import Act, Fact, Outcome, Reading

from . import help, orders, products, talk
from .known import Known, act

__all__ = ["decide", "outcome", "person"]

Answer = Callable[[Known], list[Act]]

ANSWERS: dict[str, Answer] = {
    "price": products.price,
    "availability": products.availability,
    "option": products.options,
    "attribute": products.attribute,
    "compare": products.compare,
    "search": products.search,
    "recommend": products.search,
    "restock": products.restock,
    "sale": products.price,
    "size_help": products.attribute,
    "care": products.attribute,
}
ON_SALE = re.compile(r"\b(?:on sale|reduced|marked down|clearance|sale items?)\b", re.I)
ABOUT_PRODUCTS = frozenset(("product_question", "product_search"))
HELPED_BY_ARTICLES = frozenset(
    "return_refund exchange shipping payment account policy promotion complaint order_change cancel"
    .split()
)  # fmt: skip
RANK = tuple(Outcome)  # the first outcome of this order names a turn of several parts
MOST_ACTS = 4


def decide(reading: Reading, facts: Sequence[Fact]) -> list[Act]:
    """What the turn will say; never empty, every act's preconditions met by `facts`."""
    known = Known(reading, tuple(facts))
    if acts := talk.first(known):
        return acts
    acts = _distinct(_answers(known))
    acts = [*talk.trouble(known), *acts]
    return acts[:MOST_ACTS] or _at_a_loss(known)


def outcome(acts: Sequence[Act]) -> Outcome:
    """The one outcome that names the turn."""
    return min((a.outcome for a in acts), key=RANK.index)


def person(reading: Reading, facts: Sequence[Fact]) -> list[Act]:
    """What is said when the shopper presses "Talk to a person"."""
    return talk.person(Known(reading, tuple(facts)))


def _answers(known: Known) -> list[Act]:
    """The parts of the answer, in the order of what was asked."""
    reading = known.reading
    if _of_an_order(known) and (told := orders.answer(known)):
        return told
    if reading.code:
        return help.promotion(known)
    if known.of("reduced") and ON_SALE.search(reading.text):
        return products.reduced(known)
    if ABOUT_PRODUCTS & set(reading.intents[:1]) or _of_a_product(known):
        return _of_products(known)
    return help.passage(known) or (_of_products(known) if known.of("product") else [])


def _of_a_product(known: Known) -> bool:
    """Whether a product is named with a question only its data can answer."""
    return known.reading.named and known.asks[0] in ("price", "availability", "option")


def _of_an_order(known: Known) -> bool:
    """Whether the shopper's own order is asked about, not the shop's rules on orders."""
    reading = known.reading
    if reading.order or reading.email or reading.intents[0] in ("order_status", "cancel"):
        return True
    own = known.one("order") is not None
    return own and (reading.intents[0] == "order_change" or reading.asks[0] in orders.WISHES)


def _of_products(known: Known) -> list[Act]:
    """An answer to each ask; where one is answered, those that cannot be are left out."""
    acts = products.options(known) if products.asks_for_options(known) else []
    acts += [a for ask in known.asks if ask in ANSWERS for a in ANSWERS[ask](known)]
    if not acts:
        acts = products.attribute(known) if known.of("product") else products.search(known)
    told = [a for a in acts if a.outcome != Outcome.DECLINED]
    return told or help.passage(known) or acts


def _distinct(acts: Sequence[Act]) -> list[Act]:
    """Without acts that would say the same twice."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for one in acts:
        key = (one.name, *sorted(one.slots.items()))
        if key not in seen:
            kept.append(one)
        seen.add(key)
    return kept


def _at_a_loss(known: Known) -> list[Act]:
    """Nothing fits: say so, and offer a person."""
    if known.reading.intents[0] in HELPED_BY_ARTICLES | ABOUT_PRODUCTS:
        return help.unknown()
    return [act("clarify.not_understood", outcome=Outcome.CLARIFIED)]
