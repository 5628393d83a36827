"""An engine on trial beside the one that stands: both sides of its share, and how they differ.

Only conversations of the share are counted, each on the side on which it was drawn, so that nothing
but the engine differs between them. The intervals of differences are made of those of both sides
(MOVER: Newcombe 1998, method 10; Zou and Donner 2008, Statist. Med. 27, p. 1693); those of
quantiles come from the ranks between which they lie in 95 of 100 cases, whatever the times look
like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatbot.models import EngineSwitch

from . import rollup
from .counted import Counts, histogram
from .report import Figure
from .statistics import Share, Z, quantile

Span = tuple[float | None, float | None, float | None]  # value, from, to
UNKNOWN: Span = (None, None, None)
SHARES: Mapping[str, tuple[Any, str, str]] = {  # name -> title, counter, of what
    "held": (gettext_lazy("Conversations with a held sentence"), "held.chats", "chats"),
    "broke": (gettext_lazy("Conversations with an answer that broke"), "chats.broke", "chats"),
    "person": (gettext_lazy("Conversations handed over"), "chats.person", "chats"),
    "down": (gettext_lazy("Conversations with a thumb down"), "chats.down", "chats"),
    "unavailable": (gettext_lazy("Replies that were unavailable"), "unavailable", "replies"),
    "wrong": (gettext_lazy("Reviewed at random and found wrong"), "wrong", "reviewed"),
}
TIMES: Mapping[str, tuple[Any, str, float]] = {  # name -> title, histogram, quantile
    "first_p50": (gettext_lazy("First sentence, half within"), "first", 0.5),
    "first_p95": (gettext_lazy("First sentence, 95 of 100 within"), "first", 0.95),
    "total_p50": (gettext_lazy("Whole reply, half within"), "total", 0.5),
    "total_p95": (gettext_lazy("Whole reply, 95 of 100 within"), "total", 0.95),
}
NUMBERS: Mapping[str, tuple[Any, str]] = {
    "chats": (gettext_lazy("Conversations"), "chats"),
    "replies": (gettext_lazy("Replies"), "replies"),
    "held_sentences": (gettext_lazy("Held sentences"), "held.sentences"),
    "unavailable": (gettext_lazy("Unavailable"), "unavailable"),
    "handed_over": (gettext_lazy("Handed over"), "handed_off"),
    "up": (gettext_lazy("Thumbs up"), "up"),
    "down": (gettext_lazy("Thumbs down"), "down"),
    "reviewed": (gettext_lazy("Reviewed at random"), "reviewed"),
    "wrong": (gettext_lazy("of these found wrong"), "wrong"),
}


@dataclass(frozen=True)
class Trial:
    """The newest share of an engine, and what came of it so far."""

    switch: EngineSwitch
    ended: EngineSwitch | None
    standing: Counts
    candidate: Counts

    @property
    def names(self) -> tuple[str, str]:
        """How the engines call themselves: the one that stands, the candidate."""
        names = self.switch.names
        return names.get("standing", ""), names.get("candidate", "")

    @property
    def empty(self) -> bool:
        """Whether nobody has written yet."""
        return not (self.standing["chats"] or self.candidate["chats"])

    def numbers(self) -> list[tuple[Any, ...]]:
        """What was counted on either side."""
        return [
            (str(title), self.standing[name], self.candidate[name])
            for title, name in NUMBERS.values()
        ]

    def shares(self) -> list[tuple[Any, ...]]:
        """Shares of both sides and their difference, each with its interval."""
        return [
            (str(title), *beside(*(_share(side, name, of) for side in self._sides)))
            for title, name, of in SHARES.values()
        ]

    def times(self) -> list[tuple[Any, ...]]:
        """Quantiles of both sides and their difference, in the same way."""
        return [
            (str(title), *beside(*(_quantile(side, name, at) for side in self._sides)))
            for title, name, at in TIMES.values()
        ]

    @property
    def _sides(self) -> tuple[Counts, Counts]:
        return self.standing, self.candidate


def newest(first: date) -> Trial | None:
    """The newest share, if it has not ended before this day."""
    rows = EngineSwitch.objects.select_related("setup", "candidate")
    switch = rows.filter(deed=EngineSwitch.Deed.SHARE).order_by("-pk").first()
    if switch is None:
        return None
    ended = rows.filter(pk__gt=switch.pk).order_by("pk").first()
    if ended and _day(ended.at) < first:
        return None
    sums = rollup.of_share(switch.pk)
    return Trial(switch, ended, sums[False], sums[True])


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _share(counts: Counts, name: str, of: str) -> Span:
    found = Share(counts[name], counts[of])
    return (found.rate, *found.interval) if found.of else UNKNOWN


def _quantile(counts: Counts, name: str, at: float) -> Span:
    """A quantile between the values whose ranks are so likely to lie on either side of it."""
    found = histogram(counts, name)
    if not (number := sum(found.values())):
        return UNKNOWN
    half = Z * sqrt(at * (1 - at) / number)
    low, high = max(0.0, at - half), min(1.0, at + half)
    return quantile(found, at), quantile(found, low), quantile(found, high)


def beside(standing: Span, candidate: Span) -> Iterator[float | None]:
    """Both spans, then by how much the candidate's value is higher, with its interval."""
    yield from standing
    yield from candidate
    yield from difference(standing, candidate)


def difference(standing: Span, candidate: Span) -> Span:
    """By how much the candidate's value is higher; nothing where one side is unknown."""
    (a, low_a, high_a), (b, low_b, high_b) = standing, candidate
    if a is None or b is None or None in (low_a, high_a, low_b, high_b):
        return UNKNOWN
    below = sqrt((b - (low_b or 0)) ** 2 + ((high_a or 0) - a) ** 2)
    above = sqrt(((high_b or 0) - b) ** 2 + (a - (low_a or 0)) ** 2)
    return b - a, b - a - below, b - a + above


def figures(trial: Trial) -> Iterator[Figure]:
    """The trial as tables, for the page and to take along."""
    sides = (_("The engine that stands"), _("The engine on trial"))
    yield Figure(
        "trial_numbers", _("Engine on trial: numbers"),
        _("All conversations of the share, on the side on which each was drawn."),
        {"measure": (_("Measure"), "text"), "standing": (sides[0], "count"),
         "candidate": (sides[1], "count")},
        trial.numbers(),
    )  # fmt: skip
    told = _("Between “from” and “to” the true value lies in 95 of 100 cases.")
    yield Figure(
        "trial_shares", _("Engine on trial: shares"), told, _columns(sides, "share"), trial.shares()
    )
    yield Figure(
        "trial_times", _("Engine on trial: times"), told, _columns(sides, "ms"), trial.times()
    )


def _columns(sides: tuple[str, str], unit: str) -> dict[str, tuple[Any, str]]:
    names = ("standing", "candidate", "difference")
    titles = (*sides, _("Difference"))
    return {"measure": (_("Measure"), "text")} | {
        f"{name}{end}": (heading, unit)
        for name, title in zip(names, titles, strict=True)
        for end, heading in (("", title), ("_low", _("from")), ("_high", _("to")))
    }
