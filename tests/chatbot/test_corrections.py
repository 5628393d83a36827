"""A correction reaches the shopper: in the chat by name, by letter where no chat is open."""

import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from chatbot import conversation, delivery, ledger, posting, privacy
from chatbot.models import Correction, Frame, LedgerEntry, Reply, Review
from chatbot.review import corrections, letters, queue
from storefront.models import User
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
RIGHT = "It is $49.00, and\nred & blue are left."
LATER = timedelta(minutes=11)


@pytest.fixture
def grace(grace):
    grace.first_name = "Grace"
    grace.save()
    return grace


@pytest.fixture
def reply(ada, engine):
    turn = accept(open_chat(shopper=ada), "how much is the larkspur kettle?", ada)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


@pytest.fixture
def review(reply):
    return queue.enqueue(reply, "sample")


def correct(review, user, text=RIGHT):
    queue.claim(review, user)
    return queue.decide(review, user, "corrected", correction=text)


def told(reply):
    """The correction frames of the conversation, as they go on the wire."""
    frames = delivery.frames_after(reply.turn.conversation_id, 0)
    return [f for f in frames if f["type"] == "correction"]


def test_a_correction_becomes_a_frame_with_the_name_of_who_decided(review, grace):
    (frame,) = correct(review, grace)
    (body,) = told(review.reply)
    assert body.pop("at") and body.pop("seq") == frame.seq
    assert body == {"type": "correction", "turn": 1, "receipt": review.reply.receipt,
                    "name": "Grace", "text": RIGHT}  # fmt: skip


@pytest.mark.parametrize("verdict", ["approved", "rejected"])
def test_other_verdicts_tell_the_shopper_nothing(review, grace, verdict):
    queue.claim(review, grace)
    assert queue.decide(review, grace, verdict, correction=RIGHT, fault="tone") == []
    assert told(review.reply) == []


def test_who_has_no_name_is_a_colleague(review, grace):
    User.objects.update(first_name="")
    correct(review, User.objects.get(pk=grace.pk))
    assert told(review.reply)[0]["name"] == "a colleague"


@pytest.mark.parametrize("broken", ["chatbot.ledger.record_correction", "chatbot.delivery.append"])
def test_what_cannot_be_told_is_not_decided(review, grace, monkeypatch, broken):
    def fail(*_given):
        raise OSError("broken")

    monkeypatch.setattr(broken, fail)
    with pytest.raises(OSError, match="broken"):
        correct(review, grace)
    review.refresh_from_db()
    assert (review.state, Correction.objects.count(), told(review.reply)) == ("claimed", 0, [])
    assert not LedgerEntry.objects.filter(kind__in=["review", "correction"]).exists()


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_a_correction_has_a_text_that_a_shopper_can_read(review, grace, text):
    with pytest.raises(queue.ReviewRefused, match=r"text|4001 characters; shorten it to 4000"):
        correct(review, grace, text)
    assert told(review.reply) == []


def test_a_decision_is_made_and_told_once(review, grace):
    correct(review, grace)
    with pytest.raises(queue.ReviewRefused):
        queue.decide(review, grace, "corrected", correction="Or $50.00.")
    assert len(told(review.reply)) == 1


def test_a_reply_has_one_correction_at_a_time(review, reply, grace):
    correct(review, grace)
    other = queue.enqueue(reply, "thumbs_down")
    with pytest.raises(queue.ReviewRefused, match="Grace has corrected"):
        correct(other, grace)
    other.refresh_from_db()
    assert (other.state, len(told(reply))) == ("claimed", 1)


