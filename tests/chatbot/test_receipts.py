"""A receipt tells anybody that a reply is on record, and nothing of what was said."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from chatbot import conversation, ledger, privacy
from chatbot.models import LedgerEntry, Reply, Review
from chatbot.review import queue
from tests.conftest import accept, let_order_be_cancelled, open_chat

pytestmark = pytest.mark.django_db
PRICE = "how much is the larkspur kettle, asks Zebediah?"
UNKNOWN = ("CF-222222222222", "CF-", "x", "cf-<script>", "CF-" + "2" * 300, "../admin", "%00")


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def reply(ada, engine):
    turn = accept(open_chat(shopper=ada), PRICE, ada)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def main(answer):
    """What stands on a page beside what all pages have, and the token that is always another."""
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def page(client, receipt):
    return main(client.get(reverse("chatbot:receipt", args=[receipt])))


def test_a_receipt_tells_when_by_whom_and_against_what(client, reply):
    told = page(client, reply.receipt)
    entry = LedgerEntry.objects.get(subject=reply.receipt)
    for part in (reply.receipt, entry.digest, "bundled script", "Price or amount", "confirmed",
                 "Product page: <bdi>Larkspur Kettle</bdi>", f"text {reply.disclosure}", "not yet"):  # fmt: skip
        assert part in told
    assert f"<dd>{entry.seal.position}</dd>" in told


def test_it_tells_nothing_of_message_reply_or_shopper(client, reply):
    told = page(client, reply.receipt)
    for secret in ("Zebediah", "$49.00", "ada@example.com", "Lovelace", reply.salt, reply.text,
                   str(reply.turn.conversation_id)):  # fmt: skip
        assert secret not in told


def test_of_an_order_it_tells_that_it_was_one_and_no_product_beside_it(client, ada, engine):
    let_order_be_cancelled()
    turn = accept(open_chat(shopper=ada), "please cancel my order #2001", ada)
    list(conversation.answer(turn.pk, "test"))
    told = page(client, turn.reply.receipt)
    assert "An order, seen only by its owner" in told
    for secret in ("2001", "54.00", "49.00", "Larkspur", "LK-RED", "TRACK1234567"):
        assert secret not in told


def test_what_was_held_is_told_as_left_out(client, reply):
    Reply.objects.update(claims=[{"kind": "date", "verdict": "held", "fact": "", "text": "x"}])
    told = page(client, reply.receipt)
    assert "not confirmed, left out" in told and "Date" in told


@pytest.mark.parametrize("source", ["order:#2001", "identity", "line"])
def test_a_fact_of_no_page_has_neither_title_nor_version(client, reply, source):
    kind = source.split(":")[0]
    fact = {"kind": kind, "source": source, "title": "Zebediah", "version": "Z1", "as_of": "Z"}
    claim = {"kind": "order", "verdict": "supported", "fact": source, "text": "#2001"}
    Reply.objects.update(facts=[fact], claims=[claim], acts=[{"facts": [fact]}])
    told = page(client, reply.receipt)
    assert "seen only by its owner" in told and "Zebediah" not in told and "Z1" not in told


def test_a_review_and_a_correction_are_told_without_words_and_names(client, reply, grace):
    review = queue.enqueue(reply, "sample")
    queue.claim(review, grace)
    queue.decide(review, grace, "corrected", correction="It is $48.00.", comment="Zebediah")
    told = page(client, reply.receipt)
    assert "Corrected by our team" in told and "not yet" not in told
    assert "$48.00" not in told and "Grace" not in told and "Zebediah" not in told
    queue.reopen(Review.objects.get(), grace)
    assert "Corrected by our team" not in page(client, reply.receipt)


def test_of_an_erased_chat_it_says_so(client, reply):
    privacy.erase(reply.turn.conversation)
    told = page(client, reply.receipt)
    assert "The chat was erased on" in told and "Larkspur" not in told and "Seen by" in told
    assert LedgerEntry.objects.get(kind="reply").digest in told


@pytest.mark.parametrize("code", UNKNOWN)
def test_what_is_no_receipt_gets_one_friendly_page(client, linden, code):
    answers = [client.get(f"/receipt/{c}/") for c in (code, UNKNOWN[0])]
    assert {a.status_code for a in answers} == {404}
    if "/" not in code:
        assert "We know no receipt" in main(answers[0])
        assert len({main(a) for a in answers}) == 1


def test_a_reply_that_is_still_being_told_is_no_receipt_yet(client, linden, engine):
    turn = accept(open_chat(), PRICE)
    next(conversation.answer(turn.pk, "test"))
    assert client.get(f"/receipt/{Reply.objects.get().receipt}/").status_code == 404


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_a_receipt_can_be_typed_in_in_any_way(client, reply, typed):
    for code in (reply.receipt, reply.receipt.lower(), reply.receipt[3:]):
        answer = client.get(reverse("chatbot:receipt_form"), {"code": typed.format(code)})
        assert answer["Location"] == reverse("chatbot:receipt", args=[reply.receipt])


def test_the_form_asks_for_nothing_but_the_code(client, linden):
    assert "CF-XXXXXXXXXXXX" in client.get(reverse("chatbot:receipt_form")).content.decode()


def test_guessing_ends_soon_for_one_address_alone(client, reply, settings):
    settings.RECEIPTS_PER_HOUR = 2
    where = reverse("chatbot:receipt", args=[reply.receipt])
    assert [client.get(where).status_code for _time in range(3)] == [200, 200, 429]
    assert client.get(where, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_seal_and_a_digest_that_were_told_stay(client, reply):
    before = page(client, reply.receipt).split('class="digest"')[1]
    ledger.record("x", "y", "z", {})
    ledger.seal()
    assert page(client, reply.receipt).split('class="digest"')[1] == before
    assert timezone.now() > LedgerEntry.objects.get(subject=reply.receipt).created_at
