"""What the product pages say: of a property, of products side by side, besides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatbot.acts.known import MOST, Known, act, numbered, stems, within
from chatbot.terms import Act, Fact, Outcome

from .prices import SIDE, price, prices_of

TELLS = 0.35  # from this probability on a sentence answers the question
ALSO_TELLS = 0.12  # a second one this sure is told as well, while both stay short
SURELY = 0.6  # a sentence this sure is told besides what was asked in plain words
PLAIN_WORDS = stems(
    "price prices cost costs costing much many stock available availability left have size sizes"
    " color colors colour colours order buy still want need looking hello please thanks"
)
AMOUNT = re.compile(r"[$€£] ?\d|\b(?:is|was|costs?|says?) \d{2,}(?:\.\d\d)?\W*$")
WEIGHT = re.compile(r"\b(?:light(?:er|est)|heav(?:y|ier|iest)|weigh\w*)\b", re.I)
COMPARES = re.compile(r"\b(?:than|vs|v|versus|or|which|better|compar\w+|differ\w*|between)\b", re.I)
SIDE_BY_SIDE = 0.1  # of several products more is told, so that they can be compared
MOST_WORDS = 45  # of what is quoted of one product
TELL_ME = re.compile(
    r"\b(?:tell me (?:more )?about|info(?:rmation)? (?:on|about)|more about)\b", re.I
)
WHAT_IS = re.compile(r"^\W*(?:and |so |ok )?what(?:'?s| is| are) (?:an? |the |this |these )?", re.I)
DENIED = re.compile(  # what a page says there is not
    r"\bno ([a-z-]+(?: [a-z]+)?)"
    r"|\b([a-z-]+)(?: is| are)?(?:n't| not) (?:included|fitted|built in)\b"
    r"|\b([a-z-]+): none\b|\bwithout (?:an? )?([a-z-]+)",
    re.I,
)
IN_THE_BOX = re.compile(r"\bin the box\b|\bincluded\b|\bcomes? with\b|\bsold separately\b", re.I)
# How many of one thing fit into another stands on neither's page.
FITTING = re.compile(
    r"\b(?:\d+|how many)\b.*\b(?:fit|stand|squeeze)\b.*\b(?:in|into|on|upright)\b", re.I
)
DENIES = 0.05  # from here on one is told that denies just what is asked of
ASKED_LABELS = {"warranty": re.compile(r"(?:warranty|guarantee)\b[^:]{0,20}:", re.I)}
LABEL_BEFORE = re.compile(r"([A-Z][a-z]+)(?: [\w' /&-]{2,20})?: ")
LABEL = re.compile(r"([A-Z][\w' /&-]{2,24}): ([^:]{2,160})$")  # "Weight: 740 g"


def attribute(known: Known) -> list[Act]:
    """What the product pages say about the property asked for."""
    products = known.of("product")[:MOST]
    if not products:
        return []
    if told := _under_label(products, known):
        return told
    counted = len(products) > 1 and FITTING.search(known.reading.text)
    told = _each(products, known) if len(products) > 1 else _told(products[0], known)
    if told and not counted:
        return told[:MOST]
    slots = {"product.name": products[0].values["name"]}
    if _wants_to_know(products[0], known) and (about := products[0].values.get("about")):
        return [act("attribute.passage", {"passage.text": about}, products[:1])]
    unknown = act("attribute.unknown", slots, products[:1], Outcome.DECLINED)
    said_a_price = known.reading.named and AMOUNT.search(known.reading.text)
    return price(known) if said_a_price else [unknown]


def in_the_box(known: Known) -> list[Act]:
    """What comes with a product, to who takes it that something else does."""
    product = known.of("product")[0]
    told = [s for s in known.sentences(product) if IN_THE_BOX.search(s.values["text"])][:1]
    slots = {"product.name": product.values["name"]}
    unknown = act("attribute.unknown", slots, [product], Outcome.DECLINED)
    return [_quoted(s) for s in told if s.score >= ALSO_TELLS] or [unknown]


def _wants_to_know(product: Fact, known: Known) -> bool:
    """Whether somebody wants to hear what a product is, and nothing of it in particular."""
    text = known.reading.text
    what, name = WHAT_IS.search(text), stems(product.values["name"])
    return bool(TELL_ME.search(text) or (what and not stems(text[what.end() :]) - name))


def _under_label(products: Sequence[Fact], known: Known) -> list[Act]:
    """What stands under the very name of what is asked, on every page: "Warranty: 2 years"."""
    label = ASKED_LABELS.get(known.asks[0])
    if label is None:
        return []
    told = [s for p in products for s in known.sentences(p) if label.match(s.values["text"])]
    return [_quoted(s) for s in told] if len(told) == len(products) else []


def _each(products: Sequence[Fact], known: Known) -> list[Act]:
    """What the pages of several products say, when one of them surely answers."""
    hits = _alike(products, known)
    enough = SIDE_BY_SIDE if COMPARES.search(known.reading.text) else TELLS
    sure = max((h.score for h in hits), default=0.0) >= enough
    return [_quoted(h) for h in hits if sure]


def _told(product: Fact, known: Known) -> list[Act]:
    """What one product's page says to the question: its best sentence, and the next if as good."""
    hits = known.sentences(product)
    if not hits or hits[0].score < TELLS:
        return [_quoted(s) for s in hits if s.score >= DENIES and _denies(s, known)][:1]
    told = within([h for h in hits if h is hits[0] or h.score >= ALSO_TELLS], MOST_WORDS)
    says = told[0].values.get("says", "") if told[0].score >= SURELY else ""
    if len(told) == 1 and not says and (label := LABEL.match(told[0].values["text"])):
        name, value = label.groups()
        slots = {"attribute.name": name.lower(), "attribute.value": value.rstrip(".")}
        return [act("attribute.labelled", slots | {"product.name": product.values["name"]}, told)]
    slots = {"passage.text": " ".join(h.values["text"] for h in told)}
    name = {"yes": "attribute.yes_text", "no": "attribute.no_text"}.get(says)
    return [act(name or "attribute.passage", slots, told)]


