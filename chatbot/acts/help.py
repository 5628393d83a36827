"""What may be said from the help articles and the shop's rules."""

from __future__ import annotations

from chatbot.terms import Act, Fact, Outcome

from .known import Known, act

TELLS = 0.42  # from here a passage answers the question
ALSO_TELLS = 0.07  # another one this near to the first is told as well
MOST_WORDS = 75


def passage(known: Known) -> list[Act]:
    """The passages that answer, quoted; none when nothing fits well enough."""
    hits = [p for p in known.of("passage") if p.score >= TELLS]
    if not hits:
        return []
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
    """What a code does, or which offers there are."""
    facts = known.of("promotion")
    if known.reading.code and facts:
        return _code(facts[0], known)
    return passage(known) or [act("promotion.none")]


def _code(fact: Fact, known: Known) -> list[Act]:
    slots = {"promotion.code": fact.values["code"]}
    match fact.values["state"]:
        case "unknown":
            return [act("promotion.code_unknown", slots, [fact])]
        case "ended":
            ends = fact.values.get("ends_on", "")
            return [act("promotion.code_expired", slots | {"promotion.ends_on": ends}, [fact])]
    return passage(known) or [act("promotion.code_conditions", slots, [fact])]


def unknown() -> list[Act]:
    """The shop does not say; a person may know."""
    return [act("decline.no_data", outcome=Outcome.DECLINED)]
