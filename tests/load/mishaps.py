"""Turns on the demo shop while its endpoint fails in every way: whether each ends truthfully."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection

from chatbot import drafting, notices, records, terminal
from chatbot.models import Frame, LedgerEntry, Reply

FAULTS = (
    "fails", "is_away", "limits", "limits_until", "forbids", "rejects", "moves", "hangs_up",
    "waits", "drips_headers", "stalls", "comments", "drips", "cuts", "resets", "halves",
    "halves_a_frame", "truncates", "pages", "garbles", "misshapes", "nests", "swells", "reports",
    "is_silent", "goes_on", "doubles", "breaks_a_price", "babbles", "recites_half", "absent",
)  # fmt: skip
ASKED = (
    "How much is the Kestrel Rain Shell?",
    "How long do I have to return something?",
    "Do you have the Kestrel Rain Shell in slate, and what does shipping cost?",
    "hello",
)
WORKERS = 4  # turns at a time, as in a process
GRACE = 2.0  # seconds beyond a turn's deadline
HONEST = {"handed_off": "person", "unavailable": "something went wrong"}


@dataclass(frozen=True)
class Told:
    """A turn, and what is wrong with it."""

    fault: str
    outcome: str
    engine: str
    seconds: float
    wrong: list[str]


def turn(fault: str, question: str, deadline: float) -> Told:
    """Ask while the endpoint fails so, and look at everything that was told and kept."""
    began = time.monotonic()
    try:
        reply = terminal.say(terminal.begin(), question)
        seconds = time.monotonic() - began
        wrong = list(untruths(reply))
        if seconds > deadline + GRACE:
            wrong.append(f"took {seconds:.1f} s")
        return Told(fault, str(reply.outcome), reply.engine, seconds, wrong)
    finally:
        connection.close()


def untruths(reply: Reply) -> Iterator[str]:
    """Whatever about a reply is not as its record says, not whole, or not supported."""
    frames = [f.body for f in Frame.objects.filter(turn=reply.turn).order_by("seq")]
    shown = " ".join(f["text"] for f in frames if f["type"] == "sentence")
    if shown != reply.text:
        yield "shown otherwise than recorded"
    if [f["type"] for f in frames].count("done") != 1 or reply.completed_at is None:
        yield "not ended once"
    if LedgerEntry.objects.filter(kind="reply", subject=reply.receipt).count() != 1:
        yield "not logged once"
    yield from (
        f"claims {c['text']}" for c in reply.claims if c["shown"] and c["verdict"] == "held"
    )
    yield from _ends(reply)
    yield from _signed(reply)


def _ends(reply: Reply) -> Iterator[str]:
    """Whether it says all it had to, or that it could not."""
    if word := HONEST.get(str(reply.outcome)):
        if word not in reply.text:
            yield f"ends {reply.outcome} and does not say so"
    elif reply.outcome == "held_for_staff":
        if notices.text("claim.held", {}) not in reply.text:
            yield "holds something back and does not say so"
    elif any(_is_untold(record) for record in reply.acts):
        yield "half of it is shown as a whole"


def _is_untold(record: records.Record) -> bool:
    act = records.act(record)
    return not record["told"] if act.notice else drafting.untold(act, record["told"])


def _signed(reply: Reply) -> Iterator[str]:
    """Whether every sentence that an engine has worded names it, and the reply names them all."""
    for record in reply.acts:
        by = [engine for _draft, engine in records.told(record) if engine]
        if not record["notice"] and len(by) < len([d for d in record["told"] if "." in d[-1:]]):
            yield "a sentence without its engine"
        if any(engine not in reply.engine for engine in by):
            yield f"signed {reply.engine} and worded by {by}"


def run(url: str, use, times: int, deadline: float) -> list[Told]:
    """Every fault so many times, several turns at once; `use` points the road at an address."""
    told: list[Told] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for fault in FAULTS:
            use("http://127.0.0.1:9/v1" if fault == "absent" else f"{url}/{fault}")
            asked = [ASKED[n % len(ASKED)] for n in range(times)]
            told += pool.map(lambda q, f=fault: turn(f, q, deadline), asked)
    return told
