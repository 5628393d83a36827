"""What the product pages say: of a property, of products side by side, besides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.acts.known import MOST, Known, act, numbered, stems, within
from chatbot.terms import Act, Fact, Outcome

from .prices import prices_of

TELLS = 0.35  # from this probability on a sentence answers the question
ALSO_TELLS = 0.12  # a second one this sure is told as well, while both stay short
SURELY = 0.6  # a sentence this sure is told besides what was asked in plain words
PLAIN_WORDS = stems(
    "price prices cost costs costing much many stock available availability left have size sizes"
    " color colors colour colours order buy still want need looking hello please thanks"
)
SIDE_BY_SIDE = 0.1  # of several products more is told, so that they can be compared
MOST_WORDS = 45  # of what is quoted of one product
LABEL = re.compile(r"([A-Z][\w' /&-]{2,24}): ([^:]{2,160})$")  # "Weight: 740 g"


def attribute(known: Known) -> list[Act]:
    """What the product pages say about the property asked for."""
    products = known.of("product")[:MOST]
    if not products:
        return []
    told = [a for p in products for a in _told(p, known, several=len(products) > 1)]
    if told:
        return told[:MOST]
    name = products[0].values["name"]
    slots = {"product.name": name}
    return [act("attribute.unknown", slots, products[:1], Outcome.DECLINED)]


def _told(product: Fact, known: Known, several: bool) -> list[Act]:
    """What one product's page says to the question: its best sentence, and the next if as good."""
    hits = known.sentences(product)
    if not hits or hits[0].score < (SIDE_BY_SIDE if several else TELLS):
        return []
    told = within([h for h in hits if h is hits[0] or h.score >= ALSO_TELLS], MOST_WORDS)
    says = told[0].values.get("says", "") if told[0].score >= SURELY else ""
    named = {"product.name": product.values["name"]} if several else {}
    if len(told) == 1 and not says and (label := LABEL.match(told[0].values["text"])):
        name, value = label.groups()
        slots = {"attribute.name": name.lower(), "attribute.value": value.rstrip(".")}
        return [act("attribute.labelled", slots | {"product.name": product.values["name"]}, told)]
    slots = named | {"passage.text": " ".join(h.values["text"] for h in told)}
    name = {"yes": "attribute.yes_text", "no": "attribute.no_text"}.get(says)
    return [act(name or "attribute.passage", slots, told)]


def compare(known: Known) -> list[Act]:
    """Two or three products side by side: what their pages say, and their prices."""
    products = known.of("product")[:MOST]
    if len(products) < 2:
        return attribute(known)
    best = [s[0] for p in products if (s := known.sentences(p)) and s[0].score >= SIDE_BY_SIDE]
    if len(products) == len(best) == 2:
        told = [_beside(products, best)]
    else:
        told = [a for p in products for a in _told(p, known, several=True)]
    return [*told, prices_of(products, known)]


def _beside(products: Sequence[Fact], told: Sequence[Fact]) -> Act:
    slots = {}
    for place, (product, sentence) in enumerate(zip(products, told, strict=True), 1):
        slots[numbered("product.name", place)] = product.values["name"]
        slots[numbered("passage.text", place)] = sentence.values["text"]
    return act("compare.two_text", slots, [*products, *told])


def besides(acts: Sequence[Act], known: Known) -> list[Act]:
    """What a product's page says to a message that asked for a price or the stock as well."""
    products = known.of("product")
    if not acts or len(products) != 1 or any("attribute" in a.name for a in acts):
        return []
    if not stems(known.reading.text) - _plain_words(products[0], known):
        return []  # nothing was asked besides
    told = known.sentences(products[0])
    return _told(products[0], known, several=False) if told and told[0].score >= SURELY else []


def _plain_words(product: Fact, known: Known) -> set[str]:
    """The words of a plain question for a product's price, stock or options."""
    own = (
        product.values["name"],
        *(v for k, v in product.values.items() if k.startswith("option")),
    )
    return PLAIN_WORDS | {w for text in (*own, known.wish(product)) for w in stems(text)}
