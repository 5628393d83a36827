"""What may be said from the help articles and the shop's rules."""

from __future__ import annotations

import re

from chatbot.terms import Act, Fact, Outcome

from .known import Known, act

TELLS = 0.42  # from here a passage answers the question
ALSO_TELLS = 0.07  # another one this near to the first is told as well
MOST_WORDS = 75
PRESSING = re.compile(
    r"\b(?:promise|agree|guarantee|confirm|exception|waive|lawyer|surely|just this once|insist)\b"
    r"|\bdeal\?|\b(?:right|correct|ok|yes|no)\?|\bsay yes\b|\bonly want\b",
    re.I,
)


def passage(known: Known) -> list[Act]:
    """The passages that answer, quoted; none when nothing fits well enough.

    Who presses for a yes hears first that the assistant cannot give one.
    """
    hits = [p for p in known.of("passage") if p.score >= TELLS]
    if not hits:
        return []
    if PRESSING.search(known.reading.text):
        return [act("policy.correct", {"passage.text": hits[0].values["text"]}, hits[:1])]
    told = _together(hits)
    slots = {"passage.text": told[0].values["text"]}
    if len(told) > 1:
        slots["passage2.text"] = told[1].values["text"]
    return [act("policy.passage", slots, told)]


def _together(hits: list[Fact]) -> list[Fact]:
    """The best passage, and the next when it is nearly as good and both stay short."""
    also = [h for h in hits[1:2] if h.score >= hits[0].score - ALSO_TELLS]
    length = sum(len(h.values["text"].split()) for h in (hits[0], *also))
    return [hits[0], *also] if length <= MOST_WORDS else hits[:1]


def promotion(known: Known) -> list[Act]:
    """What a code does and whether it fits the product spoken of."""
    fact = known.of("promotion")[0]
    slots = {"promotion.code": fact.values["code"]}
    match fact.values["state"]:
        case "unknown":
            return [act("promotion.code_unknown", slots, [fact])]
        case "ended":
            ends = fact.values.get("ends_on", "")
            return [act("promotion.code_expired", slots | {"promotion.ends_on": ends}, [fact])]
    return [*_fits(fact, known), *_terms(fact, known)]


def _fits(fact: Fact, known: Known) -> list[Act]:
    """Whether the code covers the product's department at its present price."""
    product = known.one("product")
    departments = fact.values.get("departments", "")
    if product is None or not departments:
        return []
    covered = product.values["department"] in departments.split("|")
    reduced = all(v.values.get("was") for v in known.wished(product))
    fits = covered and not (reduced and fact.values.get("full_price_only"))
    slots = {"promotion.code": fact.values["code"], "product.name": product.values["name"]}
    return [act("promotion.applies" if fits else "promotion.not_for", slots, [fact, product])]


def _terms(fact: Fact, known: Known) -> list[Act]:
    terms = known.of("terms")[:1]
    if not terms or not fact.values.get("percent"):
        return []
    slots = {
        "promotion.code": fact.values["code"],
        "promotion.percent": fact.values["percent"],
        "passage.text": terms[0].values["text"],
    }
    return [act("promotion.percent", slots, [fact, *terms])]


def unknown() -> list[Act]:
    """The shop does not say; a person may know."""
    return [act("decline.no_data", outcome=Outcome.DECLINED)]
