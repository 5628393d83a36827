"""Staff have the whole record verified; it goes on beside everything else and tells how far it is."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from chatbot import ledger
from chatbot.ledger import running
from chatbot.models import Reply, Verification
from tests.chatbot import whole_record

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE, VERIFY, LIVE = (
    reverse(f"admin:{name}")
    for name in ("chatbot_ledgerentry_changelist", "ledger_verify", "ledger_verifying")
)


@pytest.fixture
def owner(client, django_user_model, grace, monkeypatch):
    """The owner's browser, on a small record; a verification stirs often."""
    whole_record.build(grace, batches=1)
    monkeypatch.setattr(running, "BEAT", 0.02)
    client.force_login(
        django_user_model.objects.create_superuser("olive@example.com", "x"), BACKEND
    )
    return client


@pytest.fixture
def slow(monkeypatch):
    """Whoever walks waits half-way until told to go on."""
    going_on = threading.Event()

    def verify(progress):
        progress(7)
        going_on.wait(20)
        return ledger.verify(progress)

    monkeypatch.setattr(running, "verify", verify)
    yield going_on
    going_on.set()
    until(lambda: not ledger.present())


def wait(holds):
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def until(ended):
    """Wait for the end, and for the threads that bring it about."""
    wait(ended)
    for thread in threading.enumerate():
        if thread.name in ("verification", "verifying"):
            thread.join(20)


def page(client):
    return client.get(PAGE).content.decode()


def test_the_verdict_stands_on_the_page_with_who_and_when(owner):
    assert "Nobody has verified" in page(owner)
    owner.post(VERIFY)
    until(lambda: Verification.objects.get().ended_at)
    count = ledger.verify().count
    shown = page(owner)
    assert f"{count} entries verified; nothing was altered, removed or added." in shown
    assert "begun by olive" in shown and "<progress" not in shown


def test_what_was_altered_is_named(owner):
    Reply.objects.update(text="We promised nothing.")
    owner.post(VERIFY)
    until(lambda: Verification.objects.get().ended_at)
    assert Verification.objects.get().fault == ledger.verify().fault != ""
    assert "is not what was recorded" in page(owner) and "entries verified" not in page(owner)


def test_meanwhile_it_tells_how_far_it_is_and_then_what_it_found(owner, slow):
    owner.post(VERIFY)
    wait(lambda: Verification.objects.get().done == 7)
    news = owner.get(LIVE).json()
    assert "7 of about" in news["html"] and "<progress" in news["html"]
    assert owner.get(LIVE, {"after": news["version"]}).json()["html"] == ""
    slow.set()
    until(lambda: not ledger.present())
    assert "entries verified" in owner.get(LIVE, {"after": news["version"]}).json()["html"]


def test_a_second_press_shows_the_one_that_runs(owner, slow):
    for _press in range(3):
        assert "rows walked" in owner.post(VERIFY, follow=True).content.decode()
    assert Verification.objects.count() == 1


def test_presses_at_once_begin_one(grace, monkeypatch):
    monkeypatch.setattr(running, "_aside", lambda _row: None)

    def press():
        ledger.begin(grace)
        running.connection.close()

    threads = [threading.Thread(target=press) for _n in range(6)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert Verification.objects.count() == 1


def test_one_whose_process_died_may_be_begun_anew(owner):
    Verification.objects.create(seen_at=timezone.now() - timedelta(minutes=2))
    assert "Stopped before its end" in page(owner)
    owner.post(VERIFY)
    until(lambda: Verification.objects.filter(ended_at__isnull=False).exists())
    assert "entries verified" in page(owner) and "Stopped before its end" in page(owner)


def test_a_walk_that_stays_silent_is_alive(owner, slow, monkeypatch):
    monkeypatch.setattr(running, "SILENCE", timedelta(seconds=0.5))
    owner.post(VERIFY)
    time.sleep(1)
    owner.post(VERIFY)
    assert Verification.objects.count() == 1


def test_a_walk_that_fails_gives_no_verdict(owner, monkeypatch):
    def broken(_progress):
        raise DatabaseError("gone")

    monkeypatch.setattr(running, "verify", broken)
    owner.post(VERIFY)
    until(lambda: not ledger.present())
    assert "Stopped before its end" in page(owner)


def test_the_estimate_is_no_less_than_what_is_walked_here(owner):
    walked = []
    ledger.verify(walked.append)
    assert 0 < sum(walked) < running.estimate()


def test_who_may_not_see_the_ledger_may_not_have_it_verified(client, grace):
    client.force_login(grace, BACKEND)
    assert [client.post(VERIFY).status_code, client.get(LIVE).status_code] == [403, 403]
    assert not Verification.objects.exists()
