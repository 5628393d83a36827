"""The rules by which a completed reply goes to review: one row a rule, weightiest first.

Pure: what is known of a reply goes in, the reasons come out. Words alone prove little: who asks how
refunds work is quoted the shop's own article, and nobody needs to look. So words count

- in the message, where the subject is grave whatever the answer (law, health, danger);
- in what the reply says in its own words, which leaves out whatever it only quotes or fills in from
  a fact; money back only where an order is spoken of, a discount only where no promotion or price
  of the shop's carries it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from chatbot.models import Review

Reason, Priority = Review.Reason, Review.Priority
Record = Mapping[str, Any]
DOUBTFUL = 0.35  # a reading less sure than this
SAME_WORDS = 75  # of 100: how alike two messages are that ask the same
THINGS = ("asks", "products", "options", "order", "code", "price_limit", "quantity")
SAFETY = re.compile(
    r"\b(?:on|caught|catch(?:es|ing)?) fire\b|\bsmok(?:es|ing)\b|\bsparks?\b"
    r"|\b(?:electric|a) shock\b|\belectrocut|\bexplo(?:de|ded|des|ding|sion)\b|\bgas leak"
    r"|\boverheat|\b(?:recalled|(?:safety|product|a) recall)\b",
    re.I,
)
HEALTH = re.compile(
    r"\ballerg|\banaphyla|\bpregnan|\bbreast-?feed|\basthma|\bepilep|\bpacemaker|\bmedication"
    r"|\brash\b|\bswallow|\bpoison|\btoxic|\bchok(?:e|ed|ing)\b|\bhospital|\binjur|\bbleeding\b"
    r"|\bburn(?:t|ed) (?:me|my|his|her|their|our)\b|\bmade (?:me|him|her|us|them) (?:sick|ill)\b",
    re.I,
)
LEGAL = re.compile(
    r"\blawyer|\battorney|\bsolicitor|\b(?:sue|suing|lawsuit)\b|\blegal(?:ly)?\b"
    r"|\b(?:small claims|(?:to|in) court)\b|\bcharge-?back|\btrading standards\b|\bombudsman\b"
    r"|\b(?:consumer|statutory) (?:rights?|law)\b|\bbreach of\b|\bgdpr\b|\bliab(?:le|ility)\b"
    r"|\bpolice\b|\bfraud",
    re.I,
)
MONEY_BACK = re.compile(
    r"\brefund|\bmoney back\b|\breimburs|\bcompensat|\bcredited\b"
    r"|\bstore credit\b|\bget \S+ back\b",
    re.I,
)
DISCOUNT = re.compile(
    r"\bdiscount|\bhalf price\b|\bwaive|\bvoucher|\bcoupon|\bgoodwill\b"
    r"|\b(?:free of charge|for free)\b|\d\S* off\b|\btake \S+ off\b",
    re.I,
)
CARRIED = ("promotion.", "price.", "decline.")  # acts that only say what the shop's own prices are
OF_ORDERS = frozenset(("order", "offer"))


@dataclass(frozen=True)
class Evidence:
    """What is known of a completed reply, as it is recorded."""

    message: str = ""
    text: str = ""  # what the shopper was shown
    outcome: str = ""
    reading: Record = field(default_factory=dict)
    acts: Sequence[Record] = ()
    claims: Sequence[Record] = ()
    amount: Decimal = Decimal(0)  # the largest that an action of the turn moves, shop currency
    limit: Decimal = Decimal(0)  # from which on staff look at an action
    before: Sequence[Record] = ()  # what was read earlier in the conversation, and answered
    met: frozenset[str] = frozenset()  # reasons that showed on the way, or in the versions

    @property
    def facts(self) -> list[Record]:
        """What the reply's acts rest on."""
        return [fact for act in self.acts for fact in act["facts"]]

    @property
    def own_words(self) -> str:
        """What was shown, without what it quotes or fills in from facts."""
        given = {value for act in self.acts for value in act.get("slots", {}).values()}
        given |= {fact["values"].get("text", "") for fact in self.facts}
        text = self.text
        for value in sorted(filter(None, given), key=len, reverse=True):
            text = text.replace(value, " ")
        return text


@dataclass(frozen=True)
class Rule:
    """Why a reply is to be reviewed, how soon, and by what it is known."""

    reason: Review.Reason
    priority: Review.Priority
    holds: Callable[[Evidence], bool]
    looks_at: Promise  # in words for staff
    early: bool = False  # whether a draft shows it, so that the reply can wait for staff unsent


def fired(known: Evidence) -> list[Review.Reason]:
    """Every reason to review the reply, weightiest first; none for most replies."""
    return [rule.reason for rule in RULES if rule.holds(known)]


