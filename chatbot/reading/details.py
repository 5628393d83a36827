"""What can be read off a message's letters: order numbers, addresses, codes, limits, places."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from .words import fold, slip

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
CODE = re.compile(r"\b(?=[A-Z0-9]*[A-Z])[A-Z][A-Z0-9]{4,19}\b")
CODE_WORD = re.compile(
    r"\b(?:code|coupon|promo|voucher)\s+(?:(?:still|is|called|named|was|it'?s) )*"
    r"['\"]?([A-Za-z0-9]{4,20})\b",
    re.I,
)
TERMS_OF_CODE = re.compile(
    r"\bmin(?:imum)?\b.{0,12}\b(?:spend|order|basket|purchase)|\b(?:code|coupon|promo|voucher)\b"
    r"|\b(?:stack|combine|expir\w*|valid)\b"
)
SHAPE = re.compile(r"(.*?)(\d+)(\D*)")
STARTS, ENDS = r"(?<![\w$€£.,])", r"(?![\w%]|[.,]\d)"
# What stands before the digits of a code that is no order's: "PU-2603", "WT26B 0441".
OF_A_BATCH = re.compile(r"[A-Za-z]-$|\b(?=\w*\d)(?=\w*[A-Za-z])\w{3,} $")
# A phone's or a card's digits, of which no group is an order's number.
GROUPED = re.compile(r"(?<![#\w])\+?\d+(?:[ -]\d+){2,}(?!\w)")
# Of what it is a year: "a 1962 house". Of what it is a sum: "my cart is 1800".
BUILT = re.compile(
    r" (?:houses?|homes?|cottages?|flats?|apartments?|buildings?|bungalows?|terraces?)\b"
)
OF_A_SUM = re.compile(
    r"\b(?:cart|basket|bag|total|bill|budget|spen[dt]|spending|worth|comes? to|costs?)"
    r"(?: (?:is|was|of|at|like|about|around|roughly|nearly|almost|up|to|over|under|just)){0,3} $",
    re.I,
)
SINCE = re.compile(r"\b(?:from|in|since|circa|year|of|anno) $", re.I)  # "my coat from 1955"
CALLED = re.compile(r"#|\border\b", re.I)  # an order's number
ORDERS, NEAR = re.compile(r"order|number|no\b"), 40  # says so too, not so many letters away
# Of what a number without such a word is a count: "two 1000 piece puzzles".
COUNTED = re.compile(
    r"[\s-]?(?:pieces?|pc|pages?|sheets?|cards?|players?|people|hours?|hrs|minutes?|days|miles?|km"
    r"|steps|grit|thread|count|rpm|psi|lux|calories|stitch\w*)\b"
)
WHOLE = re.compile(rf"^\W*\w+\W*$|{CALLED.pattern}", re.I)  # or hardly more than a number
TEN = 10  # digits; fewer may be orders, one after the other
SOON = 1000  # orders placed since the shop's data was read
LONG_PART = 5  # letters of a code's name that tell it


def email(text: str) -> str:
    """The first e-mail address, in lower case."""
    found = EMAIL.search(text)
    return found.group().lower().rstrip(".") if found else ""


def order(text: str, example: str, sizes: Collection[str] = ()) -> str:
    """The first order number, as the shop writes them: `example` is one of its own ("#1001",
    "TAL-26-1001", "1001B"), of which the last digits count on, and letters behind them may be each
    order's own. "" where orders have no number. One of the `sizes` in which what is in view comes
    ("the 3000") is none unless it is called one."""
    shape = SHAPE.fullmatch(example)
    if not shape:
        return ""
    clean = GROUPED.sub(_short, EMAIL.sub(" ", text))
    before, number, after = shape.groups()
    if re.search(r"\d", before) and (whole := _spelled_out(clean, example)):
        return whole
    hits = [
        m
        for m in _counted(clean, *shape.groups())
        if not _is_a_year_or_amount(clean, m, int(number))
        and (m.group(1) not in sizes or CALLED.search(clean))
    ]
    return f"{before}{hits[0].group(1)}{_ending(hits[0], after)}" if hits else ""


def _ending(hit: re.Match[str], after: str) -> str:
    """What stands behind the digits: the letters typed there, as the shop writes them."""
    letters, typed = re.sub(r"[^A-Za-z]", "", after), hit.group(2)
    if not typed:
        return after
    return after.replace(letters, typed.upper() if letters.isupper() else typed.lower())


def _counted(text: str, before: str, number: str, after: str) -> Iterator[re.Match[str]]:
    """The numbers of as many digits, with or without the letters around them; those behind may be
    others where they are typed together with the digits."""
    near = ""
    for letters in re.findall(r"[A-Za-z]+", before):  # of "PLM-K", both, the last or none
        near = rf"(?:{near}{letters}[\s/.-]*)?"
    behind = re.sub(r"[^A-Za-z]", "", after)
    far = rf"(?:[\s-]*{behind}|([A-Za-z]{{{len(behind)}}}))?" if behind else "()"
    digits = rf"(\d{{{len(number)}}})"
    return re.finditer(rf"{STARTS}#?\s?{near}{digits}{far}{ENDS}", text, re.I)


def _spelled_out(text: str, example: str) -> str:
    """A number of several groups of digits as it is typed, written as the shop does."""
    parts = re.findall(r"\d+|[A-Za-z]+|[^A-Za-z\d]+", example)
    forms = [rf"(\d{{{len(p)}}})" if p.isdigit() else rf"(?:{p})?" if p.isalpha() else r"[\s/.#-]*"
             for p in parts]  # fmt: skip
    found = re.search(STARTS + "".join(forms) + ENDS, text, re.I)
    typed = iter(found.groups()) if found else iter(())
    return "".join(next(typed) if p.isdigit() else p for p in parts) if found else ""


def _short(grouped: re.Match[str]) -> str:
    """Groups of digits as they stand, or nothing where they are one long number."""
    return " " if len(re.sub(r"\D", "", grouped.group())) >= TEN else grouped.group()


def _is_a_year_or_amount(text: str, match: re.Match[str], newest: int) -> bool:
    """Whether a number is no order's: a year, a measure, a batch's, or far beyond the `newest`
    order's."""
    number, signed = int(match.group(1)), "#" in match.group()
    if match.group()[0].isdigit() and OF_A_BATCH.search(text[: match.start()]):
        return True
    if number > newest + SOON and not signed and "order" not in fold(text):
        return True
    if not signed and _of_a_time_or_sum(text, match) and not _is_called_an_order(text, match):
        return True
    called = WHOLE.search(text) or match.group().lstrip()[0].isalpha()
    behind = match.end() if called or not match.group(2) else match.end(1)
    after = fold(text[behind : behind + 12])
    unit = re.match(
        r"\s?(?:mm|cm|[mgwkhpl]\b|kg|ml|lumen|mah|lb|oz|fill|[ap]m\b|dollars?|usd|bucks"
        r"|yds?\b|yards?|ft\b|feet|pounds?\b|pcs|pieces|watts?)",
        after,
    )
    return bool(unit or (COUNTED.match(after) and not CALLED.search(text)))


