"""Zones that shops charge apart and no list of countries has: the Highlands, the islands off a
coast, territories, what is called the rest. Which parts of a country and which small places lie
in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# How shops call zones; "*" stands for the shop's own country.
CALLED: Mapping[str, tuple[str, ...]] = {
    "highlands and islands": ("GB-highlands", "GB-scottish-isles"),
    "highlands & islands": ("GB-highlands", "GB-scottish-isles"),
    "highlands": ("GB-highlands",), "highland postcodes": ("GB-highlands",),
    "scottish islands": ("GB-scottish-isles",), "scottish isles": ("GB-scottish-isles",),
    "northern isles": ("GB-ORK", "GB-ZET"), "western isles": ("GB-ELS",),
    "outer hebrides": ("GB-ELS",), "hebrides": ("GB-hebrides",),
    "inner hebrides": ("GB-hebrides",),
    "lowland scotland": ("GB-SCT",), "scottish lowlands": ("GB-SCT",),
    "isles of scilly": ("GB-IOS",), "scilly isles": ("GB-IOS",), "scilly": ("GB-IOS",),
    "channel islands": ("JE", "GG"),
    "islands": ("*-islands",), "offshore islands": ("*-islands",),
    "north island": ("NZ-north",), "south island": ("NZ-south",),
    "both islands": ("NZ-north", "NZ-south"),
    "territories": ("*-territories",), "northern territories": ("CA-territories",),
    "overseas territories": (),
    "atlantic provinces": ("CA-atlantic",), "atlantic canada": ("CA-atlantic",),
    "maritimes": ("CA-maritimes",), "maritime provinces": ("CA-maritimes",),
    "prairies": ("CA-prairies",), "prairie provinces": ("CA-prairies",),
    "western canada": ("CA-west",), "new england": ("US-new-england",),
    "canary islands": ("ES-CN",), "balearic islands": ("ES-IB",),
    "balearics": ("ES-IB",), "azores": ("PT-20",), "sicily": ("IT-82",),
    "sardinia": ("IT-88",), "corsica": ("FR-20R",),
}  # fmt: skip
MEMBERS: Mapping[str, str] = {
    "GB-highlands": "GB-HLD", "GB-scottish-isles": "GB-ORK GB-ZET GB-ELS",
    "GB-hebrides": "GB-ELS", "GB-islands": "GB-ORK GB-ZET GB-ELS GB-IOS GB-IOW",
    "NZ-north": "NZ-NTL NZ-AUK NZ-WKO NZ-BOP NZ-GIS NZ-HKB NZ-TKI NZ-MWT NZ-WGN",
    "NZ-south": "NZ-TAS NZ-NSN NZ-MBH NZ-WTC NZ-CAN NZ-OTA NZ-STL", "NZ-islands": "NZ-CIT",
    "US-territories": "US-PR US-GU US-VI US-AS US-MP", "CA-territories": "CA-YT CA-NT CA-NU",
    "CA-atlantic": "CA-NB CA-NS CA-PE CA-NL", "CA-maritimes": "CA-NB CA-NS CA-PE",
    "CA-prairies": "CA-AB CA-SK CA-MB", "CA-west": "CA-BC CA-AB CA-SK CA-MB",
    "US-new-england": "US-CT US-ME US-MA US-NH US-RI US-VT",
    "ES-islands": "ES-CN ES-IB", "PT-islands": "PT-20 PT-30",
}  # fmt: skip
# The part of its country, the zones besides those of that part, and the names of small places.
SMALL: tuple[tuple[str, str, str], ...] = (
    ("GB-HLD", "", "inverness|fort william|wick|thurso|ullapool|aviemore|nairn|dingwall|mallaig"
     "|dornoch|invergordon|kyle of lochalsh|kingussie|newtonmore|grantown-on-spey|lochinver|golspie"
     "|gairloch|glencoe|john o'groats|durness"),
    ("GB-HLD", "GB-scottish-isles GB-hebrides GB-islands",
     "skye|isle of skye|portree|broadford|raasay|isle of raasay"),
    ("GB-ORK", "", "orkney|kirkwall|stromness|stronsay|westray"),
    ("GB-ZET", "", "shetland|lerwick|scalloway|unst"),
    ("GB-ELS", "GB-scottish-isles", "stornoway|isle of lewis|isle of harris|isle of barra|barra"
     "|benbecula|north uist|south uist|uist|outer hebrides|western isles|castlebay|lochmaddy"),
    ("GB-AGB", "GB-scottish-isles GB-hebrides GB-islands",
     "isle of mull|mull|tobermory|islay|isle of islay|isle of jura|tiree|isle of tiree"
     "|isle of coll|colonsay|iona|isle of iona|isle of bute|rothesay|isle of gigha|bowmore"),
    ("GB-NAY", "GB-scottish-isles GB-islands",
     "arran|isle of arran|brodick|lamlash|great cumbrae|millport"),
    ("GB-IOW", "", "isle of wight|cowes|ryde|ventnor|shanklin|sandown"),
    ("GB-IOS", "", "scilly|isles of scilly|scilly isles|tresco"),
    ("CA-NU", "", "iqaluit|rankin inlet|cambridge bay|arviat|baker lake|pond inlet|igloolik"),
    ("CA-NT", "", "inuvik|hay river|fort smith|tuktoyaktuk|norman wells"),
    ("CA-YT", "", "dawson city|watson lake|haines junction"),
    ("US-AK", "", "ketchikan|sitka|kodiak|utqiagvik|kotzebue|unalaska|dutch harbor|skagway"),
    ("US-HI", "", "oahu|maui|kauai|molokai|lanai|lahaina|kailua-kona|lihue"),
    ("IE-G", "IE-islands", "aran islands|inishmore|inis mor|inishmaan|inisheer|inishbofin"),
    ("IE-MO", "IE-islands", "clare island|inishturk"),
    ("IE-DL", "IE-islands", "tory island|arranmore"),
    ("IE-CO", "IE-islands", "cape clear|sherkin|sherkin island|bere island"),
    ("NZ-AUK", "NZ-islands", "waiheke|waiheke island|great barrier island"),
    ("NZ-STL", "NZ-islands", "stewart island"),
    ("NZ-CIT", "", "chatham islands"),
    ("ES-CN", "", "canary islands|tenerife|gran canaria|lanzarote|fuerteventura|la palma"
     "|la gomera|el hierro"),
    ("ES-IB", "", "balearic islands|balearics|mallorca|majorca|menorca|minorca|ibiza|formentera"),
    ("PT-20", "", "azores|ponta delgada|terceira"), ("PT-30", "", "funchal|porto santo"),
    ("IT-82", "", "sicily"), ("IT-88", "", "sardinia"), ("FR-20R", "", "corsica|ajaccio|bastia"),
)  # fmt: skip
REST = "*-rest"  # what of a shop's country its other rows do not name
FAR_KNOWN, PLAIN = 6, 5  # letters of a name known to shops abroad, and one known in small letters


def of_part(code: str) -> frozenset[str]:
    """The zones that a part of a country lies in."""
    return frozenset(zone for zone, members in MEMBERS.items() if code in members.split())


def codes(name: str, home: str) -> tuple[str, ...]:
    """The codes of the zones and parts of countries of that name, in a shop of `home`."""
    return tuple(code.replace("*", home) for code in CALLED.get(name, ()))


@cache
def small() -> Mapping[str, tuple[str, frozenset[str]]]:
    """The part and the zones of a small place, by its name."""
    return {
        name: (part, of_part(part) | frozenset(zones.split()))
        for part, zones, names in SMALL
        for name in names.split("|")
    }


def small_place(key: str, home: str, capital: bool) -> tuple[str, frozenset[str]] | None:
    """The part and zones of a small place: of one at home, or one whose name is no short word; a
    very short one is only known by its capital letter."""
    found = small().get(key)
    near = found is not None and (found[0][:2] == home or len(key) >= FAR_KNOWN)
    return found if near and (capital or len(key) >= PLAIN) else None
