"""What a reviewer reads a reply against: its draft with the claims in it, the facts, the change."""

from __future__ import annotations

import re
from typing import Any

from chatbot import compared, writing
from chatbot.masking import mask
from chatbot.models import Reply
from chatbot.terms import Brief

Record = dict[str, Any]


def used_facts(reply: Reply) -> list[Record]:
    """The facts the reply's acts rest on, each once, numbered, and whether a claim cites it; their
    values as pairs: to a template `values.items` would be a value named so, which orders have."""
    cited = {claim["fact"] for claim in reply.claims}
    facts = {fact["source"]: fact for act in reply.acts for fact in act["facts"]}
    return [
        fact | {"number": n, "pairs": list(fact["values"].items()), "cited": source in cited}
        for n, (source, fact) in enumerate(facts.items(), 1)
    ]


def prompts(reply: Reply) -> list[tuple[str, tuple[str, ...]]]:
    """Of each act that an engine words, what the engine reads before its first draft."""
    worded = [act for act in reply.acts if not act["notice"]] if reply.engine else []
    asked = mask(reply.turn.text)
    briefs = [
        Brief(a["name"], tuple(a["must"]), tuple(a["slots"]), a["slots"], asked) for a in worded
    ]
    engines = [next(filter(None, act.get("by", ())), reply.engine) for act in worded]
    return [
        (brief.act, writing.asked_of(engine, brief))
        for engine, brief in zip(engines, briefs, strict=True)
    ]


def claims(reply: Reply, used: list[Record]) -> list[Record]:
    """Its claims, numbered, each with the facts to read it against."""
    return [
        claim | {"number": n, "against": _against(claim, used)}
        for n, claim in enumerate(reply.claims, 1)
    ]


def _against(claim: Record, used: list[Record]) -> list[Record]:
    """The fact that supports a claim, or contradicts it; where none was found, those that name
    something of the same shape: beside "$48.00" the ones that name an amount."""
    text, shapes = claim["text"], _shapes(claim["text"])
    if claim["fact"]:
        named = [fact for fact in used if fact["source"] == claim["fact"]]
        return [f | {"says": [p for p in f["pairs"] if text in p[1]]} for f in named]
    alike = [f | {"says": [p for p in f["pairs"] if shapes & _shapes(p[1])]} for f in used]
    return [fact for fact in alike if fact["says"]]


def _shapes(text: str) -> set[str]:
    """The figures in a text, without their digits: "$#.#"."""
    words = (word.strip(".,;:!?()") for word in text.split())
    return {re.sub(r"\d+", "#", word) for word in words if re.search(r"\d", word)}


def drafted(reply: Reply, found: list[Record], would_say: str = "") -> list[Record]:
    """The draft sentence by sentence: whether it was shown, or would be where the reply waits, and
    its pieces, some of them claims."""
    return [
        _sentence(line, found, reply, would_say)
        for line in reply.draft.splitlines()
        if line.strip()
    ]


def _sentence(line: str, found: list[Record], reply: Reply, would_say: str) -> Record:
    own = [claim for claim in found if line in claim["sentence"]]
    shown = own[0]["shown"] if own else line in reply.text
    shown = shown or line in would_say
    return {"pieces": _pieces(line, _apart(line, own)), "shown": shown}


def _apart(line: str, own: list[Record]) -> list[tuple[int, Record]]:
    """(place, claim) of those that do not overlap: held ones first, then the shortest."""
    free, placed = line, []
    for claim in sorted(own, key=lambda c: (c["verdict"] != "held", len(c["text"]))):
        place = free.find(claim["text"])
        if place >= 0 and claim["text"]:
            end = place + len(claim["text"])
            free = free[:place] + "\0" * (end - place) + free[end:]
            placed.append((place, claim))
    return sorted(placed, key=lambda item: item[0])


def _pieces(line: str, placed: list[tuple[int, Record]]) -> list[Record]:
    at, pieces = 0, []
    for place, claim in placed:
        pieces += [{"text": line[at:place]}, {"text": claim["text"], "claim": claim}]
        at = place + len(claim["text"])
    return [piece for piece in [*pieces, {"text": line[at:]}] if piece["text"]]


def change(reply: Reply, correction: str, instead_of: str = "") -> list[tuple[str, str]]:
    """(equal, delete or insert, words): from what was said, or from what was not sent, to what
    would have been right."""
    return compared.steps(instead_of or _nearest(reply, correction), correction)


def _nearest(reply: Reply, correction: str) -> str:
    """The sentence that the correction is most like, or the whole reply."""
    told = [reply.text, *(line for line in reply.draft.splitlines() if line in reply.text)]
    return max(told, key=lambda text: compared.likeness(text, correction))
