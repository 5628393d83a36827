"""What a message takes to come free with a product: "the free gloves that come with the pruner"."""

from __future__ import annotations

import re

from .words import fold

# What shops do rather than give; whether it is free, their articles tell.
SERVICES = (
    r"(?:(?:local|standard|express|fast|gift|next) )?(?:shipping|delivery|deliveries|postage"
    r"|returns?|exchanges?|pick-?up|collection|labels?|trials?|wrap\w*|engraving|repairs?|tuning"
    r"|set-?up|sharpening|restringing|replacement|refund|assembly|advice|limits?|account|club"
    r"|of|to|from|for|or|and|if|when|over|above|cancel\w*)\b"
)
STOP = (
    r"(?:that|with|in|when|which|who|you|u|i|we|on|to|for|is|are|do|does|come|comes|ship|from|and"
    r"|each|per|be|the|it|will|have|has|if|at|by|also)\b"
)
EXTRA = re.compile(
    r"\b(?:the|an?|my|your|our|any|which|what|get|gets|got|of|with|includes?|that|those|these|as)"
    rf" (?:free|complimentary|gratis|bonus) (?!{SERVICES})([a-z-]+(?: (?!{STOP})[a-z-]+){{0,3}})"
)


def extra(text: str) -> str:
    """What a message takes to come free with something else ("gardening gloves"); empty where it
    speaks of nothing such."""
    found = EXTRA.search(fold(text))
    return found.group(1) if found else ""
