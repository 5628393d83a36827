"""The texts that tell of where somebody lives: of Belfast tells the row of Northern Ireland, or
else of the United Kingdom, or of Europe, or what goes for all other countries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from .gazetteer import EU, Place, cities, countries, in_europe, parts

WORLD, EUROPE, UNION, MAINLAND = "world", "europe", "EU", "US-mainland"
APART = frozenset(("US-AK", "US-HI"))  # states that the mainland's rows leave out
BRITAIN = ("GB-ENG", "GB-SCT", "GB-WLS")
# How shops call what is no country.
CALLED: dict[str, tuple[str, ...]] = {
    "great britain": BRITAIN, "britain": BRITAIN, "mainland uk": BRITAIN, "uk mainland": BRITAIN,
    "eu": (UNION,), "european union": (UNION,), "europe": (EUROPE,), "the continent": (EUROPE,),
    "lower 48": (MAINLAND,), "contiguous 48 states": (MAINLAND,), "48 states": (MAINLAND,),
    "contiguous states": (MAINLAND,), "48 contiguous states": (MAINLAND,),
    "contiguous us": (MAINLAND,), "continental us": (MAINLAND,),
}  # fmt: skip
PARTS_OF = ("GB", "US", "CA", "AU")  # whose parts shops name in their rows
ELSEWHERE = re.compile(
    r"\b(?:other countr(?:y|ies)|(?:any|every|no)where else|elsewhere|rest of (?:the )?world"
    r"|worldwide|[Ii]nternational\w*|[Aa]broad|[Oo]verseas|another country"
    r"|[Oo]utside (?:of )?(?:the )?(?:[A-Z]\w+ ?)+)"
)
# What is said of a country's money, sizes or plugs is said of no region.
ASIDE = re.compile(
    r"\b(?:US|UK|EU|Canadian|Australian) (?=dollars?|men|women|sizes?|plugs?|[\d.]+(?: =|$))"
)
# How near a text on a region is to a place in it.
NAMED, PART, COUNTRY, IN_UNION, IN_EUROPE, FAR = 6, 5, 4, 3, 2, 1


def of_place(place: Place, home: str, texts: Sequence[str]) -> list[int]:
    """Which of the texts tell of a place: those that name it, or else the smallest region that it
    lies in; none where no text does. What goes for all of the shop's own country, `home`, goes for
    a place there whether or not a text says so."""
    told = [nearness(place, home, text) for text in texts]
    best = max(told, default=0)
    least = PART if place.country == home else FAR
    return [i for i, near in enumerate(told) if near == best >= least]


def of_others(place: Place, home: str, text: str) -> bool:
    """Whether a text tells of other regions than the one of the place."""
    return bool(regions(text)) and not nearness(place, home, text)


def nearness(place: Place, home: str, text: str) -> int:
    """How small a region around the place a text names, NAMED to FAR; 0 for none."""
    if not place.is_country and re.search(rf"\b{re.escape(place.name)}\b", text, re.I):
        return NAMED
    named = regions(text)
    whole = place.country == "GB" and not place.parts and set(BRITAIN) <= named
    mainland = place.country == "US" and not place.parts & APART and MAINLAND in named
    abroad = place.country != home
    fits = {
        PART: place.parts & named, COUNTRY: place.country in named or whole or mainland,
        IN_UNION: abroad and UNION in named and place.country in EU,
        IN_EUROPE: abroad and EUROPE in named and place.country in in_europe(),
        FAR: abroad and WORLD in named,
    }  # fmt: skip
    return next((near for near, does in fits.items() if does), 0)


@lru_cache(maxsize=1 << 12)
def regions(text: str) -> frozenset[str]:
    """Codes of all regions that a text names as shops write them, with a capital letter."""
    inside = ELSEWHERE.sub(" ", ASIDE.sub("", text))
    named = {code for name in _names().findall(inside) for code in _codes(name)}
    return frozenset(named | ({WORLD} if ELSEWHERE.search(text) else set()))


def prepare() -> None:
    """Read all names, which takes most of a second."""
    cities()
    _names()


def _codes(name: str) -> tuple[str, ...]:
    key = name.casefold()
    if key in CALLED:
        return CALLED[key]
    found = countries().get(key)
    return (found,) if found else tuple(c for c in parts().get(key, ()) if c[:2] in PARTS_OF)


@cache
def _names() -> re.Pattern[str]:
    """All names of regions, longest first; those of countries and their parts with a capital."""
    some = [name for name, codes in parts().items() if any(c[:2] in PARTS_OF for c in codes)]
    capital = {n.upper() if len(n) < 4 else n.title() for n in (*countries(), *some)}
    called, known = (
        "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        for names in (CALLED, capital)
    )
    return re.compile(rf"\b(?:(?i:{called})|{known})\b")
