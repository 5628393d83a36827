"""A shopper erases what is kept: the record stays whole, and nothing comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot import actions, conversation, delivery, ledger, pressing, privacy, waiting
from chatbot.inbox import desk
from chatbot.models import (
    Action,
    Conversation,
    Correction,
    Feedback,
    Frame,
    Reply,
    Takeover,
    Turn,
)
from chatbot.review import letters, queue
from storefront.models import Order
from tests.chatbot.test_privacy import (  # noqa: F401
    PRICE,
    browser,
    erase,
    full,
    given,
    gone,
    nobody_there,
    owner,
    talk,
)
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db


def test_erasing_leaves_the_record_whole_and_the_order_as_it_was(full):  # noqa: F811
    client, chat = full
    before = list(Order.objects.values())
    assert (erase(client), gone(chat)) == (1, True)
    assert ledger.verify().fault == "" and list(Order.objects.values()) == before
    assert given(client)["conversations"] == []
    assert (chat.owner, chat.shopper, chat.state) == ("", None, "closed")


def test_erasing_twice_changes_nothing(full):  # noqa: F811
    client, chat = full
    erase(client)
    before = ledger.verify().count
    assert privacy.erase(chat) == [] and erase(client) == 0
    assert ledger.verify().count == before


def test_nothing_of_the_old_comes_back_by_resume(full, ada):  # noqa: F811
    client, chat = full
    erase(client)
    assert delivery.find_conversation(chat.pk, owner(client), ada.pk) is None
    assert {f["type"] for f in delivery.frames_after(chat.pk, 0)} == {"erased"}


def test_an_erased_chat_takes_no_message_no_rating_and_no_press(full, ada):  # noqa: F811
    client, chat = full
    receipt, action = Reply.objects.get().receipt, Action.objects.get()
    erase(client)
    with pytest.raises(delivery.Refused, match="erased"):
        accept(chat, "hello?", ada)
    assert conversation.rate(chat, receipt, False, "slow") is None
    with pytest.raises(pressing.Refused):
        pressing.press(chat, action.pk, "confirm", None)
    assert Feedback.objects.get().comment == ""


def test_staff_can_neither_take_nor_note_nor_answer_an_erased_chat(full, grace):  # noqa: F811
    client, chat = full
    erase(client)
    assert Takeover.objects.get().ending == "closed"
    for deed in (
        lambda: desk.take(chat.pk, grace),
        lambda: desk.note(chat.pk, grace, "was friendly"),
        lambda: desk.say(chat.pk, grace, Turn.objects.get().client_id, "Hello?"),
    ):
        with pytest.raises(desk.DeskRefused):
            deed()


def test_who_waited_leaves_the_line_and_those_behind_move_up(linden, engine):
    clients = [browser(), browser()]
    chats = [open_chat(owner(client)) for client in clients]
    for chat in chats:
        list(conversation.answer(accept(chat, "a person", wants_person=True).pk, "test"))
    erase(clients[0])
    chats[1].refresh_from_db()
    told = Frame.objects.filter(conversation=chats[1]).last().body
    assert told == {"type": "state", "state": "waiting", "name": "", "place": 1}
    assert gone(chats[0]) and chats[0].waiting_since is None


@pytest.mark.parametrize("state", [Action.State.OFFERED, Action.State.WAITING])
def test_what_waits_for_a_press_or_for_staff_is_withdrawn(full, grace, state):  # noqa: F811
    client, _chat = full
    Action.objects.update(state=state)
    erase(client)
    action = Action.objects.get()
    assert (action.state, action.quote, action.terms) == ("declined", "", [])
    with pytest.raises(actions.Refused):
        pressing.decide(action.pk, grace, True)
    assert Order.objects.get().cancelled_at is None


def test_a_letter_that_is_due_is_not_sent(full, mailoutbox):  # noqa: F811
    client, _chat = full
    erase(client)
    Correction.objects.update(told_at=timezone.now() - timedelta(hours=1))
    letters.send_due()
    assert (mailoutbox, Correction.objects.get().letter) == ([], "")


def test_reviews_of_what_is_erased_leave_the_queue(linden, engine, grace):
    client = browser()
    chat = talk(client)
    conversation.rate(chat, Reply.objects.get().receipt, False, "")
    erase(client)
    assert queue.claim_next(grace) is None
    assert ledger.verify().fault == ""


@pytest.mark.parametrize("step", range(6))
def test_a_reply_being_told_falls_silent_wherever_it_is(linden, engine, step):
    chat = open_chat()
    frames = conversation.answer(accept(chat, PRICE).pk, "test")
    for _frame in range(step):
        next(frames, None)
    privacy.erase(chat)
    list(frames)
    assert gone(chat) and ledger.verify().fault == ""
    assert not Reply.objects.exclude(text="", draft="", facts=[], reading={}).exists()
    assert (chat.memory, chat.state) == ({}, "closed")
    assert {f["type"] for f in delivery.frames_after(chat.pk, 0)} == {"erased"}
    assert waiting.turns() == []


def test_a_reply_that_is_being_decided_keeps_nothing(linden, engine, monkeypatch):
    chat = open_chat()
    turn, find = accept(chat, PRICE), conversation.facts.find
    monkeypatch.setattr(
        "chatbot.telling.facts.find", lambda *given: (privacy.erase(chat), find(*given))[1]
    )
    list(conversation.answer(turn.pk, "test"))
    assert Reply.objects.get().facts == [] and gone(chat)


def test_without_lock_and_lease_an_erased_reply_would_come_back(linden, engine, monkeypatch):
    monkeypatch.setattr(delivery, "hold", lambda chat_id: Conversation.objects.get(pk=chat_id))
    monkeypatch.setattr(delivery, "renew", lambda turn, process: None)
    chat = open_chat()
    turn, find = accept(chat, PRICE), conversation.facts.find
    monkeypatch.setattr(
        "chatbot.telling.facts.find", lambda *given: (privacy.erase(chat), find(*given))[1]
    )
    list(conversation.answer(turn.pk, "test"))
    assert Reply.objects.get().facts != []
