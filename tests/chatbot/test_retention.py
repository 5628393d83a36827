"""Old chats are erased by themselves, unless somebody needs them yet."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from chatbot import conversation, ledger
from chatbot.models import Action, Conversation, Frame, Reply, Review, Turn
from chatbot.privacy import retention
from chatbot.review import queue
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ninety_days(settings):
    settings.CHATS_KEPT_DAYS = 90
    cache.clear()


def aged(days, text="how much is the larkspur kettle?"):
    """A conversation whose last word is so many days old."""
    chat, then = open_chat(), timezone.now() - timedelta(days=days)
    list(conversation.answer(accept(chat, text).pk, "test"))
    Conversation.objects.filter(pk=chat.pk).update(created_at=then)
    Frame.objects.filter(conversation=chat).update(created_at=then)
    return chat


def erased():
    return set(Conversation.objects.exclude(erased_at=None).values_list("pk", flat=True))


def test_what_is_older_than_kept_is_erased_and_nothing_younger(linden, engine, capsys):
    old, _young = aged(91), aged(89)
    call_command("purge")
    assert erased() == {old.pk} and ledger.verify().fault == ""
    assert "1 chats without a word" in capsys.readouterr().out


def test_it_is_the_last_word_that_counts(linden, engine):
    chat = aged(91)
    accept(chat, "and now?")
    Turn.objects.update(state="done")
    call_command("purge")
    assert erased() == set()


def test_a_dry_run_tells_the_same_number_and_erases_nothing(linden, engine, capsys):
    aged(91)
    call_command("purge", "--dry-run")
    assert "1 chats" in capsys.readouterr().out and erased() == set()


def test_purging_again_changes_nothing(linden, engine, capsys):
    aged(91)
    call_command("purge")
    before = ledger.verify()
    call_command("purge")
    assert "0 chats" in capsys.readouterr().out and ledger.verify() == before


def claim(chat, user):
    queue.claim(queue.enqueue(Reply.objects.get(turn__conversation=chat), "sample"), user)


def request(chat, _user):
    later = timezone.now() + timedelta(hours=1)
    turn = chat.turns.get()
    row = Action.objects.create(turn=turn, kind="cancel", state="waiting", expires_at=later)
    ledger.record_action(row)


NEEDED = {
    "waiting for one": lambda chat, _user: Conversation.objects.update(state="waiting"),
    "not answered yet": lambda chat, _user: Turn.objects.update(state="queued"),
    "reviewer is looking": claim,
    "waits for staff": request,
}


@pytest.mark.parametrize("reason", NEEDED)
def test_what_somebody_needs_is_kept_and_said_why(linden, engine, grace, capsys, reason):
    NEEDED[reason](aged(91), grace)
    call_command("purge")
    assert erased() == set()
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "1 old chats kept" in line]
    assert reason in told


def test_a_review_that_was_left_lying_keeps_nothing(linden, engine, grace):
    chat = aged(91)
    claim(chat, grace)
    Review.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    call_command("purge")
    assert erased() == {chat.pk}


def test_many_are_erased_in_batches(linden, engine, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _number in range(5):
        aged(91)
    assert list(retention.purge(retention.limit())) == [2, 2, 1]


def test_the_running_site_erases_batch_by_batch_until_all_is_done_for_the_day(
    linden, engine, monkeypatch
):
    monkeypatch.setattr(retention, "BATCH", 1)
    aged(91), aged(91)
    for expected in (1, 2, 2):
        retention.daily()
        assert len(erased()) == expected
    aged(91)
    retention.daily()
    assert len(erased()) == 2


@pytest.mark.parametrize(
    ("by_environment", "by_shop", "days"),
    [(0, 90, 90), (30, 90, 30), (0, None, None), (0, "x", None)],
)
def test_how_long_is_said_by_the_environment_or_the_shop(
    linden, settings, by_environment, by_shop, days
):
    settings.CHATS_KEPT_DAYS = by_environment
    linden.rules |= {"assistant": {"chats_kept_days": by_shop}}
    linden.save()
    limit = retention.limit()
    assert (limit and (timezone.now() - limit).days) == days


def test_where_neither_says_chats_are_kept(linden, engine, settings, capsys):
    settings.CHATS_KEPT_DAYS = 0
    aged(10_000)
    call_command("purge")
    retention.daily()
    assert "for ever" in capsys.readouterr().out and erased() == set()


def test_other_days_can_be_given_but_no_nonsense(linden, engine):
    chat = aged(10)
    with pytest.raises(CommandError, match="--days=0"):
        call_command("purge", "--days=0")
    call_command("purge", "--days=9")
    assert erased() == {chat.pk}
