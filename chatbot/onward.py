"""Questions to go on with, put under a reply: only those that the shop can answer.

Each is read and decided as if the shopper had asked it now; what would not be answered, or would
only say again what has just been said, is not offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import acts, facts, reading
from .terms import Act, Memory, Outcome, Reading

MOST = 2
GOOD = (Outcome.ANSWERED, Outcome.ACTION_OFFERED)
QUESTIONS: dict[str, Promise] = {
    "price": _("What's the price?"),
    "stock": _("Is it in stock?"),
    "return": _("Can I return it?"),
    "arrival": _("When will it arrive?"),
    "cancel": _("Can I cancel it?"),
    "refund": _("When do I get my refund?"),
    "start_return": _("How do I start a return?"),
    "return_cost": _("Who pays for the return label?"),
    "exchange_cost": _("What does an exchange cost?"),
    "delivery_time": _("How long does delivery take?"),
    "shipping_cost": _("How much is shipping?"),
    "abroad": _("Do you ship abroad?"),
    "ways_to_pay": _("How can I pay?"),
    "codes": _("Do you have a promo code?"),
}


@dataclass(frozen=True)
class Moment:
    """Where the conversation stands once a reply has been told."""

    read: Reading
    told: Sequence[Act]
    memory: Memory
    viewer: facts.Viewer
    page: str
    language: str


class Question(NamedTuple):
    """A question as it is asked, in a language that the assistant understands, and as the shopper
    reads it."""

    asked: str
    shown: str


def questions(now: Moment) -> list[Question]:
    """The questions, as the shopper would write them."""
    served = facts.lexicon(reading.encode()).languages
    understood = now.language if now.language.split("-")[0] in served else "en"
    names = acts.onward(now.read, now.told)
    both = zip(_said(names, understood), _said(names, now.language), strict=True)
    fitting = (Question(*pair) for pair in both if _is_answered(pair[0], now))
    return [question for question, _place in zip(fitting, range(MOST), strict=False)]


def _said(names: Sequence[str], language: str) -> list[str]:
    with translation.override(language):
        return [str(QUESTIONS[name]) for name in names]


def _is_answered(text: str, now: Moment) -> bool:
    encode = reading.encode()
    memory = replace(now.memory, offered=(text,))
    read = reading.read(text, now.page, memory, facts.lexicon(encode))
    decided = acts.decide(read, facts.find(read, now.viewer, encode, reading.answers()))
    known = [(act.name, dict(act.slots)) for act in now.told]
    is_new = any((act.name, dict(act.slots)) not in known for act in decided)
    return is_new and all(act.outcome in GOOD for act in decided)
