"""How long shoppers usually wait: recorded, or said by the shop, or not told."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import timezone

from chatbot import conversation
from chatbot.inbox import desk, line, waits
from chatbot.models import Takeover
from storefront.values import Rules
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-11-20T12:00:00+00:00")  # a Friday
SHOP = {"shop": {"timezone": "Europe/London"}}


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def recorded(monkeypatch):
    """Lay so many waits of these seconds, all begun then."""

    def lay(*seconds, at=NOON):
        monkeypatch.setattr(waits, "_recorded", lambda: [(at, s) for s in seconds])

    monkeypatch.setattr(waits, "timezone", SimpleNamespace(now=lambda: NOON))
    return lay


def told(began=NOON, **hours):
    return waits.told(
        SimpleNamespace(waiting_since=began), Rules(SHOP | {"hours": hours}, "", NOON)
    )


def test_the_median_and_what_nine_of_ten_waited_are_told(recorded):
    recorded(30, 60, 90, 110, 120, 130, 200, 340, 360, 4000)
    assert told() == "Usually 2–6 minutes."


@pytest.mark.parametrize(
    ("seconds", "text"), [(20, "Usually a minute."), (170, "Usually 3 minutes.")]
)
def test_like_waits_are_told_as_one(recorded, seconds, text):
    recorded(*[seconds] * waits.ENOUGH)
    assert told() == text


def test_too_few_waits_tell_nothing_and_the_shops_word_holds(recorded):
    recorded(*[60] * (waits.ENOUGH - 1))
    assert told() == ""
    assert told(usual_join_minutes=5) == "Usually within 5 minutes."
    assert told(usual_join_minutes="soon") == ""


@pytest.mark.parametrize("apart", [timedelta(hours=2), timedelta(days=1), timedelta(hours=-14)])
def test_waits_at_other_hours_and_at_weekends_tell_nothing(recorded, apart):
    recorded(*[60] * 20, at=NOON + apart)
    assert told() == ""


def test_who_has_waited_longer_hears_so(recorded):
    recorded(*[120] * 20)
    assert told(NOON - timedelta(minutes=3)) == "It takes longer than usual just now."
    recorded()
    late = told(NOON - timedelta(minutes=6), usual_join_minutes=5)
    assert late == "It takes longer than usual just now."


@pytest.fixture
def waiting(linden, engine):
    chat = open_chat()
    list(conversation.answer(accept(chat, "a person", wants_person=True).pk, "test"))
    chat.refresh_from_db()
    chat.waiting_since = timezone.now() - timedelta(minutes=4)
    chat.save()
    return chat


def test_a_takeover_records_how_long_was_waited(waiting, grace):
    desk.take(waiting.pk, grace)
    assert 240 <= Takeover.objects.get().waited <= 250


def test_who_did_not_wait_or_lost_a_person_between_is_not_recorded(waiting, grace, staff):
    desk.take(waiting.pk, grace)
    Takeover.objects.update(leased_until=timezone.now() - timedelta(minutes=1))
    list(desk.let_lapse())
    desk.take(waiting.pk, grace)
    asked_nobody = open_chat("b" * 64)
    accept(asked_nobody, "hi")
    desk.take(asked_nobody.pk, grace)
    assert [t.waited is None for t in Takeover.objects.all()] == [False, True, True]


def test_recorded_waits_are_told_to_who_waits_while_somebody_is_there(waiting, grace):
    for place in range(waits.ENOUGH):
        chat = open_chat(f"{place}" * 64)
        Takeover.objects.create(
            conversation=chat, person=grace, name="Grace", waited=500, taken_at=timezone.now(),
            leased_until=timezone.now(), ended_at=timezone.now(),
        )  # fmt: skip
    assert line.outlook(waiting.pk)["wait"] == ""
    line.seen(grace)
    assert line.outlook(waiting.pk)["wait"] == "Usually 9 minutes."
