"""What may be said from the help articles and the shop's rules."""

from __future__ import annotations

import re

from chatbot.terms import Act, Fact, Outcome

from .known import Known, act

TELLS = 0.42  # from here a passage answers the question
NEAR = 0.3  # from here one of an article on the very topic does
ALSO_TELLS = 0.12  # another one this near to the first is told as well
MOST_WORDS = 75
MINIMUM = re.compile(r"\bmin(?:imum)?\b|\bspend\b|\bat least\b|\bhow much do i\b", re.I)
PRESSING = re.compile(
    r"\b(?:promise|agree|guarantee|confirm|exception|waive|lawyer|surely|just this once|insist)\b"
    r"|\bdeal\?|\b(?:right|correct|ok|yes|no)\?|\bsay yes\b|\bonly want\b",
    re.I,
)


def passage(known: Known) -> list[Act]:
    """The passages that answer, quoted; none when nothing fits well enough.

    Who presses for a yes hears first that the assistant cannot give one.
    """
    hits = _fitting(known)
    if not hits:
        return []
    if PRESSING.search(known.reading.text):
        return correct(known)
    told = _together(hits)
    slots = {"passage.text": told[0].values["text"]}
    if len(told) > 1:
        slots["passage2.text"] = told[1].values["text"]
    return [act("policy.passage", slots, told)]


def correct(known: Known) -> list[Act]:
    """What is written, to somebody who would like to hear something else."""
    hits = _fitting(known)[:1]
    return [act("policy.correct", {"passage.text": h.values["text"]}, [h]) for h in hits]


def _fitting(known: Known) -> list[Fact]:
    """The passages that answer; of an article on just what is asked, the best one if it is near."""
    hits = [p for p in known.of("passage") if p.score >= TELLS]
    on_topic = [p for p in known.of("passage") if p.values.get("on_topic") and p.score >= NEAR]
    return hits or on_topic[:1]


def _together(hits: list[Fact]) -> list[Fact]:
    """The best passage, and the next when it is nearly as good and both stay short."""
    also = [h for h in hits[1:2] if h.score >= hits[0].score - ALSO_TELLS]
    length = sum(len(h.values["text"].split()) for h in (hits[0], *also))
    return [hits[0], *also] if length <= MOST_WORDS else hits[:1]


def promotion(known: Known) -> list[Act]:
    """What a code does, whether it fits what is spoken of, until when and from what sum."""
    fact = known.of("promotion")[0]
    slots = {"promotion.code": fact.values["code"]}
    match fact.values["state"]:
        case "unknown":
            return [act("promotion.code_unknown", slots, [fact])]
        case "ended":
            ends = fact.values.get("ends_on", "")
            return [act("promotion.code_expired", slots | {"promotion.ends_on": ends}, [fact])]
    return [*_fits(fact, known), *_minimum(fact, known), *_terms(fact, known)]


def promotions(known: Known) -> list[Act]:
    """The codes that hold today, for who asks for one; none when there is none."""
    current = [p for p in known.of("promotion") if p.values["state"] == "current"]
    return [a for fact in current[:1] for a in (*_fits(fact, known), *_terms(fact, known))]


def _fits(fact: Fact, known: Known) -> list[Act]:
    """Whether the code covers the department of what is spoken of, at its present price."""
    product = known.spoken()
    departments = fact.values.get("departments", "")
    if product is None or not departments:
        return []
    covered = product.values["department"] in departments.split("|")
    variants = known.wished(product)
    reduced = bool(variants) and all(v.values.get("was") for v in variants)
    fits = covered and not (reduced and fact.values.get("full_price_only"))
    slots = {"promotion.code": fact.values["code"], "product.name": product.values["name"]}
    return [act("promotion.applies" if fits else "promotion.not_for", slots, [fact, product])]


def _minimum(fact: Fact, known: Known) -> list[Act]:
    if not fact.values.get("minimum") or not MINIMUM.search(known.reading.text):
        return []
    slots = {
        "promotion.code": fact.values["code"],
        "promotion.minimum": fact.values["minimum"],
    }
    return [act("promotion.code_minimum", slots, [fact])]


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
