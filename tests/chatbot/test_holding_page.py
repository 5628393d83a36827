"""The page of a reply that waits: what it would say, until when, and the deeds that end the wait."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chatbot import conversation
from chatbot.models import Hold, Reply
from chatbot.review import queue
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
RISKY = "how much is the larkspur kettle? my lawyer wants to know"


@pytest.fixture
def review(linden, engine, settings, grace, client):
    """A reply that waits, claimed by Grace, who is signed in."""
    settings.HOLD_RULES = ["legal"]
    turn = accept(open_chat(), RISKY)
    list(conversation.answer(turn.pk, "test"))
    review = turn.reply.reviews.get()
    queue.claim(review, grace)
    client.force_login(grace, BACKEND)
    return review


def page(client, review):
    return client.get(reverse("admin:chatbot_review_change", args=[review.pk])).content.decode()


def press(client, review, **sent):
    """Press a button of the page as it stood while the reply waited; what the next page says."""
    deed = reverse("admin:chatbot_review_deed", args=[review.pk, "decide"])
    return client.post(deed, {"waiting": "1"} | sent, follow=True).content.decode()


def test_the_page_shows_what_would_be_sent_until_when_and_every_deed_with_its_key(client, review):
    shown = page(client, review)
    assert "Reply as it would be sent" in shown and "$49.00" in shown and "<del>" not in shown
    assert review.reply.hold.until.isoformat() in shown
    for key, deed in (("a", "Send as it is"), ("e", "instead"), ("x", "Refuse"), ("r", "Put back")):
        assert f'data-key="{key}"' in shown and deed in shown


def test_the_queue_tells_which_shopper_waits_until_when(client, review):
    mine = reverse("admin:chatbot_review_changelist") + "?state=mine"
    assert "The shopper waits until" in client.get(mine).content.decode()
    press(client, review, verdict="approved")
    assert "The shopper waits until" not in client.get(mine).content.decode()


@pytest.mark.parametrize(
    ("sent", "outcome", "ending"),
    [({"verdict": "approved"}, "answered", "Sent as it was"),
     ({"verdict": "corrected", "correction": "Ask us."}, "held_for_staff", "Sent corrected"),
     ({"fault": "unsafe"}, "handed_off", "Refused")],
)  # fmt: skip
def test_a_press_sends_and_the_page_tells_by_whom(client, review, sent, outcome, ending):
    shown = press(client, review, **sent)
    assert "told to the shopper" in shown and f"{ending}, " in shown
    assert "grace@example.com" in shown and Reply.objects.get().outcome == outcome


def test_a_correction_is_held_against_what_was_not_sent(client, review):
    right = review.reply.draft.strip().replace("$49.00", "$48.00")  # however it was worded
    shown = press(client, review, verdict="corrected", correction=right)
    assert "<del>$49.00</del><ins>$48.00</ins>" in shown


def test_the_transcript_says_that_a_reply_waits_and_not_that_it_was_erased(client, review):
    assert "waits for staff; nothing of it has been shown" in page(client, review)


def test_a_press_that_comes_too_late_says_so_and_gives_back_what_was_written(client, review):
    Hold.objects.update(until=timezone.now() - timedelta(seconds=1))
    shown = press(client, review, verdict="corrected", correction="Ask <b>us</b>.")
    assert "Too late: the time ran out" in shown
    assert "You had written: Ask &lt;b&gt;us&lt;/b&gt;." in shown
    assert Reply.objects.get().text == ""


def test_a_reply_that_never_waited_has_the_page_as_ever(client, review, settings, grace):
    settings.HOLD_RULES = []
    turn = accept(open_chat(), RISKY)
    list(conversation.answer(turn.pk, "test"))
    other = turn.reply.reviews.get()
    queue.claim(other, grace)
    shown = page(client, other)
    assert "Send as it is" not in shown and "Approve" in shown and "cf-until" not in shown
