"""What a conversation counts for: how it went, how fast it was answered, what was held."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from chatbot.models import (
    Action,
    Conversation,
    Feedback,
    PersonRating,
    Reply,
    Review,
    Takeover,
    Tally,
    Turn,
)

from . import returning, sides
from .statistics import bucket

STILL = timedelta(hours=1)  # after so long without a word a conversation is taken to be over
SETTLED = (
    "answered",
    "action_offered",
)  # what may be the last word; all else leaves something open
WRONG = (Review.Verdict.CORRECTED, Review.Verdict.REJECTED)
CODE = "code"  # the card that proves whose order it is; nothing is settled by it
Counts = Counter[str]
NANO = 10**9  # counters are whole: a cost is counted in billionths of its currency


@dataclass
class Story:
    """The rows of one conversation."""

    chat: dict[str, Any]
    turns: list[dict[str, Any]] = field(default_factory=list)  # in order
    replies: list[dict[str, Any]] = field(default_factory=list)  # in order
    thumbs: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    takeovers: list[dict[str, Any]] = field(default_factory=list)  # in order
    ratings: list[dict[str, Any]] = field(default_factory=list)  # of persons
    done: bool = False  # whether a card was pressed and what it says was done
    came_back: bool = False

    @property
    def version(self) -> tuple[str, str]:
        """Engine and weights of the newest reply that an engine had a part in."""
        written = [r for r in self.replies if r["engine"]]
        return (written[-1]["engine"], written[-1]["weights"]) if written else ("", "")

    @property
    def last_word(self) -> datetime:
        """When the shopper last wrote."""
        return self.turns[-1]["created_at"] if self.turns else self.chat["created_at"]


def of(chats: Collection[uuid.UUID], now: datetime) -> dict[uuid.UUID, Tally]:
    """The tallies of these conversations as they stand `now`. A conversation in which nobody wrote
    counts for nothing."""
    kept = Tally.objects.in_bulk(list(chats))
    found = _stories(chats)
    _mark_returns(found, kept)
    tallies = {pk: _tally(story, now) for pk, story in found.items() if story.turns}
    for pk in kept.keys() & tallies.keys():
        if any(not reply["salt"] for reply in found[pk].replies):
            _keep_held(tallies[pk], kept[pk])
    return tallies


def _stories(chats: Collection[uuid.UUID]) -> dict[uuid.UUID, Story]:
    rows = Conversation.objects.filter(pk__in=chats)
    found = {
        row["pk"]: Story(dict(row))
        for row in rows.values(
            "pk",
            "owner",
            "shopper",
            "state",
            "created_at",
            "engine_share",
            "on_candidate",
            "engine_share__names",
        )
    }
    for name, chat, row in _rows(found):
        getattr(found[chat], name).append(row)
    pressed = Action.objects.filter(turn__conversation__in=found, state=Action.State.DONE)
    for chat in pressed.exclude(kind=CODE).values_list("turn__conversation", flat=True):
        found[chat].done = True
    return found


def _rows(chats: Collection[uuid.UUID]) -> Iterator[tuple[str, uuid.UUID, dict[str, Any]]]:
    """Everything that is counted of these conversations: list, conversation, row."""
    fields = (
        "outcome",
        "engine",
        "weights",
        "first_ms",
        "completed_at",
        "opened_at",
        "claims",
        "acts",
        "salt",
        "total_ms",
    )
    version = ("reply__engine", "reply__weights")
    of_reply = "reply__turn__conversation"
    sources = (
        ("turns", "conversation", Turn.objects.order_by("number"), ("created_at",)),
        ("replies", "turn__conversation", Reply.objects.order_by("turn__number"), fields),
        ("thumbs", of_reply, Feedback.objects, ("helpful", "reply__opened_at", *version)),
        ("reviews", of_reply, Review.objects,
         ("reason", "verdict", "created_at", "closed_at", *version)),
        ("takeovers", "conversation", Takeover.objects.order_by("taken_at"),
         ("taken_at", "ended_at", "ending")),
        ("ratings", "takeover__conversation", PersonRating.objects, ("good", "given_at")),
    )  # fmt: skip
    for name, path, rows, columns in sources:
        for row in rows.filter(**{f"{path}__in": chats}).values(path, *columns):
            yield name, row[path], row


def _mark_returns(found: dict[uuid.UUID, Story], kept: dict[uuid.UUID, Tally]) -> None:
    came = returning.came_back([story.chat for story in found.values()])
    for pk, story in found.items():
        story.came_back = pk in came or (pk in kept and kept[pk].came_back)


def _tally(story: Story, now: datetime) -> Tally:
    fate = fate_of(story, now)
    parts: dict[str, Counts] = defaultdict(Counter)
    for at, version, counter in _events(story, fate):
        parts[key(at, *version)][counter] += 1
    if story.chat["engine_share"]:
        parts[sides.key(story.chat)].update(sides.of(story))
    for at, engine, counter, number in _spent(story):
        parts[key(at, engine, "")][counter] += number
    over = story.last_word + STILL
    due = over if fate == "open" and over > now else None  # a person who has it ends it on record
    return Tally(
        conversation=story.chat["pk"], came_back=story.came_back, due_at=due,
        parts={k: dict(v) for k, v in parts.items()},
    )  # fmt: skip


def _keep_held(tally: Tally, kept: Tally) -> None:
    """What was held or spent stands in bodies alone, so an erasure would take it out of the
    count."""
    for part, counts in kept.parts.items():
        held = {name: n for name, n in counts.items() if name.startswith(("held.", "spent."))}
        mine = tally.parts.setdefault(part, {}) if held else {}
        mine.update({name: max(n, mine.get(name, 0)) for name, n in held.items()})


def key(at: datetime, engine: str, weights: str) -> str:
    """Under which day and version something counts."""
    return f"{timezone.localdate(at).isoformat()}|{engine}|{weights}"


def fate_of(story: Story, now: datetime) -> str:
    """How a conversation went; the first that holds."""
    last = story.replies[-1]["outcome"] if story.replies else ""
    spoken = story.chat["state"] == Conversation.State.PERSON
    fates = {
        "came_back": story.came_back,
        "faulted": any(not t["helpful"] for t in story.thumbs)
        or any(r["verdict"] in WRONG for r in story.reviews),
        "confirmed": story.done or bool(story.thumbs),
        "open": spoken or now < story.last_word + STILL,
        "person": bool(story.takeovers),
        "abandoned": last not in SETTLED,
    }
    return next((name for name, holds in fates.items() if holds), "assumed")


def _events(story: Story, fate: str) -> Iterator[tuple[datetime, tuple[str, str], str]]:
    """Everything counted of a conversation: when, under which version, what."""
    yield story.chat["created_at"], story.version, f"fate.{fate}"
    yield from _of_replies(story)
    for thumb in story.thumbs:
        version = _version(story, thumb, "reply__")
        yield thumb["reply__opened_at"], version, "up" if thumb["helpful"] else "down"
    for review in story.reviews:
        version = _version(story, review, "reply__")
        yield review["created_at"], version, "queued"
        if review["closed_at"]:
            yield review["closed_at"], version, "closed"
    for rating in story.ratings:
        name = "person.good" if rating["good"] else "person.not_good"
        yield rating["given_at"], story.version, name
    for asked, waited in waits(story):
        hour, seconds = timezone.localtime(asked).hour, waited.total_seconds()
        yield asked, story.version, f"wait.{hour}.{bucket(seconds)}"


def _version(story: Story, row: dict[str, Any], before: str = "") -> tuple[str, str]:
    """The version of a reply; of fixed texts the conversation's."""
    engine = row[f"{before}engine"]
    return (engine, row[f"{before}weights"]) if engine else story.version


