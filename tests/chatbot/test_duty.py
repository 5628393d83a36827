"""The switch: staff take the assistant off duty, and from then on it tells and does nothing."""

import pytest
from django.urls import reverse

from chatbot import conversation, duty, pressing, replay
from chatbot.models import Action, Duty, Reply
from storefront import models
from storefront.clock import now
from tests.conftest import accept, let_shop_act, open_chat

pytestmark = pytest.mark.django_db
PRICE = "how much is the larkspur kettle?"
SWITCH = "/admin/chatbot/duty/switch/"


def say(chat, text, shopper=None):
    turn = accept(chat, text, shopper)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def test_off_duty_every_message_goes_to_a_person_unread(linden, engine, monkeypatch):
    duty.switch(True, None, "it says odd things")
    monkeypatch.setattr("chatbot.reading.encode", lambda: 1 / 0)
    reply = say(open_chat(), PRICE)
    assert (reply.outcome, engine.briefs) == ("handed_off", [])
    assert "switched off" in reply.text


def test_a_reply_from_off_duty_is_replayed_as_it_was(linden, engine):
    duty.switch(True, None, "")
    assert replay.differences(say(open_chat(), PRICE)) == []


def test_a_reply_half_told_before_it_was_off_keeps_what_was_told(linden, engine, settings):
    settings.TURN_LEASE_SECONDS = -1
    engine.texts.append(["The {product.name} is here. ", "It is {variant.price}."])
    turn = accept(open_chat(), PRICE)
    dying = conversation.answer(turn.pk, "dies")
    [next(dying), next(dying)]
    dying.close()
    settings.TURN_LEASE_SECONDS = 30
    duty.switch(True, None, "")
    list(conversation.answer(turn.pk, "takes over"))
    reply = Reply.objects.get(turn=turn)
    assert reply.text.startswith("The Larkspur Kettle is here. The assistant is switched off")
    assert replay.differences(reply) == []


def test_on_again_it_answers(linden, engine):
    duty.switch(True, None, "")
    duty.switch(False, None, "")
    assert "$49.00" in say(open_chat(), PRICE).text


def test_no_further_sentence_is_told_once_it_is_off(linden, engine):
    engine.texts.append(["The {product.name} is here. ", "It is {variant.price}."])
    turn = accept(open_chat(), PRICE)
    frames = conversation.answer(turn.pk, "test")
    [next(frames), next(frames)]
    duty.switch(True, None, "")
    rest = [f.body for f in frames]
    assert [b["type"] for b in rest] == ["done"]
    assert rest[-1]["outcome"] == "stopped"


def test_no_card_is_pressed_while_it_is_off(ada, engine):
    let_shop_act()
    models.Order.objects.update(placed_at=now(), fulfillment_status="", delivered_at=None)
    models.OrderLine.objects.update(fulfillment_status="")
    say(open_chat(shopper=ada), "please cancel my order #2001", ada)
    action = Action.objects.get()
    duty.switch(True, None, "")
    with pytest.raises(pressing.Refused, match="switched off"):
        pressing.press(action.turn.conversation, action.pk, "confirm", ada.pk)
    assert not models.OrderChange.objects.exists()


def test_staff_switch_it_in_the_admin_and_the_reason_is_kept(grace, client, linden):
    client.force_login(grace)
    client.post(SWITCH, {"people_only": "yes", "reason": "odd answers"})
    page = client.get(reverse("admin:chatbot_duty_changelist")).content.decode()
    assert duty.people_only()
    assert "The assistant is off" in page and "odd answers" in page
    assert Duty.objects.get().switched_by == grace


def test_shoppers_cannot_switch_it(ada, client):
    client.force_login(ada)
    assert client.post(SWITCH, {"people_only": "yes"}).status_code == 302
    assert not duty.people_only()