def priority(reason: str) -> Review.Priority:
    """How soon a review of this reason is due."""
    return next(rule.priority for rule in RULES if rule.reason == reason)


def early() -> list[str]:
    """The reasons that can make a reply wait before its first word."""
    return [str(rule.reason) for rule in RULES if rule.early]


def _met(reason: Review.Reason) -> Callable[[Evidence], bool]:
    return lambda known: reason in known.met


def _grave(words: re.Pattern[str], *asks: str) -> Callable[[Evidence], bool]:
    """A subject that is grave in a message, or in a reply's own words, whoever brings it up."""
    return lambda known: bool(
        set(asks) & set(known.reading.get("asks", ()))
        or words.search(known.message)
        or words.search(known.own_words)
    )


def _held(known: Evidence) -> bool:
    held = any(claim["verdict"] == "held" for claim in known.claims)
    return held or known.outcome == "held_for_staff" or Reason.HELD_CLAIM in known.met


def _large(known: Evidence) -> bool:
    return 0 < known.limit <= known.amount


def _money_back(known: Evidence) -> bool:
    of_order = known.reading.get("order") or any(f["kind"] in OF_ORDERS for f in known.facts)
    return bool(of_order and MONEY_BACK.search(known.own_words))


def _discount(known: Evidence) -> bool:
    carried = any(act["name"].startswith(CARRIED) for act in known.acts)
    return bool(not carried and DISCOUNT.search(known.own_words))


def _complaint(known: Evidence) -> bool:
    read = known.reading
    complains = "complaint" in read.get("asks", ()) or "complaint" in read.get("intents", ())[:1]
    return bool(complains or read.get("upset"))


def _asked_twice(known: Evidence) -> bool:
    """The same words, or nearly, about the same things as an earlier message that was answered."""
    read = known.reading
    return any(
        all(read.get(thing) == earlier.get(thing) for thing in THINGS)
        and fuzz.token_set_ratio(read["text"], earlier["text"]) >= SAME_WORDS
        for earlier in known.before
        if read.get("text") and "smalltalk" not in read["intents"]
    )


def _doubtful(known: Evidence) -> bool:
    return float(known.reading.get("confidence", 1)) < DOUBTFUL


RULES = (
    Rule(Reason.SAFETY, Priority.URGENT, _grave(SAFETY, "danger", "despair", "emergency", "safety"),
         _("danger, or words of it (fire, shock, recall), in message or reply"), early=True),
    Rule(Reason.HEALTH, Priority.URGENT, _grave(HEALTH, "health"),
         _("health, or words of it (allergy, injury), in message or reply"), early=True),
    Rule(Reason.LEGAL, Priority.URGENT, _grave(LEGAL, "legal"),
         _("law, or words of it (lawyer, court, rights), in message or reply"), early=True),
    Rule(Reason.HELD_CLAIM, Priority.HIGH, _held,
         _("a sentence that was kept back: the facts do not bear it out"), early=True),
    Rule(Reason.BROKE, Priority.HIGH, _met(Reason.BROKE),
         _("a message that could not be answered")),
    Rule(Reason.LARGE_AMOUNT, Priority.HIGH, _large,
         _("an action offered that gives a large amount back"), early=True),
    Rule(Reason.MONEY_BACK, Priority.HIGH, _money_back,
         _("words of money back in a reply about an order"), early=True),
    Rule(Reason.DISCOUNT, Priority.HIGH, _discount,
         _("words of a discount that is none of the shop's promotions"), early=True),
    Rule(Reason.COMPLAINT, Priority.HIGH, _complaint,
         _("a complaint, or an upset shopper"), early=True),
    Rule(Reason.THUMBS_DOWN, Priority.HIGH, _met(Reason.THUMBS_DOWN),
         _("a thumb down from the shopper")),
    Rule(Reason.ASKED_TWICE, Priority.NORMAL, _asked_twice,
         _("the same thing asked again in one conversation"), early=True),
    Rule(Reason.ASKED_FOR_PERSON, Priority.NORMAL, _met(Reason.ASKED_FOR_PERSON),
         _("a shopper who is passed on to a person")),
    Rule(Reason.LOW_CONFIDENCE, Priority.NORMAL, _doubtful,
         _("a message that was hard to read"), early=True),
    Rule(Reason.NEW_POLICY, Priority.NORMAL, _met(Reason.NEW_POLICY),
         _("the first replies that cite an article or rule after a change")),
    Rule(Reason.NEW_MODEL, Priority.LOW, _met(Reason.NEW_MODEL),
         _("the first replies after another engine or other weights came")),
    Rule(Reason.SAMPLE, Priority.LOW, _met(Reason.SAMPLE),
         _("a random share of the replies that no other rule picks")),
)  # fmt: skip
