"""What may be said of promo codes and discounts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from chatbot.terms import Act, Fact

from .applied import summed
from .help import TELLS, fitting, passage, unknown
from .known import MOST, Known, act, listing

PERCENT = re.compile(r"\b(\d{1,2}) ?(?:%|percent\b|per cent\b)")
NO_DISCOUNT = re.compile(r"\bno (?:\w+ )?discounts? for\b", re.I)
BY_ITSELF = re.compile(
    r"\b(?:just|only) (?:the|an?|one|1|this|that|single)\b|\b(?:alone|by itself|on its own)\b", re.I
)


def of_code(known: Known) -> list[Act]:
    """What a code does, whether it fits what is spoken of, until when and from what sum."""
    fact = known.of("promotion")[0]
    slots = {"promotion.code": fact.values["code"]}
    match fact.values["state"]:
        case "unknown":
            others = [a for f in _current(known)[:1] for a in _terms(f)]
            return [act("promotion.code_unknown", slots, [fact]), *others]
        case "ended":
            ends = fact.values.get("ends_on", "")
            return [act("promotion.code_expired", slots | {"promotion.ends_on": ends}, [fact])]
        case "written":
            return _as_written(fact.values["code"], known) or unknown()
        case "later":
            return unknown()  # what does not hold yet is not told as if it did
    return _told_of(fact, known) or passage(known) or unknown()


def _told_of(fact: Fact, known: Known) -> list[Act]:
    """Whether a code fits what is spoken of, its terms and conditions; of one thing by itself that
    costs too little the sum that is needed, rather than a yes; what it comes to, if it's asked."""
    fits = _fits(fact, known)
    if fits and fits[0].name == "promotion.applies":
        if short := _falls_short(fact, known):
            return [*short, *_terms(fact)]
        if sums := known.of("discounted"):
            return [*fits, *summed(sums[0])]
        if _told_before(fact, known):
            return [*fits, *_but_for_reduced(fact, known)]
    return [*fits, *_terms(fact), *_conditions(fact, known)]


def _told_before(fact: Fact, known: Known) -> bool:
    """Whether the talk is of the code already, and goes on to another thing, so that its terms need
    not be told once more."""
    another = known.reading.named or known.reading.loosely
    return told_before(known) and another and fact.values["code"] not in known.reading.text.upper()


def _but_for_reduced(fact: Fact, known: Known) -> list[Act]:
    """That a code is for full prices, where the thing that it covers has some that came down."""
    product = known.spoken()
    wished = known.wished(product) if product else []
    return _full_price(fact) if any(v.values.get("was") for v in wished) else []


def _full_price(fact: Fact) -> list[Act]:
    """That a code is for full prices, if it is."""
    slots = {"promotion.code": fact.values["code"]}
    only = fact.values.get("full_price_only")
    return [act("promotion.full_price", slots, [fact])] if only else []


def _falls_short(fact: Fact, known: Known) -> list[Act]:
    """That a thing which is to be bought alone does not come to the sum that a code needs."""
    product = known.spoken()
    alone = BY_ITSELF.search(known.reading.text) and known.reading.quantity == 1
    least, wished = fact.values.get("minimum_amount"), known.wished(product) if product else []
    dearest = max(wished, key=lambda v: Decimal(v.values["amount"]), default=None)
    if not (alone and least and dearest) or Decimal(dearest.values["amount"]) >= Decimal(least):
        return []
    slots = {"variant.price": dearest.values["price"], "promotion.code": fact.values["code"],
             "promotion.minimum": fact.values["minimum"]}  # fmt: skip
    return [act("promotion.code_minimum", slots, [fact, dearest])]


def _as_written(code: str, known: Known) -> list[Act]:
    """What the articles say of a code that the shop's rules do not have."""
    told = [t for t in known.of("terms") if code in t.values["text"]][:1]
    return [act("policy.passage", {"passage.text": t.values["text"]}, [t]) for t in told]


def running(known: Known) -> list[Act]:
    """The codes that hold today, for who asks for one, but where one is for the thing in view, that
    one; none when there is none. Who means another, by its percentage or by whom it is for, hears
    what is written of it, or that there is none."""
    current = _current(known)
    if known.reading.offer:
        return _for_whom(known, current)
    if current and (other := _other_percentage(known)):
        written = any(other in f.values["text"].casefold() for f in fitting(known))
        none = act("promotion.none_known", facts=current)
        return passage(known) if written else [none, *_terms(current[0])]
    if told_before(known) and known.reading.named:
        return _of_those(current, known)
    own = [f for f in current if any(a.name == "promotion.applies" for a in _fits(f, known))]
    if len(current) > 1 and not own:
        return [a for fact in current[:MOST] for a in _terms(fact)]
    return [a for fact in (own or current)[:1] for a in _told_of(fact, known)]


