"""The passage that tells whether the shop matches what others ask for the same thing."""

from __future__ import annotations

import re

from chatbot.terms import Reading

from .world import World

OF_OTHERS = re.compile(  # not of one's own price that has come down
    r"\b(?:price[- ]match\w*|match (?:it|that|them|this|their)|beat|elsewhere|other|another"
    r"|competitor\w*|down the road|next door|up the (?:road|street)|amazon|ebay)\b",
    re.I,
)
MATCHES = re.compile(
    r"\bprice[- ]match\w*|\bmatch\w* (?:any|their) prices?\b"
    r"|\bmatch\w*\b[^.]{0,30}\b(?:other (?:shop|store|retailer|seller|site)|elsewhere|competitor)",
    re.I,
)


def rows(reading: Reading, world: World) -> list[int]:
    """The place of the first passage that speaks of it, for who asks to have a price matched."""
    if reading.asks[0] != "price_match" or not OF_OTHERS.search(reading.text):
        return []
    return [i for i, p in enumerate(world.passages) if MATCHES.search(p.text)][:1]
