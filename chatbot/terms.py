"""The words the rooms exchange: frozen values, nothing else. Every room may import this module."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # (n, 384), each row of length 1
Encode = Callable[[Sequence[str]], Vectors]


class Outcome(StrEnum):
    """How a turn ended, as the shopper sees it; the first that applies names the turn."""

    HANDED_OFF = "handed_off"
    HELD_FOR_STAFF = "held_for_staff"
    IDENTITY_REQUIRED = "identity_required"
    ACTION_OFFERED = "action_offered"
    ANSWERED = "answered"
    CLARIFIED = "clarified"
    DECLINED = "declined"
    STOPPED = "stopped"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Judged:
    """How a text fares as the answer to a question."""

    sure: float  # that it is the one, 0..1; what all texts leave to 1 is that none of them is
    fits: float  # that it answers, whatever the others do, 0..1
    yes: float = 0.0  # that it says yes, if it answers a question that can be answered so
    no: float = 0.0


# Asks of questions that the reading puts as the shop's articles answer them.
LATE_CODE, TWO_CODES, ELSEWHERE = "code_late", "two_codes", "elsewhere"
UNPAID, TO_CLAIM, TO_MEND = "unpaid_until", "to_claim", "to_mend"
PUT = frozenset((LATE_CODE, TWO_CODES, ELSEWHERE, UNPAID, TO_CLAIM, TO_MEND))
CAME, USED, SUPPOSED = "came", "used", "supposed"  # how something broken got so, or is thought to
FIGURES = frozenset(("price", "availability", "option"))  # asks that a product's data answers


class Answers(Protocol):
    """How each text fares as the answer to a question, given how near it is to it. Only the
    likeliest few are read beside it, unless `every` one is to be."""

    def __call__(
        self, question: str, texts: Sequence[str], near: Sequence[float], *, every: bool = False
    ) -> Sequence[Judged]: ...


@dataclass(frozen=True)
class Fact:
    """One thing the shop knows."""

    kind: str  # variant, product, sentence, passage, order, rule, promotion
    source: str  # where it stands: "variant:NL-KRS-M-SLA", "article:returns#3"
    version: str  # digest or number of the source when it was read
    as_of: datetime
    values: Mapping[str, str]  # field -> as a shopper reads it: {"price": "$189.00"}
    subject: str = ""  # what it speaks of, in shown words: "Kestrel Rain Shell", "#1001"
    title: str = ""  # of the page it stands on
    href: str = ""
    score: float = 1.0  # how well it fits the question, for retrieved facts


@dataclass(frozen=True)
class Liked:
    """A product that goes by what a shopper bought, and what the two share."""

    handle: str
    bought: str  # its title
    shared: str  # a department or a tag


# What a shopper may like, best first, up to a price, given the vectors of products by handle.
Likes = Callable[[Mapping[str, Vectors], float | None], Sequence[Liked]]


@dataclass(frozen=True)
class ProductWords:
    """The words a product can be called by."""

    handle: str
    title: str
    department: str
    options: Mapping[str, tuple[str, ...]]  # option name -> its values, as the shop writes them
    text: str  # everything its page says
    price: float = 0.0  # of its cheapest variant, shop currency


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The shop's own words, by which a message is read; the same only as itself."""

    products: tuple[ProductWords, ...]
    codes: frozenset[str]  # promo codes that are or were valid, upper case
    order_names: str  # how order numbers look: "#1001" of any real one, empty without orders
    languages: tuple[str, ...]  # ISO 639-1, those the shop serves; empty if it does not say
    help: str = ""  # everything its help articles say
    name: str = ""  # the shop's


@dataclass(frozen=True)
class Memory:
    """What a conversation has spoken of so far; later messages refer back to it."""

    products: tuple[str, ...] = ()  # handles spoken of last, best first
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    email: str = ""  # proof a guest has given
    code: str = ""  # promo code spoken of last
    asks: tuple[str, ...] = ()  # of the last turn
    text: str = ""  # the last message
    query: str = ""  # the last message, spelled out
    act: str = ""  # the last act: a question back decides how an answer is read
    told: tuple[str, ...] = ()  # all acts of the last reply, so that none is said twice running
    articles: tuple[str, ...] = ()  # help articles told of last
    group: tuple[str, ...] = ()  # handles of several products told of last, in the order shown
    orders: tuple[str, ...] = ()  # numbers of several orders listed last, in the order shown
    offered: tuple[str, ...] = ()  # questions put under the last reply
    quantity: int = 1  # how many of the product spoken of last
    choice: str = ""  # the option whose values were told last, in the order shown
    language: str = "en"  # ISO 639-1, of the last message


@dataclass(frozen=True)
class Item:
    """So many of a product, in the options wished for."""

    handle: str
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quantity: int = 1


