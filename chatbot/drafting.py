"""One draft of an act: written, rendered, checked. The road and its replay share it."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from . import claims, manner, metrics, writing
from .masking import mask
from .terms import Act, Brief, Claim, Spent, unpaid

ATTEMPTS = 2  # a held sentence is written once more before an honest one stands in for it


class Said(NamedTuple):
    """A sentence of a draft as the shopper would read it."""

    draft: str
    text: str
    claims: tuple[Claim, ...]

    @property
    def held(self) -> bool:
        """Whether it must not be shown."""
        return any(c.verdict == "held" for c in self.claims)


class Drafter(NamedTuple):
    """What all drafts of a turn are held against: the shopper's message, the shop's products; the
    shop's country, by whose telephone numbers the message is masked; and who writes, if it is not
    the environment's engine."""

    asked: str
    titles: tuple[str, ...]
    country: str = ""
    writer: writing.Engine | None = None
    until: float = math.inf  # when the turn has to be over
    spent: Callable[[Spent], None] = unpaid  # told what a server took for a draft
    nobody: bool = False  # whether the team is away

    def draft(
        self, act: Act, told: Sequence[str], seed: int, stop: threading.Event
    ) -> Iterator[Said]:
        """What an act has still to tell, sentence by sentence, none of them twice. Raises
        writing.EngineError."""
        engine = self.writer or writing.engine()

        def took(spent: Spent) -> None:
            metrics.took(engine.name, spent)
            self.spent(spent)

        brief = Brief(
            act.name,
            missing(act, told),
            tuple(act.slots),
            act.slots,
            mask(self.asked, self.country),
            self.until,
            took,
        )
        pieces = metrics.operation(engine.name, engine.write(brief, seed=seed, stop=stop))
        for draft in claims.sentences(pieces):
            if draft not in told and (said := self.check(act, draft, engine.name)).text:
                yield said

    def tell(self, act: Act, told: list[str], turn: int, place: int) -> Iterator[Said]:
        """Every sentence that as many attempts as the road makes come to, held ones too; what may
        be shown is added to `told`. An engine that fails gets a second chance where one may help.
        Raises writing.EngineError."""
        for attempt in range(ATTEMPTS):
            if not untold(act, told):
                return
            try:
                for said in self.draft(act, told, seed(turn, place, attempt), threading.Event()):
                    yield said
                    if said.held:
                        break
                    told.append(said.draft)
            except writing.EngineError as error:
                if untold(act, told) and not (error.retry and attempt + 1 < ATTEMPTS):
                    raise

    def check(self, act: Act, draft: str, engine: str) -> Said:
        """A sentence that the engine of this name drafted, with its claims; braces that cite
        nothing are a held one."""
        try:
            fitting = manner.fitting(draft, act, self.asked, self.nobody)
            text = writing.render(fitting, act.slots)
            told = writing.render(writing.quoted(fitting), act.slots)
        except writing.EngineError:
            return Said(draft, draft, (Claim(draft, "reference", "held"),))
        checked = claims.check(
            told, act.facts, asked=self.asked, titles=self.titles, act=act,
            taught=writing.was_taught(engine),
        )  # fmt: skip
        return Said(draft, text, checked)


def seed(turn: int, place: int, attempt: int) -> int:
    """The dice of one draft, the same for a replay; `turn` is its primary key."""
    return turn * 31 + place * 7 + attempt


def untold(act: Act, told: Sequence[str]) -> bool:
    """Whether an act has still something to say."""
    return not told or bool(missing(act, told))


def missing(act: Act, told: Sequence[str]) -> tuple[str, ...]:
    """The references an act must cite and has not yet."""
    return tuple(ref for ref in act.must if not writing.cites(told, ref, act.slots[ref]))
