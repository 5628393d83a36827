"""A telling that looks at the whole reply before its first word, and holds it where a rule says so.

What must not be delayed never is: whoever is in danger or asks for a person hears it as ever. Nor
does a reply wait that has begun: another process only goes on with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from chatbot import delivery, drafting, ledger, memory, notices, pressing, records
from chatbot.models import Frame, Hold, Reply, Review, Turn
from chatbot.review import intake, queue
from chatbot.telling import PRESSED, Telling
from chatbot.terms import Claim, Outcome

from . import lines
from .lines import Line

URGENT = "safety."  # notices of this name


class Waits(Exception):
    """Raised when the reply has been put before staff; what becomes of it, they or the clock
    decide."""


class Rehearsal(Telling):
    """The same drafts and checks with nobody listening; the sentences are collected."""

    def rehearse(self, drafter: drafting.Drafter) -> list[Line]:
        """What the reply would say, up to where it was stopped."""
        self.lines: list[Line] = []
        for place, record in enumerate(self.reply.acts):
            if self._stopped():
                break
            for _frame in self._tell_act(place, records.act(record), [], drafter):
                pass
        return self.lines

    def _reveal(
        self, place: int | None, draft: str, sentence: str, checked: tuple[Claim, ...],
        notice: bool = False,
    ) -> Frame:  # fmt: skip
        delivery.renew(self.turn, self.process)
        by = "" if notice else self.signing.by
        self.lines.append(Line(place, draft, sentence, checked, notice, by=by))
        return Frame(turn=self.turn)  # nobody gets it

    def _hold(self, sentence: str, checked: tuple[Claim, ...]) -> None:
        self.reasons.add(Review.Reason.HELD_CLAIM)
        self.lines.append(Line(None, sentence, sentence, checked, shown=False))


class Careful(Telling):
    """The telling of a reply while some rules hold."""

    def tell(self) -> Iterator[Frame]:
        """Everything between the opened and the completed reply. Raises Waits."""
        drafter = self._prepare()
        if self._has_begun() or self._is_urgent():
            yield from self._tell_acts(drafter)
            return
        said = self._rehearse(drafter)
        found = [] if self._stopped() else self._found(said)
        if found:
            yield self._park(said, found)
            raise Waits
        yield from self.perform(said)

    def perform(self, said: Iterable[Line]) -> Iterator[Frame]:
        """Tell what has been rehearsed."""
        for line in said:
            if self._stopped():
                return
            self.signing.by = line.by
            if line.shown:
                yield self._reveal(line.place, line.draft, line.text, line.claims, line.notice)
            else:
                self._hold(line.text, line.claims)
        yield from self._tell_rest()

    def _has_begun(self) -> bool:
        return any(record["told"] for record in self.reply.acts)

    def _is_urgent(self) -> bool:
        """Whether it must not wait: danger, and a person who is asked for."""
        return self.turn.wants_person or any(
            record["outcome"] == Outcome.HANDED_OFF or record["name"].startswith(URGENT)
            for record in self.reply.acts
        )

    def _rehearse(self, drafter: drafting.Drafter) -> list[Line]:
        rehearsal = Rehearsal(self.turn, self.reply, self.process, self.began, self.signing.writer)
        rehearsal.stop = self.stop
        said = rehearsal.rehearse(drafter)
        self.outcomes, self.reasons = rehearsal.outcomes, rehearsal.reasons
        return said

    def _found(self, said: list[Line]) -> list[Review.Reason]:
        """Why the reply has to wait, weightiest first; empty for most."""
        return intake.before(self._as_told(said), self.reasons, self._amounts())

    def _as_told(self, said: list[Line]) -> Reply:
        """The reply as it would be, had it been told; kept nowhere."""
        held = self.reply
        return Reply(
            turn=self.turn, text=lines.shown(said), claims=lines.claims(said, told=True),
            reading=held.reading, acts=held.acts, facts=held.facts, outcome=self._outcome(),
        )  # fmt: skip

    def _amounts(self) -> list[Any]:
        """What each action that would be offered gives back."""
        return [
            pressing.would_give(fact["values"])
            for record in self.reply.acts
            for fact in record["facts"]
            if fact["kind"] == "offer" and record["outcome"] in PRESSED
        ]

    @transaction.atomic
    def _park(self, said: list[Line], found: list[Review.Reason]) -> Frame:
        """Put the reply before staff and let go of its turn; the shopper is told until when."""
        delivery.take_floor(self.turn)
        self._keep_unsaid(said)
        hold = Hold.objects.create(
            reply=self.reply, reason=next(r for r in found if r in intake.holding()),
            notice=notices.VERSION, lines=[line.record() for line in said],
            memory=self._memory(self._as_told(said)),
            until=timezone.now() + timedelta(minutes=settings.HOLD_MINUTES),
        )  # fmt: skip
        ledger.record_hold(hold)
        queue.enqueue(self.reply, found[0], also=found[1:], priority=Review.Priority.NOW)
        memory.keep(self.turn, self._memory(Reply()))  # nothing has been told
        self._let_go()
        body = {
            "type": "held", "turn": self.turn.number,
            "text": notices.text("hold.waiting", {}, self.spoken),
            "until": hold.until.isoformat(timespec="seconds"),
        }  # fmt: skip
        return delivery.append(self.turn, body)

    def _keep_unsaid(self, said: list[Line]) -> None:
        """The draft and its claims for who looks at it; none of it is shown."""
        reply = self.reply
        reply.draft, reply.claims = lines.draft(said), lines.claims(said, told=False)
        reply.first_ms = self._elapsed()  # the shopper reads that somebody looks at it
        reply.save()

    def _memory(self, told: Reply) -> dict[str, Any]:
        """What later messages may refer back to once this much is told."""
        if self.reading is None:
            return self.turn.conversation.memory
        return asdict(memory.after(self.reading, told, self.memory))

    def _let_go(self) -> None:
        """Nobody works on the turn any more; raises LeaseLost when it is another's by now."""
        mine = Turn.objects.filter(pk=self.turn.pk, lease=self.process, state=Turn.State.RUNNING)
        if mine.update(state=Turn.State.HELD, lease="", leased_until=None) != 1:
            raise delivery.LeaseLost(f"Turn {self.turn.pk} is no longer leased to {self.process}.")
