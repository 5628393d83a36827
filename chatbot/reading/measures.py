"""Which measure a message asks for, and whether the least or the most of it among a sort."""

from __future__ import annotations

import re

from chatbot.terms import Lexicon, ProductWords

from . import shop_words
from .spoken import Spoken
from .words import fold, words

OF_GOODS = frozenset("product_question product_search promotion out_of_scope smalltalk".split())
OF_SORTS = frozenset("search recommend price option compare attribute".split())
FEW_WORDS = 3  # "dims?", "battery life?", "how many qt"
HEAVY = r"(?:about |around |up to )?\d+(?:\.\d+)? ?(?:kgs?|kilos?|kilograms?|lbs?|stone)"
CORD = "(?:cable|cord|lead|flex)"
# A measure, and how it is asked of one thing; the first that is said is meant.
ASKED = {
    "load": r"\bwhat weight (?:can|will|does|do|could)\b|\bcarr(?:y|ies) (?:more|most|the most)\b"
    r"|\bweight limit\b"
    r"|\bmax(?:imum)? (?:load|weight)\b|\bhow (?:much|many) (?:weight|pounds|lbs|kilos?|kg)\b"
    r"|\bhow (?:much|heavy) .*\b(?:carry|bear|support)\b"
    r"|\b(?:holds?|carr(?:y|ies)|bears?|supports?) (?:me|us|my weight)\b"
    rf"|\b(?:holds?|carr(?:y|ies)|bears?|supports?|takes?|handles?|happy with|cope with) {HEAVY}\b",
    "weight": r"\bhow (?:heavy|light)\b|\bweigh(?:s|t|ts|ing)?\b(?! (?:about |around )?\d)"
    r"|\b(?:heav|light)(?:ier|er)\b",
    "duration": r"\bbatter(?:y|ies) (?:life|time)\b|\brun ?time\b|\bplay ?time\b"
    r"|\bhow (?:long|many hours) (?:do|does|will|can|would) (?:it|they|the batter\w+|\w+ charge)"
    r" (?:\w+ )?(?:last|run|go|burn|shine|glow|stay|play|hold)\b"
    r"|\bhow long (?:do|does|will|can) (?:[\w-]+ ){1,4}"
    r"(?:glow|shine|burn|stay (?:lit|on|warm|hot|cold))\b|\blasts? longer\b",
    "capacity": r"\bcapacity\b|\bvolume\b|\bholds? more\b"
    r"|\bhow (?:much|many \w+) (?:does|do|will|can) (?:it|they|this) (?:hold|take)\b",
    "cord": rf"\bhow long (?:is|are) (?:the|its|that) (?:\w+ )?{CORD}s?\b|\b{CORD} length\b",
    "length": r"\bhow long (?:is|are) (?:it|they|this|these)\b|\blength\b",
    "height": r"\bhow (?:tall|high) (?:is|are)\b|\bheight\b|\btaller\b"
    r"|\bfits? under (?:my|the|a|our)\b|\bheadroom\b",
    "depth": r"\bhow deep\b",
    "temperature": r"\bwhat (?:\w+ )?temp(?:erature)?s?\b|\bhow hot\b"
    r"|\b(?:temp|degrees) (?:for|to)\b",
    "brightness": r"\bhow bright\b|\bbright(?:ness|er)\b|\blumens?\b|\blux\b",
    "loudness": r"\bhow (?:loud|noisy|quiet)\b|\bnois[ey]\w*\b|\bloud(?:ness|er)\b|\bquieter\b"
    r"|\bdecibels?\b",
    "warmth": r"\bhow (?:warm|cold)\b|\bwarm(?:th|er)\b",
    "power": r"\bhow (?:powerful|many watts)\b|\bwattage\b|\bmore powerful\b",
    "size": r"\bdimensions?\b|\bmeasurements?\b|\bhow (?:big|large|wide|small) (?:is|are|r)\b",
}
# The same where a message says hardly more: a unit, or half a word.
BARELY = {
    "duration": r"\bbattery\b", "weight": r"\b(?:heavy|kg|grams?|lbs?|pounds?)\b",
    "capacity": r"\b(?:qts?|quarts?|ltrs?|lit(?:er|re)s?|gal(?:lon)?s?|ml)\b",
    "size": r"\bdims?\b|\bhow (?:big|large|small)\b|\b(?:cm|inches)\b",
    "warmth": r"\btemp(?:erature)?s?\b", "loudness": r"\bdb\b", "power": r"\bwatts?\b",
    "height": r"\b(?:tall|high)\b", "length": r"\blong\b", "brightness": r"\bbright\b",
}  # fmt: skip
LEAST = {
    "price": r"cheapest|(?:least|most in) ?expensive|inexpensive|affordable|lowest[- ]pric\w+",
    "duration": r"quickest|shortest games?",
    "weight": r"lightest", "length": r"shortest", "loudness": r"quietest",
    "size": r"smallest|tiniest|most compact", "thickness": r"thinnest|slimmest",
}  # fmt: skip
MOST = {
    "price": r"dearest|(?<!least )most expensive|pric(?:i|e)est|most costly",
    "weight": r"heaviest", "height": r"tallest", "brightness": r"brightest",
    "duration": r"lasts? (?:the )?longest|longest[- ](?:lasting|running|battery|playing|games?)"
    r"|(?:best|most) battery", "length": r"longest", "loudness": r"loudest",
    "warmth": r"warmest", "power": r"(?:strongest|most powerful)", "thickness": r"thickest",
    "capacity": r"(?:holds?|takes?|fits?) (?:the )?most|roomiest|most (?:room|capacity|space)",
    "load": r"carr(?:y|ies) (?:the )?most", "size": r"biggest|largest|hugest",
}  # fmt: skip
# Of two in view, one beside the other: "which is heavier", "this or the Drift, which lasts longer".
LESS = {
    "weight": r"lighter|weighs? less", "length": r"shorter", "loudness": r"quieter|less noisy",
    "size": r"smaller|more compact", "thickness": r"thinner|slimmer",
}  # fmt: skip
MORE = {
    "weight": r"heavier|weighs? more", "height": r"taller|higher", "brightness": r"brighter",
    "duration": r"(?:lasts?|runs?|burns?|plays?) longer|longer (?:battery|run|play)\w*",
    "length": r"longer", "loudness": r"louder|noisier", "warmth": r"warmer",
    "thickness": r"thicker",
    "power": r"stronger|more powerful", "load": r"carr(?:y|ies) more",
    "capacity": r"(?:holds?|takes?|fits?) more|roomier|more (?:room|capacity|space)",
    "size": r"bigger|larger",
}  # fmt: skip
OF_SIZE = ("weight", "capacity", "length", "height")  # what is big is so by one of these
PICKS = re.compile(r"\b(?:which|or|what)\b")
COUNTED = re.compile(r"\b(?:most|highest) (?:amount of )?([a-z]{4,})\b")  # "the most protein"


