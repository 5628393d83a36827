"""The most a shopper wants to spend: "under $80", "twenty quid tops", "I have about 60 euros"."""

from __future__ import annotations

import re

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
MONEY_SIGN = re.compile(r"[$€£]|dollar|buck|usd|eur|pound|quid")
ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
VALUES = {word: n for n, word in enumerate((*ONES, *TEENS), 1)}
VALUES |= {word: 10 * n for n, word in enumerate(TENS, 2)} | {"a": 1, "": 0}
# "five" alone is an amount before money only.
SPELLED = re.compile(
    rf"\b(?:(?P<hundreds>a|{'|'.join(ONES)}) hundred(?: and)?"
    rf"(?: (?P<rest>{'|'.join((*TENS, *TEENS))})\b)?"
    rf"|(?P<tens>{'|'.join(TENS)})(?:[ -](?P<ones>{'|'.join(ONES)}))?"
    rf"|(?P<teens>{'|'.join(TEENS)})|(?P<few>{'|'.join(ONES)})(?= {UNIT}))\b"
)


def price_limit(text: str) -> float | None:
    """The most the shopper wants to spend, in the shop's currency."""
    plain = fold(text).replace("a tenner", "10").replace("a fiver", "5")
    plain = SPELLED.sub(_figures, plain)
    for pattern, slack in ((LIMIT, 1.0), (AROUND, 1.15), (OWN, 1.0)):
        found = pattern.search(plain)
        if found and (slack == 1.0 or MONEY_SIGN.search(found.group())):
            number = next(g for g in found.groups() if g)
            return float(number.replace(",", "")) * slack
    return None


def _figures(spelled: re.Match[str]) -> str:
    """ "forty five" as "45"."""
    part = {name: VALUES[word or ""] for name, word in spelled.groupdict().items()}
    return str(100 * part.pop("hundreds") + sum(part.values()))
