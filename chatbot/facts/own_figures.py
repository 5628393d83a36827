"""The figures that somebody gives of whom or what a size is for: "US 14", "my chest is 104 cm",
"17 lbs and 27 inches", "I'm normally 9.5"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Measures of a body, and the systems in which sizes are counted; each as people call it.
MEASURES = {
    "chest": r"chest|bust|ribs?|ribcage|girth", "waist": r"waist", "hips": r"hips?",
    "height": r"height|tall", "weight": r"weigh\w*", "foot": r"foot|feet|insole",
    "head": r"head|skull", "neck": r"neck|collar", "calf": r"calf|calves",
    "inseam": r"inseam|inside leg|inner leg", "hand": r"hand|palm",
}  # fmt: skip
SYSTEMS = {
    "us": r"us|usa|american", "uk": r"uk|british", "eu": r"eu|eur|european", "au": r"aus?|aussie",
    "jp": r"jp|japan(?:ese)?",
}  # fmt: skip
AUDIENCES = {
    "women": r"wom[ae]n'?s?|lad(?:y|ies)'?|female", "men": r"m[ae]n'?s?|gents?|male|unisex",
    "kids": r"kids?'?|child(?:ren)?'?s?|juniors?|youth|toddlers?|bab(?:y|ies)|infants?|newborns?"
    r"|boys?'?|girls?'?|son|daughter|grandson|granddaughter",
    "animals": r"dogs?|pupp(?:y|ies)|cats?|kittens?|horses?|pon(?:y|ies)|pets?|rabbits?",
}  # fmt: skip
UNITS = {
    "mm": r"mm|millimet(?:re|er)s?", "cm": r"cms?|centimet(?:re|er)s?",
    "in": r"inch(?:es)?|\"|in\.(?=\W)|in(?=\W*$|\s*[,;!?()]|\s+(?:tall|high|a?round|chest|bust"
    r"|waist|hips?|head|inseam|calf|neck|long|wide|what|which|wat|and|n|will|so)\b)",
    "kg": r"kgs?|kilos?|kilograms?", "g": r"g|gram(?:me)?s?", "lb": r"lbs?|pounds?",
}  # fmt: skip
_UNIT = "|".join(f"(?P<{name}>{said})" for name, said in UNITS.items())
HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5}
NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?(?: ?[½¼¾]| 1/2)?"
FIGURE = re.compile(
    rf"(?<![\w.,$£€¥#/–-])(?P<number>{NUMBER})(?:[ -]?(?:{_UNIT}))?(?![\w%/½¼¾]|[.,–:-]\d)", re.I
)
OF_TIME_OR_MANY = re.compile(
    r"[ -]?(?:years?|yrs?|yo\b|months?|mths?|weeks?|days?|hours?|min(?:ute)?s?\b|miles?|pairs?"
    r"|packs?|pieces?|people|persons?|of\b|quid|dollars?|euros?|pounds?\b|lit(?:re|er)s?|%)",
    re.I,
)
FEET = re.compile(
    r"\b([3-7]) ?(?:'|ft|foot|feet) ?(\d{1,2})?(?: ?(?:\"|in(?:ch(?:es)?)?\b))?(?= |$|\W)"
)
ONESELF = re.compile(  # what stands before a bare figure that is somebody's size
    r"\b(?:i'?m|i am|i'?d be|i wear|mine(?:'?s| is)?|normal(?:ly)?|usual(?:ly)?|generally|wears?"
    r"|wearing|takes?|size|shoes?|(?:wo)?m[ae]n'?s?|lad(?:y|ies)'?)"
    r"(?: (?:an?|about|like|around|size|in|is|shoes?|normally|usually|the|of|mostly|i'?m))*\W*$",
    re.I,
)
BESIDE = r"(?:\W+(?:size|sizes|shoes?|(?:wo)?m[ae]n'?s?|lad(?:y|ies)'?|in|an?|is))*\W*"
NEAR = 60  # letters before a figure that tell whose it is
CLAUSE = re.compile(r"[,.;!?](?!\d)|\b(?:and|n)\b", re.I)


@dataclass(frozen=True)
class Figure:
    """A figure somebody gives."""

    amount: float
    unit: str  # "cm"; empty if none is said
    called: frozenset[str]  # the measures or systems it is said to be of
    words: frozenset[str]  # around it
    audience: frozenset[str]  # "women 8.5"

    @property
    def bare(self) -> bool:
        """Whether nothing says what it is a figure of."""
        return not (self.unit or self.called)


def called(text: str, names: dict[str, str] | None = None) -> frozenset[str]:
    """The measures and systems a text names, or others of `names`."""
    some = names or MEASURES | SYSTEMS
    plain = text.casefold().replace("’", "'")
    return frozenset(
        name for name, said in some.items() if re.search(rf"\b(?:{said})(?!\w)", plain)
    )


def number(text: str) -> float:
    """ "8½" and "8 1/2" are 8.5, as is "8,5"."""
    half = next((sign for sign in HALVES if text.endswith(sign)), "")
    return float(text.removesuffix(half).strip().replace(",", ".")) + HALVES.get(half, 0.0)


def figures(text: str) -> list[Figure]:
    """The figures that a message gives of whom or what a size is for; of those nothing is said of
    only such as are spoken of as one's own."""
    plain = FEET.sub(_in_inches, text.casefold().replace("’", "'").replace("”", '"'))
    return list(_figures(plain))


def _in_inches(feet: re.Match[str]) -> str:
    """ "6 foot 3" as "75 inches tall"; a lone "6 foot" only where it is no part of a body."""
    tall = feet[2] or feet.string[feet.end() :].lstrip().startswith("tall")
    return f"{int(feet[1]) * 12 + int(feet[2] or 0)} inches tall" if tall else feet[0]


def _figures(text: str) -> Iterator[Figure]:
    """Each with the words that stand before it, or else behind it, and belong to no other."""
    some = list(FIGURE.finditer(text))
    start = 0
    for place, found in enumerate(some):
        end = some[place + 1].start() if place + 1 < len(some) else len(text)
        before, behind = (
            CLAUSE.split(text[start : found.start()])[-1],
            CLAUSE.split(text[found.end() : end])[0],
        )
        start = found.end()
        if OF_TIME_OR_MANY.match(text, found.end()):
            continue
        names = _names(before, behind=False)
        if not names and (names := _names(behind, behind=True)):
            start += len(behind)
        figure = _figure(found, names, f"{before} {behind}")
        near = text[max(0, found.start() - NEAR) : found.start()]
        if not figure.bare or ONESELF.search(near):
            yield figure


def _names(text: str, *, behind: bool) -> frozenset[str]:
    """The measures that the words beside a figure name, and the system right next to it: who asks
    us to tell us means no American."""
    ends = rf"^{BESIDE}\b(?:{{}})\b" if behind else rf"\b(?:{{}})\b{BESIDE}$"
    systems = (name for name, said in SYSTEMS.items() if re.search(ends.format(said), text))
    return called(text, MEASURES) | frozenset(systems)


def _figure(found: re.Match[str], names: frozenset[str], around: str) -> Figure:
    unit = next((name for name in UNITS if found[name]), "")
    words = frozenset(re.findall(r"[a-z]{3,}", around))
    return Figure(number(found["number"]), unit, names, words, called(around, AUDIENCES))
