"""Replaying a logged reply: its drafts rendered and checked again, or drafted anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from . import engines, facts, manner, notices, reading, records, writing
from .drafting import Drafter, Said
from .models import Reply
from .telling import HELD, apology
from .terms import Act, Claim


class CannotReplay(Exception):
    """Raised when there is nothing to replay, with the reason."""


class Part(NamedTuple):
    """One act of a reply: what was told, and what the present engine would tell."""

    act: str
    then: list[str]
    now: list[str]


def find(receipt: str) -> Reply:
    """The completed reply with this receipt."""
    reply = Reply.objects.select_related("turn").filter(receipt=receipt).first()
    if reply is None:
        raise CannotReplay(f"No reply has the receipt {receipt}; the admin lists all replies.")
    if not reply.salt:
        raise CannotReplay(f"Reply {receipt} has been erased; only its digest is left.")
    if reply.completed_at is None:
        raise CannotReplay(f"Reply {receipt} is still being told; try again in a moment.")
    return reply


def differences(reply: Reply) -> list[str]:
    """Where text or verdicts come out otherwise than on record; empty when they are the same."""
    drafter = _drafter(reply)
    told = [s for _place, act, kept in _acts(reply) for s in _told(reply, act, kept, drafter)]
    text = " ".join(s.text for s in told)
    if reply.text.endswith(apology(reply)):
        text = f"{text} {apology(reply)}".strip()
    found = [] if text == reply.text else [f"text: on record {reply.text!r}, now {text!r}"]
    return found + _verdicts_that_differ(reply, told)


def again(reply: Reply) -> Iterator[Part]:
    """Each act beside what the present engine makes of it with the same dice."""
    drafter = _drafter(reply)._replace(writer=engines.now())
    for place, act, record in _acts(reply):
        then = [s.text for s in _told(reply, act, record, drafter)]
        now = then if act.notice else list(_anew(reply.turn_id, place, act, drafter))
        yield Part(act.name, then, now)


def _anew(turn: int, place: int, act: Act, drafter: Drafter) -> Iterator[str]:
    """What is told of an act by as many attempts as the road makes; held sentences are marked."""
    try:
        for said in drafter.tell(act, [], turn, place):
            yield f"{said.text} [held]" if said.held else said.text
    except writing.EngineError as error:
        yield f"[{error}]"


def _drafter(reply: Reply) -> Drafter:
    encode = reading.encode()
    known = facts.titles(encode), facts.country(encode)
    return Drafter(reply.turn.text, *known, nobody=manner.away(reply.facts))


def _acts(reply: Reply) -> Iterator[tuple[int, Act, records.Record]]:
    """The acts of a reply with their places and records."""
    for place, record in enumerate(reply.acts):
        yield place, records.act(record), record


def _told(reply: Reply, act: Act, record: records.Record, drafter: Drafter) -> Iterator[Said]:
    """The drafts of an act as they are rendered and checked today."""
    for draft, engine in records.told(record, reply.engine):
        if act.notice or draft == HELD:
            spoken = notices.language_of(reply.disclosure)
            yield Said(draft, notices.text(draft, act.slots, spoken), ())
        else:
            yield drafter.check(act, draft, engine)


def _verdicts_that_differ(reply: Reply, told: list[Said]) -> list[str]:
    """One line for each sentence whose claims are judged otherwise, either way."""
    then: dict[str, list[str]] = {s.text: [] for s in told}
    now: dict[str, list[str]] = {s.text: [_verdict(c) for c in s.claims] for s in told}
    for claim in reply.claims:
        if claim["shown"]:
            then.setdefault(claim["sentence"], []).append(_recorded(claim))
    return [
        f"{sentence!r}: on record {then[sentence] or 'no claims'}, "
        f"now {now.get(sentence) or 'no claims'}"
        for sentence in then
        if then[sentence] != now.get(sentence, [])
    ]


def _verdict(claim: Claim) -> str:
    return f"{claim.kind} {claim.text!r} {claim.verdict} by {claim.fact or 'nothing'}"


def _recorded(claim: dict[str, Any]) -> str:
    return _verdict(Claim(claim["text"], claim["kind"], claim["verdict"], claim["fact"]))
