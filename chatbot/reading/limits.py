"""The most a shopper wants to spend: "under $80", "twenty quid tops", "I have about 60 euros"."""

from __future__ import annotations

import re

from . import bounds
from .words import fold

UNIT = r"(?:[$€£]|dollars?|bucks|usd|eur|euros?|pounds?|quid)"
NUMBER = r"\d[\d,]*(?:\.\d{1,2})?"
AMOUNT = rf"(?:us)?[$€£]?\s?({NUMBER})\s?{UNIT}?"
MONEY = rf"(?:[$€£]\s?({NUMBER})\b|({NUMBER})\s?{UNIT}(?!\w))"
LIMIT = re.compile(
    r"(?:under|below|less than|up to|max(?:imum)?|not (?:more|over)(?: than)?|within|cheaper than"
    rf"|<)\s*{AMOUNT}|{AMOUNT}\s*(?:max|or less|tops|at most|budget|to spend)\b"
    r"|\bbudget(?: is| of|'s)?:? (?:(?:only|just|about|around|max) )*"
    rf"{AMOUNT}"
    r"|\b(?:un)?till?\s*[$€£]\s?(\d[\d,]*(?:\.\d{1,2})?)"  # a date has no sign
)
AROUND = re.compile(rf"(?:around|about|roughly|~)\s*{AMOUNT}")
# What somebody has, but for what has come off or back, or is owed.
OWN = re.compile(
    r"\b(?:(?:i|we)(?:'ve| have)?(?: only| just)? (?:got|have)|^\W*got|can (?:spend|afford))"
    rf" (?:(?:only|just|maybe|like) )*{MONEY}"
    r"(?! (?:off|back|less|more|of|in|gift|store|voucher|credit|code|coupon|discount|worth"
    r"|refund\w*|each|per|from|taken|charged|extra|fee)\b)"
)
MOST_COUNTED = 9  # of things, by a word
MONEY_SIGN = re.compile(r"[$€£]|dollar|buck|usd|eur|pound|quid")
ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
VALUES = {word: n for n, word in enumerate((*ONES, *TEENS), 1)}
VALUES |= {word: 10 * n for n, word in enumerate(TENS, 2)}
WORD = rf"(?:{'|'.join(VALUES)}|hundred|thousand)"
SPELLED = re.compile(
    rf"\b(?:a (?=hundred|thousand))?{WORD}"
    rf"(?:(?:(?<=hundred) and |(?<=thousand) and |[ -]){WORD})*\b"
)


def price_limit(text: str) -> float | None:
    """The most the shopper wants to spend, in the shop's currency."""
    plain = fold(bounds.without(text)).replace("a tenner", "10").replace("a fiver", "5")
    plain = SPELLED.sub(_figures, plain)
    for pattern, slack in ((LIMIT, 1.0), (AROUND, 1.15), (OWN, 1.0)):
        found = pattern.search(plain)
        if found and (slack == 1.0 or MONEY_SIGN.search(found.group())):
            number = next(g for g in found.groups() if g)
            return float(number.replace(",", "")) * slack
    return None


def _figures(spelled: re.Match[str]) -> str:
    """ "twelve hundred" as "1200"; less than ten, as in "one under 50", only before money."""
    whole = part = 0
    for word in re.findall(rf"{WORD}\b", spelled.group()):
        if word == "thousand":
            whole, part = whole + max(part, 1) * 1000, 0
        else:
            part = max(part, 1) * 100 if word == "hundred" else part + VALUES[word]
    of_money = re.match(rf" {UNIT}", spelled.string[spelled.end() :])
    return str(whole + part) if whole + part > MOST_COUNTED or of_money else spelled.group()
