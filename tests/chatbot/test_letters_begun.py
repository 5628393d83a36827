"""Letters are begun a few at a time, and none of what has been erased since it was looked up."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone

from chatbot import privacy
from chatbot.inbox import letters as answers
from chatbot.models import Correction, Remark
from chatbot.review import letters
from tests.chatbot.recalling import run, sent, told
from tests.chatbot.test_inbox_promises import answered, shut  # noqa: F401 - fixtures
from tests.conftest import open_chat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def due(linden, ada, grace, settings):
    """Corrections of three replies to a shopper who has closed the chat; their conversations."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    chats = [open_chat(shopper=ada) for _n in range(3)]
    for chat in chats:
        told(chat)
        chat.turns.update(shopper=ada)
    sent(grace)
    run()
    Correction.objects.update(told_at=timezone.now() - timedelta(minutes=11))
    return chats


def post(door):
    door.send_due()
    [thread.join() for thread in threading.enumerate() if thread.name == "letter"]
    return len(mail.outbox)


def erase_at_call(monkeypatch, door, call, chats):
    """Erase the conversations while `door` is about to begin a letter: as it looks at the clock."""
    calls = []

    def now():
        calls.append(1)
        if len(calls) == call:
            privacy.erase(*chats)
        return timezone.now()

    monkeypatch.setattr(door, "timezone", SimpleNamespace(now=now, localtime=timezone.localtime))
    return calls


def test_a_correction_erased_at_the_last_moment_goes_to_nobody(due, monkeypatch):
    calls = erase_at_call(monkeypatch, letters, 2, due)
    assert post(letters) == 0 and len(calls) > 1
    assert set(Correction.objects.values_list("letter_at", flat=True)) == {None}


def test_an_answer_erased_at_the_last_moment_goes_to_nobody(answered, monkeypatch):  # noqa: F811
    calls = erase_at_call(monkeypatch, answers, 1, [answered])
    assert post(answers) == 0 and calls
    assert Remark.objects.get().letter_at is None


def test_of_many_letters_a_few_are_begun_at_a_time(due, monkeypatch):
    monkeypatch.setattr(letters, "BATCH", 2)
    assert [post(letters) for _time in range(3)] == [2, 3, 3]


def test_who_has_no_address_keeps_nobody_else_waiting(due, ada, monkeypatch):
    monkeypatch.setattr(letters, "BATCH", 1)
    first = Correction.objects.order_by("told_at").first()
    first.reply.turn.conversation.turns.update(shopper=type(ada).objects.create(email=""))
    assert [post(letters) for _time in range(3)] == [1, 2, 2]