def _of_replies(story: Story) -> Iterator[tuple[datetime, tuple[str, str], str]]:
    for reply in story.replies:
        at, version = reply["opened_at"], _version(story, reply)
        if reply["completed_at"]:
            yield at, version, "replies"
        if reply["first_ms"]:
            yield at, version, f"first.{bucket(reply['first_ms'])}"
        for claim in reply["claims"]:
            if claim["verdict"] == "held" and not claim["shown"]:
                yield at, version, f"held.{claim['kind']}"


def _spent(story: Story) -> Iterator[tuple[datetime, str, str, int]]:
    """What servers took, under the engine that asked them: a conversation on the day it began, a
    reply and what it took on its own. Whoever's words were told in the end, it was paid for."""
    chats = set()
    for reply in story.replies:
        at, engines = reply["opened_at"], set()
        for spent in (s for act in reply["acts"] for s in act.get("spent", ())):
            engines.add(spent["engine"])
            yield from ((at, spent["engine"], f"spent.{n}", c) for n, c in _counts(spent).items())
        yield from ((at, engine, "spent.replies", 1) for engine in engines)
        chats |= engines
    for engine in chats:
        yield story.chat["created_at"], engine, "spent.chats", 1


def _counts(spent: dict[str, Any]) -> dict[str, int]:
    cost = (
        {f"cost.{spent['currency']}": int(Decimal(spent["cost"]) * NANO)} if spent["cost"] else {}
    )
    return {
        "texts": 1, "estimated": int(not spent["counted"]),
        "read": spent["read"], "written": spent["written"],
    } | cost  # fmt: skip


def waits(story: Story) -> Iterator[tuple[datetime, timedelta]]:
    """Since when a shopper waited until a person came, and how long: since the first reply that
    passed the conversation on, or since the person before was lost. Who came unasked is not
    counted."""
    before: dict[str, Any] = {"ended_at": None, "ending": ""}
    for takeover in story.takeovers:
        start = before["ended_at"]
        if before["ending"] != Takeover.Ending.LAPSED:
            start = _asked(story, start, takeover["taken_at"])
        if start and before["ending"] != Takeover.Ending.TRANSFERRED:
            yield start, takeover["taken_at"] - start
        before = takeover


def _asked(story: Story, since: datetime | None, until: datetime) -> datetime | None:
    """When the conversation was first passed on between two moments."""
    passed = [r["completed_at"] for r in story.replies if r["outcome"] == "handed_off"]
    return min(
        (at for at in passed if at and (not since or since < at) and at <= until), default=None
    )
