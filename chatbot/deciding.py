"""From a message to what will be said: reading, facts and acts in their order, for the whole
message and, where it asks several things, for each of its questions after the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import acts, facts, memory, reading, records
from .models import Reply
from .terms import Act, Fact, Memory, Reading


@dataclass(frozen=True)
class Decided:
    """What was asked, what is known about it, and what will be said."""

    reading: Reading
    facts: list[Fact]
    acts: list[Act]


def decided(
    text: str, page: str, before: Memory, viewer: facts.Viewer, also: Sequence[Fact] = ()
) -> Decided:
    """What is said to `text`; `also` is known besides what the shop knows.

    The answers to several questions count if each is answered by itself. Else the message is
    answered as one: what asks nothing, or refers to the rest, makes sense only there. A message in
    a language that is not served is answered by what it says in English.
    """
    gloss = reading.in_english(text, before, facts.lexicon(reading.encode()))
    if gloss is None:
        return _by_questions(text, page, before, viewer, also)
    told = _by_questions(gloss.text, page, before, viewer, also)
    if gloss.language == told.reading.language:
        return told
    read = replace(told.reading, language=gloss.language)
    again = gloss.language == before.language
    said = acts.by_list(read, told.facts, told.acts, again=again)
    return Decided(read, told.facts, said)


def _by_questions(
    text: str, page: str, before: Memory, viewer: facts.Viewer, also: Sequence[Fact]
) -> Decided:
    """What is said to a message in a language that is read."""
    whole = _decided(text, page, before, viewer, also)
    several = reading.questions(text)
    if not several or not acts.is_plain(whole.acts) or _looks_up(whole.reading, viewer):
        return whole
    parts: list[Decided] = []
    for question in several:
        parts.append(_decided(question, page, before, viewer, also))
        before = _after(parts[-1], before)
    told = acts.in_turn(whole.acts, [part.acts for part in parts])
    return whole if told == whole.acts else _together(whole, parts, told)


def _decided(
    text: str, page: str, before: Memory, viewer: facts.Viewer, also: Sequence[Fact]
) -> Decided:
    encode = reading.encode()
    read = reading.read(text, page, before, facts.lexicon(encode))
    known = [*facts.find(read, viewer, encode, reading.answers()), *also]
    return Decided(read, known, acts.decide(read, known))


def _looks_up(read: Reading, viewer: facts.Viewer) -> bool:
    """Whether an order may be looked up by its number and address: once a message, since each time
    counts as a guess."""
    guest = viewer.shopper_id is None and (read.order or viewer.order or viewer.email)
    return bool(guest or read.email)


def _after(part: Decided, before: Memory) -> Memory:
    """What the next question may refer to, as if this one's answer had been read."""
    said = " ".join(value for act in part.acts for value in act.slots.values())
    told = [records.of_act(act) for act in part.acts]
    reply = Reply(facts=[records.of_fact(f) for f in part.facts], acts=told, text=said)
    return memory.after(part.reading, reply, before)


def _together(whole: Decided, parts: Sequence[Decided], told: list[Act]) -> Decided:
    """One turn of several: it is about what its last question is about, and asks for all."""
    reads = [part.reading for part in parts]
    read = replace(
        reads[-1],
        intents=tuple(dict.fromkeys(i for r in reads for i in r.intents)),
        asks=tuple(dict.fromkeys(a for r in reads for a in r.asks)),
        upset=whole.reading.upset,
    )
    known = [fact for part in parts for fact in part.facts]
    return Decided(read, [f for i, f in enumerate(known) if f not in known[:i]], told)
