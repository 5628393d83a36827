"""The telling of one reply: read, decided, written, checked, revealed, completed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import (
    acts,
    deciding,
    delivery,
    drafting,
    facts,
    ledger,
    manner,
    memory,
    metrics,
    notices,
    onward,
    pressing,
    proofs,
    reading,
    reckoning,
    records,
    suggesting,
    writing,
)
from .inbox import desk, line
from .inbox.machine import Event
from .models import Frame, Reply, Review, Turn
from .recall import register
from .review import intake
from .signing import Signing
from .terms import Act, Card, Claim, Outcome, Reading

logger = logging.getLogger(__name__)

PRESSED = (Outcome.ACTION_OFFERED, Outcome.IDENTITY_REQUIRED, Outcome.DECLINED)
HELD = "claim.held"  # the notice that stands in for what could not be confirmed
APOLOGY = "unavailable"  # the notice that ends a turn that broke; it belongs to no act
TOLD = ("text", "draft", "claims", "acts", "cards", "first_ms")  # of a reply, sentence by sentence
Record = dict[str, Any]


def apology(reply: Reply) -> str:
    """How a reply says that it went wrong, in the language in which it was disclosed."""
    return notices.text(APOLOGY, {}, notices.language_of(reply.disclosure))


class Telling:
    """The telling of one reply: what has been decided, what has been revealed."""

    def __init__(
        self, turn: Turn, reply: Reply, process: str, began: float,
        writer: writing.Engine | None = None,
    ) -> None:  # fmt: skip
        self.turn, self.reply, self.process, self.began = turn, reply, process, began
        self.memory = memory.recalled(turn.conversation.memory)
        self.reading: Reading | None = None
        self.stop = threading.Event()
        self.signing = Signing(turn, reply, began, writer)
        self.reasons: set[str] = set()
        self.outcomes: list[Outcome] = []

    @property
    def spoken(self) -> str:
        """The language of fixed texts: the one in which the shopper was told that an AI answers."""
        return notices.language_of(self.reply.disclosure)

    def tell(self) -> Iterator[Frame]:
        """Everything between the opened and the completed reply."""
        yield from self._tell_acts(self._prepare())

    def _prepare(self) -> drafting.Drafter:
        """Decide what to say, unless a dead process has; what drafts are held against."""
        encode = reading.encode()
        with facts.steady(encode):
            if not self.reply.acts:
                self._decide()
            known = facts.titles(encode), facts.country(encode)
            nobody = manner.away(self.reply.facts)
            return drafting.Drafter(self.turn.text, *known, nobody=nobody)

    def _tell_acts(self, drafter: drafting.Drafter) -> Iterator[Frame]:
        for place, record in enumerate(self.reply.acts):
            if self._stopped():
                return
            yield from self._tell_act(place, records.act(record), record["told"], drafter)
        yield from self._tell_rest()

    def _tell_rest(self) -> Iterator[Frame]:
        """What stands beside the words."""
        if not self._stopped():
            yield from self._offers()
            yield from self._cards()

    def to_people(self) -> Iterator[Frame]:
        """Pass the message on unread: staff have switched the assistant off. What a dead process
        has told of a reply stays."""
        (off,) = acts.off_duty()
        if not any(record["name"] == off.name for record in self.reply.acts):
            self.reply.acts.append(records.of_act(off))
        yield from self._tell_notice(len(self.reply.acts) - 1, off, self.reply.acts[-1]["told"])

    @property
    def has_apologised(self) -> bool:
        """Whether it has been told that it went wrong, which ends the words."""
        return self.reply.text.endswith(apology(self.reply))

    def apologise(self) -> Iterator[Frame]:
        """Say once that it went wrong, and send the turn to staff."""
        self.outcomes.append(Outcome.UNAVAILABLE)
        self.reasons.add(Review.Reason.BROKE)
        if not self.has_apologised:
            yield self._reveal(None, "", apology(self.reply), (), notice=True)

    def go_back(self) -> None:
        """To what was committed, which is what was shown: a sentence whose commit broke was not.
        What was held, and what drafts cost, stays on record."""
        held = [claim for claim in self.reply.claims if not claim["shown"]]
        acts = self.reply.acts
        self.reply.refresh_from_db(fields=TOLD)
        for act, kept in zip(acts, self.reply.acts, strict=False):
            kept["spent"] = act.get("spent", [])
        self.reply.claims += [claim for claim in held if claim not in self.reply.claims]

    def give_up(self) -> Iterator[Frame]:
        """No engine could word it: fetch a person where the shop wants that, else apologise."""
        if not writing.hands_over(self.signing.writer):
            yield from self.apologise()
            return
        self.reasons.add(Review.Reason.BROKE)
        known = [records.fact(f) for f in self.reply.facts if f["kind"] != "line"]
        read = self.reading or Reading(self.turn.text, (), (), 0.0)
        (handed,) = acts.person(read, [*known, line.fact(self.turn.conversation)])
        self.reply.acts.append(records.of_act(handed))
        yield from self._tell_notice(len(self.reply.acts) - 1, handed, [])

    @transaction.atomic
    def _complete(self) -> list[Frame]:
        reply, turn = self.reply, self.turn
        delivery.hold(turn.conversation_id)
        delivery.finish(turn, self.process)  # first: whoever is too late writes nothing
        reply.outcome = self._outcome()
        reply.total_ms = self._elapsed()
        reply.completed_at = timezone.now()
        reply.save()
        frames = self._hand_over() if reply.outcome == Outcome.HANDED_OFF else []
        self._remember()
        ledger.record_reply(reply)
        register.enter(reply)
        self._to_review()
        frames.append(delivery.append(turn, reckoning.done(reply, self.next)))
        return frames

    def _to_review(self) -> None:
        intake.take_in(self.reply, self.reasons, pressing.amounts(self.turn))

    def complete(self) -> Iterator[Frame]:
        """Complete the record in one transaction; nothing is shown as final that is not logged."""
        self.next = self._onward()
        frames = self._complete()
        self._measure()
        yield from frames

    def _measure(self) -> None:
        reply = self.reply
        waited = (reply.opened_at - self.turn.created_at).total_seconds()
        metrics.turn_ended(
            reply.outcome, waited, reply.first_ms, reply.total_ms or 0,
            receipt=reply.receipt, number=self.turn.number, engine=reply.engine,
        )  # fmt: skip

    def _onward(self) -> list[onward.Question]:
        """Questions to go on with; a reply is complete without them."""
        if self.reading is None or self._outcome() not in onward.GOOD:
            return []
        chat, told = self.turn.conversation, [records.act(r) for r in self.reply.acts]
        known = memory.after(self.reading, self.reply, self.memory)
        # whatever the rooms make of a question nobody has asked
        with suppress(Exception), facts.steady(reading.encode()):
            now = (self.reading, told, known, self._viewer(), self.turn.page, chat.language)
            return onward.questions(onward.Moment(*now))
        return []

    def _decide(self) -> None:
        """Read, find facts, decide; keep all three before the first word."""
        turn, text = self.turn, self.turn.text
        proved = proofs.answered(turn)
        if proved:  # what was asked before the code is answered now
            text = self.memory.text if proved.lstrip("#") in self.memory.text else proved
        also = [line.fact(turn.conversation)]
        found = deciding.decided(text, turn.page, self.memory, self._viewer(), also)
        self.reading, decided = found.reading, found.acts
        if proved == "":
            decided = acts.wrong_code()
        elif turn.wants_person:
            decided = acts.person(found.reading, found.facts)
        self.reply.reading = records.of_reading(found.reading)
        self.reply.facts = [records.of_fact(f) for f in found.facts]
        self.reply.acts = [records.of_act(a) for a in decided]
        self.reply.sources = records.sources(decided)
        with transaction.atomic():
            delivery.hold(turn.conversation_id)
            delivery.renew(turn, self.process)  # who was too slow must not undo another's telling
            self.reply.save(update_fields=["reading", "facts", "acts", "sources"])

    def _viewer(self) -> facts.Viewer:
        """Who is asking, and what they have proved."""
        chat, known = self.turn.conversation, self.memory
        proved = proofs.proved(chat)
        order = known.order or proved
        own = suggesting.likes(self.turn.shopper_id)
        return facts.Viewer(self.turn.shopper_id, chat.owner, known.email, order, proved, own)

    def _tell_act(
        self, place: int, act: Act, told: list[str], drafter: drafting.Drafter
    ) -> Iterator[Frame]:
        """Word one act; a part already told by a dead process is kept and only completed."""
        if act.notice:
            yield from self._tell_notice(place, act, told)
            return
        self.outcomes.append(act.outcome)
        for attempt in range(drafting.ATTEMPTS):
            if not drafting.untold(act, told) or self.stop.is_set():
                return
            yield from self._attempt(place, act, told, drafter, attempt)
        yield from self._relieve(place, act, told, drafter)
        if drafting.untold(act, told) and not self.stop.is_set():
            self.outcomes.append(Outcome.HELD_FOR_STAFF)
            self.reasons.add(Review.Reason.HELD_CLAIM)
            yield self._reveal(place, HELD, notices.text(HELD, {}, self.spoken), (), True)

    def _tell_notice(self, place: int, act: Act, told: list[str]) -> Iterator[Frame]:
        """A fixed text, once."""
        self.outcomes.append(act.outcome)
        if not told:
            fixed = notices.text(act.name, act.slots, self.spoken)
            yield self._reveal(place, act.name, fixed, (), True)

    def _attempt(
        self, place: int, act: Act, told: list[str], drafter: drafting.Drafter, attempt: int
    ) -> Iterator[Frame]:
        """Another draft. Where an engine fails its standby goes on, for the rest of the turn; one
        without gets a second chance where that may help."""
        try:
            yield from self._write(place, act, told, self.signing.drafter(drafter, place), attempt)
        except writing.EngineError as error:
            logger.warning(
                "Turn %s, attempt %s: %s", self.turn.pk, attempt + 1, error, exc_info=error
            )
            if not drafting.untold(act, told):
                return
            if self.signing.give_way():
                yield from self._attempt(place, act, told, drafter, attempt)
            elif not (error.retry and attempt + 1 < drafting.ATTEMPTS):
                raise

    def _relieve(
        self, place: int, act: Act, told: list[str], drafter: drafting.Drafter
    ) -> Iterator[Frame]:
        """What no draft of an engine could tell so that it holds, its standby may word."""
        if drafting.untold(act, told) and not self.stop.is_set():
            before = self.signing.standby
            if self.signing.give_way():
                yield from self._attempt(place, act, told, drafter, 0)
            self.signing.standby = before

    def _write(
        self, place: int, act: Act, told: list[str], drafter: drafting.Drafter, attempt: int
    ) -> Iterator[Frame]:
        """One draft of an act, revealed up to the first sentence that does not hold."""
        delivery.renew(self.turn, self.process)  # an engine may be slow, and slow again
        seed = drafting.seed(self.turn.pk, place, attempt)
        for said in drafter.draft(act, told, seed, self.stop):
            self.signing.sign()
            if said.held:
                self._hold(said.text, said.claims)
                return
            if self._stopped():
                return
            told.append(said.draft)
            yield self._reveal(place, said.draft, said.text, said.claims)

    def _hold(self, sentence: str, checked: tuple[Claim, ...]) -> None:
        """Keep what was not said, for staff."""
        self.reasons.add(Review.Reason.HELD_CLAIM)
        metrics.held(c.kind for c in checked if c.verdict == "held")
        self.reply.draft += f"{sentence}\n"
        self.reply.claims += [asdict(c) | {"sentence": sentence, "shown": False} for c in checked]

    @transaction.atomic
    def _reveal(
        self, place: int | None, draft: str, sentence: str, checked: tuple[Claim, ...],
        notice: bool = False,
    ) -> Frame:  # fmt: skip
        """Commit a sentence to the record and the conversation; only then may it be sent."""
        reply = self.reply
        delivery.take_floor(self.turn)
        if place is not None:
            records.tell(reply.acts[place], draft, "" if notice else self.signing.by)
        reply.text = f"{reply.text} {sentence}".strip()
        reply.draft += f"{sentence}\n"
        reply.claims += [asdict(c) | {"sentence": sentence, "shown": True} for c in checked]
        reply.first_ms = reply.first_ms or self._elapsed()
        reply.save()
        delivery.renew(self.turn, self.process)
        body = {"type": "sentence", "turn": self.turn.number, "text": sentence, "notice": notice}
        return delivery.append(self.turn, body)

    def _offers(self) -> Iterator[Frame]:
        """What the shopper may press, each with the card that says what it does."""
        for record in self.reply.acts:
            for fact in record["facts"]:
                if fact["kind"] == "offer" and record["outcome"] in PRESSED:
                    yield from self._reveal_offer(fact["values"])

    def _reveal_offer(self, values: Record) -> Iterator[Frame]:
        shown = notices.action_card(values, self.spoken)
        card = asdict(Card("action", shown.title, " · ".join(shown.terms), ""))
        if card in self.reply.cards:
            return
        with transaction.atomic():
            delivery.take_floor(self.turn)
            delivery.renew(self.turn, self.process)  # whoever stops the turn waits from here on
            if self._stopped():
                return
            self.reply.cards.append(card)
            self.reply.save(update_fields=["cards"])
            frames = pressing.offer(self.turn, values, shown)
        yield from frames

    def _cards(self) -> Iterator[Frame]:
        """The links beside the reply, each once."""
        cards = [Card(**c) for record in self.reply.acts for c in record["cards"]]
        spoken = [replace(c, text=notices.link_text(c.text, self.spoken)) for c in cards]
        for card in dict.fromkeys(spoken):
            if asdict(card) not in self.reply.cards:
                yield self._reveal_card(card)

    @transaction.atomic
    def _reveal_card(self, card: Card) -> Frame:
        delivery.take_floor(self.turn)
        delivery.renew(self.turn, self.process)
        self.reply.cards.append(asdict(card))
        self.reply.save(update_fields=["cards"])
        shown = asdict(card) | {"picture": facts.picture(card.href, reading.encode())}
        return delivery.append(self.turn, {"type": "card", "turn": self.turn.number} | shown)

    def _stopped(self) -> bool:
        """Whether the reply is wanted no further; nothing more is written of it then."""
        if delivery.stopped(self.turn):
            self.stop.set()
        return self.stop.is_set()

    def _outcome(self) -> Outcome:
        """How the turn ends. Who has pressed for a person, or was told of one, gets one, whatever
        stopped or broke."""
        if self.turn.wants_person or Outcome.HANDED_OFF in self.outcomes:
            return Outcome.HANDED_OFF
        if self.stop.is_set():
            return Outcome.STOPPED
        if Outcome.UNAVAILABLE in self.outcomes:
            return Outcome.UNAVAILABLE
        return min(self.outcomes, key=tuple(Outcome).index)

    def _hand_over(self) -> list[Frame]:
        """The shopper joins the line, once: staff see it, the shopper is told."""
        frames = desk.shopper(self.turn, Event.ASKED)
        if frames:
            self.reasons.add(Review.Reason.ASKED_FOR_PERSON)
        return frames

    def _remember(self) -> None:
        """What later messages may refer back to."""
        if self.reading is None:
            return
        offered = tuple(question.asked for question in self.next)
        known = memory.after(self.reading, self.reply, self.memory)
        memory.keep(self.turn, asdict(replace(known, offered=offered)))

    def _elapsed(self) -> int:
        return max(1, round((time.monotonic() - self.began) * 1000))
