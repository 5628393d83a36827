"""How much of a measure what is wished for has to have: "bigger than 40 litres", "for 8 people"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from chatbot.terms import Bound
from chatbot.units import LENGTH, MASS, PEOPLE, TIME, UNIT, UNITS, VOLUME, amount

from .words import NUMBERS, SMALL_WORDS

# Units as shoppers write them, besides those of pages; "20 in the box" are no inches.
SPOKEN = {
    r"centimet(?:er|re)s?": "cm", r"millimet(?:er|re)s?": "mm", r"millilit(?:er|re)s?": "ml",
    r"kilogram(?:me)?s?": "kg", r"ltrs?": "l", r"hr": "h", r"ounce": "oz", r"pounds?": "lb",
    r"fl\.? ?oz": "fl oz",
}  # fmt: skip
INCHES = r"in(?=\.?\W*$|[,;?!]| (?:wide|tall|high|long|deep|across|thick|or|and|max|diameter)\b)"
LEAD = r"(?:(?:that|which) )?(?:(?:weigh|hold|take|carrie|measure|last|play)s? |(?:is|are|has) )?"
COUNT = rf"\d[\d,]*(?:\.\d+)?|half an?|an?|one|{'|'.join(NUMBERS)}"
OTHERS = "|".join(unit for unit in UNIT.split("|") if unit != "in")
FIGURE = (
    rf"(?P<n>{COUNT})[ -]?(?P<unit>{'|'.join(SPOKEN)}|{OTHERS}|{INCHES}|[\"″])(?!\w)(?! ?[×x] ?\d)"
)
THAN = {
    "more": r"(?:more|bigger|larger|greater|longer|wider|broader|taller|higher|deeper|heavier"
    r"|brighter|thicker|stronger)",
    "less": r"(?:less|smaller|shorter|narrower|lower|shallower|lighter|thinner|slimmer|quieter)",
}
NO = r"(?:no|not|nothing|isn'?t|aren'?t)(?: any)?"
BOTH = rf"\b(?:between|from) (?P<low>{COUNT})[ -]?(?:{OTHERS})? ?(?:and|to|[-–]) ?{FIGURE}"
BEFORE = {  # whether at least or at most so much, and whether just so much will do
    ("least", True): rf"at least|min(?:imum|\.)?(?: of)?|{NO} {THAN['less']} than|>=",
    ("most", True): rf"up to|at most|max(?:imum|\.)?(?: of)?|{NO} {THAN['more']} than|<=",
    ("least", False): rf"{THAN['more']} than|over|above|>",
    ("most", False): rf"{THAN['less']} than|under|below|<",
}
BEHIND = {
    "least": rf"(?: or|,? and|/) ?(?:{THAN['more']}|up(?:wards)?|over|above)\b|\+| plus\b|"
    r" min(?:imum)?\b| at least\b",
    "most": rf"(?: or|,? and|/) ?(?:{THAN['less']}|under|below|down)\b| max(?:imum)?\b| tops\b"
    r"| at most\b",
}
HOLDS = re.compile(r"\b(?:holds?|carr(?:y|ies)|bears?|supports?|takes?|capacity|load)\b", re.I)
HELD = re.compile(
    rf"\b(?:that |which )?(?:holds?|takes?|fits?) (?:about |around |up to )?{FIGURE}", re.I
)
ROOM = re.compile(r"\b(?:hold\w*|capacity|fl|bottles?|mugs?|cups?|flasks?|jugs?|glass\w*)\b", re.I)
WEIGHS = re.compile(r"\b(?:weigh\w*|heav\w+|light(?:er|est|weight)?)\b", re.I)
WITH_A_CORD = re.compile(
    r"\b(?:with|has|have) (?:an? )?(?:\w+ )?(?:cable|cord|lead|flex)s?\b", re.I
)
RUNS = re.compile(r"\b(?:batter\w+|charge|last\w*|run\w*|burn\w*|play\w*|games?|glow\w*)\b", re.I)
# What is long, tall or wide, by the words for it; the first that is said is meant.
WAYS = {
    r"\b(?:wid(?:e|er|th)|broad(?:er)?|narrow(?:er)?)\b": ("width",),
    r"\b(?:tall(?:er)?|high(?:er)?|height|low(?:er)?)\b": ("height",),
    r"\b(?:thick(?:er|ness)?|thin(?:ner)?|slimmer)\b": ("thickness",),
    r"\b(?:deep(?:er)?|depth|shallower)\b": ("depth",),
    r"\b(?:waterproof|water[- ]resistan\w*|div(?:e|es|ing))\b": ("depth",),
    r"\bshorter\b": ("length", "height"),
    r"\b(?:long(?:er)?|length)\b": ("length",),
}
ANY_WAY = ("size", "length", "width", "height")  # where none is said
SOME = r"people|persons?|players?|adults?|guests?|diners?|folks|friends|of us"
FOR_SOME = re.compile(
    rf"\bfor (?:up to |about )?(?P<n>\d\d?|{'|'.join(NUMBERS)})"
    rf"(?: (?:{SOME})\b|(?<!\d\d)(?=[?!. ]*$))"
    rf"|\b(?P<at>(?:at least|over|more than) )?(?<!to )(?<![–-])(?P<m>\d\d?|{'|'.join(NUMBERS)})"
    r"[ -](?:players?|persons?|man|seater)\b"
    r"|\b(?:that |which )?(?:seat|sleep|serve)s? (?:up to |at least )?"
    rf"(?P<k>\d\d?|{'|'.join(NUMBERS)})\b",
    re.I,
)
FITS = re.compile(
    rf"\bfor (?:an?|my|the|our) {FIGURE} (?P<thing>[a-z]{{3,}}(?: (?!{'|'.join(SMALL_WORDS)}\b)"
    r"[a-z]{3,})?)",
    re.I,
)
# What asks something of one thing, and looks for none.
OF_ONE = re.compile(
    r"^\W*(?:(?:hi|hello|hey|so|and|ok)\W+)*(?:how|can|could|will|would|does|is (?!there)"
    r"|are (?!there)|why|when|where|if)\b|\b(?:it|its|this|these|they|my)\b",
    re.I,
)
BEING = re.compile(
    r"\b(?:dogs?|pupp(?:y|ies)|cats?|kittens?|horses?|pon(?:y|ies)|pets?|bab(?:y|ies)|kids?"
    r"|child(?:ren)?|toddlers?|boys?|girls?|sons?|daughters?|someone|somebody|persons?|people"
    r"|adults?|riders?|m[ae]n|wom[ae]n|husband|wife|he|she|i'?m|i am|i weigh|who)\b[^.?!;]{0,20}$"
    r"|\bi have an? $",
    re.I,
)
CONTENT = re.compile(
    r" (?:of (?!it\b)[a-z]+|(?:protein|sugars?|fat|carb\w*|caffeine|salt|sodium|fib(?:re|er)"
    r"|alcohol|dogs?|cats?|kids?|child)\b)|[ -](?:or|and) \w+ (?:dogs?|cats?|kids?|child)\b",
    re.I,
)
MARGIN = 0.005  # what is at least 5 ft has 152 cm


@lru_cache(maxsize=256)  # one message is asked about by several rules
def bound(text: str) -> Bound | None:
    """The bound that a message sets to a measure; nothing for a price."""
    each = (_between(text), _held(text), _for_some(text), _fitting(text))
    found = next(filter(None, each), None)
    return None if found and _of_another(found, text) else found


def _of_another(found: Bound, text: str) -> bool:
    """Whether a figure is that of whom the thing is for, or of what is in it: "for a dog over
    20 kg", "less than 5 g of sugar"."""
    before, _said, behind = text.partition(found.said)
    measures = found.must and found.kind in (MASS, LENGTH, VOLUME)
    return measures and bool(BEING.search(before) or CONTENT.match(behind))