def told_before(known: Known) -> bool:
    """Whether the talk is of codes already."""
    return any(name.startswith("promotion.terms") for name in known.reading.before)


def _of_those(current: list[Fact], known: Known) -> list[Act]:
    """Whether one of the codes that were told goes for what is named, and which; of what has come
    down, that the code for its like is for full prices."""
    told = [(f, a) for f in current for a in _fits(f, known)]
    if fits := [a for _f, a in told if a.name == "promotion.applies"]:
        return fits[:1]
    product = known.spoken()
    own = [t for t in told if product and product.values["department"] in _departments(t[0])]
    return [
        a for f, refused in (own or told)[:1] for a in (refused, *(_full_price(f) if own else []))
    ]


def _for_whom(known: Known, current: list[Fact]) -> list[Act]:
    """What is written of the discount that is spoken of; else that none is known, with what is
    written of those that there are not, or with the code that holds."""
    told = known.of("discount")
    named = [f for f in told if re.search(rf"\b{known.reading.offer}", f.values["text"], re.I)]
    if named:
        return [act("policy.passage", {"passage.text": named[0].values["text"]}, named[:1])]
    denied = [f for f in told if NO_DISCOUNT.search(f.values["text"])][:1]
    others = [act("policy.passage", {"passage.text": f.values["text"]}, [f]) for f in denied]
    none = act("promotion.none_known", facts=current)
    return [none, *(others or [a for f in current[:1] for a in _terms(f)])]


def _other_percentage(known: Known) -> str:
    """The percentage spoken of, "20%", where it is none of those that run."""
    percent, current = PERCENT.search(known.reading.text.casefold()), _current(known)
    runs = percent and any(f.values.get("percent") == f"{percent[1]}%" for f in current)
    return f"{percent[1]}%" if percent and not runs else ""


def _current(known: Known) -> list[Fact]:
    return [p for p in known.of("promotion") if p.values["state"] == "current"]


def _fits(fact: Fact, known: Known) -> list[Act]:
    """Whether the code covers what is spoken of: of several that are only called by their sort, the
    first that it covers, if it does any."""
    product = known.spoken()
    if product is None or not fact.values.get("departments"):
        return []
    several = known.of("product") if known.reading.loosely else []
    told = [_covers(fact, one, known) for one in several or [product]]
    return [next((a for a in told if a.name == "promotion.applies"), told[0])]


def _covers(fact: Fact, product: Fact, known: Known) -> Act:
    """Whether the code covers the department of a product, at its present price."""
    covered = product.values["department"] in fact.values["departments"].split("|")
    variants = known.wished(product)
    reduced = bool(variants) and all(v.values.get("was") for v in variants)
    fits = covered and not (reduced and fact.values.get("full_price_only"))
    slots = {"promotion.code": fact.values["code"], "product.name": product.values["name"]}
    return act("promotion.applies" if fits else "promotion.not_for", slots, [fact, product])


def _terms(fact: Fact) -> list[Act]:
    """How much a code takes off, in which departments, until when."""
    known = fact.values
    if not known.get("percent") or not known.get("ends_on"):
        return []
    slots = {
        "promotion.code": known["code"],
        "promotion.percent": known["percent"],
        "promotion.departments": listing(_departments(fact)),
        "promotion.ends_on": known["ends_on"],
    }
    name = "promotion.terms" if slots["promotion.departments"] else "promotion.terms_open"
    return [act(name, slots, [replace(fact, values={**known, "in": listing(_departments(fact))})])]


def _conditions(fact: Fact, known: Known) -> list[Act]:
    """What else has to be met: the sum, goods at their full price, and what the page says."""
    slots = {"promotion.code": fact.values["code"]}
    terms = [t for t in known.of("terms") if t.score >= TELLS and not _ends(fact, t)][:1]
    written = terms[0].values["text"] if terms else ""
    minimum = fact.values.get("minimum", "")
    needs = {**slots, "promotion.minimum": minimum}
    least = [act("promotion.minimum_of", needs, [fact])] if minimum not in written else []
    if terms:
        return [*least, act("policy.passage", {"passage.text": written}, terms)]
    return [*least, *_full_price(fact)]


def _ends(fact: Fact, written: Fact) -> bool:
    """Whether what is written tells until when a code holds, which its terms have told."""
    ends = fact.values.get("ends_on", "")
    return bool(ends) and ends in written.values["text"]


def _departments(fact: Fact) -> list[str]:
    return [d for d in fact.values.get("departments", "").split("|") if d]
