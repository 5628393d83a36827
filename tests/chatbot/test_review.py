"""Staff judge replies: one at a time, on the record, and nothing beyond their rights."""

import pytest
from django.urls import reverse
from django.utils import timezone

from chatbot import conversation, ledger
from chatbot.models import LedgerEntry, Reply, Review
from chatbot.review import queue, sampling
from storefront.models import User
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def review(linden, engine):
    turn = accept(open_chat(), "how much is the <b>larkspur</b> kettle?")
    list(conversation.answer(turn.pk, "test"))
    return queue.enqueue(Reply.objects.get(turn=turn), "sample")


@pytest.fixture
def rita(db):
    return User.objects.create_user("rita@example.com", "x", is_staff=True)


def decide(review, user, verdict="approved", **more):
    return queue.decide(review, user, verdict, **more)


def test_a_claimed_review_is_nobody_elses(review, grace, rita):
    queue.claim(review, grace)
    with pytest.raises(queue.ReviewRefused, match="grace"):
        queue.claim(review, rita)


def test_only_who_claimed_it_may_decide(review, grace, rita):
    queue.claim(review, grace)
    with pytest.raises(queue.ReviewRefused, match="Claim"):
        decide(review, rita)
    decide(review, grace)
    assert (review.verdict, review.closed_by) == ("approved", grace)


def test_a_decision_is_recorded(review, grace):
    queue.claim(review, grace)
    decide(review, grace, comment="fine")
    assert LedgerEntry.objects.get(kind="review").subject == str(review.pk)
    assert ledger.seal() and not ledger.verify().fault


def test_a_correction_needs_its_text(review, grace):
    queue.claim(review, grace)
    with pytest.raises(queue.ReviewRefused, match="text"):
        decide(review, grace, "corrected")
    decide(review, grace, "corrected", correction="It is $49.00.")
    assert review.correction == "It is $49.00."


def test_a_decision_can_be_undone_by_who_made_it(review, grace, rita):
    queue.claim(review, grace)
    decide(review, grace)
    with pytest.raises(queue.ReviewRefused):
        queue.reopen(review, rita)
    queue.reopen(review, grace)
    assert review.state == "claimed"
    assert ledger.seal() and not ledger.verify().fault


def test_a_rejection_needs_what_is_wrong(review, grace):
    queue.claim(review, grace)
    with pytest.raises(queue.ReviewRefused, match="what is wrong"):
        decide(review, grace, "rejected", fault="ugly")
    decide(review, grace, "rejected", fault="tone")
    assert review.fault == "tone"


def test_what_was_wrong_is_on_record(review, grace):
    queue.claim(review, grace)
    decide(review, grace, "rejected", fault="tone")
    assert ledger.seal() and not ledger.verify().fault
    Review.objects.update(fault="unsafe")
    assert "Review" in ledger.verify().fault


@pytest.fixture
def queued(review):
    """Reviews of one reply, in the order in which they are due; the given one is the last."""
    reply = review.reply
    reply.reviews.exclude(pk=review.pk).delete()
    due = ["legal", "complaint", "thumbs_down", "low_confidence"]
    return [*(queue.enqueue(reply, reason) for reason in due), review]


def test_the_most_urgent_is_next_and_of_several_the_oldest(queued, grace):
    assert [queue.claim_next(grace) for _time in range(6)] == [*queued, None]


def test_a_lapsed_claim_is_next_at_its_place(queued, grace, rita):
    for _time in range(2):
        queue.claim_next(rita)
    Review.objects.filter(pk=queued[1].pk).update(claimed_at=timezone.now() - queue.CLAIM_LASTS * 2)
    assert queue.claim_next(grace) == queued[1]
    assert queue.claim_next(grace) == queued[2]


def test_a_colleague_who_is_faster_leaves_the_next_one(queued, grace, rita, monkeypatch):
    look, seen = queue._next, []

    def slowly():
        found = look()
        if len(seen) < 3:
            queue.claim(found, rita)
        seen.append(found)
        return found

    monkeypatch.setattr(queue, "_next", slowly)
    assert queue.claim_next(grace) == queued[3]


def test_the_sample_is_as_large_as_was_set_and_can_be_proved():
    chosen = [sampling.chosen(f"CF-{n}", 5) for n in range(10_000)]
    assert 400 < sum(chosen) < 600
    assert chosen == [sampling.chosen(f"CF-{n}", 5) for n in range(10_000)]


def test_a_reviewer_takes_judges_and_sees_the_evidence(client, review, grace):
    client.force_login(grace, BACKEND)
    client.post(reverse("admin:chatbot_review_deed", args=[review.pk, "claim"]))
    page = client.get(reverse("admin:chatbot_review_change", args=[review.pk])).content.decode()
    assert "$49.00" in page and "variant:LK-RED" in page and "supported" in page
    assert "<b>larkspur</b>" not in page
    deed = reverse("admin:chatbot_review_deed", args=[review.pk, "decide"])
    client.post(deed, {"verdict": "approved"})
    review.refresh_from_db()
    assert (review.verdict, review.closed_by) == ("approved", grace)


@pytest.mark.parametrize("model", ["user", "product", "order", "shop"])
def test_a_reviewer_may_review_and_nothing_else(client, review, grace, model):
    client.force_login(grace, BACKEND)
    assert client.get(reverse("admin:chatbot_review_changelist")).status_code == 200
    assert client.get(f"/admin/storefront/{model}/").status_code in (403, 404)
    assert client.get(f"/admin/chatbot/review/{review.pk}/delete/").status_code == 403


def test_staff_who_may_not_review_cannot(client, review, rita):
    client.force_login(rita, BACKEND)
    assert client.get(reverse("admin:chatbot_review_changelist")).status_code == 403
    deed = reverse("admin:chatbot_review_deed", args=[review.pk, "claim"])
    assert client.post(deed).status_code == 403


def test_shoppers_have_no_way_in(client, review, ada):
    client.force_login(ada, BACKEND)
    assert client.get(reverse("admin:chatbot_review_changelist")).status_code == 302


def test_the_transcript_shows_when_the_disclosure_was_seen(client, review, grace):
    client.force_login(grace, BACKEND)
    chat = review.reply.turn.conversation
    page = client.get(reverse("admin:chatbot_conversation_change", args=[chat.pk]))
    assert "Disclosure 2026-" in page.content.decode()
