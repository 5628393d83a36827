"""What stands on a link beside a reply, in a shopper's language.

The acts write it in English, in the few forms below, and it is on record like that with the act;
here those forms are read back. What is in none of them, such as a product's name, stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from .texts import IN
from .values import apart, one, said

BETWEEN = " · "
RANGE = " – "
SLOT = re.compile(r"%\\\((\w+)\\\)s")
SENT = re.compile(
    r"(?P<state>Shipped|Partly\ shipped)(?:\ with\ (?P<carrier>.+?))?"
    r"(?:,\ expected\ (?P<day>[A-Z][a-z]+\ \d+,\ \d{4}))?"
    r"(?:,\ not\ shipped\ yet:\ (?P<rest>.+))?",
    re.X,
)
SENT_PARTS = {"carrier": "with", "day": "expected", "rest": "rest"}


def link_text(text: str, spoken: str) -> str:
    """The text of a card in one of our languages."""
    if spoken == "en":
        return text
    return BETWEEN.join(_part(part, spoken) for part in text.split(BETWEEN))


def _part(part: str, spoken: str) -> str:
    if found := SENT.fullmatch(part):
        return _sent(found, spoken)
    for key, form in _forms().items():
        if found := form.fullmatch(part):
            told: str = IN[spoken].LINKS[key]
            return told % said(found.groupdict(), spoken)
    prices = RANGE.join(one(price, spoken) for price in part.split(RANGE))
    return apart(prices, spoken)


def _sent(found: re.Match[str], spoken: str) -> str:
    """Where a parcel is, by whom and until when, of which some may not be known."""
    texts = IN[spoken]
    values = said({n: v for n, v in found.groupdict().items() if v}, spoken)
    known = [texts.LINKS[key] % values for name, key in SENT_PARTS.items() if name in values]
    state = texts.LINKS["shipped" if found["state"] == "Shipped" else "partly"]
    return str(texts.CARDS["between"].join([state, *known]))


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """The English forms as patterns, those that are longer first."""
    english = {k: v for k, v in IN["en"].LINKS.items() if k not in SENT_PARTS.values()}
    ordered = sorted(english, key=lambda key: -len(english[key]))
    return {k: re.compile(SLOT.sub(r"(?P<\1>.+)", re.escape(english[k]))) for k in ordered}
