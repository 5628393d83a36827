"""Who words a reply, and whose names stand under it."""

from __future__ import annotations

from functools import partial

from django.conf import settings

from . import records, writing
from .drafting import Drafter
from .engines import sharing
from .models import Reply, Turn

BESIDE = " + "  # between the names of engines that worded a reply together
MOST_NAME = 120  # characters the record has for them


class Signing:
    """The engine of one reply, its standby since it failed, and those that have worded some of it
    so far."""

    def __init__(
        self, turn: Turn, reply: Reply, began: float, writer: writing.Engine | None
    ) -> None:
        self.turn, self.reply, self.writer = turn, reply, writer
        self.until = began + settings.TURN_SECONDS
        self.standby: writing.Engine | None = None
        self.by = ""  # the engine that words the sentence at hand
        self.signed = {
            by: reply.weights for record in reply.acts for by in record.get("by", ()) if by
        }

    @property
    def engine(self) -> writing.Engine:
        """Who words the reply: one engine for all of it, whatever is switched meanwhile."""
        self.writer = self.writer or sharing.engine(self.turn)
        return self.writer

    @property
    def present(self) -> writing.Engine:
        """Who writes now."""
        return self.standby or self.engine

    def give_way(self) -> bool:
        """Let the standby of who writes now go on; whether there is one."""
        self.standby = writing.standby(self.present)
        return self.standby is not None

    def drafter(self, drafter: Drafter, place: int) -> Drafter:
        """The drafter of an act with who writes now; what it takes goes to the act's record."""
        engine = self.present
        self.by = engine.name
        if not self.signed:
            self.reply.engine, self.reply.weights = engine.name, engine.weights
        spend = partial(records.spend, self.reply.acts[place], engine.name)
        return drafter._replace(writer=engine, until=self.until, spent=spend)

    def sign(self) -> None:
        """Put the name of who writes now under the reply, beside those that have worded some."""
        self.signed[self.present.name] = self.present.weights
        self.reply.engine = BESIDE.join(self.signed)[:MOST_NAME]
        self.reply.weights = next(filter(None, reversed(self.signed.values())), "")
