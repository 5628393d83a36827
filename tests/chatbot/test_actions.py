"""Actions: offered as a card, done by the shopper's press and by nothing else, once."""

import os
import threading
import uuid
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot import conversation, delivery, duty, ledger, notices, pressing, privacy
from chatbot.inbox import desk
from chatbot.models import Action, Frame, LedgerEntry, Reply
from storefront import commands, models
from storefront.clock import now
from tests.conftest import accept, let_shop_act, open_chat

pytestmark = pytest.mark.django_db
State = Action.State
LONG_AGO = now() - timedelta(days=300)
YES = ["yes", "Yes please, do it!", "I confirm", "ok go ahead", "yep cancel it now i consent"]


@pytest.fixture
def chat(ada, engine):
    let_shop_act()
    models.Order.objects.update(
        placed_at=now(), fulfillment_status="", fulfilled_at=None, delivered_at=None
    )
    models.OrderLine.objects.update(fulfillment_status="")
    return open_chat(shopper=ada)


def say(chat, text, shopper):
    turn = accept(chat, text, shopper)
    frames = list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn), frames


@pytest.fixture
def offered(chat, ada):
    say(chat, "please cancel my order #2001", ada)
    return Action.objects.get()


def cancelled():
    return models.Order.objects.get().cancelled_at is not None


def press(action, choice="confirm", shopper="own"):
    chat = action.turn.conversation
    return pressing.press(chat, action.pk, choice, chat.shopper_id if shopper == "own" else shopper)


@pytest.mark.parametrize("meanwhile", ["stop", "person", "off", ""])
def test_no_card_appears_after_stop_or_over_a_person(chat, ada, grace, monkeypatch, meanwhile):
    deeds = {"stop": lambda: delivery.request_stop(chat, 1), "": lambda: None,
             "person": lambda: desk.take(chat.pk, grace),
             "off": lambda: duty.switch(True, grace, "")}  # fmt: skip
    card = notices.action_card
    monkeypatch.setattr(
        notices, "action_card", lambda *words: (card(*words), deeds[meanwhile]())[0]
    )
    _reply, frames = say(chat, "please cancel my order #2001", ada)
    shown = "action" in [frame.body["type"] for frame in frames]
    assert Action.objects.exists() == shown == (not meanwhile)


def test_a_wish_becomes_a_card_that_says_exactly_what_will_happen(chat, ada):
    reply, frames = say(chat, "please cancel my order #2001", ada)
    card = next(f.body for f in frames if f.body["type"] == "action")
    assert reply.outcome == "action_offered"
    assert card["title"] == "Cancel order #2001"
    assert card["terms"] == ["Larkspur Kettle - Red", "Refund: $54.00, the way you paid"]
    assert not cancelled()


def test_the_press_does_it_and_says_so(offered):
    told = press(offered).body
    assert (told["state"], told["text"]) == ("done", "Order #2001 is cancelled.")
    assert cancelled()


@pytest.mark.parametrize("text", YES)
def test_a_written_yes_does_nothing(offered, ada, text):
    say(offered.turn.conversation, text, ada)
    assert not cancelled()
    assert not models.OrderChange.objects.exists()


def test_a_written_yes_is_answered_with_where_to_press(offered, ada):
    reply, _frames = say(offered.turn.conversation, "yes, do it", ada)
    assert "button" in reply.text
    assert reply.outcome == "action_offered"


def test_a_second_press_changes_nothing(offered):
    press(offered)
    assert press(offered) is None
    assert models.OrderChange.objects.count() == 1


def test_declined_is_final(offered):
    assert press(offered, "decline").body["text"] == "Nothing was changed."
    assert press(offered) is None
    assert not cancelled()


def test_an_expired_card_does_nothing(offered):
    Action.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert press(offered).body["state"] == "expired"
    assert not cancelled()


def test_what_the_warehouse_was_faster_with_is_not_cancelled(offered):
    models.Order.objects.update(fulfillment_status="fulfilled")
    assert press(offered).body["state"] == "failed"
    assert not cancelled()


@pytest.mark.parametrize("who", ["guest", "mallory"])
def test_nobody_else_can_press_it(offered, who):
    stranger = models.User.objects.get(email="mallory@example.com").pk if who == "mallory" else None
    with pytest.raises(pressing.Refused):
        press(offered, shopper=stranger)
    assert not cancelled()


def test_it_cannot_be_pressed_from_another_chat(offered, ada):
    with pytest.raises(pressing.Refused):
        pressing.press(open_chat(shopper=ada), offered.pk, "confirm", ada.pk)
    assert not cancelled()


def test_a_newer_card_replaces_the_older_one(offered, ada):
    say(offered.turn.conversation, "cancel order #2001", ada)
    offered.refresh_from_db()
    assert offered.state == State.REPLACED
    assert press(offered) is None
    assert not cancelled()


def test_done_can_be_undone(offered):
    press(offered)
    assert press(offered, "undo").body["state"] == "undone"
    assert not cancelled()


def test_what_has_been_sold_since_cannot_be_undone(offered):
    press(offered)
    models.Variant.objects.update(stock=0)
    with pytest.raises(pressing.Refused, match="A person can help"):
        press(offered, "undo")
    assert cancelled()


