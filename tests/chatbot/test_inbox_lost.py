"""Whatever happens, nobody who wants a person is lost, and the assistant speaks over no person."""

import threading
import uuid

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot import conversation, delivery
from chatbot.inbox import desk
from chatbot.models import Reply, Takeover
from storefront.models import User
from tests.chatbot.test_inbox import FROM_THE_ASSISTANT, asks, gone, grace, nobody_there, say, tell  # noqa: F401
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_of_racing_staff_one_gets_the_conversation(shop_folder):
    chat, won = open_chat(), []
    accept(chat, "hi")
    staff = [User.objects.create_user(f"s{n}@example.com", "x", is_staff=True) for n in range(6)]

    def race(user):
        try:
            won.append(bool(desk.take(chat.pk, user)))
        except desk.DeskRefused:
            won.append(False)
        connection.close()

    threads = [threading.Thread(target=race, args=(user,)) for user in staff]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(won) == [False] * 5 + [True]
    assert Takeover.objects.filter(ended_at=None).count() == 1


DEEDS = ("asks", "writes", "takes", "says", "hands back", "closes", "goes")


def do(deed, chat, person):
    match deed:
        case "asks":
            asks(chat)
        case "writes":
            tell(chat, "hi")
        case "takes":
            desk.take(chat.pk, person)
        case "says":
            say(chat, person, "Hello")
        case "hands back":
            desk.end(chat.pk, person, "handed_back")
        case "closes":
            desk.end(chat.pk, person, "closed")
        case "goes":
            gone(chat)
            list(desk.let_lapse())


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(DEEDS), min_size=3, max_size=9))
def test_whatever_happens_nobody_is_lost_and_the_assistant_speaks_over_no_person(
    linden,
    engine,
    grace,  # noqa: F811
    deeds,
):
    chat, asked = open_chat(owner=uuid.uuid4().hex * 2), False
    for deed in deeds:
        try:
            do(deed, chat, grace)
        except desk.DeskRefused:
            continue
        asked = (asked or deed == "asks") and deed not in ("hands back", "closes")
        chat.refresh_from_db()
        assert not asked or chat.state in ("waiting", "person")
    assert not spoken_over(chat)


def spoken_over(chat):
    """Frames of the assistant's that stand behind a person's arrival and before the end."""
    state, found = "assistant", []
    for frame in delivery.frames_after(chat.pk, 0):
        state = frame["state"] if frame["type"] == "state" else state
        if state == "person" and frame["type"] in FROM_THE_ASSISTANT:
            found.append(frame)
    return found


def test_who_stops_the_turn_that_asked_for_a_person_still_gets_one(linden, engine):
    turn = accept(open_chat(), "I'd like to talk to a person.", wants_person=True)
    frames = conversation.answer(turn.pk, "test")
    next(frames)
    delivery.request_stop(turn.conversation, turn.number)
    assert "waiting" in [f.body.get("state") for f in frames]
    assert Reply.objects.get().outcome == "handed_off"


def test_who_was_told_of_a_person_gets_one_whatever_breaks_behind_it(linden, engine, monkeypatch):
    turn = accept(open_chat(), "I'd like to talk to a person.", wants_person=True)
    monkeypatch.setattr(conversation.facts, "find", lambda *_args: 1 / 0)
    frames = [f.body for f in conversation.answer(turn.pk, "test")]
    assert "something went wrong" in str(frames)
    assert "waiting" in [f.get("state") for f in frames]
