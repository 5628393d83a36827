"""A recall is sent to each shopper once, whatever breaks meanwhile, and can be withdrawn."""

import asyncio
import time
from datetime import timedelta
from decimal import Decimal

import pytest
from asgiref.sync import sync_to_async
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from chatbot import ledger, privacy, working
from chatbot.models import Correction, Recall, Recipient
from chatbot.recall import changes, opening, sending
from chatbot.recall.refusal import RecallRefused
from chatbot.review import letters, queue
from tests.chatbot.recalling import (
    heard,
    open_recall,
    reprice,
    run,
    sent,
    states,
    told,
)
from tests.chatbot.test_consumer import ask, connect, hear, opened, tell
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def named(grace):
    grace.first_name = "Grace"
    grace.save()


def test_the_shopper_reads_what_was_told_when_what_is_right_and_who_says_so(linden, grace):
    claim = told()
    sent(grace)
    assert [frame.conversation_id for frame in run()] == [claim.conversation_id]
    (frame,) = heard(claim.conversation)
    assert (frame["name"], frame["receipt"]) == ("Grace", claim.reply.receipt)
    day = f"{timezone.localtime(claim.told_at):%Y}"
    for part in (day, "“It is $49.00.”", "has changed since", "It is $59.00."):
        assert part in frame["text"]


def test_each_is_told_once_however_often_it_is_sent_and_stepped(linden, grace):
    chats = [told().conversation for _n in range(3)]
    recall = sent(grace)
    with pytest.raises(RecallRefused, match="no draft"):
        sending.send(recall, grace)
    run(), run()
    assert [len(heard(chat)) for chat in chats] == [1, 1, 1]
    assert states(recall) == ["sent"] * 3 and run() == []


def test_one_who_cannot_be_told_keeps_no_other_from_being_told(linden, grace, monkeypatch):
    chats, check = [told().conversation for _n in range(3)], sending.corrections.check

    def broken(reply, text):
        if reply.turn.conversation_id == chats[1].pk:
            raise ValueError("odd")
        check(reply, text)

    monkeypatch.setattr(sending.corrections, "check", broken)
    recall = sent(grace)
    run()
    assert sorted(states(recall)) == ["sent", "sent", "waiting"]
    assert [len(heard(chat)) for chat in chats] == [1, 0, 1]


def crash_after(monkeypatch, number, where="record_correction"):
    """Let the process die while it tells the shopper after so many."""
    done, genuine = [], getattr(ledger, where)

    def record(row):
        if len(done) == number:
            raise KeyboardInterrupt
        done.append(row)
        return genuine(row)

    monkeypatch.setattr(ledger, where, record)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_a_crash_interrupts_goes_on_where_it_was(linden, grace, monkeypatch, number):
    chats = [told().conversation for _n in range(3)]
    recall = sent(grace)
    with monkeypatch.context() as patch:
        crash_after(patch, number)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert sorted(states(recall)) == sorted(["sent"] * number + ["waiting"] * (3 - number))
    assert sum(len(heard(chat)) for chat in chats) == number
    run()
    assert [len(heard(chat)) for chat in chats] == [1, 1, 1]
    ledger.seal()
    assert ledger.verify().fault == ""