@dataclass(frozen=True)
class Bound:
    """How much of something a wish asks for: "at least 40 litres", "for 8 people"."""

    measures: tuple[str, ...]  # of which it may be, likeliest first: "length", "height"
    kind: str  # of its unit: "volume"
    least: float = 0.0  # in the kind's own unit
    most: float | None = None
    said: str = ""  # as typed
    must: bool = True  # whether nothing else will do; else it is what a thing is meant for
    thing: str = ""  # that it has to fit: "pot" of "for a 17 cm nursery pot"


@dataclass(frozen=True)
class Reading:
    """What a message asks, with everything it refers back to resolved."""

    text: str  # the message, less greeting, name and thanks, in standard English
    intents: tuple[str, ...]  # most important first, corpus vocabulary
    asks: tuple[str, ...]  # finer, most important first
    confidence: float  # of the first intent, 0..1
    products: tuple[str, ...] = ()  # handles asked about, best first
    named: bool = False  # whether this message itself names a product, or points at one
    loosely: bool = False  # whether it only says what sort of thing it is ("gloves")
    stranger: str = ""  # the name of a product that the shop does not have, as typed
    owned: tuple[str, ...] = ()  # handles of what somebody has, and of which nothing is asked
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # name -> values wished
    wishes: bool = False  # whether this message itself names option values
    foreign_options: tuple[str, ...] = ()  # option words the product does not have ("pink")
    price_limit: float | None = None  # at most so much, shop currency
    bound: Bound | None = None  # how much of a measure what is wished for has to have
    quantity: int = 1  # how many of a thing are spoken of
    basket: tuple[Item, ...] = ()  # several things that are added up
    extra: str = ""  # what is taken to come free with it ("gardening gloves")
    measure: str = ""  # the measure asked for: "weight"
    extreme: str = ""  # the "least" or "most" of it of a sort, "less" or "more" of several in view
    order: str = ""  # "#1001", as the shop writes it
    email: str = ""
    code: str = ""  # a promo code as typed, upper case
    offer: str = ""  # for whom or what a discount is spoken of ("student")
    claim: str = ""  # the term that a rule is taken to have: "60 day" returns, "lifetime" warranty
    claim_of: str = ""  # that rule: "returns"
    fault: str = ""  # of something broken, whether it "came" so, broke when "used", is "supposed"
    thing: str = ""  # the shop's word by which the message calls a thing ("lamp")
    language: str = "en"  # ISO 639-1, of the message as typed; `text` is English all the same
    follows: bool = False  # whether it only makes sense after what was said before
    upset: bool = False  # whether the shopper sounds annoyed
    query: str = ""  # the message spelled out, for retrieval
    offered: bool = False  # whether it was put under the last reply, to go on with
    again: str = ""  # the question before, where the message only names another thing to ask it of
    after: str = ""  # the act it follows, when it does
    before: tuple[str, ...] = ()  # all acts of the reply before it, whether it follows or not
    occasion: str = ""  # what is told besides or instead of a question: "wishes", "loss"
    articles: tuple[str, ...] = ()  # help articles told of right before it, when it follows
    earlier: tuple[str, ...] = ()  # the same, when it makes sense by itself
    behind: str = ""  # the message behind the question before, which it may still go on from


@dataclass(frozen=True)
class Card:
    """A link beside the reply: a product, an order, a help article, an action to confirm."""

    kind: str  # product, order, article, sign_in, action
    title: str
    text: str
    href: str


@dataclass(frozen=True)
class Act:
    """One thing a turn will say, whose preconditions the facts have met."""

    name: str  # corpus vocabulary: "price.one"; a notice's key when `notice`
    outcome: Outcome
    slots: Mapping[str, str] = field(default_factory=dict)  # reference -> value it renders to
    must: tuple[str, ...] = ()  # references the text has to cite
    facts: tuple[Fact, ...] = ()  # what supports it
    notice: bool = False  # fixed text instead of a written one
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A checkable statement in a sentence."""

    text: str  # the words that state it: "$189.00"
    kind: str  # what is claimed: money, date, stock, order_state, promise, quote, prose, …
    verdict: str  # supported or held
    fact: str = ""  # source of the fact that supports it


@dataclass(frozen=True)
class Spent:
    """What somebody else's server took for a text."""

    read: int  # tokens of the prompt
    written: int  # tokens of the text
    counted: bool  # by the server; else estimated from the length
    cost: str = ""  # a decimal number, by the prices that held then; empty where none were known
    currency: str = ""


def unpaid(_spent: Spent) -> None:
    """Nobody keeps what was spent."""


@dataclass(frozen=True)
class Brief:
    """What the writer is asked to word: an act and the references it may cite."""

    act: str
    must: tuple[str, ...]
    may: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)  # for engines without references
    asked: str = ""  # the shopper's message, for the same
    until: float = field(default=math.inf, compare=False)  # when its turn must end, time.monotonic
    spent: Callable[[Spent], None] = field(default=unpaid, compare=False)  # told what it took
    form: str = ""  # of a product text: what it is and how it is laid out
    style: str = ""  # how that is to sound
