"""The last message can be put otherwise: nothing is unsaid, and nothing of it is held against the
shopper afterwards."""

import uuid

import pytest

from chatbot import actions, conversation, delivery, editing, ledger, memory, pressing
from chatbot.inbox import desk, summary
from chatbot.models import Action, Edit, Frame, LedgerEntry
from tests.conftest import accept, let_order_be_cancelled, open_chat

pytestmark = pytest.mark.django_db
KETTLE = "how much is the larkspur kettle?"


def edit(turn, text, shopper=None, **more):
    said = {"client_id": uuid.uuid4(), "text": text, "shopper_id": shopper and shopper.pk} | more
    return editing.accept(turn.conversation_id, turn.number, **said)


def answered(turn):
    list(conversation.answer(turn.pk, "test"))
    turn.refresh_from_db()
    return turn


def refused(*args, **more):
    with pytest.raises(delivery.Refused) as error:
        edit(*args, **more)
    return error.value.code == "edit"


def test_both_messages_and_replies_stay_and_the_record_says_which_replaced_which(linden, engine):
    first = answered(accept(open_chat(), KETTLE))
    second = answered(edit(first, "how much is the brindle teapot?"))
    assert first.text == KETTLE and first.reply.text and second.reply.text
    assert first.replaced and not second.replaced and Edit.objects.get().by == second
    said = Frame.objects.filter(turn=second, body__type="said").get().body
    assert said["replaces"] == first.number
    assert LedgerEntry.objects.filter(kind="edit").count() == 1
    assert ledger.verify().fault == ""


def test_what_follows_refers_to_the_new_words_and_never_to_the_old(linden, engine):
    chat = open_chat()
    answered(accept(chat, "hello"))
    before = memory.recalled(type(chat).objects.get(pk=chat.pk).memory)
    first = answered(accept(chat, KETTLE))
    second = edit(first, "how much is it?")
    second.refresh_from_db()
    assert memory.recalled(second.conversation.memory) == before
    assert "Kettle" not in answered(second).reply.text


def test_without_the_edit_it_would_have_meant_the_kettle(linden, engine):
    chat = open_chat()
    answered(accept(chat, KETTLE))
    assert "larkspur-kettle" in str(answered(accept(chat, "how much is it?")).reply.facts)


def test_a_reply_at_work_on_the_old_words_stops_and_leaves_no_memory(linden, engine):
    chat = open_chat()
    first = accept(chat, KETTLE)
    frames = conversation.answer(first.pk, "test")
    next(frames)
    edit(first, "how much is the brindle teapot?")
    list(frames)
    first.refresh_from_db()
    assert first.reply.outcome == "stopped" and first.reply.completed_at
    assert type(chat).objects.get(pk=chat.pk).memory == {}


def test_an_id_sent_twice_replaces_once(linden, engine):
    first, client_id = accept(open_chat(), KETTLE), uuid.uuid4()
    turns = {edit(first, "and the teapot?", client_id=client_id).pk for _time in range(3)}
    assert len(turns) == 1 and Edit.objects.count() == 1


def test_only_the_last_message_can_be_changed_and_only_once(linden, engine):
    chat = open_chat()
    first, second = accept(chat, "one"), accept(chat, "two")
    assert refused(first, "three")
    edit(second, "three")
    assert refused(second, "four")


def test_what_a_person_has_read_is_not_changed(linden, engine, grace):
    turn = answered(accept(open_chat(), KETTLE))
    desk.take(turn.conversation_id, grace)
    assert refused(turn, "something else")
    assert turn.conversation.turns.count() == 1


@pytest.mark.parametrize("ending", ["handed_back", "closed"])
def test_nor_after_the_person_has_left(linden, engine, grace, ending):
    turn = answered(accept(open_chat(), KETTLE))
    desk.take(turn.conversation_id, grace)
    desk.end(turn.conversation_id, grace, ending)
    assert refused(turn, "something else")
    since = answered(accept(turn.conversation, "how much is the brindle teapot?"))
    assert edit(since, "and the kettle?").number == 3


def test_a_card_of_the_old_message_closes(linden, engine, ada):
    let_order_be_cancelled()
    turn = answered(accept(open_chat(shopper=ada), "please cancel order #2001", ada))
    edit(turn, "where is my order #2001?", ada)
    assert Action.objects.get().state == "replaced"
    assert ledger.verify().fault == ""


def test_what_was_pressed_stays_done(linden, engine, ada):
    let_order_be_cancelled()
    turn = answered(accept(open_chat(shopper=ada), "please cancel order #2001", ada))
    pressing.press(turn.conversation, turn.actions.get().pk, "confirm", ada.pk)
    assert refused(turn, "where is my order #2001?", ada)
    with pytest.raises(actions.Refused):
        actions.withdraw(turn)


def test_staff_are_told_the_new_question_alone(linden, engine):
    first = answered(accept(open_chat(), KETTLE))
    answered(edit(first, "how much is the brindle teapot?"))
    asked = [text for text, _outcome in summary.of(first.conversation).asked]
    assert asked == ["how much is the brindle teapot?"]
