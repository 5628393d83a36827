"""What a passage gains that tells the very term of shop.toml that is asked for."""

from __future__ import annotations

import re
from dataclasses import replace

from chatbot.terms import Reading
from storefront import queries

from .amounts import typed
from .deciding import FREE, SENT, TERMS, holds
from .similarity import WORD
from .text import money
from .topics import on_topic
from .world import World

THE_RULE = 0.5  # what one gains that holds the term asked for
HOW_LONG = re.compile(
    r"\bhow (?:long|many (?:days|hours))\b|\buntil when\b|\bwindow\b"
    r"|\b(?:by|til+) when\b|\bwhen'?s? (?:is )?the latest\b|\b(?:deadline|cut-?off|last day)\b",
    re.I,
)
CUTOFF = re.compile(
    r"\bcut ?-?off\b|\bsame[- ]day\b|\blatest\b.*\border\b|\border\b.*\blatest\b", re.I
)
FEE = re.compile(r"\bfees?\b|\bcharg\w+|\bfree\b|\bcosts?\b|\bwaive\b")
DELIVERY = re.compile(
    r"\b(?:deliver|ship|post(?:age|ing)?\b|send|courier|freight|carriage|p ?& ?p"
    r"|to get (?:it|them)\b)",
    re.I,
)
DIFFERENCE = re.compile(r"\bdiffer\w*|\bcheaper|\bdearer|\bexpensive", re.I)
FEES = {
    "return_policy": "returns.label_fee",
    "return_start": "returns.label_fee",
    "exchange": "exchanges.cost",
}
NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+\b|^[A-Z][a-z]+(?=[,:])")  # not "Orders are"
LONG_NAME = 5  # letters, from which on a word typed in small is taken for a name


def explains_rule(passage: queries.Passage, reading: Reading, world: World) -> float:
    """What a passage gains that tells the very term of shop.toml that is asked for: "how long do I
    have to return something" by the one that holds the window's days, "what's the cutoff" by the
    hour."""
    if _tells_fee(passage, reading, world) or _tells_delivery(passage, reading, world):
        return THE_RULE
    if CUTOFF.search(reading.text):
        return THE_RULE if _tells_hour(world.rules.get("shipping.cutoff"), passage.text) else 0.0
    if not HOW_LONG.search(reading.text):
        return 0.0
    for ask in reading.asks[:1]:
        path, form = TERMS.get(ask, ("", ""))
        term = world.rules.get(path) if path else None
        if isinstance(term, int) and holds(term, form, passage.text) and passage.number == 0:
            return THE_RULE
    return 0.0


def _tells_fee(passage: queries.Passage, reading: Reading, world: World) -> bool:
    """Whether a passage on what is asked tells its fee in shop.toml, to who speaks of one: "can you
    waive the 15 for the exchange"."""
    said = reading.text.casefold()
    fee = world.rules.get(FEES.get(reading.asks[0], "-"))
    if fee is None or not FEE.search(said) or DIFFERENCE.search(said):
        return False
    told = money(fee, world.currency) if fee else "free"
    first = replace(reading, asks=reading.asks[:1])
    return bool(on_topic(passage, first)) and told in passage.text


def _tells_delivery(passage: queries.Passage, reading: Reading, world: World) -> bool:
    """Whether a passage is the first to tell what the shop's first way of sending costs, and from
    where on it is free, to who asks what delivery costs and names neither a place nor a way. A sum
    of money that is none of its own belongs to something else: "and the 12 euro between them?"."""
    ways: list[dict[str, float]] = world.rules.get("shipping.methods") or [{}]
    first = ways[0]
    asked = reading.asks[0] == "ship_cost" and DELIVERY.search(reading.query)
    if not asked or "cost" not in first:
        return False
    if SENT.search(reading.query) or _names_another(passage, reading, world):
        return False
    sums = [first[key] for key in ("cost", "free_from") if key in first]
    named = typed(reading.text)
    if named is not None and named not in sums and not FREE.search(reading.text):
        return False
    told = [money(amount, world.currency) for amount in sums]
    rows = (p for p in world.passages if p.article == passage.article)
    return passage is next((p for p in rows if all(amount in p.text for amount in told)), None)


def _names_another(passage: queries.Passage, reading: Reading, world: World) -> bool:
    """Whether a message has a name that another passage of the article tells of: "hawaii price"."""
    said = {w.capitalize() for w in WORD.findall(reading.query.casefold()) if len(w) >= LONG_NAME}
    others = (p.text for p in world.passages if p.article == passage.article and p is not passage)
    told = {word for text in others for word in NAME.findall(text)}
    return bool(said & told - set(NAME.findall(passage.text)))


def _tells_hour(hour: object, text: str) -> bool:
    """Whether a text holds an hour ("13:00"), by whichever clock."""
    if not isinstance(hour, str) or not re.fullmatch(r"\d{2}:\d{2}", hour):
        return False
    hours, minutes = map(int, hour.split(":"))
    exact = f"[:.]{minutes:02}" if minutes else "(?:[:.]00)?"
    half = "p" if hours >= 12 else "a"
    said = rf"\b(?:{hours}[:.]{minutes:02}\b|{hours % 12 or 12}{exact} ?{half}\.?m\b)"
    return bool(re.search(said, text, re.I))
