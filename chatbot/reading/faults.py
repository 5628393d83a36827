"""What is wrong with a thing: whether it came so, broke in use, or is only supposed to; and whether
it is broken at all."""

from __future__ import annotations

import re

from chatbot.terms import CAME, FIGURES, SUPPOSED, USED, Lexicon

from . import shop_words
from .words import SMALL_WORDS, fold, words

WORKS = "(?:work|turn|switch|start|charg|light|heat|inflat|hold|clos|open)"
SUITS = r"\b(?! (?:for|in|with) (?:me|us|my|our)\b| (?:well|enough)\b)"  # or is sound, and does not
OPENED = r"(?! (?:[\w']+ ){0,5}(?:open|out of|off (?:the|its|their))\b)"  # as wrappings are
# What is wrong with a thing that somebody would send back; "if it breaks" has not happened.
DEFECT = re.compile(
    rf"\b(?:broke|broken(?! in\b)|snapped|cracked|(?:torn|tore|ripped){OPENED}|chipped|dented"
    r"|faulty|defective|smashed|shattered"
    r"|in (?:bits|(?:a (?:hundred|thousand|million) |many |tiny )?pieces)"
    r"|leak(?:s|ed|ing)|flicker(?:s|ed|ing)|(?:stopped|quit) \w+ing"
    r"|(?:came|fell|fallen|falling|coming) (?:apart|off|undone)|dead on arrival"
    r"|(?:won'?t|will not|do(?:es)?(?:n'?t| not)|did(?:n'?t| not)|never) (?:even )?"
    rf"{WORKS}(?:e|s|es)?{SUITS}|(?:is|are|was)(?:n'?t| not) {WORKS}ing{SUITS})\b"
)
IF = r"\b(?:if|in case|unless|when(?= (?:an?|one|something)\b))\b"  # no "when it arrived", it has
IN_A_CLAUSE = re.compile(rf"{IF}[^,.;!?]*")
UNPROVEN = re.compile(rf"{IF}[^,.;!?]*?(?:{DEFECT.pattern})")
SPARED = re.compile(  # "not broken", "nothing wrong with it"
    r"\b(?:not|isn'?t|aren'?t|wasn'?t|weren'?t|no|nothing(?:'?s)?|neither|without)"
    r" (?!(?:only|just|longer)\b)(?:(?:an?|any|is|was|even|actually|really) ){0,2}"
    r"(?:broken|damaged?|faulty|faults?|defective|defects?|cracked|torn|ripped|wrong with)\b"
)
# How a thing was when it was unpacked, and not what became of it.
ON_ARRIVAL = re.compile(
    r"\b(?:arriv(?:e[ds]?|al|ing)|(?:came|come|comes)(?! (?:apart|off|undone|loose|away|unstuck)\b)"
    r"|turn(?:ed|s)? up|got here|deliver(?:y|ed)|receiv(?:e|ed)|unpack\w*|unbox\w*"
    r"|in (?:the |its )?(?:box|parcel|packag\w+|post|mail|transit)|out of the box|brand new"
    r"|since day (?:one|1)|opened (?:it|them|the (?:box|parcel|package)))\b"
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
SEASON = r"(?:spring|summer|autumn|fall|winter|season)"
MANY = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|few|several|some|many"
    r"|couple of|half a)"
)
LONG = re.compile(  # that a thing has been in use, weeks apart
    rf"\b(?:{MANY}[ -]?(?:full )?(?:years?|yrs?|months?|mths?|seasons?|winters?|summers?)\b"
    rf"(?! (?:warranty|guarantee))|last (?:year|christmas|{SEASON}|{MONTH})|this {SEASON}"
    rf"|(?:in|since) (?:last )?(?:{MONTH}|20\d\d)|for (?:years|ages)|over the years"
    r"|wor(?:e|n) (?:out|thin|through)|(?:gave|given|gives) (?:up|out)(?! on\b))\b"
)
OF_FIGURES = re.compile(
    r"\b(?:costs?|prices?|pays?|charges?|fees?|how much|run me|set me back|in stock|available|left"
    r"|colou?rs?|sizes?)\b|[$€£]"
)
OF_TERMS = re.compile(r"\b(?:warrant\w*|guarant\w*|cover(?:ed|s|age)?)\b")


# What may befall anybody's parcel: "how long have I to report an item that came broken".
ANYBODYS = re.compile(
    r"^\W*(?:(?:and|so|ok|hi) )*(?:how|what|when|who|do|does|can|will|would|is|are)\b.*"
    r"\b(?:something|anything|an? (?:item|order|parcel|package|thing|delivery)|items|goods|orders"
    r"|parcels|packages)\b"
)


def is_defect(text: str) -> bool:
    """Whether a message tells of something that is broken."""
    return bool(DEFECT.search(SPARED.sub(" ", UNPROVEN.sub(" ", fold(text)))))


def on_arrival(text: str) -> bool:
    """Whether a message speaks of a thing as it came."""
    return bool(ON_ARRIVAL.search(fold(text)))


def used(text: str) -> bool:
    """Whether what a message tells of happened to a thing that has been in use for long."""
    return bool(LONG.search(fold(text))) and not on_arrival(text)


def supposed(text: str) -> bool:
    """Whether the trouble a message speaks of has not happened: "what if it arrives broken"."""
    plain = fold(text)
    told = IN_A_CLAUSE.sub(" ", plain)
    in_general = bool(ANYBODYS.match(plain))
    return in_general or (told != plain and not is_defect(told) and not on_arrival(told))


def how(text: str, asks: tuple[str, ...]) -> str:
    """How a thing that is broken got so, if a message says so; empty where it is not asked of
    one."""
    if "damaged" not in asks:
        return ""
    if supposed(text):
        return SUPPOSED
    return USED if used(text) else CAME if on_arrival(text) else ""


def weighed(text: str, asks: tuple[str, ...]) -> tuple[str, ...]:
    """`asks`, where one is of something broken: before what a product's data would tell and no word
    asks for, with the warranty beside it for what broke in use, and in its place for what may break
    some day."""
    plain = fold(text)
    if "damaged" not in asks or OF_TERMS.search(plain):
        return asks
    if asks[0] in FIGURES and is_defect(text) and not OF_FIGURES.search(plain):
        asks = tuple(dict.fromkeys(("damaged", *asks[1:])))
    if supposed(text) and not on_arrival(text):
        return tuple("warranty" if ask == "damaged" else ask for ask in asks)
    return tuple(dict.fromkeys(("damaged", "warranty", *asks))) if used(text) else asks


def thing(text: str, lexicon: Lexicon) -> str:
    """The word of the shop's names for things by which a message calls one: "lamp"."""
    ours = shop_words.titles_with(lexicon).keys() - SMALL_WORDS
    return next((word for word in words(fold(text)) if word.isalpha() and word in ours), "")
