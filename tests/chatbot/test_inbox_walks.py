"""Whatever shoppers, staff and clocks do in any order: nobody is lost, nobody is spoken over.

`WALKS=50000` walks as many, 25 otherwise; `WALKS_FROM` is the first one's number, so that several
processes can share them.
"""

import os

import pytest
from django.core.cache import cache
from django.db import transaction
from tqdm import trange

from chatbot import delivery, facts, reading
from chatbot.inbox import machine
from storefront.models import User
from tests.chatbot.inbox_walks import Broken, Walk

WALKS = int(os.environ.get("WALKS", "25"))
FIRST = int(os.environ.get("WALKS_FROM", "0"))
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(0)]


def remembered(work, kept, told_apart=lambda: ""):
    """`work`, each answer of it worked out once."""

    def answer(*args):
        key = (repr(args[:3]), told_apart())
        if key not in kept:
            kept[key] = work(*args)
        return kept[key]

    return answer


@pytest.fixture
def staff(linden, engine, grace, settings, monkeypatch):
    """Three colleagues; the reader reads and the shop is asked once for each message."""
    settings.MESSAGES_PER_MINUTE = settings.MESSAGES_PER_DAY = 10**6
    monkeypatch.setattr(reading, "read", remembered(reading.read, {}))
    opened = lambda: str(type(linden).objects.get().rules.get("hours"))  # noqa: E731
    known = remembered(facts.find, {}, opened)
    monkeypatch.setattr(facts, "find", lambda *args: list(known(*args)))
    for shops_own in ("lexicon", "titles", "country"):
        told = getattr(facts, shops_own)(reading.encode())
        monkeypatch.setattr(facts, shops_own, lambda encode, told=told: told)
    names = ("Rita", "Olga")
    others = [
        User.objects.create_user(f"{n}@example.com", first_name=n, is_staff=True) for n in names
    ]
    [user.groups.set(grace.groups.all()) for user in others]
    return [grace, *others]


def walk(staff, seeds):
    for seed in seeds:
        cache.clear()
        with transaction.atomic():
            Walk(seed, staff).go()
            transaction.set_rollback(True)


def test_no_walk_loses_a_shopper_goes_in_circles_or_speaks_over_a_person(staff):
    walk(staff, trange(FIRST, FIRST + WALKS, unit="walk", disable=WALKS <= 25))


def until_broken(staff):
    for seed in range(250):
        try:
            walk(staff, [seed])
        except Broken as error:
            return str(error)
    return ""


@pytest.mark.parametrize(
    ("edge", "leads", "what"),
    [
        (("waiting", machine.Event.WROTE), "assistant", "waiting became assistant"),
        (("person", machine.Event.LAPSED), "assistant", "bounced back by nobody"),
        (("person", machine.Event.ASKED), "assistant", "bounced back by nobody"),
        (("assistant", machine.Event.ASKED), "assistant", "who asked for a person is lost"),
    ],
)
def test_a_wrong_edge_is_found(staff, monkeypatch, edge, leads, what):
    monkeypatch.setitem(machine.TABLE, edge, leads)
    assert what in until_broken(staff)


def test_an_assistant_that_does_not_ask_for_the_floor_is_found(staff, monkeypatch):
    monkeypatch.setattr(delivery, "take_floor", lambda turn: None)
    assert "the assistant speaks over a person" in until_broken(staff)


def test_a_place_that_nobody_was_told_is_found(staff, monkeypatch):
    monkeypatch.setattr("chatbot.inbox.desk._moved_up", lambda chat: iter(()))
    assert "place told" in until_broken(staff)
