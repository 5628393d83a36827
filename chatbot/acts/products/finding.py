"""Which products fit a wish, or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chatbot.acts.known import MOST, Known, act, numbered, product_card, stems
from chatbot.terms import Act, Fact, Outcome

from .pages import TELLS, attribute
from .prices import price, span
from .stock import availability

ALREADY = re.compile(
    r"\b(?:go|goes|pair|wear|use) (?:with|under|underneath|over)\b|\balready (?:have|own|got)\b"
    r"|\b(?:have|own|has|got) (?:it|one|that|the \w+(?: \w+)?) already\b|\binstead of\b"
    r"|\b(?:something|anything|one|else) (?:like|similar|lighter|cheaper|warmer)\b|\bnot the\b"
    r"|\b(?:what|anything|something) else\b|\b(?:other|more) (?:ones|options|ideas)\b"
    r"|\bnot (?:that|this|those|these)(?: ones?)?\b|\bnone of (?:them|those|these)\b"
    r"|\b(?:don'?t|do not) (?:like|want|fancy) (?:that|this|it|them|those|these)\b"
    r"|\balternatives?\b|\b(?:have|own|has|got) the (?:\w+ ){1,3}already\b",
    re.I,
)
UNWANTED = re.compile(
    r"(?<!why )(?<!there )\b(?:not|without|except|other than)"
    r" (?:the |an? |any |those |these |my )?(\w+(?: \w+)?)",
    re.I,
)
HAD = re.compile(
    r"\b(?:have|has|own|owns|got) (?:an? |some )(\w+(?: \w+)?) already\b"
    r"|\balready (?:have|has|own|owns|got) (?:an? |some )(\w+)",
    re.I,
)
WHICH = re.compile(r"\b(?:which|what)\b", re.I)
FAR_WORSE = 0.2  # by so much less than the best one a product may fit to be shown beside it
FAR_BETTER = 0.1  # by so much what is sold out has to fit better to be shown first
ALIKE = 0.9  # a product that fits this surely is worth showing instead of what there is not
CHEAPEST = re.compile(r"cheap|lowest|least expensive|inexpensive|affordable", re.I)


def search(known: Known) -> list[Act]:
    """Products that fit what is looked for; those in stock first."""
    if known.reading.named and not (ALREADY.search(known.reading.text) or _wants_another(known)):
        return describe(known)
    return suggest(known)


def _wants_another(known: Known) -> bool:
    """Whether what is looked for is another sort of thing than the one named: "which poles would
    work with the Wisp tent"."""
    if any(s.score >= TELLS for s in known.of("sentence")):
        return False  # its own page tells: "strings fitted"
    named = {w for p in known.of("product") for w in stems(p.values["name"])}
    others = (f for f in known.of("found") if f.values["handle"] not in known.reading.products)
    sorts = {w for f in others for w in stems(f.values["sort"])}
    return bool(WHICH.search(known.reading.text) and stems(known.reading.text) & sorts - named)


def describe(known: Known) -> list[Act]:
    """A product that was asked for by name: its price, and what its page says to the question."""
    return [*price(known), *attribute(known)]


def suggest(known: Known) -> list[Act]:
    """The products that fit best, besides those that were named; for a shopper who leaves it to
    us, those that go by what they have bought."""
    if alike := known.of("alike"):
        return [_from_history(alike[0]), *([listed(alike[1:])] if alike[1:] else [])]
    found = [f for f in known.of("found") if f.values["handle"] not in _named(known)]
    unwanted = _unwanted(known)
    found = [f for f in found if not stems(f.values["name"]) & unwanted]
    if CHEAPEST.search(known.reading.text):
        found = sorted(_of_sort(found, known), key=lambda f: float(f.values["amount"]))
    found = [f for f in _to_be_had_first(found, known) if f.score >= found[0].score - FAR_WORSE]
    found = _called_first(found, known)[:MOST]
    if not found:
        return _nothing(known)
    found = [found[0], *(f for f in found[1:] if f.values["stock"] != "sold out")]
    if _called_by_more(found[0], found[1:], known):
        return [_gone(found[0]), *([listed(found[1:])] if found[1:] else [])]
    if wished := _in_options(found[0], known):
        return wished
    if len(found) == 1 and "value" in found[0].values:
        return _in_a_version(found[0], known)
    if "recommend" in known.asks and found[0].values.get("about"):
        return [_recommended(found[0]), *([listed(found[1:])] if found[1:] else [])]
    told = [s for s in known.sentences(found[0]) if s.score >= TELLS] if len(found) == 1 else []
    return [_recommended(found[0], told[0]) if told else listed(found)]


def _nothing(known: Known) -> list[Act]:
    """Nothing fits: what comes nearest by its sort says itself that it does not do."""
    nearest = known.one("denied")
    if nearest is None:
        return [act("search.none", outcome=Outcome.DECLINED)]
    slots = {"product.name": nearest.values["name"], "passage.text": nearest.values["told"]}
    cited = replace(nearest, kind="found")
    return [act("attribute.passage", slots, [cited], cards=[product_card(nearest)])]


def _in_options(best: Fact, known: Known) -> list[Act]:
    """What fits best was just told of, and is now wanted in a value it comes in: what it costs
    so, and whether it can be had."""
    told = [p for p in known.of("product") if p.values["handle"] == best.values["handle"]]
    if not told or not known.reading.wishes or not known.wished(told[0]):
        return []
    return [*price(known), *availability(known)] if len(known.of("product")) == 1 else []


