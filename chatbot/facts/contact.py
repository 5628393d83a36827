"""The passages that tell how the shop is reached: its address, its phone, its e-mail, its chat."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.terms import Reading

from .world import World

WHERE = re.compile(
    r"\bwhere(?:'?s| is| are)? (?:you|(?:your|the) (?:store|shop|showroom))(?: located)?\W*$"
    r"|\b(?:store|shop)'?s? address\b",
    re.I,
)
# What a way is called by who asks, and by the sentence that tells of it.
BEGINS = r"(?:^|[.;] )(?:by )?"
WAYS = {
    re.compile(r"\b(?:tele)?phone\b|\b(?:ring|call)(?:ing)?\b", re.I):
        re.compile(BEGINS + r"(?:(?:tele)?phone\b|(?:call|ring) us\b)", re.I),
    re.compile(r"\be-?mail\b", re.I): re.compile(BEGINS + r"e-?mail\b", re.I),
    re.compile(r"\bchat\b", re.I): re.compile(BEGINS + r"[^:.;]*\bchat\b[^:.]*:", re.I),
}  # fmt: skip
TOLD = re.compile(r"\d ?[ap]\.?m\b|\d[.:]\d\d|\d{3}|@")  # hours, a number or an address


def rows(reading: Reading, world: World) -> list[int]:
    """The place of the passage that holds the shop's address, for who asks where it is, or that
    begins with the one way of reaching it that is asked about."""
    return _of_address(reading, world) or _of_way(reading, world)


def _of_address(reading: Reading, world: World) -> list[int]:
    street = str(world.rules.get("shop.contact.store_address") or "").split(",")[0]
    if not street or not WHERE.search(reading.query):
        return []
    return [i for i, p in enumerate(world.passages) if street in p.text][:1]


def _of_way(reading: Reading, world: World) -> list[int]:
    if not {"hours_contact", "human"} & set(reading.asks[:1]):
        return []
    return of_way(reading.text, [passage.text for passage in world.passages])


def of_way(question: str, texts: Sequence[str]) -> list[int]:
    """The place of the only text a sentence of which begins with the one way of reaching the shop
    that is asked about."""
    asked = [label for said, label in WAYS.items() if said.search(question)]
    found = [i for i, text in enumerate(texts)
            if len(asked) == 1 and asked[0].search(text) and TOLD.search(text)]  # fmt: skip
    return found if len(found) == 1 else []
