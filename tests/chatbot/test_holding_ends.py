"""The wait of a held reply ends once, by staff, the shopper or the clock; what comes later is told so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from chatbot import delivery, duty, notices, replay
from chatbot.holding import release
from chatbot.inbox import desk
from chatbot.models import Conversation, Hold, LedgerEntry, Review, Turn
from chatbot.review import queue
from tests.chatbot.test_holding import RIGHT, RISKY, decide, fresh, held, kinds, run_out, say, whole  # noqa: F401

pytestmark = pytest.mark.django_db


def test_one_hold_that_breaks_keeps_no_other_waiting(held, monkeypatch):  # noqa: F811
    first, second = say(RISKY), say(RISKY)
    Hold.objects.update(until=timezone.now() - timedelta(seconds=1))
    end = release._end

    def broken(hold):
        if hold.reply_id == first.pk:
            raise ValueError("odd")
        return end(hold)

    monkeypatch.setattr(release, "_end", broken)
    list(release.let_go())
    assert (fresh(first).hold.ending, fresh(second).hold.ending) == ("", "late")


def test_when_the_time_runs_out_the_shopper_is_told_honestly(held):  # noqa: F811
    reply = say(RISKY)
    run_out(reply)
    assert [f.body["type"] for f in release.let_go()] == ["sentence", "done"]
    sent = fresh(reply)
    assert (sent.text, sent.outcome) == (notices.text("hold.late", {}), "held_for_staff")
    assert (sent.hold.ending, sent.reviews.get().state) == ("late", "open")
    assert "$49.00" in sent.draft and sent.sources == [] and sent.cards == []
    assert list(release.let_go()) == [] and whole() and replay.differences(sent) == []


def test_before_the_time_runs_out_nothing_is_let_go(held):  # noqa: F811
    reply = say(RISKY)
    assert list(release.let_go()) == [] and fresh(reply).hold.ended_at is None


def test_who_stops_waiting_is_told_no_more(held):  # noqa: F811
    reply = say(RISKY)
    delivery.request_stop(reply.turn.conversation, 1)
    assert [f.body["type"] for f in release.let_go()] == ["done"]
    sent = fresh(reply)
    assert (sent.outcome, sent.text, sent.hold.ending) == ("stopped", "", "stopped") and whole()


def test_a_person_who_takes_over_answers_instead(held, grace):  # noqa: F811
    reply = say(RISKY)
    desk.take(reply.turn.conversation_id, grace)
    list(release.let_go())
    sent = fresh(reply)
    assert (sent.outcome, sent.text, sent.hold.ending) == ("stopped", "", "taken") and whole()


ENDS = {
    "ran out": run_out,
    "stopped": lambda r: delivery.request_stop(r.turn.conversation, 1),
    "taken": lambda r: Conversation.objects.update(state="person"),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("let_go", [True, False])
def test_a_deed_that_comes_too_late_is_refused_and_says_why(held, grace, end, let_go):  # noqa: F811
    reply = say(RISKY)
    ENDS[end](reply)
    gone = list(release.let_go()) if let_go else []
    with pytest.raises(queue.ReviewRefused, match="Too late"):
        decide(reply, grace, "approved")
    assert kinds(reply)[3:] == [f.body["type"] for f in gone]
    assert reply.reviews.get().verdict == ""


def test_a_reply_is_sent_once_whoever_presses_again(held, grace):  # noqa: F811
    reply = say(RISKY)
    decide(reply, grace, "approved")
    with pytest.raises(queue.ReviewRefused, match="sent this reply already"):
        release.decide(reply.reviews.get(), grace, "approved", True)
    assert kinds(reply).count("done") == 1
    assert LedgerEntry.objects.filter(kind="hold").count() == 2


def test_after_the_time_a_decision_is_for_the_record_as_any_other(held, grace):  # noqa: F811
    reply = say(RISKY)
    run_out(reply)
    list(release.let_go())
    decide(reply, grace, "corrected", meant=False, correction=RIGHT)
    assert kinds(reply)[-1] == "correction" and fresh(reply).hold.ending == "late"


def test_what_is_not_claimed_or_not_said_is_neither_decided_nor_sent(held, grace):  # noqa: F811
    review = say(RISKY).reviews.get()
    for verdict, said in (("approved", {}), ("corrected", {"correction": ""}), ("shrug", {})):
        with pytest.raises(queue.ReviewRefused):
            release.decide(review, grace, verdict, True, **said)
    assert kinds(review.reply) == ["said", "reply", "held"]
    assert Hold.objects.get().ended_at is None and Turn.objects.get().state == "held"


def test_while_people_only_are_on_duty_the_draft_is_not_sent(held, grace):  # noqa: F811
    reply = say(RISKY)
    duty.switch(True, grace, "")
    with pytest.raises(queue.ReviewRefused, match="switched off"):
        decide(reply, grace, "approved")
    release.decide(reply.reviews.get(), grace, "corrected", True, correction=RIGHT)
    assert fresh(reply).hold.ending == "corrected"


def tried(deed):
    """What a deed in a thread of its own came to; the connection is closed with it."""
    try:
        return deed()
    except queue.ReviewRefused as refusal:
        return str(refusal)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_end_the_wait_at_once_one_does(held, grace):  # noqa: F811
    reply = say(RISKY)
    review, chat = reply.reviews.get(), reply.turn.conversation
    queue.claim(review, grace)
    deeds = [
        lambda: release.decide(Review.objects.get(), grace, "approved", True),
        lambda: release.decide(Review.objects.get(), grace, "corrected", True, correction=RIGHT),
        lambda: list(release.let_go()),
        lambda: delivery.request_stop(chat, 1),
    ] * 2
    with ThreadPoolExecutor(len(deeds)) as crowd:
        list(crowd.map(tried, deeds))
    list(release.let_go())
    assert kinds(reply).count("done") == 1 and kinds(reply).count("correction") <= 1
    assert LedgerEntry.objects.filter(kind="hold").count() == 2 and whole()
