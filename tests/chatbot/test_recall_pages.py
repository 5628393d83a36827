"""Staff open a recall, word it, send it and see how far it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chatbot.models import Correction, Recall, Recipient
from chatbot.recall import sending
from tests.chatbot.recalling import (
    KETTLE,
    heard,
    open_recall,
    reprice,
    run,
    sent,
    told,
)
from tests.conftest import open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
CHANGE = {"source": KETTLE["source"], "field": "price", "value": "$49.00", "days": "90"}
SAID = {"say-reason": "It went up.", "say-right": "It is $59.00.", "say-amount": "59"}


@pytest.fixture(autouse=True)
def named(grace):
    grace.first_name = "Grace"
    grace.save()


@pytest.fixture
def desk(client, linden, grace):
    client.force_login(grace, BACKEND)
    return client


def see(desk, name, *args, **asked):
    """A page, as text."""
    return desk.get(
        reverse(f"admin:chatbot_{name}", args=args), asked, follow=True
    ).content.decode()


def do(desk, recall, deed, **posted):
    where = reverse("admin:chatbot_recall_deed", args=[recall.pk, deed])
    return desk.post(where, posted, follow=True).content.decode()


def test_from_what_has_changed_to_everybody_told(desk):
    chat = told().conversation
    reprice(59)
    assert "recall/new/?source=variant%3ALK-RED" in see(desk, "toldclaim_changes")
    new = see(desk, "recall_new", **CHANGE)
    assert "1 shopper was told this" in new and 'value="59.00"' in new and "$59.00" in new
    draft = desk.post(reverse("admin:chatbot_recall_new"), CHANGE | SAID, follow=True)
    assert "$10.00" in draft.content.decode() and "Not sent yet" in draft.content.decode()
    do(desk, Recall.objects.get(), "send", message="You read “{told}”. It is $59.00 now.")
    run()
    assert heard(chat)[0]["text"] == "You read “It is $49.00.”. It is $59.00 now."
    assert "Recall: Sent" in see(desk, "toldclaim_changes")


def test_from_the_search_of_claims(desk):
    told()
    told(sentence="It is out of stock.", amount=None)
    assert "recall/new/?words=out" in see(desk, "toldclaim_changelist", words="out")
    assert "recall/new/" not in see(desk, "toldclaim_changelist")
    new = see(desk, "recall_new", words="out")
    assert "1 shopper was told this" in new and "It is out of stock." in new
    where = reverse("admin:chatbot_recall_new")
    page = desk.post(where, SAID | {"words": "out", "say-amount": ""}, follow=True).content.decode()
    assert "can’t be put in money" in page and "That was wrong." in page


def test_the_amount_searched_for_is_not_the_right_one(desk):
    told()
    desk.post(reverse("admin:chatbot_recall_new"), SAID | {"amount": "49"})
    assert Recall.objects.get().exposure == 1000


@pytest.mark.parametrize("asked", [{}, {"words": ""}, {"since": "never"}])
def test_not_everything_ever_told_is_recalled(desk, asked):
    told()
    assert "Search for the claims that are wrong first" in see(desk, "recall_new", **asked)
    desk.post(reverse("admin:chatbot_recall_new"), SAID | asked)
    assert not Recall.objects.exists()


def test_what_the_shop_says_again_is_not_recalled(desk):
    told()
    assert "The shop says that again today" in see(desk, "recall_new", **CHANGE)


def test_without_what_is_right_nothing_is_opened(desk):
    told()
    reprice(59)
    posted = CHANGE | SAID | {"say-right": ""}
    page = desk.post(reverse("admin:chatbot_recall_new"), posted).content.decode()
    assert "This field is required" in page and not Recall.objects.exists()


def test_one_shopper_gets_other_words_or_is_left_out(desk, grace):
    told()
    recall = open_recall(grace)
    pk = recall.recipients.get().pk
    assert "As agreed." in do(desk, recall, "one", recipient=pk, text="As agreed.")
    page = do(desk, recall, "one", recipient=pk, text="", left_out="on")
    assert "Grace left them out." in page
    assert "Nobody is left to tell" in do(desk, recall, "send")


def test_of_another_recall_nobody_is_worded(desk, grace):
    told()
    recall, other = open_recall(grace), open_recall(grace)
    do(desk, recall, "one", recipient=other.recipients.get().pk, text="Wrong one.")
    assert not Recipient.objects.exclude(text="").exists()


def test_a_message_without_the_quotation_is_refused_and_not_sent(desk, grace):
    told()
    recall = open_recall(grace)
    assert "has no {told}" in do(desk, recall, "send", message="It is $59.00.")
    recall.refresh_from_db()
    assert recall.state == "draft"


def test_the_page_keeps_itself_up_to_date(desk, grace):
    told()
    recall = sent(grace)
    where = reverse("admin:chatbot_recall_live", args=[recall.pk])
    first = desk.get(where).json()
    assert "On its way" in first["html"] and "0 told, 1 waiting" in first["html"]
    assert desk.get(where, {"after": first["version"]}).json()["html"] == ""
    run()
    later = desk.get(where, {"after": first["version"]}).json()["html"]
    assert "Done: nobody waits" in later and 'value="1"' in later
    do(desk, recall, "withdraw")
    assert "Taking it back" in desk.get(where).json()["html"]


def test_withdrawing_is_offered_while_it_can_be_done(desk, grace):
    told()
    recall = sent(grace)
    assert "Withdraw it" in see(desk, "recall_change", recall.pk)
    run()
    Recall.objects.update(sent_at=timezone.now() - 2 * sending.UNDO_LASTS)
    assert "Withdraw it" not in see(desk, "recall_change", recall.pk)
    assert "too long ago" in do(desk, recall, "withdraw")


def test_the_page_says_how_each_heard(desk, grace):
    told()
    recall = sent(grace)
    run()
    Correction.objects.update(carried_at=timezone.now())
    page = see(desk, "recall_change", recall.pk)
    assert "as a correction by Grace" in page and "reached an open chat" in page


def test_recipients_and_recalls_follow_page_by_page(desk, grace, monkeypatch):
    monkeypatch.setattr("chatbot.admin.recalls.MOST", 2)
    receipts = [told().reply.receipt for _n in range(5)]
    recall = open_recall(grace)
    first, second, third = recall.recipients.all()[:5:2]
    pages = [
        see(desk, "recall_change", recall.pk, after=a) for a in (0, second.pk - 1, third.pk - 1)
    ]
    assert [sum(r in page for r in receipts) for page in pages] == [2, 2, 1]
    assert "Further shoppers" in pages[0] and "Further shoppers" not in pages[2]
    for _n in range(2):
        open_recall(grace)
    assert "Older recalls" in see(desk, "recall_changelist")
    assert "Older recalls" not in see(desk, "recall_changelist", before=first.recall_id + 1)


def test_more_recipients_need_no_more_queries(desk, grace):
    told()
    recalls = [open_recall(grace)]
    for _n in range(10):
        told()
    recalls.append(open_recall(grace))
    counts = []
    for recall in recalls:
        see(desk, "recall_change", recall.pk)
        with CaptureQueriesContext(connection) as asked:
            see(desk, "recall_change", recall.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25


def test_empty_pages_say_what_to_do(desk):
    assert "There has been no recall" in see(desk, "recall_changelist")


def test_what_is_typed_and_told_is_shown_as_text(desk, grace):
    told(open_chat(), sentence="<script>alert(1)</script>", title="<b>x")
    recall = open_recall(grace, right="<img src=x>")
    Recall.objects.update(reason="<i>y")
    for page in (see(desk, "recall_change", recall.pk), see(desk, "recall_changelist"),
                 see(desk, "recall_new", words="alert")):  # fmt: skip
        assert not [bad for bad in ("<script>alert", "<img src", "<i>y", "<b>x") if bad in page]


def test_without_the_permission_nothing_is_seen_or_done(client, staff, grace, django_user_model):
    recall = Recall.objects.create(reason="x", right="y", message="{told}", opened_by=grace)
    client.force_login(django_user_model.objects.get(email="rita@example.com"), BACKEND)
    for name, args in (("new", []), ("change", [recall.pk]), ("live", [recall.pk])):
        assert client.get(reverse(f"admin:chatbot_recall_{name}", args=args)).status_code == 403
    for deed in ("word", "send", "withdraw", "one"):
        where = reverse("admin:chatbot_recall_deed", args=[recall.pk, deed])
        assert client.post(where).status_code == 403
    assert not Recipient.objects.exists() and Recall.objects.get().state == "draft"
