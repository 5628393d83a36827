"""One-time codes: a guest proves an order by the letter sent to its address, and by nothing less."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from chatbot import conversation, pressing, proofs
from chatbot.models import Action, Proof, Reply, Turn
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db(transaction=True)
WHERE = "where is my order #2001?"


@pytest.fixture(autouse=True)
def few_codes(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture
def chat(linden, engine):
    return open_chat()


def say(chat, text):
    turn = accept(chat, text)
    list(conversation.answer(turn.pk, "test"))
    chat.refresh_from_db()
    return Reply.objects.get(turn=turn)


def press(chat):
    action = Action.objects.filter(turn__conversation=chat).first()
    return pressing.press(chat, action.pk, "confirm", None).body


def letter(count=1):
    """The code in the newest letter; they are sent aside."""
    for _try in range(100):
        if len(mail.outbox) >= count:
            return re.match(r"\d{6}", mail.outbox[-1].body).group()
        time.sleep(0.02)
    raise AssertionError("no letter was sent")


def answered(chat, text):
    return proofs.answered(Turn(conversation=chat, number=99, text=text))


def other(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_code_from_the_letter_lets_the_question_be_answered(chat):
    assert say(chat, WHERE).outcome == "identity_required"
    assert "on its way to its e-mail address" in press(chat)["text"]
    reply = say(chat, f"it says {letter()}")
    assert mail.outbox[0].to == ["ada@example.com"]
    assert "#2001" in str(reply.cards)
    assert reply.outcome == "answered"


def test_once_proved_it_stays_so_in_this_chat_and_only_here(chat):
    say(chat, WHERE)
    press(chat)
    say(chat, letter())
    assert say(chat, "when will #2001 arrive?").outcome == "answered"
    assert say(open_chat(owner="b" * 64), WHERE).outcome == "identity_required"


def test_a_process_that_takes_over_finds_the_order_proved_as_well(chat, settings, monkeypatch):
    say(chat, WHERE)
    press(chat)
    turn = accept(chat, letter())
    settings.TURN_LEASE_SECONDS = -1
    with monkeypatch.context() as dying:
        dying.setattr(
            "chatbot.telling.facts.find", lambda *_a: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            list(conversation.answer(turn.pk, "dies"))
    settings.TURN_LEASE_SECONDS = 30
    list(conversation.answer(turn.pk, "takes over"))
    assert Reply.objects.get(turn=turn).outcome == "answered"


def test_an_order_given_by_its_number_alone_is_told_after_the_code(chat):
    say(chat, "#2001")
    press(chat)
    say(chat, "thanks, looking for it")
    assert "#2001" in str(say(chat, letter()).cards)


def test_nothing_is_sent_without_the_press(chat):
    say(chat, WHERE)
    say(chat, "yes send me the code")
    assert (mail.outbox, Proof.objects.count()) == ([], 0)


def test_a_wrong_code_shows_nothing(chat):
    say(chat, WHERE)
    press(chat)
    reply = say(chat, other(letter()))
    assert (reply.outcome, reply.cards) == ("identity_required", [])


def test_after_five_wrong_ones_the_right_one_is_spent(chat):
    say(chat, WHERE)
    press(chat)
    code = letter()
    for _time in range(proofs.MOST_TRIES):
        assert answered(chat, other(code)) == ""
    assert answered(chat, code) is None


@pytest.mark.parametrize("spent", ["expired", "used"])
def test_a_spent_code_proves_nothing(chat, spent):
    say(chat, WHERE)
    press(chat)
    past = timezone.now() - timedelta(seconds=1)
    Proof.objects.update(**{"expires_at": past} if spent == "expired" else {"used_at": past})
    assert answered(chat, letter()) is None


def test_another_chat_cannot_use_the_code(chat):
    say(chat, WHERE)
    press(chat)
    assert answered(open_chat(owner="b" * 64), letter()) is None


def test_an_order_that_does_not_exist_is_told_in_the_same_words(chat, linden):
    stranger = open_chat(owner="b" * 64)
    told = []
    for one, text in ((chat, WHERE), (stranger, "where is my order #2999?")):
        reply = say(one, text)
        state = press(one)
        told.append((reply.text, reply.outcome, len(reply.cards), state["state"], state["text"]))
    letter()
    assert told[0] == told[1]
    assert len(mail.outbox) == 1


def test_few_codes_are_sent_an_hour(chat, settings):
    settings.CODES_PER_HOUR = 2
    states = []
    for _time in range(3):
        say(chat, WHERE)
        states.append(press(chat)["state"])
    assert states == ["done", "done", "failed"]
    letter(2)
    assert len(mail.outbox) == 2


def test_neither_the_code_nor_the_address_is_kept_in_plain(chat):
    say(chat, WHERE)
    press(chat)
    code = letter()
    kept = [str(vars(row)) for row in (*Proof.objects.all(), *Action.objects.all())]
    assert not [row for row in kept if code in row or "ada@example.com" in row]


@pytest.mark.parametrize(
    "text", ["#123456", "order 123456.00", "€123456", "call 0123456789", "HS-123456"]
)
def test_other_numbers_are_no_codes(text):
    assert not proofs.CODE.search(text)
