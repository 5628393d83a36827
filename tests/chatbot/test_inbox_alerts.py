"""Whoever asked for it is written to, once, when a shopper waits and nobody of the team is there."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from chatbot import posting
from chatbot.inbox import alerts, desk, line
from chatbot.models import Conversation
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
SECRET = "where is my parcel to Mercator Street?"


@pytest.fixture
def letters(linden, grace, monkeypatch):
    """What is posted: address, subject, text. Grace asked for it."""
    cache.clear()
    alerts.want(grace, True)
    posted = []
    monkeypatch.setattr(posting, "post", lambda *letter: posted.append(letter[:3]))
    return posted


def waits(minutes, owner="a" * 64):
    chat = open_chat(owner)
    accept(chat, SECRET)
    since = timezone.now() - timedelta(minutes=minutes)
    Conversation.objects.filter(pk=chat.pk).update(state="waiting", waiting_since=since)
    return chat


def test_who_has_waited_for_too_long_alerts_once(letters):
    waits(3)
    alerts.send_due()
    alerts.send_due()
    ((address, subject, text),) = letters
    assert (address, subject) == ("grace@example.com", "1 shopper waits for a person")
    assert "nobody of the team has the inbox open" in text


def test_no_word_of_a_shopper_is_in_the_letter(letters):
    waits(3)
    alerts.send_due()
    assert "parcel" not in str(letters) and "Mercator" not in str(letters)


def test_several_stand_in_one_letter_and_who_comes_later_in_another(letters):
    waits(3), waits(4, "b" * 64)
    alerts.send_due()
    waits(5, "c" * 64)
    alerts.send_due()
    assert [subject[:2] for _to, subject, _text in letters] == ["2 ", "1 "]


def test_nobody_is_written_to_too_early(letters):
    waits(1)
    alerts.send_due()
    assert letters == []


def test_nobody_is_written_to_while_somebody_is_there(letters, grace):
    waits(3)
    line.seen(grace)
    alerts.send_due()
    assert letters == []
    cache.clear()
    alerts.send_due()
    assert len(letters) == 1


def test_a_wait_that_begins_anew_alerts_anew(letters, grace):
    chat = waits(3)
    alerts.send_due()
    desk.take(chat.pk, grace)
    desk.end(chat.pk, grace, "handed_back")
    later = timezone.now() + timedelta(minutes=1)
    Conversation.objects.update(state="waiting", waiting_since=later, alerted_at=timezone.now())
    assert Conversation.objects.filter(alerts.UNALERTED).exists()


def test_never_means_never(letters, settings):
    settings.ALERT_AFTER_MINUTES = 0
    waits(60)
    alerts.send_due()
    assert letters == []


def test_who_did_not_ask_or_may_not_answer_any_more_is_not_written_to(letters, grace, ada):
    waits(3)
    alerts.want(ada, True)
    grace.groups.clear()
    alerts.send_due()
    assert letters == []


def test_of_several_processes_one_writes(letters, monkeypatch):
    waits(3)
    due = list(alerts._due().values_list("pk", "waiting_since"))
    alerts.send_due()
    monkeypatch.setattr(alerts, "_due", lambda: FakeRows(due))
    alerts.send_due()
    assert len(letters) == 1


class FakeRows(list):
    """Rows as another process has read them a moment ago."""

    def exists(self):
        return True

    def values_list(self, *_names):
        return self


def test_staff_ask_for_letters_and_have_them_stopped_on_the_inbox_page(letters, grace, client):
    client.force_login(grace, "django.contrib.auth.backends.ModelBackend")
    seat, page = reverse("admin:chatbot_inbox_seat"), reverse("admin:chatbot_inbox_changelist")
    client.post(seat, {"letters": "no"})
    assert not alerts.wants(grace)
    assert 'name="letters" value="yes"' in client.get(page).content.decode()
    client.post(seat, {"letters": "yes"})
    assert alerts.wants(grace)
    assert 'name="letters" value="no"' in client.get(page).content.decode()
