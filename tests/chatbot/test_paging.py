"""Long lists: every row once, in order, however they are paged; and what staff look for is found."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chatbot.admin import paging, searching
from chatbot.models import Conversation, LedgerEntry, Reply, Review, Turn
from chatbot.review import queue
from storefront.models import User
from tests.conftest import accept, open_chat
from tests.load import planted, volume

pytestmark = pytest.mark.django_db
CHATS, REVIEWS = (reverse(f"admin:chatbot_{m}_changelist") for m in ("conversation", "review"))


@pytest.fixture
def staff(client):
    client.force_login(volume.reviewer(), volume.BACKEND)
    return client


def walked(client, address):
    """The rows of every page, one after the other."""
    rows = []
    while address:
        listed = client.get(address).context["cl"]
        rows += listed.result_list
        base = address.partition("?")[0]
        address = listed.next_page and base + listed.next_page
    return rows


@pytest.mark.parametrize("order", [("-created_at", "-pk"), ("state", "created_at", "pk")])
def test_every_row_is_on_one_page_in_order(order):
    planted.plant(120)
    same = timezone.now() - timedelta(days=1)
    Conversation.objects.filter(turns__number__lt=40).update(created_at=same, state="waiting")
    rows, seen = Conversation.objects.order_by(*order), []
    while page := list((paging.behind(rows, order, seen[-1]) if seen else rows)[:7]):
        seen += page
    assert seen == list(rows)


def test_the_pages_of_the_list_hold_every_conversation_once(staff):
    planted.plant(300)
    listed = walked(staff, CHATS)
    assert len(listed) > paging.KeysetAdmin.list_per_page
    assert listed == list(Conversation.objects.order_by("-created_at", "-pk"))


def test_rows_that_come_meanwhile_move_nothing(staff):
    planted.plant(300)
    first = staff.get(CHATS).context["cl"]
    open_chat()
    second = staff.get(CHATS + first.next_page).context["cl"]
    assert not {c.pk for c in first.result_list} & {c.pk for c in second.result_list}


def test_a_page_behind_nothing_is_the_first(staff):
    planted.plant(60)
    for odd in ("nonsense", "7" * 40, "0" * 32):
        assert len(staff.get(CHATS, {"after": odd}).context["cl"].result_list) == 24


def test_a_page_behind_a_decision_that_was_undone_is_the_first(staff):
    planted.plant(400)
    (last,) = Review.objects.filter(state="closed")[:1]
    Review.objects.filter(pk=last.pk).update(state="claimed", closed_at=None)
    answer = staff.get(REVIEWS, {"state": "closed", "after": last.pk})
    assert answer.status_code == 200 and not answer.context["cl"].first_page


@pytest.mark.parametrize("odd", ["²", "٣", "-1", "9" * 30, "9" * 5000, "nonsense"])
@pytest.mark.parametrize("name", ["toldclaim", "goldencase", "recall"])
def test_an_odd_number_in_an_address_leads_to_the_newest(staff, name, odd):
    answer = staff.get(reverse(f"admin:chatbot_{name}_changelist"), {"before": odd})
    assert answer.status_code == 200 and answer.context["newest"]


def test_the_queue_shows_what_waits_most_urgent_first(staff):
    planted.plant(400)
    Review.objects.filter(pk=20).update(priority=1)
    listed = walked(staff, REVIEWS)
    assert listed[0].pk == 20 and {review.state for review in listed} == {"open"}
    assert listed == list(Review.objects.filter(state="open").order_by(*queue.ORDER))


def test_decided_reviews_are_listed_newest_first(staff):
    planted.plant(4000)
    listed = walked(staff, f"{REVIEWS}?state=closed")
    assert len(listed) == Review.objects.filter(state="closed").count() > 50
    assert [r.closed_at for r in listed] == sorted((r.closed_at for r in listed), reverse=True)


def test_my_reviews_are_mine_alone(staff):
    planted.plant(400)
    mine = queue.claim_next(volume.reviewer())
    queue.claim_next(User.objects.create(email="other@example.com", is_staff=True))
    assert walked(staff, f"{REVIEWS}?state=mine") == [mine]


def test_a_receipt_finds_its_review_wherever_it_stands(staff):
    planted.plant(400)
    for number, state in ((20, "closed"), (400, "open")):
        (found,) = walked(staff, f"{REVIEWS}?q={planted.receipt(number).lower()}")
        assert found.state == state and found.reply.receipt == planted.receipt(number)


@pytest.mark.parametrize("term", ["CF-000000000009", "cf-000000000009", "00000004"])
def test_a_receipt_or_a_number_finds_its_conversation(staff, term):
    planted.plant(60)
    kept = Turn.objects.get(pk=9).conversation
    if "-" not in term:  # numbers of planted ones all begin alike
        Conversation.objects.create(pk=f"{term}{'a' * 24}")
        (found,) = walked(staff, f"{CHATS}?q={term}")
        assert str(found.pk).startswith(term)
    else:
        assert walked(staff, f"{CHATS}?q={term}") == [kept]


def test_an_address_finds_the_conversations_of_a_shopper(staff):
    planted.plant(400)
    found = walked(staff, f"{CHATS}?q=Shopper-5@example.com")
    assert found and {chat.shopper.email for chat in found} == {planted.email(5)}
    assert walked(staff, f"{CHATS}?q=nobody@example.com") == []


def test_words_are_found_in_what_both_sides_said(staff, linden):
    asked, told = accept(open_chat(), "Do you sell a ZEPPELIN, please?"), accept(open_chat(), "hi")
    Reply.objects.create(turn=told, text="A zeppelin it is, if you please.")
    accept(open_chat(), "a zeppelin")
    found = walked(staff, f"{CHATS}?q=zeppelin+please")
    assert {chat.pk for chat in found} == {asked.conversation_id, told.conversation_id}


def test_a_search_for_words_goes_on_to_the_oldest_message(staff, monkeypatch):
    monkeypatch.setattr(searching, "STEP", 30)
    planted.plant(100)
    Turn.objects.filter(pk__in=(2, 50, 99)).update(text="a zeppelin")
    listed = staff.get(f"{CHATS}?q=zeppelin").context["cl"]
    assert len(listed.result_list) == 1 and listed.next_page
    assert len(walked(staff, f"{CHATS}?q=zeppelin")) == 3


def test_what_is_on_record_is_found_by_its_number(staff):
    planted.plant(60)
    address = reverse("admin:chatbot_ledgerentry_changelist")
    (found,) = walked(staff, f"{address}?q={planted.receipt(7).lower()}")
    assert found.subject == planted.receipt(7)
    assert len(walked(staff, f"{address}?kind=reply")) == LedgerEntry.objects.count() == 60


def test_counting_ends_where_it_would_take_long():
    planted.plant(1001)
    assert paging.counted(Turn.objects.filter(pk__lte=7)) == "7"
    assert paging.counted(Turn.objects.all()) == "1000+"
