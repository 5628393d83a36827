"""How many of a thing a message speaks of, and whether it asks what they come to."""

from __future__ import annotations

import re

from .words import NUMBERS, fold, stem, words

_MANY = rf"(?P<many>\d{{1,2}}|a dozen|{'|'.join(NUMBERS)})"
# Plurals that measure, or tell who comes along, rather than what is bought.
_NO_GOODS = (
    r"(?:\w*(?:inch|met(?:er|re)|lit(?:er|re))(?:e?s)?|days|business|weeks|hours|minutes|years|months"
    r"|times|pounds|lbs|ounces|grams|dollars|bucks|euros|quarts|gallons|watts|persons|kids|adults"
    r"|guests|friends|boys|girls|students|dogs|cats)"
)
_GOODS = rf"(?P<between>(?:\w+ ){{0,3}}?)(?!{_NO_GOODS}\b)(?P<goods>[a-z]+s)\b"
_BUY = (
    r"(?:(?<!do )(?<!does )\b(?:i|we)(?:'?(?:ll|d|m|re|ve))? (?:\w+ ){0,3}?|^\W*|\bto (?!take\b))"
    r"(?:need|want|take|get|buy|buying|order|ordering)"
)
_FOR = (
    r"(?:\b(?:cost|price|much|total) (?:is |are |would )?(?:it )?(?:be )?|^\W*(?:and |so |ok )*)for"
)
SURELY = (
    re.compile(rf"\b{_MANY} of (?:them|em|these|those|it|that|the|your)\b"),
    re.compile(rf"\b{_MANY} (?:packs|sets|pairs|boxes|bottles|pieces|pcs)\b"),
    re.compile(
        rf"\b{_MANY} (?:packets|tins|jars|bags|tubs|tubes|rolls|bars|blocks|cans|sachets|bundles"
        r"|cartons|cases|reels|spools|bunches) of (?!\d)"
    ),
    re.compile(rf"{_FOR} {_MANY}\W*$"),
    re.compile(rf"\b(?:do|does|would|will) {_MANY} (?:cost|be|come to)\b"),
    re.compile(r"(?<!\d )(?<!\d)\bx ?(?P<many>[1-9]\d?)\b(?! ?(?:\d|cm|mm|m\b|in))"),
)
OF_GOODS = (
    re.compile(rf"{_BUY} {_MANY} {_GOODS}"),
    re.compile(rf"{_FOR} {_MANY} {_GOODS}"),
    re.compile(rf"\b(?:do|does|would|will|are) {_MANY} {_GOODS} (?:cost|be|come|run)\b"),
    re.compile(rf"\bhow much (?:is|are) {_MANY} {_GOODS}"),
)
FIRST = re.compile(
    r"^\W*(?:(?:so|and|ok|okay|then|hi|hello|just|what (?:do|would|will)|how much (?:are|do))\W+)*"
    rf"{_MANY} {_GOODS}"
)
BARE = re.compile(
    rf"{_BUY} {_MANY}(?=\W*$|[,.;?!]| (?:what|how|please|pls|then|in total|al+ ?together)\b)"
)
IN_A_VERSION = re.compile(  # "5 dotted with the code", but not "2 small dogs"
    rf"(?<![\d$€£.,:/-])(?<!size ){_MANY} (?P<version>[a-z]{{3,}})"
    r"(?=\W*$|[,.;?!&]| (?:ones?|and|or|if|with|without|please|pls|then|what|how|in total|total)\b)"
)
UNIT = re.compile(r"(?<![\w.])\d[\d.]* ?([a-z]+)")  # of a version: "12 cm"
SUM = (
    r"\bin total\b|\btotal(?=\W*$)|\bal+ ?together\b"
    r"|\btogether(?=\W*$| (?:before|without|incl\w*|excl\w*|plus|less)\b)"
    r"|\b(?:that|it|they|those|this|two|three|four|five|six|both|lot) (?:would |will )?come to\b"
    r"|\bthe total\b(?! (?:weight|height|length|width|size|area|capacity|(?:of|on|for) my)\b)"
)
TOTAL = re.compile(SUM)


def quantity(text: str, title: str = "", versions: str = "") -> int:
    """How many are spoken of of what has this `title`: "what do 3 packs cost"; 1 where none is
    said. Twelve cans of what comes in `versions` of "6 cans, 24 cans" are not twelve of those."""
    plain, known = fold(text), set(words(versions))
    if found := next((m for p in SURELY if (m := p.search(plain))), None):
        return _number(found)
    counted = (m for p in OF_GOODS if (m := p.search(plain)))
    if found := next((m for m in counted if _are_bought(m, title, known)), None):
        return _number(found)
    said = (m for m in IN_A_VERSION.finditer(plain) if _is_version(m, versions))
    if found := next(said, None):
        return _number(found)
    if total(text) and (found := FIRST.search(plain)) and _are_named(found, title, known):
        return _number(found)
    found = BARE.search(plain)
    return _number(found) if found and str(_number(found)) not in known else 1


def _are_bought(found: re.Match[str], title: str, versions: set[str]) -> bool:
    """Whether what is counted is the thing itself: "4 camp mugs", neither "4 person tents" nor
    "20 shots" of what comes with 10 and 20."""
    between, counted = set(words(found["between"])), {stem(found["goods"]), str(_number(found))}
    return not counted & versions and between <= set(words(title))


def _is_version(found: re.Match[str], versions: str) -> bool:
    """Whether what is counted is called by a value it comes in, and the number is none itself."""
    plain = fold(versions)
    measured = {stem(unit) for unit in UNIT.findall(plain)}
    counted = str(_number(found)) in plain.replace(",", " ").split()
    return stem(found["version"]) in {*words(versions)} - measured and not counted


def _are_named(found: re.Match[str], title: str, versions: set[str]) -> bool:
    """Whether what is counted goes by the thing's name or its version: "two singles, total?"."""
    said = {stem(word) for word in words(f"{found['between']} {found['goods']}")}
    return bool(said & {stem(word) for word in (*words(title), *versions)})


def _number(found: re.Match[str]) -> int:
    return int({**NUMBERS, "a dozen": "12"}.get(found["many"], found["many"]))


def total(text: str) -> bool:
    """Whether a message asks what several things cost together."""
    return bool(TOTAL.search(fold(text)))
