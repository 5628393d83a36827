"""What ends the wait of a held reply: staff by a decision, the clock, or the shopper.

Each is one transaction with the conversation locked; the first of them ends it, by conditional
update, and who comes later is told what has become of it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatbot import delivery, duty, ledger, memory, records
from chatbot.models import Conversation, Frame, Hold, Review, Turn
from chatbot.review import corrections, queue
from chatbot.telling import HELD
from chatbot.terms import Act, Outcome

from . import lines
from .careful import Careful

logger = logging.getLogger(__name__)

LEASE = "release"  # no process works on the turn; its lease lasts for one transaction
Ending, Verdict = Hold.Ending, Review.Verdict
ENDINGS = {
    Verdict.APPROVED: Ending.SENT,
    Verdict.CORRECTED: Ending.CORRECTED,
    Verdict.REJECTED: Ending.REFUSED,
}
TOO_LATE: Mapping[str, Promise] = {
    Ending.SENT: gettext_lazy("A colleague has sent this reply already."),
    Ending.CORRECTED: gettext_lazy("A colleague has answered this already."),
    Ending.REFUSED: gettext_lazy("A colleague has refused this reply already."),
    Ending.LATE: gettext_lazy(
        "Too late: the time ran out, and the shopper was told that nobody could check it. Nothing"
        " was sent; what you decide now is for the record, and your own words reach the shopper."
    ),
    Ending.STOPPED: gettext_lazy(
        "Too late: the shopper has stopped this reply and waits for it no longer. Nothing was sent."
    ),
    Ending.TAKEN: gettext_lazy(
        "Too late: a person has taken this conversation over and answers there. Nothing was sent."
    ),
    Ending.ERASED: gettext_lazy("This conversation has been erased; nothing of it is left."),
}


def decide(review: Review, user: Any, verdict: str, meant: bool, **said: str) -> list[Frame]:
    """Decide a review. While its reply waits, the decision is what the shopper gets: the reply as
    it is, what staff wrote, or that it was refused. `meant` says that who decides has seen it
    wait. Raises ReviewRefused, above all where it waits no longer."""
    with transaction.atomic():
        hold = _locked(review)
        if hold is None or (hold.ended_at and not meant):
            return queue.decide(review, user, verdict, **said)
        if ended := _has_ended(hold):
            raise queue.ReviewRefused(str(TOO_LATE[ended]))
        if verdict == Verdict.APPROVED and duty.people_only():
            raise queue.ReviewRefused(
                _("The assistant is switched off: answer in your own words, or refuse the reply.")
            )
        frames = _decide(hold, review, user, verdict, said)
    ledger.seal()
    return frames


def let_go() -> Iterator[Frame]:
    """End every wait that is over: the time has run out, or the shopper waits for it no longer."""
    for pk in _over().values_list("pk", flat=True):
        frames: list[Frame] = []
        try:
            with suppress(delivery.LeaseLost), transaction.atomic():
                frames = _end(Hold.objects.select_related("reply__turn").get(pk=pk))
        except Exception:  # whatever is wrong with one keeps no other shopper waiting
            logger.exception("Hold %s could not be ended", pk)
        ledger.seal()
        yield from frames


def _over() -> QuerySet[Hold]:
    """Among those that wait, which are few and asked for first: no table is read through."""
    waiting = list(
        Hold.objects.filter(ended_at=None).order_by("until").values_list("pk", flat=True)
    )
    person = Q(reply__turn__conversation__state=Conversation.State.PERSON)
    stopped = Q(reply__turn__stop_requested=True)
    over = person | stopped | Q(until__lte=timezone.now())
    return Hold.objects.filter(over, pk__in=waiting).order_by("until")


def _locked(review: Review) -> Hold | None:
    """The hold of a review's reply, with its conversation locked."""
    found = Hold.objects.filter(reply=review.reply_id)
    if not found.exists():
        return None
    corrections.lock(review.reply_id)
    return found.select_related("reply__turn__conversation").get()