class TestAboveTheShopsLimit:
    @pytest.fixture
    def waiting(self, chat, ada):
        let_shop_act(staff_above=50)
        models.Order.objects.update(placed_at=now(), delivered_at=None)
        say(chat, "please cancel my order #2001", ada)
        action = Action.objects.get()
        assert "A person from our team releases it first" in action.terms[-1]
        press(action)
        return action

    def test_the_press_alone_moves_nothing(self, waiting):
        assert Action.objects.get().state == State.WAITING
        assert not cancelled()

    def test_staff_release_it_by_the_rules_at_the_press(self, waiting, grace):
        models.Order.objects.update(placed_at=now() - timedelta(hours=1, minutes=59))
        Action.objects.update(pressed_at=now())
        told = pressing.decide(waiting.pk, grace, release=True)
        assert told.body["state"] == "done"
        assert cancelled()

    def test_staff_refuse_it_once(self, waiting, grace):
        assert pressing.decide(waiting.pk, grace, release=False).body["state"] == "refused"
        with pytest.raises(pressing.Refused):
            pressing.decide(waiting.pk, grace, release=True)
        assert not cancelled()

    def test_reviewers_see_it_and_may_not_release_it(self, waiting, grace, client):
        client.force_login(grace)
        page = client.get(f"/admin/chatbot/action/{waiting.pk}/change/")
        assert "Cancel order #2001" in page.content.decode()
        assert client.post(f"/admin/chatbot/action/{waiting.pk}/do/release/").status_code == 403
        assert not cancelled()

    def test_who_has_the_permission_releases_it(self, waiting, admin_user, client):
        client.force_login(admin_user)
        client.post(f"/admin/chatbot/action/{waiting.pk}/do/release/")
        assert cancelled()


class TestTheRecord:
    def test_holds_every_step(self, offered):
        press(offered)
        press(offered, "undo")
        assert LedgerEntry.objects.filter(kind="action", subject=offered.pk).count() == 3
        assert ledger.verify().fault == ""

    @pytest.mark.parametrize("deed", ["alter", "delete"])
    def test_betrays_a_tampered_action(self, offered, deed):
        press(offered)
        rows = Action.objects.filter(pk=offered.pk)
        rows.update(terms=["Something else"]) if deed == "alter" else rows.delete()
        assert str(offered.pk) in ledger.verify().fault

    def test_survives_an_erasure(self, offered):
        press(offered)
        privacy.erase(offered.turn.conversation)
        ledger.seal()
        assert ledger.verify().fault == ""
        assert Action.objects.get().terms == []


STEPS = st.lists(
    st.sampled_from(["offer", "confirm", "confirm old", "decline", "undo", "expire", "ship",
                     "staff cancel", "say yes", "stranger"]), max_size=9,
)  # fmt: skip


INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "60"))


@settings(max_examples=INTERLEAVINGS, suppress_health_check=list(HealthCheck), deadline=None)
@given(STEPS)
def test_however_it_is_pressed_it_is_done_once_and_never_without_a_press(offered, ada, steps):
    reset(offered)
    done = Counter()
    for step in steps:
        before = cancelled()
        take(step, offered, ada)
        done[step] += not before and cancelled()
    assert sum(done.values()) == done["confirm"] + done["confirm old"] + done["staff cancel"]
    live = models.OrderChange.objects.filter(undone_at=None).count()
    assert live <= 1
    assert models.Variant.objects.get(sku="LK-RED").stock == 5 + live


def reset(offered):
    models.OrderChange.objects.all().delete()
    models.Variant.objects.filter(sku="LK-RED").update(stock=5)
    models.Order.objects.update(
        placed_at=now(), cancelled_at=None, refunded_amount=0, financial_status="paid",
        fulfillment_status="",
    )  # fmt: skip
    Action.objects.exclude(pk=offered.pk).delete()
    Action.objects.update(
        id=offered.pk, state=State.OFFERED, expires_at=timezone.now() + timedelta(minutes=5)
    )


def take(step, offered, ada):
    """One thing that may happen while a card lies open."""
    newest = Action.objects.first()
    deeds = {
        "offer": lambda: again(newest),
        "confirm old": lambda: press(offered),
        "stranger": lambda: press(newest, shopper=None),
        "expire": lambda: Action.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        "ship": lambda: models.Order.objects.filter(cancelled_at=None).update(
            fulfillment_status="fulfilled"
        ),
        "staff cancel": lambda: models.Order.objects.update(cancelled_at=LONG_AGO),
        "say yes": lambda: accept(offered.turn.conversation, "yes", ada),
    }
    with suppress(pressing.Refused, delivery.Refused):
        deeds.get(step, lambda: press(newest, step))()


def again(action):
    """The same card once more, as a second request for it makes it."""
    values = {"kind": action.kind, "number": action.order, "quote": action.quote}
    card = pressing.notices.ActionCard(action.title, tuple(action.terms), "Yes", "No")
    pressing.offer(action.turn, values, card)


@pytest.mark.django_db(transaction=True)
def test_of_presses_in_many_tabs_one_does_it(offered):
    told = []

    def tab():
        told.append(press(offered))
        connection.close()

    threads = [threading.Thread(target=tab) for _n in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sum(frame is not None for frame in told) == 1
    assert models.OrderChange.objects.count() == 1


def test_a_card_that_forgot_it_was_pressed_still_does_it_once(offered):
    press(offered)
    Action.objects.update(state=State.OFFERED)
    assert press(offered).body["state"] == "done"
    assert models.Variant.objects.get(sku="LK-RED").stock == 6


def test_a_key_that_was_never_pressed_cannot_be_undone(offered):
    assert press(offered, "undo") is None
    with pytest.raises(models.OrderChange.DoesNotExist):
        commands.undo(uuid.uuid4())


def test_the_frames_tell_the_card_and_what_became_of_it_in_order(offered):
    press(offered)
    kinds = [f.body["type"] for f in Frame.objects.filter(turn=offered.turn)]
    assert kinds[-3:] == ["action", "done", "action.state"]