def _in_a_version(best: Fact, known: Known) -> list[Act]:
    """The only thing that is as big or as light as was asked, in the values in which it is."""
    versions = [replace(v, kind="variant") for v in known.of("found_version")]
    value = {"variant.options": best.values["value"]}
    slots = {"product.name": best.values["name"], **value, "variant.price": span(versions)}
    card = product_card(best, versions, best.values["value"])
    told = act("price.one", slots, versions, cards=[card])
    gone = best.values["stock"] == "sold out"
    return [told, *([act("stock.out", value, versions)] if gone else [])]


def _to_be_had_first(found: Sequence[Fact], known: Known) -> list[Fact]:
    """Those in stock before what is sold out, unless that fits far better, or best and by its own
    name."""
    there = [f for f in found if f.values["stock"] != "sold out"]
    best = max((f.score for f in there), default=0.0)

    def can_wait(fact: Fact) -> bool:
        far_better = fact.score >= best + FAR_BETTER
        return fact.values["stock"] == "sold out" and not (
            far_better or (fact == found[0] and _called_by_more(fact, there, known))
        )

    return sorted(found, key=can_wait)


def _called_by_more(fact: Fact, others: Sequence[Fact], known: Known) -> bool:
    """Whether what is sold out goes by a word of the message that none of the others has: who asks
    for a bread knife has to hear that it is gone, and not of other knives."""
    if fact.values["stock"] != "sold out":
        return False
    named = {w for f in others for w in stems(f.values["name"])}
    return bool(stems(known.reading.text) & stems(fact.values["name"]) - named)


def _gone(fact: Fact) -> Act:
    """That what is looked for is sold out."""
    slots = {"product.name": fact.values["name"]}
    return act("stock.out_all", slots, [fact], cards=[product_card(fact)])


def _called_first(found: Sequence[Fact], known: Known) -> list[Fact]:
    """That which goes by the very words of the message ("a travel tripod") before its like, where
    it can be had."""
    said, meant = stems(known.reading.text), known.reading.loosely and known.reading.products

    def comes_after(fact: Fact) -> bool:
        called = meant and fact.values["handle"] in meant and said & stems(fact.values["name"])
        return not called or fact.values["stock"] == "sold out"

    return sorted(found, key=comes_after)


def _named(known: Known) -> tuple[str, ...]:
    """The handles a message names or has just heard of, and of what somebody has, which who looks
    for something besides them does not want."""
    besides = known.reading.named or ALREADY.search(known.reading.text)
    return (*known.reading.owned, *(known.reading.products if besides else ()))


def _unwanted(known: Known) -> set[str]:
    """The words for what who looks for something has set apart: "not the press"."""
    text = known.reading.text
    said = (part for m in (*UNWANTED.finditer(text), *HAD.finditer(text)) for part in m.groups())
    return {w for part in said if part for w in stems(part)}


def _of_sort(found: Sequence[Fact], known: Known) -> Sequence[Fact]:
    """Those that are the sort of thing asked for, so that the cheapest tent is no footprint."""
    for said in (stems(known.reading.text), stems(known.reading.query)):
        if those := [f for f in found if said & stems(f.values["sort"])]:
            return those
    return found


def _recommended(best: Fact, told: Fact | None = None) -> Act:
    """The product that fits best, with what its page says it is for, or what it has `told` to just
    this wish."""
    slots = {
        "product.name": best.values["name"],
        "variant.price": best.values["price_min"],
        "passage.text": told.values["text"] if told else best.values["about"],
    }
    facts = [best, told] if told else [best]
    return act("recommend.with_reason", slots, facts, cards=[product_card(best)])


def _from_history(best: Fact) -> Act:
    """A product by what the shopper has bought, with what the two share as the reason."""
    slots = {
        "item.name": best.values["bought"],
        "product.name": best.values["name"],
        "variant.price": best.values["price_min"],
        "product.shared": best.values["shared"],
    }
    return act("recommend.from_history", slots, [best], cards=[product_card(best)])


def no_such(known: Known) -> list[Act]:
    """Nothing goes by the name that was asked for; what comes nearest."""
    missing = act("search.no_such", {"search.words": known.reading.stranger})
    said = stems(known.reading.stranger)
    name = stems(known.reading.stranger.split()[0])
    by_name = [f for f in known.of("found") if name & stems(f.values["name"])]
    alike = by_name or [
        f for f in known.of("found") if f.score >= ALIKE or said & stems(f.values["name"])
    ]
    found = sorted(alike, key=lambda f: f.values["stock"] == "sold out")[:MOST]
    return [missing, *([listed(found)] if found else [])]


def reduced(known: Known) -> list[Act]:
    """What is on sale now."""
    return [listed(_of_sort(known.of("reduced"), known)[:MOST])]


def of_a_sort(known: Known) -> list[Act]:
    """Several products that go by the one word asked for ("any lanterns?") and can all be had, side
    by side; else nothing."""
    products, reading = known.of("product")[:MOST], known.reading
    wishes = reading.wishes or reading.foreign_options
    bare = {"availability", "price"} <= set(reading.asks) and not wishes
    there = all(p.values["stock"] != "sold out" for p in products)
    if not (bare and there and reading.loosely and len(products) > 1):
        return []
    return [replace(listed(products), cards=())]


def listed(found: Sequence[Fact]) -> Act:
    """Products with what they cost, in that order."""
    slots = {}
    for place, fact in enumerate(found, 1):
        slots[numbered("product.name", place)] = fact.values["name"]
        slots[numbered("variant.price", place)] = fact.values["price_min"]
    name = "search.found" if len(found) > 1 else "search.found_one"
    return act(name, slots, found, cards=[product_card(f) for f in found])
