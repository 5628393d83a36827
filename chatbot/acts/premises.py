"""What a message takes for granted, and the shop's texts deny: said first, then what is true."""

from __future__ import annotations

import re
from dataclasses import replace

from chatbot.terms import ELSEWHERE, TO_CLAIM, TO_MEND, TWO_CODES, UNPAID, Act, Fact

from . import help
from .known import Known, act, denying, numbered, stems, within

TERMS = re.compile(r"\b(\d+)[ -](?:\w+ )?(hour|day|week|month|year)s?\b", re.I)
NEVER_LATE = re.compile(
    r"\b(?:can't|cannot|can not|not|never|don't)\b[^.;]*\b(?:later|afterwards?|after|retro\w*)\b",
    re.I,
)
CODES = re.compile(r"\b(?:codes?|promo\w*|discounts?|vouchers?|checkout)\b", re.I)
# What a text that answers speaks of, wherever it stands among those found.
SPEAKS = {
    UNPAID: re.compile(
        r"^(?=.*\b(?:unpaid|pa(?:y|id)|transfer\w*|money)\b)"
        r".*\b(?:cancel\w*|laps\w*|expir\w*|void|hold|held|keep|kept|releas\w*)\b",
        re.I | re.S,
    ),
    TO_MEND: re.compile(
        r"^(?=.*\b(?:repair|mend|fix|servic|sharpen|work ?shop|bench|spares?\b|parts?\b|new \w+))"
        r".*(?:[$€£¥₹] ?\d|\d ?[€£]|\b(?:free|no charge|on (?:us|the house)|costs? nothing)\b)",
        re.I | re.S,
    ),
    TO_CLAIM: re.compile(r"\b(?:photo\w*|pictures?|videos?|films?|receipts?|proof)\b", re.I),
}
ONE_CODE = re.compile(
    r"\b(?:one|1|a single) (?:promo |discount )?code\b"
    r"|\b(?:can't|cannot|don't|never|not) (?:be )?"
    r"(?:combined?|stack(?:ed)?|add(?:ed)? up|go together|used together)\b",
    re.I,
)
DENYING = {
    "policy.passage": "policy.no", "policy.yes": "policy.no",
    "attribute.passage": "attribute.no_text", "attribute.yes_text": "attribute.no_text",
}  # fmt: skip


def put(known: Known) -> list[Act]:
    """What the articles say to a question that the reading has put as they answer it; a store
    where there is none is denied."""
    if known.asks[0] == ELSEWHERE:
        return _only_here(known) or help.unknown()
    if known.asks[0] in SPEAKS:
        return _speaking(known) or help.unknown()
    if known.asks[0] == TWO_CODES:
        return _no_of_codes(known, ONE_CODE) or help.passage(known) or help.unknown()
    best = known.of("passage")[:1]
    alone = replace(known, facts=tuple(f for f in known.facts if f.kind != "passage" or f in best))
    told = help.passage(alone)
    denied = bool(best and NEVER_LATE.search(best[0].values["text"]))
    put = [_no("policy.no", one) if denied else one for one in told]
    return put or _no_of_codes(known, NEVER_LATE) or help.unknown()


def _speaking(known: Known) -> list[Act]:
    """The likeliest text that speaks of the very thing; of what a repair costs two, as one may tell
    its price and another when it is free."""
    of_it = SPEAKS[known.asks[0]]
    most = 2 if known.asks[0] == TO_MEND else 1
    told = [p for p in known.of("passage") if of_it.search(p.values["text"])]
    if most > 1:  # of what is hired out another article may tell
        told.sort(key=lambda p: not p.values.get("on_topic"))
    told = within([p for p in told if p.score >= help.ALSO_TELLS][:most], help.MOST_WORDS)
    slots = {numbered("passage.text", i): p.values["text"] for i, p in enumerate(told, 1)}
    return [act("policy.passage", slots, told)] if told else []


def _no_of_codes(known: Known, denial: re.Pattern[str]) -> list[Act]:
    """The no of a text on codes that is likely no answer to anything else that was said."""

    def denies(fact: Fact) -> bool:
        text = fact.values["text"]
        return bool(CODES.search(text) and denial.search(text))

    no = [f for kind in ("terms", "passage") for f in known.of(kind) if denies(f)][:1]
    return [act("policy.no", {"passage.text": f.values["text"]}, denying([f])) for f in no]


def _only_here(known: Known) -> list[Act]:
    """That there is no such store, with what is written of the one there is."""
    shop = known.one("shop")
    street = shop.values.get("address", "").split(",")[0] if shop else ""
    own = [p for p in known.of("passage") if street and street in p.values["text"]][:1]
    return [act("policy.no", {"passage.text": p.values["text"]}, denying([p])) for p in own]


def corrected(acts: list[Act], known: Known) -> list[Act]:
    """The acts, the first of which says no where its text has another term than is claimed."""
    if not acts or acts[0].name not in DENYING or not _denies(acts[0], known):
        return acts
    return [_no(DENYING[acts[0].name], acts[0]), *acts[1:]]


def _no(name: str, one: Act) -> Act:
    """The act as a no, which its facts say: that is what has been found out."""
    return act(name, one.slots, denying(one.facts), one.outcome, one.cards)


def _denies(one: Act, known: Known) -> bool:
    """Whether a text tells a term of the very rule spoken of, and no text at hand the one that is
    claimed."""
    claim = known.reading.claim
    if not claim:
        return False
    told = " ".join(text for ref, text in one.slots.items() if ref.startswith("passage"))
    page = " ".join(f.title for f in one.facts)
    of_rule = _family(known.reading.claim_of) & _family(f"{told} {page}")
    of_shop = one.name.startswith("policy.")  # a page speaks of one product, articles of all
    others = (f.values["text"] for f in known.facts if of_shop and f.kind == "passage")
    return bool(of_rule and TERMS.search(told)) and not _holds(claim, " ".join((told, *others)))


def _family(text: str) -> set[str]:
    """The telling words of a text; a guarantee is a warranty by another name."""
    return stems(re.sub(r"\b(?:guarantee|warrantie)s?\b", "warranty", text, flags=re.I))


def _holds(claim: str, text: str) -> bool:
    """Whether a text has the term that is claimed; a "lifetime" only by its name."""
    if claim == "lifetime":
        return bool(re.search(r"\blife", text, re.I))
    return claim in {f"{n} {unit.casefold()}" for n, unit in TERMS.findall(text)}