def _is_called_an_order(text: str, match: re.Match[str]) -> bool:
    """Whether a word near a number says that it is an order's: who has "ordered nothing yet" may
    go on about a bed from 2003."""
    around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
    return bool(ORDERS.search(fold(around)))


def _of_a_time_or_sum(text: str, match: re.Match[str]) -> bool:
    """Whether a number is a year, by what stands around it, or what something comes to."""
    number, before = int(match.group(1)), text[: match.start(1)]
    if 1990 <= number <= 2099 or OF_A_SUM.search(before):
        return True
    return number <= 2099 and bool(SINCE.search(before) or BUILT.match(text, match.end(1)))


def code(text: str, known: frozenset[str]) -> str:
    """A promo code: one the shop knows in any case, or a word that looks like one."""
    said = [t.upper() for t in re.findall(r"[A-Za-z0-9]+", text)]
    if hits := sorted(known & {*said}) or _named_in_part(text, said, known):
        return hits[0]
    if found := CODE_WORD.search(text):
        word = found.group(1)
        if any(c.isdigit() for c in word) or word.isupper():
            return word.upper()
    looks = [c for c in CODE.findall(text) if any(ch.isdigit() for ch in c)]
    return looks[0] if looks and not text.isupper() else ""


def of_a_code(text: str) -> bool:
    """Whether a message asks what holds of a promo code, without naming one."""
    return bool(TERMS_OF_CODE.search(fold(text)))


def _named_in_part(text: str, said: Sequence[str], known: frozenset[str]) -> list[str]:
    """The codes of which a telling part is said beside the word, with a slip or as two words: "the
    frost code", "the snow day code"."""
    if not re.search(r"\b(?:code|coupon|promo|voucher|discount|\d ?% off)\b", fold(text)):
        return []
    parts = [t for t in (*said, *map("".join, pairwise(said))) if len(t) >= LONG_PART]
    return sorted(
        c for c in known if any(t in c or slip(t, c.rstrip(string.digits)) for t in parts)
    )


def is_money(value: str) -> bool:
    """Whether an option value is an amount, as those of gift cards are."""
    return bool(re.match(r"\W*[$€£]", value))
