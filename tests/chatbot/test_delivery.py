"""What is accepted is kept once, in order, and worked on by one process."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from chatbot import delivery, waiting
from chatbot.models import Frame, Turn
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db


def test_a_repeated_id_is_one_message(linden):
    chat, client_id = open_chat(), uuid.uuid4()
    turns = {delivery.accept(chat.pk, client_id=client_id, text="hi").pk for _time in range(5)}
    assert len(turns) == 1
    assert Frame.objects.count() == 1


def test_two_ids_are_two_messages(linden):
    chat = open_chat()
    assert [accept(chat, "hi").number, accept(chat, "hi").number] == [1, 2]


def test_nothing_is_accepted_before_the_disclosure_was_seen(linden):
    chat = delivery.open_conversation("a" * 64, None, "en")
    with pytest.raises(delivery.Refused) as refused:
        accept(chat, "hi")
    assert refused.value.code == "disclosure"


@pytest.mark.parametrize(("text", "code"), [("  ", "empty"), ("x" * 4001, "long")])
def test_a_message_no_person_writes_is_refused(linden, text, code):
    with pytest.raises(delivery.Refused) as refused:
        accept(open_chat(), text)
    assert refused.value.code == code


def test_who_writes_too_fast_waits(linden, settings):
    settings.MESSAGES_PER_MINUTE = 2
    chat = open_chat()
    accept(chat, "one")
    accept(chat, "two")
    with pytest.raises(delivery.Refused) as refused:
        accept(chat, "three")
    assert refused.value.code == "fast"


def refused_today(chat, **more):
    with pytest.raises(delivery.Refused) as refused:
        accept(chat, "one more", **more)
    return refused.value.code == "day"


def test_a_session_has_a_budget_for_the_day_over_all_its_chats(linden, settings):
    settings.MESSAGES_PER_DAY = 2
    accept(open_chat(), "one")
    accept(open_chat(), "two")
    assert refused_today(open_chat())
    assert accept(open_chat(owner="b" * 64), "somebody else").number == 1


def test_a_shopper_has_one_budget_in_all_browsers(linden, ada, settings):
    settings.MESSAGES_PER_DAY = 1
    accept(open_chat(shopper=ada), "at home", ada)
    assert refused_today(open_chat(owner="b" * 64, shopper=ada), shopper=ada)


def test_yesterdays_messages_are_spent_no_more(linden, settings):
    settings.MESSAGES_PER_DAY = 1
    turn = accept(open_chat(), "one")
    Turn.objects.filter(pk=turn.pk).update(created_at=timezone.now() - timedelta(hours=25))
    assert accept(turn.conversation, "two").number == 2


def test_an_address_has_a_budget_whoever_sits_behind_it(linden, settings):
    settings.ADDRESS_MESSAGES_PER_DAY = 1
    accept(open_chat(), "one", address="192.0.2.1")
    other = open_chat(owner="b" * 64)
    assert refused_today(other, address="192.0.2.1")
    assert accept(other, "from elsewhere", address="192.0.2.2").number == 1


def test_a_person_can_be_asked_for_when_the_day_is_spent(linden, settings):
    settings.MESSAGES_PER_DAY = 0
    assert accept(open_chat(), "a person, please", wants_person=True).wants_person


def test_a_repeated_message_is_counted_once(linden, settings):
    settings.ADDRESS_MESSAGES_PER_DAY = 1
    chat, client_id = open_chat(), uuid.uuid4()
    for _time in range(3):
        delivery.accept(chat.pk, client_id=client_id, text="hi", address="192.0.2.3")
    assert chat.turns.count() == 1


def test_frames_stand_in_one_gapless_order(linden):
    chat = open_chat()
    turn = accept(chat, "hi")
    for n in range(20):
        delivery.append(turn, {"type": "sentence", "text": str(n)})
    assert [f["seq"] for f in delivery.frames_after(chat.pk, 0)] == list(range(1, 22))
    assert [f["seq"] for f in delivery.frames_after(chat.pk, 19)] == [20, 21]


def test_a_conversation_is_found_by_its_session_only(linden, ada):
    chat = open_chat("a" * 64)
    assert delivery.find_conversation(chat.pk, "a" * 64, None) == chat
    assert delivery.find_conversation(chat.pk, "b" * 64, None) is None


def test_a_shoppers_conversation_is_gone_when_they_sign_out(linden, ada):
    chat = open_chat("a" * 64, ada)
    assert delivery.find_conversation(chat.pk, "a" * 64, ada.pk) == chat
    assert delivery.find_conversation(chat.pk, "a" * 64, None) is None


def test_a_lapsed_lease_is_taken_over_and_the_first_process_falls_silent(linden, settings):
    turn = accept(open_chat(), "hi")
    settings.TURN_LEASE_SECONDS = -1
    first = delivery.lease(turn.pk, "one")
    settings.TURN_LEASE_SECONDS = 30
    assert waiting.turns() == [turn.pk]
    assert delivery.lease(turn.pk, "two")
    with pytest.raises(delivery.LeaseLost):
        delivery.finish(first, "one")


@pytest.mark.django_db(transaction=True)
def test_of_racing_processes_one_gets_the_turn(shop_folder):
    turn, won = accept(open_chat(), "hi"), []

    def race(name):
        won.append(bool(delivery.lease(turn.pk, name)))
        connection.close()

    threads = [threading.Thread(target=race, args=(str(n),)) for n in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(won) == [False] * 7 + [True]
    assert Turn.objects.get().state == "running"