def measure(text: str) -> str:
    """The measure asked of one thing, or of several side by side; empty for none."""
    plain = fold(text)
    few = len(plain.split()) <= FEW_WORDS
    for name, pattern in (*ASKED.items(), *(BARELY.items() if few else ())):
        if re.search(pattern, plain):
            return name
    return extreme(text)[0]


def extreme(text: str) -> tuple[str, str]:
    """The measure of which the least or the most is wanted, and which of the two: ("weight",
    "least") of "the lightest"; empty for neither."""
    plain = fold(text)
    for which, patterns in (("least", LEAST), ("most", MOST)):
        for name, pattern in patterns.items():
            if re.search(rf"\b(?:{pattern})\b", plain):
                return _asked_of_it(name, plain), which
    counted = COUNTED.search(plain)
    return (counted.group(1), "most") if counted else ("", "")


def _asked_of_it(name: str, plain: str) -> str:
    """The measure that is asked of the biggest or smallest: "how tall is your biggest palm"."""
    asked = (of for of in OF_SIZE if name == "size" and re.search(ASKED[of], plain))
    return next(asked, name)


def beside(text: str) -> tuple[str, str]:
    """The measure of which the one of several that has "more" or "less" of it is to be picked, and
    which of the two; empty for neither, and for both at once."""
    plain = fold(text)
    found = [
        (name, which)
        for which, patterns in (("less", LESS), ("more", MORE))
        for name, pattern in patterns.items()
        if PICKS.search(plain) and re.search(rf"\b(?:{pattern})\b", plain)
    ]
    return found[0] if len({which for _name, which in found}) == 1 else ("", "")


def among(
    text: str, intents: tuple[str, ...], asks: tuple[str, ...], spoken: Spoken,
    first: ProductWords | None, lexicon: Lexicon,
) -> tuple[str, str]:  # fmt: skip
    """The measure of which the least or the most is wanted among a sort of thing or those in view,
    and which; nothing where something else is asked of a product that is named, or the shop's
    rules are."""
    apart = spoken.named and asks[0] not in OF_SORTS
    if apart or spoken.stranger or intents[0] not in OF_GOODS:
        return "", ""
    in_view = None if spoken.named or spoken.loosely else first
    several = len(spoken.handles) > 1
    if several and (picked := beside(text))[0]:
        return picked
    seeks = in_view is None and intents[0] == "product_search"  # of what it seeks, however called
    known = several or seeks or _names_a_sort(text, in_view, lexicon)
    return extreme(text) if known else ("", "")


def _names_a_sort(text: str, focus: ProductWords | None, lexicon: Lexicon) -> bool:
    """Whether a message names a sort of thing the shop has, which is no option of the one in
    view: "the lightest tent", but not "the biggest bag" of the feed that comes in bags."""
    options = focus.options.items() if focus else ()
    own = {w for name, values in options for w in words(" ".join((name, *values)))}
    return bool((set(words(text)) - own) & shop_words.last_words(lexicon))
