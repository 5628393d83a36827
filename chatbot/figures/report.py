"""The figures of the dashboard as tables: what each tells in words, and its numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatbot.models import Review

from . import rollup
from .cells import shown
from .counted import HOURS, Counts, began, histogram, measured, numbers, share, waited
from .statistics import quantile
from .tallies import NANO

PERIODS = (7, 30, 90)  # days
FATES: Mapping[str, Any] = {
    "confirmed": gettext_lazy("Confirmed"),
    "assumed": gettext_lazy("Assumed"),
    "person": gettext_lazy("With a person"),
    "came_back": gettext_lazy("Came back"),
    "abandoned": gettext_lazy("Abandoned"),
    "faulted": gettext_lazy("Found wrong"),
    "open": gettext_lazy("Still open"),
}
MEANINGS: Mapping[str, Any] = {
    "confirmed": gettext_lazy("The shopper pressed helpful, or pressed a card and it was done."),
    "assumed": gettext_lazy("Answered, and no sign of a problem; nobody said that it helped."),
    "person": gettext_lazy("A person of the team took it over."),
    "came_back": gettext_lazy(
        "Within 7 days the same shopper began another conversation about the same order or product;"
        " where none was named, about the same matter."
    ),
    "abandoned": gettext_lazy(
        "Nothing more was written after a question back, a refusal, an answer held or broken, or"
        " while waiting for a person."
    ),
    "faulted": gettext_lazy("The shopper pressed not helpful, or staff corrected or rejected it."),
}
Version = tuple[str, str]  # engine, SHA-256 of its weights


@dataclass(frozen=True)
class Figure:
    """One table. A row's cells are raw: shares 0..1, seconds, milliseconds, None where unknown."""

    name: str
    title: str
    words: str  # what exactly is counted
    columns: Mapping[str, tuple[Any, str]]  # name -> heading, unit
    rows: list[tuple[Any, ...]]

    @property
    def shown(self) -> list[list[str]]:
        """The rows as people read them."""
        units = [unit for _heading, unit in self.columns.values()]
        return [[shown(*cell) for cell in zip(row, units, strict=True)] for row in self.rows]

    @property
    def empty(self) -> bool:
        """Whether it tells nothing."""
        counted = [
            place for place, (_heading, unit) in enumerate(self.columns.values()) if unit == "count"
        ]
        return not any(row[place] for row in self.rows for place in counted)