def test_the_database_lets_no_two_corrections_of_a_reply_stand(review, reply, grace):
    correct(review, grace)
    frame = delivery.append(reply.turn, {"type": "said"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(review=review, reply=reply, frame=frame, name="G", text="x")


def test_undoing_withdraws_and_unsays_nothing(review, grace):
    correct(review, grace)
    (frame,) = queue.reopen(review, grace)
    first, second = told(review.reply)
    assert (first["text"], second["text"], second["name"]) == (RIGHT, "", "Grace")
    assert second["receipt"] == first["receipt"] and second["seq"] == frame.seq
    assert Correction.objects.get().text == RIGHT


def test_undoing_an_approval_tells_the_shopper_nothing(review, grace):
    queue.claim(review, grace)
    queue.decide(review, grace, "approved")
    assert queue.reopen(review, grace) == []


def test_once_withdrawn_it_can_be_corrected_again(review, grace):
    correct(review, grace)
    queue.reopen(review, grace)
    queue.decide(review, grace, "corrected", correction="It is $48.00.")
    assert [f["text"] for f in told(review.reply)] == [RIGHT, "", "It is $48.00."]
    assert ledger.seal() and not ledger.verify().fault


def do(review, deed, user):
    """What a reviewer tries; it may be refused."""
    with suppress(queue.ReviewRefused):
        correct(review, user) if deed == "correct" else queue.reopen(review, user)


@hypothesis(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=st.lists(st.tuples(st.booleans(), st.sampled_from(["correct", "undo"])), max_size=7))
def test_whatever_reviewers_do_frames_and_record_tell_the_same(reply, grace, deeds):
    with transaction.atomic():
        reviews = [queue.enqueue(reply, reason) for reason in ("sample", "thumbs_down")]
        for second, deed in deeds:
            do(reviews[second], deed, grace)
        texts = [bool(f["text"]) for f in told(reply)]
        assert texts == [n % 2 == 0 for n in range(len(texts))]
        assert len(texts) % 2 == Correction.objects.filter(withdrawn_at=None).count()
        assert LedgerEntry.objects.filter(kind="correction").count() == len(texts)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change", [{"text": "It is free."}, {"name": "Rita"}, {"letter": "sent"}, {"withdrawn_at": timezone.now()}]
)  # fmt: skip
def test_the_record_betrays_another_correction(review, grace, change):
    correct(review, grace)
    assert ledger.seal() and not ledger.verify().fault
    Correction.objects.update(**change)
    assert "Correction" in ledger.verify().fault


def test_erasure_takes_the_correction_everywhere_and_leaves_the_record_whole(review, grace):
    correct(review, grace)
    Review.objects.update(comment="red & blue, as Ada knows")
    privacy.erase(review.reply.turn.conversation)
    ledger.seal()
    kept = [Frame.objects.values_list("body"), Correction.objects.values_list("text", "salt"),
            Review.objects.values_list("correction", "comment")]  # fmt: skip
    assert "red & blue" not in str([list(rows) for rows in kept])
    assert not ledger.verify().fault


def test_what_is_erased_is_neither_corrected_nor_withdrawn_nor_sent(review, reply, grace):
    correct(review, grace)
    privacy.erase(reply.turn.conversation)
    assert queue.reopen(review, grace) == []
    with pytest.raises(queue.ReviewRefused, match="erased"):
        queue.decide(review, grace, "corrected", correction="x")
    assert letters_sent() == []


def test_an_export_holds_the_correction_and_its_withdrawal(review, grace):
    correct(review, grace)
    queue.reopen(review, grace)
    (turn,) = privacy.export(review.reply.turn.conversation)
    (correction,) = turn["corrections"]
    assert (correction["name"], correction["text"]) == ("Grace", RIGHT)
    assert correction["at"] < correction["withdrawn"]


def letters_sent(wanted=0, after=LATER):
    """The letters that have gone out once so much time has passed."""
    now = timezone.now()
    Correction.objects.update(told_at=now - after)
    for row in Correction.objects.exclude(salt=""):
        ledger.record_correction(row)
    letters.send_due()
    for _try in range(200 if wanted else 5):
        if wanted and Correction.objects.exclude(letter="").count() >= wanted:
            break
        time.sleep(0.02)
    return mail.outbox


@pytest.fixture
def post(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.django_db(transaction=True)
def test_where_no_chat_was_open_a_letter_brings_it(review, reply, grace, post):
    correct(review, grace)
    (letter,) = letters_sent(1)
    assert letter.to == ["ada@example.com"]
    asked = f"{timezone.localtime(reply.turn.created_at):%Y}"
    quoted = "\n".join(f"> {line}" for line in reply.text.splitlines())
    for part in (asked, quoted, RIGHT, "Grace from our team", reply.receipt):
        assert part in letter.body
    assert Correction.objects.get().letter == "sent"
    assert not ledger.verify().fault


@pytest.mark.django_db(transaction=True)
def test_a_letter_goes_out_once_however_often_it_is_looked_for(review, reply, grace, post):
    correct(review, grace)
    letters_sent(1)
    assert len(letters_sent()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["carried", "withdrawn", "early", "guest", "inactive"])
def test_no_letter_goes_out_where_none_may(review, reply, grace, post, change):
    (frame,) = correct(review, grace)
    if change == "carried":
        corrections.carried(reply.turn.conversation_id, frame.seq)
    if change == "withdrawn":
        queue.reopen(review, grace)
    if change == "guest":
        reply.turn.conversation.turns.update(shopper=None)
    if change == "inactive":
        User.objects.filter(email="ada@example.com").update(is_active=False)
    assert letters_sent(after=timedelta(minutes=9) if change == "early" else LATER) == []


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_no_server_takes_is_on_record_as_such(review, reply, grace, monkeypatch):
    def refuse(*_given):
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr(posting, "send_mail", refuse)
    correct(review, grace)
    letters_sent(1)
    assert Correction.objects.get().letter == "failed"
    assert not ledger.verify().fault


def page(client, review):
    return client.get(reverse("admin:chatbot_review_change", args=[review.pk])).content.decode()


def test_the_page_says_what_correct_will_do_and_then_what_it_did(client, review, grace):
    client.force_login(grace, "django.contrib.auth.backends.ModelBackend")
    queue.claim(review, grace)
    assert "read this as a correction by Grace" in page(client, review)
    deed = reverse("admin:chatbot_review_deed", args=[review.pk, "decide"])
    client.post(deed, {"verdict": "corrected", "correction": RIGHT})
    assert "Told to the shopper as a correction by Grace" in page(client, review)
    assert len(told(review.reply)) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [({}, "a letter goes out 10 minutes"), ({"carried_at": timezone.now()}, "reached an open chat"),
     ({"letter": "sent", "letter_at": timezone.now()}, "a letter went to"),
     ({"letter": "failed", "letter_at": timezone.now()}, "could not be sent"),
     ({"letter_at": timezone.now()}, "on its way out"),
     ({"withdrawn_at": timezone.now()}, "No letter went out")],
)  # fmt: skip
def test_the_page_says_how_the_shopper_heard(client, review, grace, change, told):
    correct(review, grace)
    Correction.objects.update(**change)
    client.force_login(grace, "django.contrib.auth.backends.ModelBackend")
    assert told in page(client, review)
