"""Who came back: the same shopper, within a week, about the same matter."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q

from chatbot.models import Conversation, Reply

WITHIN = timedelta(days=7)
SMALL_TALK = {"smalltalk", "out_of_scope"}  # nobody comes back for these
Chat = dict[str, Any]  # pk, owner, shopper, created_at
COLUMNS = ("pk", "owner", "shopper", "created_at")


def came_back(chats: Collection[Chat]) -> set[uuid.UUID]:
    """Those after which their shopper began another conversation about the same within a week."""
    people = _by_person(_near(chats))
    pairs = [
        (chat["pk"], later["pk"])
        for chat in chats
        for later in _same_person(people, chat)
        if chat["created_at"] < later["created_at"] <= chat["created_at"] + WITHIN
    ]
    about = _matters({pk for pair in pairs for pk in pair})
    return {earlier for earlier, later in pairs if about[earlier] & about[later]}


def before(chats: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """The conversations of the same shoppers in the week before these, to which they may be a
    return."""
    rows = list(Conversation.objects.filter(pk__in=chats).values(*COLUMNS))
    if not rows:
        return set()
    first, last = min(r["created_at"] for r in rows), max(r["created_at"] for r in rows)
    earlier = _of_people(rows).filter(created_at__gte=first - WITHIN, created_at__lt=last)
    return set(earlier.values_list("pk", flat=True))


def _near(chats: Collection[Chat]) -> list[Chat]:
    """Everything that the shoppers of these conversations began from then until a week later."""
    if not chats:
        return []
    times = [chat["created_at"] for chat in chats]
    begun = Q(created_at__gte=min(times), created_at__lte=max(times) + WITHIN)
    return list(_of_people(chats).filter(begun).values(*COLUMNS))


def _of_people(chats: Iterable[Chat]) -> Any:
    owners = {chat["owner"] for chat in chats}
    shoppers = {chat["shopper"] for chat in chats if chat["shopper"]}
    return Conversation.objects.filter(Q(owner__in=owners) | Q(shopper__in=shoppers)).order_by()


def _by_person(chats: Iterable[Chat]) -> dict[object, list[Chat]]:
    people: dict[object, list[Chat]] = defaultdict(list)
    for chat in chats:
        for person in {chat["owner"], chat["shopper"]} - {None}:
            people[person].append(chat)
    return people


def _same_person(people: dict[object, list[Chat]], chat: Chat) -> Iterable[Chat]:
    both = people[chat["owner"]] + people.get(chat["shopper"], [])
    return {other["pk"]: other for other in both}.values()


def _matters(chats: Collection[uuid.UUID]) -> dict[uuid.UUID, set[tuple[str, str]]]:
    """What each conversation was about: its orders and products; where it names none, what was
    asked."""
    read: dict[uuid.UUID, list[dict[str, Any]]] = defaultdict(list)
    rows = Reply.objects.filter(turn__conversation__in=chats).order_by()
    for chat, reading in rows.values_list("turn__conversation", "reading"):
        read[chat].append(reading)
    return defaultdict(set, {chat: _matter(readings) for chat, readings in read.items()})


def _matter(readings: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    things, asked = set(), set()
    for reading in readings:
        if order := reading.get("order"):
            things.add(("order", order))
        things |= {("product", handle) for handle in reading.get("products", ())[:1]}
        asked |= {("intent", name) for name in reading.get("intents", ())[:1]}
    return things or {(kind, name) for kind, name in asked if name not in SMALL_TALK}