class Report:
    """The figures of some days, of one version of the engine or of all."""

    def __init__(self, period: int, version: Version | None = None) -> None:
        today = timezone.localdate()
        self.dates = [today - timedelta(days=back) for back in reversed(range(period))]
        sums, self.late = rollup.days(self.dates[0], self.dates[-1])
        self.versions = sorted({(engine, weights) for _day, engine, weights in sums})
        self.version = version if version in self.versions else None
        self.by_version: dict[Version, Counts] = defaultdict(Counter)
        self.by_day: dict[date, Counts] = defaultdict(Counter)
        self.total: Counts = Counter()
        for (day, *of), counts in sums.items():
            self._add(date.fromisoformat(day), (of[0], of[1]), counts)

    def _add(self, day: date, version: Version, counts: Counts) -> None:
        self.by_version[version].update(counts)
        if self.version in (None, version):
            self.by_day[day].update(counts)
            self.total.update(counts)

    def figures(self) -> Iterator[Figure]:
        """Every figure, as the page shows them."""
        yield self.summary()
        yield self.outcomes_by_day()
        yield self.outcomes()
        yield self.held()
        yield self.thumbs()
        yield self.first_sentence()
        yield self.waiting()
        yield self.reviews()
        yield self.side_by_side()
        yield self.costs()

    def summary(self) -> Figure:
        """The main numbers, each with its unit, and its interval where it is a share."""
        return Figure(
            "summary", _("At a glance"), _("The period as a whole."),
            {"measure": (_("Measure"), "text"), "value": (_("Value"), "number"),
             "unit": (_("Unit"), "text"), "low": (_("from"), "number"),
             "high": (_("to"), "number"), "p90": (_("9 of 10 within"), "number")},
            list(self._main_numbers()),
        )  # fmt: skip

    def _main_numbers(self) -> Iterator[tuple[Any, ...]]:
        yield _("Conversations"), began(self.total), "count", None, None, None
        for name, title in MAIN_SHARES.items():
            value, low, high = measured(share(self.total, name))
            yield str(title), value, "share", low, high, None
        for title, times, unit in (
            (_("First sentence, median"), histogram(self.total, "first"), "ms"),
            (_("Waited for a person, median"), waited(self.total), "seconds"),
        ):
            yield title, quantile(times, 0.5), unit, None, None, quantile(times, 0.9)
        yield _("Oldest reply to review"), oldest_review(), "seconds", None, None, None

    def outcomes_by_day(self) -> Figure:
        """How many conversations began each day, by how they went."""
        return Figure(
            "outcomes_by_day", _("Conversations a day"),
            _("Conversations in which the shopper wrote, on the day they began (UTC)."),
            {"day": (_("Day"), "day")} | {fate: (title, "count") for fate, title in FATES.items()},
            [(day, *(self.by_day[day][f"fate.{f}"] for f in FATES)) for day in self.dates],
        )  # fmt: skip

    def outcomes(self) -> Figure:
        """Which share of the conversations went how."""
        shares = {fate: share(self.total, fate) for fate in FATES if fate != "open"}
        return Figure(
            "outcomes", _("How conversations went"),
            _("Of the conversations that are over, with the range in which the true share lies in"
              " 95 of 100 cases (Wilson). Each counts once: where several hold, it came back, was"
              " found wrong, was confirmed or was with a person, in this order."),
            {"outcome": (_("Outcome"), "text")} | COUNTED | SHARED
            | {"meaning": (_("What it means"), "text")},
            [(str(FATES[f]), s.hits, *measured(s), str(MEANINGS[f])) for f, s in shares.items()],
        )  # fmt: skip

    def held(self) -> Figure:
        """What the check held back, by kind of claim."""
        kinds = numbers(self.total, "held").most_common()
        replies = self.total["replies"]
        return Figure(
            "held_claims", _("Held claims by kind"),
            _("Statements that the check found in no fact and kept from the shopper, and how many"
              " there are to 1,000 replies."),
            {"kind": (_("Kind"), "text")} | COUNTED
            | {"per_1000": (_("To 1,000 replies"), "number")},
            [(kind, n, round(1000 * n / replies, 2) if replies else None) for kind, n in kinds],
        )  # fmt: skip

    def thumbs(self) -> Figure:
        """Thumbs up and down a day, by the day of the reply."""
        return Figure(
            "thumbs", _("Thumbs"),
            _("What shoppers thought of replies, on the day of the reply; the last press counts."),
            {"day": (_("Day"), "day"), "up": (_("Helpful"), "count"),
             "down": (_("Not helpful"), "count")},
            [(day, self.by_day[day]["up"], self.by_day[day]["down"]) for day in self.dates],
        )  # fmt: skip

    def first_sentence(self) -> Figure:
        """How long shoppers waited for the first checked sentence, a day."""
        quantiles = {"p50": 0.5, "p90": 0.9, "p99": 0.99}
        histograms = {day: histogram(self.by_day[day], "first") for day in self.dates}
        return Figure(
            "first_sentence", _("Time to the first sentence"),
            _("From taking the message up to showing the first checked sentence: half of the"
              " replies (p50), 9 of 10 (p90) and 99 of 100 (p99) were at least so fast, give or"
              " take 2.5 %."),
            {"day": (_("Day"), "day"), "replies": (_("Replies"), "count")}
            | {name: (name, "ms") for name in quantiles},
            [(day, sum(h.values()), *(quantile(h, q) for q in quantiles.values()))
             for day, h in histograms.items()],
        )  # fmt: skip

    def waiting(self) -> Figure:
        """How long shoppers waited for a person, by the hour at which they asked."""
        histograms = [histogram(self.total, f"wait.{hour}") for hour in HOURS]
        return Figure(
            "waiting", _("Waiting for a person"),
            _("From the reply that passed the conversation on until a person took it, by the hour"
              " (UTC) at which the waiting began. Who still waits is not in it."),
            {"hour": (_("Hour"), "hour"), "waited": (_("Shoppers"), "count"),
             "median": (_("Median"), "seconds"), "p90": (_("9 of 10 within"), "seconds")},
            [(hour, sum(h.values()), quantile(h, 0.5), quantile(h, 0.9))
             for hour, h in zip(HOURS, histograms, strict=True)],
        )  # fmt: skip

    def reviews(self) -> Figure:
        """How much staff had to review a day, and reviewed."""
        return Figure(
            "reviews", _("Review load"),
            _("Replies queued for review, and reviews decided, on the day it happened."),
            {"day": (_("Day"), "day"), "queued": (_("Queued"), "count"),
             "closed": (_("Decided"), "count")},
            [(day, self.by_day[day]["queued"], self.by_day[day]["closed"]) for day in self.dates],
        )  # fmt: skip

    def side_by_side(self) -> Figure:
        """The versions of the engine that were in use, each with its main figures."""
        return Figure(
            "versions", _("Versions side by side"),
            _("The engines that worded replies in this period, each with its weights. Where two"
              " intervals do not overlap, the difference is hardly chance."),
            {"version": (_("Version"), "text"), "conversations": (_("Conversations"), "count")}
            | {f"{name}{end}": (heading, "share") for name, title in COMPARED.items()
               for end, heading in (("", str(title)), ("_low", _("from")), ("_high", _("to")))}
            | {"held_per_1000": (_("Held to 1,000 replies"), "number"),
               "p50": (_("First sentence, median"), "ms"), "p90": (_("9 of 10 within"), "ms")},
            [compared(version, self.by_version[version]) for version in self.versions],
        )  # fmt: skip

    def costs(self) -> Figure:
        """What engines on somebody else's servers took."""
        return Figure(
            "costs", _("What endpoints cost"),
            _("The conversations and replies for which an endpoint was asked, whoever worded them"
              " in the end; tokens as its server counted them, else estimated from the length. The"
              " cost is reckoned by the prices that were set then, and empty where none were."),
            {"engine": (_("Engine"), "text"), "conversations": (_("Conversations"), "count"),
             "replies": (_("Replies"), "count"), "texts": (_("Requests"), "count"),
             "estimated": (_("of them estimated"), "share"),
             "read": (_("Tokens read"), "count"), "written": (_("Tokens written"), "count"),
             "currency": (_("Currency"), "text"), "total": (_("Cost"), "price"),
             "per_conversation": (_("to a conversation"), "price"),
             "per_reply": (_("to a reply"), "price")},
            [row for version in self.versions for row in costs(version, self.by_version[version])],
        )  # fmt: skip