def _has_ended(hold: Hold) -> str:
    """What has become of it; empty while it waits. What has to end is as good as ended."""
    turn = hold.reply.turn
    if hold.ended_at:
        return hold.ending
    if turn.conversation.state == Conversation.State.PERSON:
        return Ending.TAKEN
    if turn.stop_requested:
        return Ending.STOPPED
    return Ending.LATE if hold.until <= timezone.now() else ""


def _end(hold: Hold) -> list[Frame]:
    """End a wait that is over, without staff."""
    delivery.hold(hold.reply.turn.conversation_id)
    hold = Hold.objects.select_related("reply__turn__conversation").get(pk=hold.pk)
    ending = _has_ended(hold)
    if hold.ended_at or not ending:
        return []  # another was faster, or the person has handed it back
    told = Release(hold, ending)
    if ending == Ending.LATE:
        return [told.say("hold.late", Outcome.HELD_FOR_STAFF), *told.complete()]
    told.stop.set()
    return list(told.complete())


def _decide(
    hold: Hold, review: Review, user: Any, verdict: str, said: dict[str, str]
) -> list[Frame]:
    """Close the review and tell the shopper what follows from it."""
    first: list[Frame] = []
    if verdict in ENDINGS:
        told = Release(hold, ENDINGS[Verdict(verdict)], user)
        first = list(told.words())
    frames = queue.decide(review, user, verdict, **said)
    return [*first, *frames, *told.complete()]


class Release(Careful):
    """The end of a wait: the turn is taken up again, for one transaction."""

    def __init__(self, hold: Hold, ending: str, user: Any = None) -> None:
        """End it, once; raises LeaseLost where it has ended."""
        waited = (timezone.now() - hold.reply.opened_at).total_seconds()
        super().__init__(hold.reply.turn, hold.reply, LEASE, time.monotonic() - waited)
        self.hold = hold
        self._take_up()
        hold.ended_at, hold.ending, hold.ended_by = timezone.now(), ending, user
        hold.save(update_fields=["ended_at", "ending", "ended_by"])
        ledger.record_hold(hold)
        queue.wait_over(hold.reply)

    def _take_up(self) -> None:
        until = timezone.now() + timedelta(seconds=settings.TURN_LEASE_SECONDS)
        waits = Turn.objects.filter(pk=self.turn.pk, state=Turn.State.HELD)
        if waits.update(state=Turn.State.RUNNING, lease=LEASE, leased_until=until) != 1:
            raise delivery.LeaseLost(f"Turn {self.turn.pk} does not wait any more.")

    def words(self) -> Iterator[Frame]:
        """What is told of the reply by staff's decision; their own words follow by themselves."""
        if self.hold.ending == Ending.SENT:
            yield from self._send()
        elif self.hold.ending == Ending.CORRECTED:
            yield self.say("hold.corrected", Outcome.HELD_FOR_STAFF)
        else:
            yield self.say("hold.refused", Outcome.HANDED_OFF)

    def say(self, name: str, outcome: Outcome) -> Frame:
        """A notice in place of the reply, none of whose sources and cards are shown."""
        self.reply.sources = []
        self.reply.acts.append(records.of_act(Act(name, outcome, notice=True)))
        (frame,) = self._tell_notice(len(self.reply.acts) - 1, Act(name, outcome, notice=True), [])
        return frame

    def _send(self) -> Iterator[Frame]:
        said = lines.read(self.hold.lines)
        self.outcomes = [Outcome(record["outcome"]) for record in self.reply.acts]
        if any(line.draft == HELD for line in said):
            self.outcomes.append(Outcome.HELD_FOR_STAFF)
        self.reply.draft, self.reply.claims = "", []  # as it was kept unsaid
        yield from self.perform(said)

    def _to_review(self) -> None:
        """It stands in the queue since it began to wait."""

    def _remember(self) -> None:
        """What was told can be referred to, unless the shopper has gone on meanwhile."""
        chat = self.turn.conversation
        later = chat.turns.filter(number__gt=self.turn.number)
        if self.hold.ending == Ending.SENT and not later.exists():
            memory.keep(self.turn, self.hold.memory)
