"""The texts that tell of where somebody lives: of Belfast tells the row of Northern Ireland, or
else of the United Kingdom, or of Europe, or what goes for all other countries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from . import zones
from .gazetteer import (
    EU,
    SHORTENED,
    Place,
    above,
    cities,
    countries,
    in_europe,
    parts,
)  # fmt: skip

WORLD, EUROPE, UNION, MAINLAND = "world", "europe", "EU", "US-mainland"
# What the mainland's rows leave out.
APART = frozenset(("US-AK", "US-HI", *zones.MEMBERS["US-territories"].split()))
NATIONS = frozenset(("GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"))  # larger than the zones in them
BRITAIN = ("GB-ENG", "GB-SCT", "GB-WLS")
# How shops call what is no country.
CALLED: dict[str, tuple[str, ...]] = {
    **zones.CALLED,
    "great britain": BRITAIN, "britain": BRITAIN, "mainland uk": BRITAIN, "uk mainland": BRITAIN,
    "eu": (UNION,), "european union": (UNION,), "europe": (EUROPE,), "the continent": (EUROPE,),
    "lower 48": (MAINLAND,), "contiguous 48 states": (MAINLAND,), "48 states": (MAINLAND,),
    "contiguous states": (MAINLAND,), "48 contiguous states": (MAINLAND,),
    "contiguous us": (MAINLAND,), "continental us": (MAINLAND,),
}  # fmt: skip
PARTS_OF = ("GB", "US", "CA", "AU")  # whose parts shops name in their rows
ELSEWHERE = re.compile(
    r"\b(?:[Oo]ther countr(?:y|ies)|(?:[Aa]ny|[Ee]very|[Nn]o)where else|[Ee]lsewhere"
    r"|[Rr]est of (?:the )?[Ww]orld|[Ww]orldwide|[Ii]nternational\w*|[Aa]broad|[Oo]verseas"
    r"|[Aa]nother country|[Oo]utside (?:of )?(?:the )?(?:[A-Z]\w+ ?)+)"
)
OTHERS = re.compile(
    r"\bother countr(?:y|ies)|\b(?:any|every|no)where else|elsewhere|rest of (?:the )?world", re.I
)
# What is said of a country's money, sizes or plugs is said of no region.
ASIDE = re.compile(
    r"\b(?:US|UK|EU|Canadian|Australian) (?=dollars?|men|women|sizes?|plugs?|[\d.]+(?: =|$))"
)
MAINLAND_ONLY = re.compile(r"(?<!not )\bmainland\b(?! and (?:the )?islands)", re.I)
THE_REST = re.compile(
    r"\b(?:(?:the |all )?other (?:provinces|states|regions|counties)"
    r"|(?:the )?rest of (?:the )?(?:country|UK|US|USA|Canada|Australia|New Zealand))\b",
    re.I,
)
BESIDES = {WORLD: ELSEWHERE, zones.REST: THE_REST}
# What a row leaves out: "Scotland, but not the Highlands", "all countries but Malta".
LEFT_OUT = re.compile(
    r"(?:[,(;]|\bbut) ?not (?:to |in |for )?|\bexcept (?:for |to )?|\bexcluding "
    r"|\b(?:countries|states|provinces|islands|all) but "
)
CHARGES = re.compile(r"[$€£¥₹]|\b(?:days?|weeks?)\b")
SHORT = re.compile(r"\b[A-Z]{2,3}\b")
# How near a text on a region is to a place in it.
NAMED, PART, ZONE, NATION, REST, COUNTRY, IN_UNION, IN_EUROPE, FAR = 9, 8, 7, 6, 5, 4, 3, 2, 1


def of_place(place: Place, home: str, texts: Sequence[str]) -> list[int]:
    """Which of the texts tell of a place: those that name it, or else the smallest region that it
    lies in; none where no text does. What goes for all of the shop's own country, `home`, goes for
    a place there whether or not a text says so."""
    return next(iter(by_nearness(place, home, texts)), [])


def by_nearness(place: Place, home: str, texts: Sequence[str]) -> list[list[int]]:
    """The texts that tell of a place, of the smallest region around it first; what goes for all
    others is not told of a place that some text has."""
    told = [nearness(place, home, text) for text in texts]
    least = REST if place.country == home else FAR
    nears = sorted({near for near in told if near >= least}, reverse=True)
    nears = [near for near in nears if near > FAR] or nears
    return [[i for i, near in enumerate(told) if near == one] for one in nears]


def of_others(place: Place, home: str, text: str) -> bool:
    """Whether a text tells of other regions than the one of the place."""
    return bool(regions(text, home)) and not nearness(place, home, text)


def nearness(place: Place, home: str, text: str) -> int:
    """How small a region around the place a text names, NAMED to FAR; 0 for none, and for a row of
    charges that leaves the place out."""
    if CHARGES.search(text) and leaves_out(place, home, text):
        return 0
    return _near(place, home, text)


def leaves_out(place: Place, home: str, text: str) -> bool:
    """Whether a text names regions as left out and the place lies in one of them."""
    behind = LEFT_OUT.split(text)[1:]
    return any(_near(place, home, re.split(r"[.;:)]", part)[0]) for part in behind)


def _near(place: Place, home: str, text: str) -> int:
    if not place.is_country and re.search(rf"\b{re.escape(place.name)}\b", text, re.I):
        return NAMED
    named = regions(text, home)
    parts_of = place.parts & named
    off = any(zone.endswith("-islands") for zone in place.zones) and MAINLAND_ONLY.search(text)
    whole = place.country == "GB" and not place.parts and set(BRITAIN) <= named
    mainland = place.country == "US" and not place.parts & APART and MAINLAND in named
    abroad = place.country != home
    fits = {
        PART: parts_of - NATIONS, ZONE: place.zones & named,
        NATION: not off and parts_of,
        REST: not abroad and place.parts and zones.REST in named and not _territory(place, text),
        COUNTRY: not off and (place.country in named or whole or mainland),
        IN_UNION: abroad and UNION in named and place.country in EU,
        IN_EUROPE: abroad and EUROPE in named and place.country in in_europe(),
        FAR: abroad and WORLD in named,
    }  # fmt: skip
    return next((near for near, does in fits.items() if does), 0)


def _territory(place: Place, text: str) -> bool:
    """Whether a text speaks of provinces or states, of which the place is none."""
    return f"{place.country}-territories" in place.zones and "rest of" not in text.casefold()


@lru_cache(maxsize=1 << 12)
def regions(text: str, home: str) -> frozenset[str]:
    """Codes of all regions that a text of a shop in `home` names as shops write them, with a
    capital letter."""
    inside = ELSEWHERE.sub(" ", ASIDE.sub("", text))
    named = {code for name in _names().findall(inside) for code in _codes(name, home)}
    besides = {code for code, words in BESIDES.items() if words.search(text)}
    return frozenset(named | _shortened(inside, home) | besides)


def _shortened(text: str, home: str) -> set[str]:
    """The parts of the shop's country that a text lists in short: "VIC, NSW"; one alone may be
    some other word."""
    short = set(SHORT.findall(text)) if home in SHORTENED else set()
    found = {f"{home}-{name}" for name in short} & above().keys()
    return found if len(found) > 1 else set()


def prepare() -> None:
    """Read all names, which takes most of a second."""
    cities()
    _names()


def _codes(name: str, home: str) -> tuple[str, ...]:
    key = name.casefold()
    if key in CALLED:
        return tuple(code.replace("*", home) for code in CALLED[key])
    found = countries().get(key)
    return (found,) if found else tuple(c for c in parts().get(key, ()) if c[:2] in PARTS_OF)


@cache
def _names() -> re.Pattern[str]:
    """All names of regions, longest first; those of countries and their parts with a capital."""
    some = [name for name, codes in parts().items() if any(c[:2] in PARTS_OF for c in codes)]
    capital = {n.upper() if len(n) < 4 else _titled(n) for n in (*countries(), *some)}
    called, known = (
        "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        for names in (CALLED, capital)
    )
    return re.compile(rf"\b(?:(?i:{called})|{known})\b")


def _titled(name: str) -> str:
    """A name with capitals, but for its small words: "Isle of Man"."""
    return re.sub(r" (?:Of|And|The)(?= )", lambda word: word.group().lower(), name.title())
