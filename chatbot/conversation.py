"""THE ROAD: one turn, from the shopper's message to the logged reply.

Rooms never call each other; this module and its `telling` call them in order.
Everything shown is committed first.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import suppress

from django.db import transaction

from . import delivery, duty, engines, facts, ledger, metrics, reading, setups, writing
from .holding.careful import Careful, Waits
from .inbox import desk
from .inbox.machine import Event
from .models import Conversation, Feedback, Frame, Reply, Review, Turn
from .review import intake, queue
from .telling import Telling

logger = logging.getLogger(__name__)


def answer(turn_id: int, process: str, writer: writing.Engine | None = None) -> Iterator[Frame]:
    """Answer a turn, yielding every frame right after its commit. `writer` words it, if it is not
    the engine that is switched on.

    1. take the turn's lease; nothing to do when another process holds it
    2. open the reply, or take over the one a dead process left half told; while a person has the
       conversation the message is theirs, and the turn ends without one
    3. read, find facts, decide; or keep what was decided before
    4. write, check and reveal, sentence by sentence; where a rule holds, all of it is written and
       checked first, and a risky reply waits for staff: the turn ends here and is completed by them
       or by the clock
    5. complete the record and close the turn

    While staff have switched the assistant off, a person is all that is offered. Whatever breaks on
    the way, the shopper is told and the turn ends with one logged reply. When the conversation is
    erased meanwhile, or another process has taken the turn over, this one falls silent.
    """
    turn = delivery.lease(turn_id, process)
    if turn is not None:
        yield from answer_leased(turn, process, writer)


def answer_leased(
    turn: Turn, process: str, writer: writing.Engine | None = None
) -> Iterator[Frame]:
    """The same from step 2 on, for a turn that `process` has picked up."""
    with suppress(delivery.LeaseLost), metrics.running():
        yield from _answer(turn, process, writer)


def _answer(turn: Turn, process: str, writer: writing.Engine | None) -> Iterator[Frame]:
    began = time.monotonic()
    setups.note(setups.present() if writer else engines.present())
    yield from desk.shopper(turn, Event.WROTE)
    try:
        reply, frame = _open(turn)
    except delivery.PersonSpeaks:
        delivery.finish(turn, process)
        return
    if frame:
        yield frame
    telling = Careful if intake.holding() else Telling
    told = telling(turn, reply, process, began, writer)
    try:
        yield from _tell(told)
    except delivery.PersonSpeaks:
        told.stop.set()
    except Waits:  # the turn is let go of; whoever ends the wait completes it
        ledger.seal()
        return
    yield from told.complete()
    ledger.seal()


def _tell(told: Telling) -> Iterator[Frame]:
    try:
        if told.has_apologised:
            yield from told.apologise()
        else:
            yield from told.to_people() if duty.people_only() else told.tell()
    except (delivery.LeaseLost, delivery.PersonSpeaks, Waits):
        raise
    except writing.EngineError as error:
        logger.error("Turn %s could not be worded: %s", told.turn.pk, error, exc_info=error)
        yield from told.give_up()
    except Exception:  # any room may break; the shopper still gets an honest end
        logger.exception("Turn %s could not be answered", told.turn.pk)
        told.go_back()
        yield from told.apologise()


def rate(conversation: Conversation, receipt: str, helpful: bool, comment: str) -> Feedback | None:
    """Store what a shopper thought of a reply; a thumb down queues it for review."""
    feedback = delivery.rate(conversation, receipt, helpful, comment)
    if feedback and not helpful:
        queue.enqueue(feedback.reply, Review.Reason.THUMBS_DOWN)
    return feedback


def warm_up() -> None:
    """Load reader, writer and the shop's texts, so that the first shopper does not wait."""
    facts.prepare()
    reading.prepare(facts.passages(reading.encode()))
    writing.warm_up(engines.now())


def _open(turn: Turn) -> tuple[Reply, Frame | None]:
    """The turn's reply and the frame that announces it; no frame when it was announced before."""
    with transaction.atomic():
        reply, new = Reply.objects.get_or_create(turn=turn)
        if not new:
            return reply, None
        delivery.take_floor(turn)
        seen = delivery.seen(turn.conversation)
        reply.disclosure = f"{seen.version} {seen.language}" if seen else ""
        reply.save(update_fields=["disclosure"])
        body = {"type": "reply", "turn": turn.number, "receipt": reply.receipt}
        return reply, delivery.append(turn, body)
