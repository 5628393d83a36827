"""What somebody has is not what they look for, nor is another of its sort, unless they say so."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from chatbot.terms import Reading
from storefront import queries

from .similarity import stems
from .text import sort_of

# Said of what has to be of the same sort: "something lighter", "mine has worn out".
ALIKE = re.compile(
    r"\b(?:something|anything|some|one|ones|bit|lot|much|even|with) (?:an? )?(?:more )?\w+er\b"
    r"|\b(?:like|similar|instead|better|upgrad\w+|outgrow\w*|replac\w+|another|second|spare|new one"
    r"|match\w*|br(?:oke|oken)|died|dead|lost|stolen|wor(?:e|n)|too (?:big|small|heavy|old))\b",
    re.I,
)


def had(reading: Reading, products: Mapping[str, queries.Product]) -> frozenset[str]:
    """The handles of what somebody has, and of its like where nothing asks for that."""
    owned = [products[handle] for handle in reading.owned if handle in products]
    sorts = frozenset(word for product in owned for word in stems(sort_of(product.title)))
    if not owned or alike(reading) or sorts & stems(reading.query):
        return frozenset(reading.owned)
    others = (p.handle for p in products.values() if sorts & _sorts(p.title, p.tags))
    return frozenset((*reading.owned, *others))


def alike(reading: Reading) -> bool:
    """Whether what is looked for is measured by what somebody has."""
    return bool(reading.owned and ALIKE.search(reading.text))


def _sorts(title: str, tags: Collection[str]) -> frozenset[str]:
    """The words that say what sort of thing a product is: the last of its title, tags of one."""
    told = (stems(tag) for tag in tags if " " not in tag.strip())
    return frozenset().union(stems(sort_of(title)), *told)