def without(text: str) -> str:
    """`text` less the bound it sets to a measure, so that "under 500 g" is no price."""
    found = bound(text)
    return text.replace(found.said, " ", 1) if found else text


def looks(text: str) -> bool:
    """Whether a message sets a bound to what it looks for: "cable 5 m or longer"."""
    found = bound(text)
    return bool(found and found.must and not OF_ONE.search(text))


def _between(text: str) -> Bound | None:
    """By the words before or behind a figure, or before two."""
    if found := re.search(BOTH, text, re.I):
        upper = _of(found, text, "most", closed=True)
        lower = _number(found["low"]) * UNITS[_unit(found["unit"])][1]
        return replace(upper, least=lower * (1 - MARGIN)) if upper else None
    for (which, closed), words in BEFORE.items():
        if found := re.search(
            rf"(?<!\w){LEAD}(?:{words}) ?(?:about |around )?{FIGURE}", text, re.I
        ):
            return _of(found, text, which, closed=closed)
    for which, words in BEHIND.items():
        if found := re.search(rf"(?<![\w.,]){LEAD}{FIGURE}(?:{words})", text, re.I):
            return _of(found, text, which, closed=True)
    return None


def _held(text: str) -> Bound | None:
    """ "That holds a litre" holds no less."""
    found = HELD.search(text)
    unit = _unit(found["unit"]) if found else ""
    held = found and UNITS[unit][0] in (VOLUME, MASS)
    return _of(found, text, "least", closed=True) if found and held else None


