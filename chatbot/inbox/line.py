"""The line: who waits for a person, at which place, and whether anybody of the team is there.

Presence is kept in the cache for a minute after a member of staff was last seen in the inbox; who
has chosen to be away is not there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone

from chatbot.models import Conversation, Seat, Takeover, shown_name
from chatbot.terms import Fact
from storefront import queries

from . import contact, waits

THERE_SECONDS = 60
ANYBODY = "inbox:anybody"
MAY = "answer_inbox"
NOTHING = {"there": "", "back": "", "wait": "", "address": "", "own": ""}


def waiting() -> QuerySet[Conversation]:
    """Conversations that wait for a person, who asked first comes first."""
    rows = Conversation.objects.filter(state=Conversation.State.WAITING)
    return rows.order_by("waiting_since", "pk")


def place(chat: Conversation) -> int:
    """The place in the line, from 1; 0 when it does not wait."""
    if chat.state != Conversation.State.WAITING:
        return 0
    as_early = Q(waiting_since=chat.waiting_since, pk__lt=chat.pk)
    return waiting().filter(Q(waiting_since__lt=chat.waiting_since) | as_early).count() + 1


def behind(chat: Conversation) -> QuerySet[Conversation]:
    """Who asked later, and moves when this conversation joins the line or leaves it."""
    return waiting().filter(waiting_since__gt=chat.waiting_since)


def standing(chat: Conversation) -> dict[str, Any]:
    """Who has the conversation now, as a frame tells it: state, the person's name, the place."""
    held = Takeover.objects.filter(conversation=chat, ended_at=None).first()
    return {"state": chat.state, "name": held.name if held else "", "place": place(chat)}


def anybody() -> bool:
    """Whether somebody of the team is there."""
    return bool(cache.get(ANYBODY))


def outlook(chat_id: uuid.UUID, user: Any = None) -> dict[str, str]:
    """What who waits may expect: whether the team is there ("no" out of hours, "absent" for the
    moment) and when it is back, how long others have waited, where an answer goes by e-mail and
    what other address is known, both masked. NOTHING for who does not wait."""
    chat = Conversation.objects.get(pk=chat_id)
    if chat.state != Conversation.State.WAITING:
        return NOTHING
    shop = queries.rules()
    hours, there = queries.chat_hours(shop), anybody()
    missing = "no" if hours.open == "no" else "absent"
    return NOTHING | {
        "there": "" if there else missing, "back": "" if there else hours.back,
        "wait": waits.told(chat, shop) if there else "",
        "address": contact.masked(contact.address(chat)),
        "own": contact.masked(user.email) if user else "",
    }  # fmt: skip


def fact(chat: Conversation) -> Fact:
    """The place in the line and whether anybody of the team is there, for what may be promised."""
    now, at = timezone.now(), place(chat)
    values = {"place": str(at or ""), "anybody": "yes" if anybody() else "no"}
    return Fact("line", "inbox", now.isoformat(), now, values)


def colleagues() -> QuerySet[Any]:
    """Everybody who may answer in the inbox."""
    allowed = Q(is_superuser=True) | Q(user_permissions__codename=MAY)
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    return people.filter(allowed | Q(groups__permissions__codename=MAY)).distinct().order_by("pk")


def seen(user: Any) -> None:
    """A member of staff has the inbox open."""
    if not is_away(user):
        cache.set_many({_key(user.pk): True, ANYBODY: True}, THERE_SECONDS)


def is_away(user: Any) -> bool:
    """Whether this member of staff has chosen to be away."""
    return Seat.objects.filter(person=user, away=True).exists()


def step_away(user: Any, away: bool) -> None:
    """Be away from now on, or back. Whether anybody is there is asked anew of all the others."""
    Seat.objects.update_or_create(person=user, defaults={"away": away})
    if not away:
        seen(user)
        return
    cache.delete(_key(user.pk))
    if not present(colleagues()):
        cache.delete(ANYBODY)


def roster() -> list[tuple[Any, bool]]:
    """Everybody who may answer and whether they are there, who is comes first."""
    people = list(colleagues())
    here = present(people)
    told = [(person, person.pk in here) for person in people]
    return sorted(told, key=lambda row: (not row[1], shown_name(row[0]).lower()))


def present(users: Iterable[Any]) -> set[int]:
    """Those who have been seen within the last minute."""
    keys = {_key(user.pk): user.pk for user in users}
    return {keys[key] for key in cache.get_many(keys)}


def _key(user_id: int) -> str:
    return f"inbox:{user_id}"