def test_large_recalls_go_out_in_batches(linden, grace, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    chats = [told().conversation for _n in range(5)]
    recall = sent(grace)
    assert [len(run()) for _n in range(4)] == [2, 2, 1, 0]
    assert sending.progress(recall)["sent"] == sum(len(heard(chat)) for chat in chats) == 5


def doubly(recall):
    """Two processes that have both looked who waits."""
    both = [list(sending._to_tell()), list(sending._to_tell())]
    for some in both:
        for recipient in some:
            sending._tell(recipient)


def test_two_processes_tell_each_shopper_once(linden, grace):
    chats = [told().conversation for _n in range(2)]
    doubly(sent(grace))
    assert [len(heard(chat)) for chat in chats] == [1, 1]


def test_a_process_that_takes_no_notice_is_stopped_by_the_database(linden, grace, monkeypatch):
    """The twin of the one above: without the conditional update, and with nobody looking."""
    told()
    recall = sent(grace)
    monkeypatch.setattr(sending, "_move", lambda *_given: True)
    monkeypatch.setattr(sending.corrections, "check", lambda *_given: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        doubly(recall)


@pytest.mark.django_db(transaction=True)
def test_the_chore_of_the_site_sends_it_and_rings(linden, grace, monkeypatch):
    chat, rung = told().conversation, []
    sent(grace)

    async def ring(chat_id):
        rung.append(chat_id)

    monkeypatch.setattr(working, "ring", ring)
    (chore,) = (c for c in working.CHORES if sending.step in getattr(c, "args", ()))
    asyncio.run(chore())
    assert rung == [chat.pk] and len(heard(chat)) == 1


def test_who_is_erased_while_their_turn_comes_hears_nothing(linden, grace):
    chat = told().conversation
    sent(grace)
    (recipient,) = sending._to_tell()
    privacy.erase(chat)
    assert sending._tell(recipient) == [] and Correction.objects.count() == 0


def test_erasing_a_told_shopper_leaves_the_record_whole(linden, grace):
    chat = told().conversation
    sent(grace)
    run()
    privacy.erase(chat)
    assert Recipient.objects.count() == 0 and Correction.objects.get().text == ""
    assert ledger.verify().fault == ""


def test_an_answer_that_a_reviewer_has_corrected_is_left_out_and_says_why(linden, grace):
    claim = told()
    review = queue.enqueue(claim.reply, "sample")
    queue.claim(review, grace)
    queue.decide(review, grace, "corrected", correction="It is $48.00.")
    recall = sent(grace)
    run()
    assert recall.recipients.get().note == "Grace had corrected this answer already."
    assert (len(heard(claim.conversation)), states(recall)) == (1, ["skipped"])


def test_what_a_recall_has_corrected_no_reviewer_corrects_again(linden, grace):
    claim = told()
    sent(grace)
    run()
    review = queue.enqueue(claim.reply, "sample")
    queue.claim(review, grace)
    with pytest.raises(queue.ReviewRefused, match="Grace has corrected"):
        queue.decide(review, grace, "corrected", correction="x")


def test_withdrawing_stops_the_rest_and_tells_who_was_told(linden, grace, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 1)
    chats = [told().conversation for _n in range(2)]
    recall = sent(grace)
    run()
    sending.withdraw(recall, grace)
    run()
    assert sorted([bool(f["text"]) for f in heard(chat)] for chat in chats) == [[], [True, False]]
    assert sorted(states(recall)) == ["skipped", "withdrawn"] and run() == []
    assert ledger.verify().fault == ""


def test_a_withdrawn_draft_is_never_sent(linden, grace):
    told()
    recall = open_recall(grace)
    sending.withdraw(recall, grace)
    with pytest.raises(RecallRefused):
        sending.send(recall, grace)
    assert run() == []


@pytest.mark.parametrize(("minutes", "told_all", "may"), [(9, 1, 1), (11, 1, 0), (11, 0, 1)])
def test_what_was_sent_can_be_withdrawn_for_ten_minutes_or_while_somebody_waits(
    linden, grace, minutes, told_all, may
):
    told()
    recall = sent(grace)
    run() if told_all else None
    Recall.objects.update(sent_at=timezone.now() - timedelta(minutes=minutes))
    recall.refresh_from_db()
    assert sending.withdrawable(recall) == bool(may)
    if not may:
        with pytest.raises(RecallRefused, match="too long ago"):
            sending.withdraw(recall, grace)


def test_a_letter_that_is_out_is_not_called_back(linden, grace):
    chat = told().conversation
    recall = sent(grace)
    run()
    Correction.objects.update(letter_at=timezone.now())
    sending.withdraw(recall, grace)
    run()
    assert len(heard(chat)) == 1 and "letter" in recall.recipients.get().note
    assert run() == []


@pytest.mark.django_db(transaction=True)
def test_who_was_signed_in_and_whose_chat_is_closed_gets_a_letter(ada, grace, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    told(open_chat(shopper=ada)).reply.turn.conversation.turns.update(shopper=ada)
    told()
    sent(grace)
    run()
    for row in Correction.objects.all():
        row.told_at = timezone.now() - timedelta(minutes=11)
        row.save()
        ledger.record_correction(row)
    letters.send_due()
    for _try in range(200):
        if Correction.objects.filter(letter="sent").exists():
            break
        time.sleep(0.02)
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.com"] and "It is $59.00." in letter.body
    assert ledger.verify().fault == ""


def test_a_chat_that_goes_on_is_told_as_well(linden, grace):
    chat = told().conversation
    sent(grace)
    accept(chat, "and in blue?")
    run()
    assert len(heard(chat)) == 1


@sync_to_async
def recall_what_was_told(user):
    """A recall of the price that the road has just told."""
    reprice(59)
    reprice(59, "LK-BLU")
    (change,) = changes.changes()
    claims = changes.tellings(change.source, change.field, change.told)
    wrong = opening.Wrong("The price went up.", "It is $59.00.", Decimal(59), change)
    sending.send(opening.open_recall(user, wrong, claims), user)


@pytest.mark.django_db(transaction=True)
async def test_a_guest_with_an_open_page_reads_it_there(linden, engine, grace):
    socket = await connect()
    await opened(socket)
    await ask(socket, "how much is the larkspur kettle?")
    await hear(socket, "done")
    await recall_what_was_told(grace)
    frame = await hear(socket, "correction")
    assert frame["name"] == "Grace" and frame["text"].endswith("It is $59.00.")
    await tell(socket, "ping")
    await hear(socket, "pong")
    assert (await Correction.objects.aget()).carried_at
    await socket.disconnect()
