"""The road: everything shown is committed first, checked, and logged once."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from chatbot import conversation, delivery, ledger
from chatbot.models import Frame, LedgerEntry, Reply, Review, Turn
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db


def say(text, shopper=None, chat=None, **more):
    chat = chat or open_chat(shopper=shopper)
    turn = accept(chat, text, shopper, **more)
    frames = list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn), frames


def kinds(frames):
    return [f.body["type"] for f in frames]


def test_a_price_is_told_and_recorded(linden, engine):
    reply, frames = say("how much is the larkspur kettle?")
    assert "$49.00" in reply.text
    assert kinds(frames) == ["reply", "sentence", "sentence", "card", "done"]
    assert LedgerEntry.objects.get(kind="reply").subject == reply.receipt


def test_a_false_price_is_held_rewritten_and_reviewed(linden, engine):
    engine.texts.extend(["It is $5.00.", "The {product.name} is {variant.price}."])
    reply, _frames = say("how much is the larkspur kettle?")
    assert "$5.00" not in reply.text
    assert "$49.00" in reply.text
    assert Review.objects.get(reply=reply, reason="held_claim")


def test_a_writer_that_cannot_be_trusted_is_replaced_by_an_honest_sentence(linden, engine):
    engine.texts.extend(["It is $5.00.", "It is $6.00."])
    reply, _frames = say("how much is the larkspur kettle?")
    assert "couldn't confirm" in reply.text
    assert reply.outcome == "held_for_staff"


def test_every_frame_is_committed_before_it_is_given_out(linden, engine):
    chat = open_chat()
    turn = accept(chat, "how much is the larkspur kettle?")
    for frame in conversation.answer(turn.pk, "test"):
        assert Frame.objects.filter(pk=frame.pk).exists()
        if frame.body["type"] == "sentence":
            assert frame.body["text"] in Reply.objects.get(turn=turn).text


def test_a_room_that_breaks_ends_in_one_logged_apology(linden, engine, monkeypatch):
    monkeypatch.setattr("chatbot.facts.find", lambda *_a: 1 / 0)
    reply, frames = say("how much is the larkspur kettle?")
    assert reply.outcome == "unavailable"
    assert kinds(frames)[-1] == "done"
    assert Review.objects.get(reply=reply, reason="broke")
    assert LedgerEntry.objects.filter(subject=reply.receipt).count() == 1


def test_a_sentence_whose_commit_breaks_is_on_no_record(linden, engine, monkeypatch):
    engine.texts.extend(["The {product.name} is here. ", "It is {variant.price}."])
    append, told = delivery.append, []

    def breaks(turn, body):
        told.extend([body] if body["type"] == "sentence" else [])
        if len(told) == 2 and told[1] is body:
            raise OperationalError("the connection is gone")
        return append(turn, body)

    monkeypatch.setattr(delivery, "append", breaks)
    reply, frames = say("how much is the larkspur kettle?")
    shown = [f.body["text"] for f in frames if f.body["type"] == "sentence"]
    assert reply.text == " ".join(shown) and "$49.00" not in reply.text and len(shown) == 2
    assert [act["told"] for act in reply.acts] == [["The {product.name} is here."]]
    assert not any("$49.00" in claim["sentence"] for claim in reply.claims)


def test_who_takes_a_reply_over_after_an_apology_only_ends_it(
    linden, engine, settings, monkeypatch
):
    settings.TURN_LEASE_SECONDS = -1
    turn = accept(open_chat(), "how much is the larkspur kettle?")
    monkeypatch.setattr("chatbot.facts.find", lambda *_a: 1 / 0)
    dying = conversation.answer(turn.pk, "dies")
    told = [next(dying), next(dying)]
    dying.close()
    monkeypatch.undo()
    settings.TURN_LEASE_SECONDS = 30
    rest = kinds(list(conversation.answer(turn.pk, "takes over")))
    assert (kinds(told)[-1], rest[-1]) == ("sentence", "done") and "sentence" not in rest
    assert Reply.objects.get().outcome == "unavailable"
    assert Review.objects.filter(reason="broke").exists()


def test_a_half_told_reply_is_taken_over_and_goes_on(linden, engine, settings):
    settings.TURN_LEASE_SECONDS = -1
    engine.texts.extend(["The {product.name} is here. ", "It is {variant.price}."])
    chat = open_chat()
    turn = accept(chat, "how much is the larkspur kettle?")
    dying = conversation.answer(turn.pk, "dies")
    first = [next(dying), next(dying)]
    dying.close()
    settings.TURN_LEASE_SECONDS = 30
    rest = list(conversation.answer(turn.pk, "takes over"))
    texts = [f.body["text"] for f in (*first, *rest) if f.body["type"] == "sentence"]
    assert texts == ["The Larkspur Kettle is here.", "It is $49.00."]
    assert kinds(rest)[-1] == "done"
    assert LedgerEntry.objects.filter(kind="reply").count() == 1


def test_who_told_everything_but_too_late_falls_silent(linden, engine, settings):
    settings.TURN_LEASE_SECONDS = -1
    turn = accept(open_chat(), "how much is the larkspur kettle?")
    late = conversation.answer(turn.pk, "late")
    while next(late).body["type"] != "card":
        pass
    settings.TURN_LEASE_SECONDS = 30
    assert kinds(list(conversation.answer(turn.pk, "takes over")))[-1] == "done"
    assert list(late) == []
    assert LedgerEntry.objects.filter(kind="reply").count() == 1


def test_a_turn_that_is_done_is_not_answered_again(linden, engine):
    reply, _frames = say("how much is the larkspur kettle?")
    assert list(conversation.answer(reply.turn_id, "again")) == []


def test_stop_ends_the_reply_at_the_next_sentence(linden, engine):
    chat = open_chat()
    turn = accept(chat, "is the larkspur kettle available and how much?")
    frames = conversation.answer(turn.pk, "test")
    told = [next(frames), next(frames)]
    delivery.request_stop(chat, turn.number)
    told += frames
    assert Reply.objects.get(turn=turn).outcome == "stopped"
    assert kinds(told).count("sentence") == 1


def test_what_was_spoken_of_is_remembered(linden, engine):
    chat = open_chat()
    say("how much is the larkspur kettle?", chat=chat)
    chat.refresh_from_db()
    reply, _frames = say("and in blue?", chat=chat)
    assert reply.reading["products"] == ["larkspur-kettle"]
    assert "sold out" in str(reply.facts)


def test_the_button_hands_over_and_says_so(linden, engine):
    reply, frames = say("I'd like to talk to a person.", wants_person=True)
    assert reply.outcome == "handed_off"
    assert "state" in kinds(frames)
    assert Review.objects.get(reply=reply, reason="asked_for_person")


def test_a_thumb_down_queues_the_reply(linden, engine):
    chat = open_chat()
    reply, _frames = say("how much is the larkspur kettle?", chat=chat)
    conversation.rate(chat, reply.receipt, False, "too dear")
    assert Review.objects.get(reply=reply, reason="thumbs_down")


def test_a_thumb_up_does_not(linden, engine, settings):
    settings.REVIEW_SAMPLE_PERCENT = 0
    chat = open_chat()
    reply, _frames = say("how much is the larkspur kettle?", chat=chat)
    conversation.rate(chat, reply.receipt, True, "")
    assert not Review.objects.filter(reply=reply).exists()


def test_the_record_holds_after_a_conversation(linden, engine, ada):
    say("where is my order?", ada)
    say("how long can I return things?")
    assert ledger.verify().fault == ""
    assert ledger.verify().count == 5  # two disclosures, two replies, the setup


@pytest.mark.parametrize("heard", [1, 2, 3])
def test_a_process_that_was_too_slow_undoes_nothing_of_the_one_that_took_over(
    linden, engine, heard
):
    turn = accept(open_chat(), "how much is the larkspur kettle?")
    slow = conversation.answer(turn.pk, "slow")
    told = [next(slow).body for _frame in range(heard)]
    Turn.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    told += [frame.body for frame in conversation.answer(turn.pk, "quick")]
    assert list(slow) == []
    assert [frame.body for frame in Frame.objects.all()][1:] == told
    assert " ".join(b["text"] for b in told if b["type"] == "sentence") == Reply.objects.get().text
    assert ledger.verify().fault == ""