def _of(found: re.Match[str], text: str, which: str, *, closed: bool) -> Bound | None:
    """The bound of a figure that is found, where a measure is known that it may be of."""
    unit = _unit(found["unit"])
    if unit == "lb" and "pound" in found["unit"].casefold() and not WEIGHS.search(text):
        return None  # those of money
    unit = "fl oz" if unit == "oz" and ROOM.search(text) else unit
    kind, factor = UNITS[unit]
    measures = _measures(kind, text)
    which = "least" if measures == ("load",) and "up to" in found.group() else which
    return _bound(measures, kind, _number(found["n"]) * factor, which, found, closed=closed)


def _bound(
    measures: tuple[str, ...], kind: str, figure: float, which: str, found: re.Match[str], *,
    closed: bool,
) -> Bound | None:  # fmt: skip
    if not measures:
        return None
    slack = MARGIN if closed else -MARGIN
    if which == "least":
        return Bound(measures, kind, least=figure * (1 - slack), said=found.group())
    return Bound(measures, kind, most=figure * (1 + slack), said=found.group())


def _measures(kind: str, text: str) -> tuple[str, ...]:
    """Of what measures a figure of a kind may be, likeliest first."""
    if kind == LENGTH:
        if WITH_A_CORD.search(text):
            return ("cord",)
        return next((names for way, names in WAYS.items() if re.search(way, text, re.I)), ANY_WAY)
    if kind == TIME:
        return ("duration",) if RUNS.search(text) else ()
    if kind == MASS and HOLDS.search(text) and not WEIGHS.search(text):
        return ("load",)
    return {
        MASS: ("weight", "size"), VOLUME: ("capacity", "size"), "light": ("brightness",),
        "lux": ("brightness",), "sound": ("loudness",), "power": ("power",),
    }.get(kind, ())  # fmt: skip


def _for_some(text: str) -> Bound | None:
    """ "For 8 people"; that they are so many says not that a thing has to be for so many."""
    found = FOR_SOME.search(text)
    if found is None:
        return None
    count = _number(found["n"] or found["m"] or found["k"])
    least = found["at"] or re.search("at least", found.group(), re.I)
    most = None if least else count
    return Bound((PEOPLE,), PEOPLE, count, most, said=found.group(), must=False)


def _fitting(text: str) -> Bound | None:
    """ "For a 17 cm nursery pot": what the thing that is sought has to fit."""
    found = FITS.search(text)
    if found is None:
        return None
    kind, factor = UNITS[_unit(found["unit"])]
    if kind not in (LENGTH, MASS, VOLUME) or found["thing"] in SMALL_WORDS:
        return None
    size = _number(found["n"]) * factor
    return Bound((), kind, size, size, found.group(), must=False, thing=found["thing"])


def _unit(typed: str) -> str:
    """A unit as pages write it."""
    plain = typed.casefold()
    if plain in UNITS:
        return plain
    return next((unit for form, unit in SPOKEN.items() if re.fullmatch(form, plain)), "in")


def _number(typed: str) -> float:
    """ "half a" as 0.5, "a" as 1."""
    plain = typed.casefold()
    if plain.startswith("half"):
        return 0.5
    return amount(NUMBERS.get(plain, "1" if plain in ("a", "an", "one") else plain))
