"""A recall reaches everybody who was told it, each once, and nobody else."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chatbot import ledger, privacy
from chatbot.models import LedgerEntry, Recall, Recipient, ToldClaim
from chatbot.recall import changes, opening, search, sending, wording
from chatbot.recall.refusal import RecallRefused
from tests.chatbot.recalling import POLICY, RED, RULE, heard, open_recall, run, sent, told
from tests.conftest import open_chat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def named(grace):
    grace.first_name = "Grace"
    grace.save()


def test_everybody_who_was_told_is_a_recipient_once_with_the_newest_sentence(linden, grace):
    chat = open_chat()
    told(chat, 3, sentence="It was $49.00.")
    newest = told(chat, 1)
    other = told()
    told(value="$45.00")
    recall = open_recall(grace)
    found = {(r.conversation_id, r.reply_id, r.told) for r in recall.recipients.all()}
    assert found == {(c.conversation_id, c.reply_id, "It is $49.00.") for c in (newest, other)}
    assert (recall.shoppers, recall.state, recall.opened_by) == (2, "draft", grace)


def test_the_search_ends_before_anything_is_locked(linden, grace):
    told()
    with CaptureQueriesContext(connection) as queries:
        open_recall(grace)
    asked = [query["sql"] for query in queries]
    searched = [n for n, sql in enumerate(asked) if 'MAX("chatbot_toldclaim"."id")' in sql]
    written = [n for n, sql in enumerate(asked) if "chatbot_recall" in sql]
    locked = [n for n, sql in enumerate(asked[: written[0]]) if sql.startswith("SAVEPOINT")]
    assert searched and searched[0] < locked[-1] < written[0]


def test_who_is_erased_after_the_search_is_no_recipient(linden, grace, monkeypatch):
    chats, genuine = [told().conversation for _n in range(2)], opening._open

    def erase_first(*given):
        privacy.erase(chats[0])
        return genuine(*given)

    monkeypatch.setattr(opening, "_open", erase_first)
    assert open_recall(grace).recipients.get().conversation == chats[1]


def test_nobody_hears_of_a_draft(linden, grace):
    chat = told().conversation
    open_recall(grace)
    assert run() == [] and heard(chat) == []


def test_who_was_erased_before_is_no_recipient_and_after_it_hears_nothing(linden, grace):
    gone, chat, stays = (told().conversation for _n in range(3))
    privacy.erase(gone)
    recall = sent(grace)
    assert recall.shoppers == 2
    privacy.erase(chat)
    assert [r.conversation_id for r in recall.recipients.all()] == [stays.pk]
    assert [frame.conversation_id for frame in run()] == [stays.pk]
    assert ledger.verify().fault == ""


@pytest.mark.parametrize(
    ("told_amount", "right", "exposure"),
    [(4900, Decimal(59), 1000), (6900, Decimal(59), 0), (None, Decimal(59), None),
     (4900, None, None)],
)  # fmt: skip
def test_the_exposure_is_what_was_told_too_low_and_nothing_else(
    linden, grace, told_amount, right, exposure
):
    told(amount=told_amount)
    recall = open_recall(grace, amount=right)
    assert (recall.exposure, recall.recipients.get().amount) == (exposure, exposure)


def test_the_exposure_sums_over_shoppers(linden, grace):
    for _n in range(3):
        told()
    assert open_recall(grace).exposure == 3000


def test_a_price_before_a_reduction_is_no_offer_that_costs_money(linden, grace):
    told(field="was")
    wrong = opening.Wrong(
        "x", "y", Decimal(59), changes.Change(*RED[:1], "was", *RED[2:], "", "", 1, None, None)
    )
    claims = changes.tellings(RED[0], "was", RED[2])
    assert opening.open_recall(grace, wrong, claims).exposure is None


def test_claims_that_a_search_finds_are_recalled_as_wrong(linden, grace):
    chat = told(**POLICY, value=RULE, sentence=RULE, amount=None).conversation
    told()
    wrong = opening.Wrong("It was never 30 days.", "You have 14 days.")
    recall = opening.open_recall(grace, wrong, search.fitting(search.Wanted(words="30 days")))
    sending.send(recall, grace)
    run()
    (frame,) = heard(chat)
    assert "That was wrong." in frame["text"] and recall.shoppers == 1


@pytest.mark.parametrize(("reason", "right"), [("", "y"), ("x", " "), ("x", "y" * 2000)])
def test_a_recall_says_what_is_wrong_and_what_is_right(linden, grace, reason, right):
    told()
    with pytest.raises(RecallRefused), transaction.atomic():
        opening.open_recall(grace, opening.Wrong(reason, right), ToldClaim.objects.all())
    assert not Recall.objects.exists()


def test_what_nobody_was_told_is_not_recalled(linden, grace):
    with pytest.raises(RecallRefused, match="Nobody was told"), transaction.atomic():
        opening.open_recall(grace, opening.Wrong("x", "y"), ToldClaim.objects.all())


def test_staff_word_a_draft_for_all_and_for_one(linden, grace):
    first, second, third = (told().conversation for _n in range(3))
    recall = open_recall(grace)
    sending.word(recall, "You read “{told}”; it is $59.00, {when} or not, {name}.")
    own = {r.conversation_id: r.pk for r in recall.recipients.all()}
    sending.word_one(recall, own[second.pk], "As we said on the phone: $59.00.", False, grace)
    sending.word_one(recall, own[third.pk], "", True, grace)
    sending.send(recall, grace)
    run()
    assert "You read “It is $49.00.”" in heard(first)[0]["text"]
    assert heard(first)[0]["text"].endswith("{name}.")
    assert heard(second)[0]["text"] == "As we said on the phone: $59.00."
    assert Recall.objects.get().sent_to == 2
    assert heard(third) == [] and "Grace left them out." in str(recall.recipients.values())


@pytest.mark.parametrize("message", ["", "It is $59.00.", "{told}" + "x" * 2000])
def test_a_message_quotes_what_was_told_and_fits(linden, grace, message):
    told()
    recall = open_recall(grace)
    with pytest.raises(RecallRefused, match=r"told|2006 characters"):
        sending.word(recall, message)


def test_what_was_sent_is_worded_no_more(linden, grace):
    told()
    recall = sent(grace)
    for change in (
        lambda: sending.word(recall, "{told}"),
        lambda: sending.word_one(recall, recall.recipients.get().pk, "x", True, grace),
    ):
        with pytest.raises(RecallRefused, match="no draft"):
            change()


def test_a_recall_of_which_all_are_left_out_is_not_sent(linden, grace):
    told()
    recall = open_recall(grace)
    sending.word_one(recall, recall.recipients.get().pk, "", True, grace)
    with pytest.raises(RecallRefused, match="Nobody is left"):
        sending.send(recall, grace)


def test_quoted_words_are_not_taken_for_places_and_long_ones_are_shortened():
    message = Recall(message="{told} {when}")
    told_words = Recipient(told="{when}" + "x" * 2000, told_at=timezone.now())
    text = wording.text(message, told_words)
    assert text.startswith("{when}xx") and "…" in text and len(text) < 1200


def test_the_record_tells_what_staff_did_and_betrays_another(linden, grace):
    told()
    recall = sent(grace)
    run()
    kinds = LedgerEntry.objects.filter(kind="recall", subject=str(recall.pk))
    assert kinds.count() == 2 and ledger.seal() is not None
    for change in (
        {"shoppers": 0},
        {"exposure": 1},
        {"sent_to": 5},
        {"message": "x"},
        {"sent_by": None},
    ):
        was = Recall.objects.values(*change).get()
        Recall.objects.update(**change)
        assert "Recall" in ledger.verify().fault
        Recall.objects.update(**was)
    assert ledger.verify().fault == ""


def test_a_shoppers_own_data_holds_what_they_were_told(linden, grace):
    chat = told().conversation
    sent(grace)
    run()
    (turn,) = privacy.export(chat)
    assert turn["corrections"][0]["name"] == "Grace"
    assert "It is $59.00." in turn["corrections"][0]["text"]
