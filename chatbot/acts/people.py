"""Persons: who takes a chat over, when they are there, and how else they are reached."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.terms import Act, Outcome

from .known import Known, act, notice, outcome

ASKED = {"yes": "person.joins", "later": "person.later", "back": "person.back"}
IN_LINE = {"later": "person.place_later", "back": "person.place_back"}
# What only a person can do or know; who reads so is told when there is one.
FOR_A_PERSON = frozenset((
    "decline.no_data", "attribute.unknown", "order.change_person", "handoff.action",
    "order.cancel_open", "cancel.which_item", "order.exchange_team", "order.return_team",
    "return.person", "exchange.sold_out", "exchange.closed", "return.closed", "order.late_empathy",
    "damaged.empathy_next_step", "missing.empathy_next_step", "wrong_item.empathy_next_step",
    "complaint.with_next", "payment.charged_twice", "handoff.offer", "language.cannot_serve",
))  # fmt: skip
TAKES_UP = re.compile(
    r"\W*(?:(?:ok|okay|hm+|oh|well|and|so|then)\b\W*)*"
    r"(?:(?:yes|yep|yeah|yea|sure)(?:,? please| pls)?"
    r"|(?:yes,? )?(?:please do|go ahead|do that)"
    r"|(?:can|could|would|will) (?:you|u) (?:please |pls )?(?:ask|find out|do that)"
    r"(?: (?:them|it|that|someone|somebody|a (?:person|colleague)|for me|please|pls))*)\W*$",
    re.I,
)
RINGS = re.compile(r"\b(?:call|phone|telephone|ring)\b", re.I)
PHONE = re.compile(  # a number of six digits at least behind the word for it
    r"\b(?:(?:tele)?phone|(?:call|ring) us)\b[^;]*?\d(?:[ ().-]{0,2}\d){5}", re.I
)
AWAY = frozenset(("person.away", "person.away_mail"))


def person(known: Known) -> list[Act]:
    """A person takes over, now or when the team is back; who asks again hears the place in the
    line."""
    line, there = known.one("line"), _there(known)
    slots = {"back": _back(known)}
    if there == "no":
        there = "back" if slots["back"] else "later"
    if line and line.values["place"]:
        key = IN_LINE.get(there, "person.place")
        return [notice(key, Outcome.HANDED_OFF, slots | {"place": line.values["place"]})]
    return [notice(ASKED.get(there, "person.asked"), Outcome.HANDED_OFF, slots)]


def by_phone(known: Known) -> list[Act]:
    """How the shop is rung, for who would rather speak than type."""
    told = known.one("passage")
    if told is None or not (RINGS.search(known.reading.text) and PHONE.search(told.values["text"])):
        return []
    slots = {"passage.text": told.values.get("core", told.values["text"])}
    return [act("policy.besides", slots, [told], Outcome.HANDED_OFF)]


def taken_up(known: Known) -> bool:
    """Whether a message takes up the person that the reply before spoke of: "can you ask?"."""
    offered = FOR_A_PERSON & set(known.reading.before)
    return bool(offered and TAKES_UP.match(known.reading.text))


def _back(known: Known) -> str:
    """When the team is back, by the shop's hours; empty where they do not say."""
    shop = known.one("shop")
    return shop.values.get("chat_back", "") if shop else ""


def _there(known: Known) -> str:
    """Whether the team is at the chat: "yes" or "no" where the shop's hours and who has been seen
    do not contradict each other; else nothing is said of it."""
    shop, line = known.one("shop"), known.one("line")
    by_hours = shop.values.get("chat_open", "") if shop else ""
    return by_hours if line is None or line.values["anybody"] == by_hours else ""


def away(told: Sequence[Act], known: Known) -> list[Act]:
    """When the team is back and how else it is reached, beside what is left to a person while
    nobody is there; not twice in a row."""
    left = any(one.name in FOR_A_PERSON for one in told)
    if not left or _there(known) != "no" or AWAY & set(known.reading.before):
        return []
    if not (back := _back(known)):
        return []
    shop = known.one("shop")
    email = shop.values.get("email", "") if shop else ""
    key = "person.away_mail" if email else "person.away"
    return [notice(key, outcome(told), {"back": back} | ({"email": email} if email else {}))]