COUNTED: dict[str, tuple[Any, str]] = {"count": (gettext_lazy("Number"), "count")}
SHARED: dict[str, tuple[Any, str]] = {
    "share": (gettext_lazy("Share"), "share"),
    "low": (gettext_lazy("from"), "share"),
    "high": (gettext_lazy("to"), "share"),
}
COMPARED: Mapping[str, Any] = {
    name: FATES[name] for name in ("confirmed", "assumed", "abandoned", "came_back", "faulted")
} | {"helpful": gettext_lazy("Thumbs up")}
MAIN_SHARES: Mapping[str, Any] = {n: COMPARED[n] for n in ("confirmed", "came_back", "helpful")} | {
    "team": gettext_lazy("Our team, rated good")
}


def costs(version: Version, counts: Counts) -> Iterator[tuple[Any, ...]]:
    """What an engine took, a row for each currency it was paid in; none where nobody was asked."""
    spent = numbers(counts, "spent")
    if not spent["texts"]:
        return
    paid = numbers(spent, "cost")
    for currency in sorted(paid) or [""]:
        total = paid[currency] / NANO if currency else None
        shares = [total / spent[of] if total is not None and spent[of] else None
                  for of in ("chats", "replies")]  # fmt: skip
        yield (
            called(version), spent["chats"], spent["replies"], spent["texts"],
            spent["estimated"] / spent["texts"], spent["read"], spent["written"],
            currency or "–", total, *shares,
        )  # fmt: skip


def called(version: Version) -> str:
    """How a version is told apart."""
    engine, weights = version
    return " ".join(filter(None, (engine, weights[:8]))) or _("fixed texts alone")


def oldest_review() -> float | None:
    """For how many seconds the oldest reply of all has waited for its review; None without one."""
    waiting = Review.objects.exclude(state=Review.State.CLOSED).order_by("created_at")
    since = waiting.values_list("created_at", flat=True).first()
    return (timezone.now() - since).total_seconds() if since else None


def compared(version: Version, counts: Counts) -> tuple[Any, ...]:
    """A version's row of the table."""
    first, replies = histogram(counts, "first"), counts["replies"]
    held = sum(numbers(counts, "held").values())
    shares = [cell for name in COMPARED for cell in measured(share(counts, name))]
    return (
        called(version), began(counts), *shares,
        round(1000 * held / replies, 2) if replies else None,
        quantile(first, 0.5), quantile(first, 0.9),
    )  # fmt: skip
