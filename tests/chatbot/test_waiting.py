"""Turns that wait: who picks them up, in which order, and what is handed back."""

import threading

import pytest
from django.db import connection

from chatbot import conversation, delivery, waiting
from chatbot.models import Turn
from tests.conftest import accept, open_chat


@pytest.fixture(autouse=True)
def unread(monkeypatch):
    """The line is read anew in every test."""
    monkeypatch.setattr(waiting, "_line", (0.0, []))
    monkeypatch.setattr(waiting, "LINE_SECONDS", 0)


def said(*texts):
    """A conversation for each text, and its turn."""
    return [accept(open_chat(str(n) * 64), text) for n, text in enumerate(texts)]


def test_the_oldest_are_picked_first_and_each_once(linden):
    first, second, third = said("hi", "hi", "hi")
    assert waiting.pick("one", 2) == [first.pk, second.pk]
    assert waiting.pick("two", 2) == [third.pk] and waiting.pick("two", 2) == []
    assert set(Turn.objects.values_list("lease", "state")) == {
        ("one", "running"),
        ("two", "running"),
    }


def test_what_was_said_first_in_a_chat_is_answered_before_the_next(linden, engine):
    chat = open_chat()
    first, second = accept(chat, "hi"), accept(chat, "how much is the larkspur kettle?")
    assert waiting.pick("one", 9) == [first.pk] and waiting.pick("two", 9) == []
    list(conversation.answer_leased(delivery.picked(first.pk), "one"))
    assert waiting.pick("two", 9) == [second.pk]


def test_a_process_does_not_pick_again_what_it_is_slow_at(linden, settings):
    settings.TURN_LEASE_SECONDS = -1
    (turn,) = said("hi")
    assert waiting.pick("one", 9) == [turn.pk]
    assert waiting.pick("one", 9, [turn.pk]) == [] and waiting.pick("two", 9) == [turn.pk]


def test_what_is_handed_over_goes_on_elsewhere_and_here_falls_silent(linden, engine):
    (turn,) = said("how much is the larkspur kettle?")
    waiting.pick("one", 9)
    frames = conversation.answer_leased(delivery.picked(turn.pk), "one")
    told = [next(frames).body["type"], next(frames).body["type"]]
    assert told == ["reply", "sentence"] and waiting.hand_over("one") == 1
    assert list(frames) == [] and waiting.pick("two", 9) == [turn.pk]
    rest = list(conversation.answer_leased(delivery.picked(turn.pk), "two"))
    assert [frame.body["type"] for frame in rest][-1] == "done"
    turn.reply.refresh_from_db()
    assert turn.reply.text.count("49.00") == 1


@pytest.mark.django_db(transaction=True)
def test_of_racing_processes_each_gets_others(shop_folder):
    turns, won = said(*["hi"] * 6), []

    def race(name):
        won.extend(waiting.pick(name, 2))
        connection.close()

    threads = [threading.Thread(target=race, args=(str(n),)) for n in range(6)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(won) == [turn.pk for turn in turns]
