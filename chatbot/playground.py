"""The playground: what a shopper would be answered, laid open; nothing of it is kept.

The rooms are called in the order of the road, without its delivery and its record. While they work
the database takes no change: whatever would write is refused, so that nothing tried here can count.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils.translation import gettext as _

from . import acts, drafting, facts, notices, reading, records, writing
from .drafting import Drafter, Said
from .inbox import line
from .models import Conversation, Reply
from .telling import ATTEMPTS, HELD, PRESSED
from .terms import Act, Card, Memory, Outcome

CHANGES = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP)\b", re.IGNORECASE
)


class UnknownShopper(Exception):
    """Raised with a text for staff when nobody has the e-mail address."""


class Wrote(Exception):
    """Raised when something would have changed the database."""


def shopper(email: str) -> int | None:
    """The shopper with this e-mail address; None for a guest."""
    if not email:
        return None
    found = get_user_model().objects.filter(email__iexact=email).first()
    if found is None:
        raise UnknownShopper(_("No shopper has this e-mail address; leave it empty for a guest."))
    return int(found.pk)


def answer(text: str, page: str = "", shopper_id: int | None = None) -> Reply:
    """The reply to a first message of a shopper's, with everything between. It has no row."""
    with connection.execute_wrapper(_only_read):
        return Trial(text, page, shopper_id).run()


def _only_read(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if CHANGES.match(sql):
        raise Wrote(f"The playground may not change the database, as this would: {sql[:60]}")
    return execute(sql, params, many, context)


class Trial:
    """One message on its way through the rooms."""

    def __init__(self, text: str, page: str, shopper_id: int | None) -> None:
        self.text, self.page = text, page
        # A guest whom nobody is: tries here use up no shopper's look-ups.
        self.viewer = facts.Viewer(shopper_id, secrets.token_hex(32))
        self.seed = secrets.randbelow(10**6)  # a turn's number; other dice at every try
        self.reply = Reply(receipt="")
        self.outcomes: list[Outcome] = []
        self.began = time.monotonic()

    def run(self) -> Reply:
        """Read, find facts, decide, write and check; an engine that fails ends in the apology."""
        decided = self._decide()
        encode = reading.encode()
        drafter = Drafter(self.text, facts.titles(encode), facts.country(encode))
        try:
            for place, act in enumerate(decided):
                self._tell(place, act, drafter)
            self._show_cards(decided)
        except writing.EngineError:
            self._end(Outcome.UNAVAILABLE, "unavailable")
        return self._complete()

    def _decide(self) -> list[Act]:
        encode = reading.encode()
        read = reading.read(self.text, self.page, Memory(), facts.lexicon(encode))
        known = facts.find(read, self.viewer, encode, reading.answers())
        known.append(line.fact(Conversation()))
        decided = acts.decide(read, known)
        self.reply.reading = records.of_reading(read)
        self.reply.facts = [records.of_fact(fact) for fact in known]
        self.reply.acts = [records.of_act(act) for act in decided]
        return decided

    def _tell(self, place: int, act: Act, drafter: Drafter) -> None:
        """What is said of an act, as often tried and as strictly checked as on the road."""
        self.outcomes.append(act.outcome)
        if act.notice:
            self._show(Said(act.name, notices.text(act.name, act.slots), ()))
            return
        told: list[str] = []
        for attempt in range(ATTEMPTS):
            if not drafting.untold(act, told):
                return
            self._attempt(place, act, told, drafter, attempt)
        if drafting.untold(act, told):
            self._end(Outcome.HELD_FOR_STAFF, HELD)

    def _attempt(
        self, place: int, act: Act, told: list[str], drafter: Drafter, attempt: int
    ) -> None:
        """One draft, up to the first sentence that does not hold."""
        engine = writing.engine()
        self.reply.engine, self.reply.weights = engine.name, engine.weights
        seed = drafting.seed(self.seed, place, attempt)
        try:
            for said in drafter.draft(act, told, seed, threading.Event()):
                self._show(said)
                if said.held:
                    return
                told.append(said.draft)
        except writing.EngineError as error:
            if drafting.untold(act, told) and not (error.retry and attempt + 1 < ATTEMPTS):
                raise

    def _show(self, said: Said) -> None:
        """Note a sentence and its claims; a held one is drafted and not shown."""
        reply, shown = self.reply, not said.held
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

    def _complete(self) -> Reply:
        ended = {Outcome.HANDED_OFF, Outcome.UNAVAILABLE} & set(self.outcomes)
        self.reply.outcome = min(ended or self.outcomes, key=tuple(Outcome).index)
        self.reply.total_ms = max(1, round((time.monotonic() - self.began) * 1000))
        return self.reply