def _denies(sentence: Fact, known: Known) -> bool:
    """Whether a page says that there is none of what a message takes for granted: "no battery"."""
    found = DENIED.findall(sentence.values["text"])
    denied = {w for groups in found for said in groups for w in stems(said)}
    return bool(denied & stems(known.reading.text))


def compare(known: Known) -> list[Act]:
    """Two or three products side by side: what their pages say, and their prices."""
    products = known.of("product")[:MOST]
    if len(products) < 2:
        return [*(price(known) if SIDE.search(known.reading.text) else []), *attribute(known)]
    best = _alike(products, known)
    if len(products) == len(best) == 2:
        told = [_beside(products, best)]
    else:
        told = [_quoted(s) for s in best]
    return [*told, prices_of(products, known)]


def _alike(products: Sequence[Fact], known: Known) -> list[Fact]:
    """For each product the sentence that answers; all of the same property where the surest one
    begins with its name ("Weight: 740 g")."""
    hits = [s for p in products for s in known.sentences(p)]
    surest = max(hits, key=lambda s: s.score, default=None)
    found = LABEL_BEFORE.match(surest.values["text"]) if surest else None
    label = "weight" if WEIGHT.search(known.reading.text) else found and found.group(1).casefold()
    if not label:
        return [s for p in products for s in known.sentences(p)[:1] if s.score >= SIDE_BY_SIDE]
    same = [s for s in hits if label in s.values["text"].casefold()]
    return [s for p in products for s in [*_of(p, same), *_of(p, hits)][:1]]


def _of(product: Fact, sentences: Sequence[Fact]) -> list[Fact]:
    return [s for s in sentences if s.values["handle"] == product.values["handle"]]


def _quoted(sentence: Fact) -> Act:
    """What one of several products' pages says."""
    slots = {"product.name": sentence.values["name"], "passage.text": sentence.values["text"]}
    return act("attribute.passage", slots, [sentence])


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
    return _told(products[0], known) if told and told[0].score >= SURELY else []


def _plain_words(product: Fact, known: Known) -> set[str]:
    """The words of a plain question for a product's price, stock or options."""
    own = (
        product.values["name"],
        *(v for k, v in product.values.items() if k.startswith("option")),
    )
    return PLAIN_WORDS | {w for text in (*own, known.wish(product)) for w in stems(text)}
