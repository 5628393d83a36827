"""Figures that shoppers type: sums of money, and how long ago something was."""

from __future__ import annotations

import re
from decimal import Decimal

SIGNS = "$€£¥₹"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
MONEY = re.compile(rf"[{SIGNS}] ?({NUMBER})")
TYPED = re.compile(
    rf"[{SIGNS}] ?({NUMBER})"
    rf"|\b({NUMBER}) ?(?:[{SIGNS}]|(?:dollars?|bucks|euros?|eur|usd|gbp|quid)\b)",
    re.I,
)
# A number beside nothing that it counts: "is 62 enough", "and 70?".
BARE = re.compile(
    rf"(?<![\w.,#%-])({NUMBER})(?=\W*$|\W+(?:enough|free|get|do|does|is|count|would|qualif\w*)\b)",
    re.I,
)
FEW = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
       "seven": 7, "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
AGO = re.compile(
    rf"\b(\d+|{'|'.join(FEW)})[ -]?(?:full |whole )?(hour|day|week|month)s? (?:ago|back)\b", re.I
)
HOURS = {"hour": (1, 1), "day": (24, 24), "week": (168, 168), "month": (28 * 24, 31 * 24)}


def typed(text: str) -> Decimal | None:
    """The one sum of money a shopper names, by its sign or its unit; none where it is several."""
    found = {decimal(a or b) for a, b in TYPED.findall(text)}
    return found.pop() if len(found) == 1 else None


def typed_or_bare(text: str) -> Decimal | None:
    """The same, or the one number that counts nothing else."""
    found = [decimal(number) for number in BARE.findall(text)]
    return found[0] if len(found) == 1 and not TYPED.search(text) else typed(text)


def ago(text: str) -> tuple[int, int] | None:
    """How long ago something was, in hours, at least and at most; none where nothing is said."""
    found = AGO.findall(text)
    if len(found) != 1:
        return None
    many = int(FEW.get(found[0][0].casefold()) or found[0][0])
    least, most = HOURS[found[0][1].casefold()]
    return many * least, many * most


def decimal(number: str) -> Decimal:
    """1299.5 of "1,299.50"."""
    return Decimal(number.replace(",", ""))
