"""Trying: one message answered as on the road, of which nothing is kept and nobody is told.

The rooms are called in the road's order, without its delivery and its record.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict

from . import deciding, drafting, facts, manner, memory, notices, reading, records, writing
from .drafting import Drafter, Said
from .models import Reply
from .telling import APOLOGY, HELD, PRESSED
from .terms import Act, Card, Fact, Memory, Outcome


class Try:
    """One message on its way through the rooms, to a reply that has no row."""

    def __init__(
        self, text: str, page: str, viewer: facts.Viewer, turn: int, *,
        before: Memory | None = None, also: Sequence[Fact] = (),
        engine: writing.Engine | None = None,
    ) -> None:  # fmt: skip
        """`turn` throws the dice; `also` is known besides what the shop knows; `engine` writes, if
        it is not the one that is switched on."""
        self.text, self.page, self.viewer, self.turn = text, page, viewer, turn
        self.before, self.also, self.engine = before or Memory(), also, engine
        self.said: list[Said] = []
        self.outcomes: list[Outcome] = []
        self.broke: writing.EngineError | None = None

    def run(self) -> Reply:
        """Read, find facts, decide, write and check; an engine that fails ends in the apology."""
        began, encode = time.monotonic(), reading.encode()
        self.reply = Reply(receipt="")
        decided = self._decide()
        titles, country = facts.titles(encode), facts.country(encode)
        nobody = manner.away(self.reply.facts)
        drafter = Drafter(self.text, titles, country, self.engine, nobody=nobody)
        try:
            for place, act in enumerate(decided):
                self._tell(place, act, drafter)
            self._show_cards(decided)
        except writing.EngineError as error:
            self.broke = error
            self._end(Outcome.UNAVAILABLE, APOLOGY)
        self.reply.outcome = self._outcome()
        self.reply.total_ms = max(1, round((time.monotonic() - began) * 1000))
        return self.reply

    def remembered(self) -> Memory:
        """What a later message might refer back to."""
        return memory.after(self.reading, self.reply, self.before)

    def _decide(self) -> list[Act]:
        reply = self.reply
        found = deciding.decided(self.text, self.page, self.before, self.viewer, self.also)
        self.reading = found.reading
        reply.reading = records.of_reading(found.reading)
        reply.facts = [records.of_fact(fact) for fact in found.facts]
        reply.acts = [records.of_act(act) for act in found.acts]
        return found.acts

    def _tell(self, place: int, act: Act, drafter: Drafter) -> None:
        """What is said of an act, as often tried and as strictly checked as on the road."""
        self.outcomes.append(act.outcome)
        if act.notice:
            self._show(Said(act.name, notices.text(act.name, act.slots), ()))
            return
        engine, told = self.engine or writing.engine(), list[str]()
        self.reply.engine, self.reply.weights = engine.name, engine.weights
        for said in drafter.tell(act, told, self.turn, place):
            self._show(said)
        if drafting.untold(act, told):
            self._end(Outcome.HELD_FOR_STAFF, HELD)

    def _show(self, said: Said) -> None:
        """Note a sentence and its claims; a held one is drafted and not shown."""
        reply, shown = self.reply, not said.held
        self.said.append(said)
        reply.draft += f"{said.text}\n"
        reply.text = f"{reply.text} {said.text}".strip() if shown else reply.text
        reply.claims += [asdict(c) | {"sentence": said.text, "shown": shown} for c in said.claims]

    def _end(self, outcome: Outcome, notice: str) -> None:
        self.outcomes.append(outcome)
        self._show(Said(notice, notices.text(notice, {}), ()))

    def _show_cards(self, decided: list[Act]) -> None:
        """The buttons a shopper could press, which do nothing here, and the links."""
        pressed = [a for a in decided if a.outcome in PRESSED]
        offers = [f.values for a in pressed for f in a.facts if f.kind == "offer"]
        shown = [notices.action_card(values) for values in offers]
        cards = [Card("action", s.title, " · ".join(s.terms), "") for s in shown]
        cards += [card for act in decided for card in act.cards]
        self.reply.cards = [asdict(card) for card in dict.fromkeys(cards)]

    def _outcome(self) -> Outcome:
        """How it ends: who was told of a person gets one, whatever broke."""
        ended = {Outcome.HANDED_OFF, Outcome.UNAVAILABLE} & set(self.outcomes)
        return min(ended or self.outcomes, key=tuple(Outcome).index)
