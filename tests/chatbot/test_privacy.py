"""A shopper sees, downloads and erases what is kept of the own chats, and nobody else's."""

import hashlib
import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from chatbot import conversation, ledger
from chatbot.inbox import desk
from chatbot.models import (
    Conversation,
    Reply,
    Review,
)
from chatbot.review import queue
from chatbot.views import SECRET
from tests.conftest import accept, let_order_be_cancelled, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PRICE = "how much is the larkspur kettle?"
WORDS = "is the <b>Larkspur</b> & Co kettle 0.9 L?"


@pytest.fixture(autouse=True)
def nobody_there():
    cache.clear()


def browser(user=None):
    """A browser that has started a chat."""
    client = Client()
    if user:
        client.force_login(user, BACKEND)
    client.post(reverse("chatbot:start"))
    return client


def owner(client):
    return hashlib.sha256(client.session[SECRET].encode()).hexdigest()


def talk(client, text=PRICE, user=None):
    """An answered conversation of this browser."""
    chat = open_chat(owner(client), user)
    list(conversation.answer(accept(chat, text, user).pk, "test"))
    return chat


def given(client):
    return client.get(reverse("chatbot:download_json")).json()


def erase(client):
    return client.post(reverse("chatbot:erase")).json()["erased"]


def gone(chat):
    chat.refresh_from_db()
    return chat.erased_at is not None


def test_a_guest_gets_the_chats_of_this_browser_alone(linden, engine):
    here, there = browser(), browser()
    mine = talk(here)
    talk(there, WORDS)
    assert [c["id"] for c in given(here)["conversations"]] == [str(mine.pk)]


def test_a_shopper_gets_those_of_other_browsers_once_signed_in(ada, engine):
    talk(browser(ada), user=ada)
    elsewhere = browser()
    assert given(elsewhere)["conversations"] == []
    elsewhere.force_login(ada, BACKEND)
    assert len(given(elsewhere)["conversations"]) == 1


def test_a_second_shopper_gets_and_erases_nothing_of_the_first(ada, engine, django_user_model):
    chat = talk(browser(ada), user=ada)
    mallory = browser(django_user_model.objects.get(email="mallory@example.com"))
    assert given(mallory)["conversations"] == []
    assert (erase(mallory), gone(chat)) == (0, False)


def test_what_a_shopper_began_is_nobodys_who_is_not_signed_in(ada, engine):
    client = browser()
    chat = talk(client, user=ada)
    assert given(client)["conversations"] == []
    assert (erase(client), gone(chat)) == (0, False)


def test_a_browser_without_a_chat_gets_and_erases_nothing(linden, engine):
    Conversation.objects.create(owner="")
    assert given(Client())["conversations"] == []
    assert erase(Client()) == 0


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_ORIGIN": "https://evil.example", "HTTP_X_CSRFTOKEN": "t" * 32}]
)
def test_no_foreign_page_erases(linden, engine, headers):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "t" * 32
    client.post(reverse("chatbot:start"), HTTP_X_CSRFTOKEN="t" * 32)
    chat = talk(client)
    assert client.post(reverse("chatbot:erase"), **headers).status_code == 403
    assert not gone(chat)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_only_a_post_erases(linden, engine, method):
    client = browser()
    chat = talk(client)
    getattr(client, method)(reverse("chatbot:erase"))
    assert not gone(chat)


def test_what_is_given_out_is_kept_in_no_cache_and_read_by_no_other_origin(linden, engine):
    for name in ("data", "panel", "download_page", "download_json"):
        answer = browser().get(reverse(f"chatbot:{name}"), HTTP_ORIGIN="https://evil.example")
        assert "no-store" in answer["Cache-Control"]
        assert not [h for h in answer.headers if h.startswith("Access-Control-")]


@pytest.fixture
def full(ada, engine, grace):
    """Ada's chat with everything that may be in one: card, rating, person, note, correction."""
    let_order_be_cancelled()
    client = browser(ada)
    chat = talk(client, "please cancel my order #2001", ada)
    reply = Reply.objects.get(turn__conversation=chat)
    conversation.rate(chat, reply.receipt, False, "too <slow>")
    desk.take(chat.pk, grace)
    desk.say(chat.pk, grace, chat.pk, "I am looking.")
    desk.note(chat.pk, grace, "is friendly")
    review = Review.objects.get(reply=reply, reason="thumbs_down")
    queue.claim(review, grace)
    queue.decide(review, grace, "corrected", correction="It can be cancelled.", comment="slow")
    ledger.seal()
    return client, chat


def test_everything_is_given_out(full):
    client, _chat = full
    (kept,) = given(client)["conversations"]
    turn, note = kept["turns"]
    assert kept["disclosures"][0]["seen_at"] and kept["persons"][0]["name"]
    assert turn["rating"] == {"helpful": False, "comment": "too <slow>"}
    assert [p["text"] for p in turn["persons"]] == ["I am looking."]
    assert [c["text"] for c in turn["corrections"]] == ["It can be cancelled."]
    assert turn["actions"][0]["title"] == "Cancel order #2001"
    assert (note["note"], turn["receipt"][:3]) == ("is friendly", "CF-")


def test_who_holds_the_export_can_check_the_digest_with_no_code_of_ours(full):
    (turn, _note) = given(full[0])["conversations"][0]["turns"]
    record = turn["record"]
    body = json.dumps(record["body"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(f"{record['salt']}\n{body}".encode()).hexdigest() == record["digest"]
    assert record["place"] and turn["text"] == record["body"]["text"]


@pytest.mark.parametrize("name", ["data", "download_page"])
def test_the_pages_tell_everything_escaped(full, name):
    page = full[0].get(reverse(f"chatbot:{name}")).content.decode()
    for part in ("please cancel my order", "too &lt;slow&gt;", "I am looking.", "is friendly",
                 "It can be cancelled.", "Cancel order #2001", "CF-", "AI answers"):  # fmt: skip
        assert part in page
    assert "<slow>" not in page


def test_the_file_needs_and_runs_nothing_else(full):
    answer = full[0].get(reverse("chatbot:download_page"))
    page = answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert "default-src 'none'" in page
    for part in ("<script", "<link", "<img", "url(", "@import", "href="):
        assert part not in page


def test_the_number_of_queries_does_not_grow_with_the_turns(
    linden, engine, django_assert_max_num_queries
):
    client = browser()
    chat = talk(client)
    for _time in range(5):
        list(conversation.answer(accept(chat, PRICE).pk, "test"))
    with django_assert_max_num_queries(20):
        given(client)


def test_the_panel_counts_what_is_kept(full, settings):
    settings.CHATS_KEPT_DAYS = 30
    page = full[0].get(reverse("chatbot:panel")).content.decode()
    assert "1 message of yours" in page and "30 days after" in page and "ada@example.com" in page
    assert "in touch with our team" in page


def test_the_panel_says_when_nothing_is_kept(linden):
    page = browser().get(reverse("chatbot:panel")).content.decode()
    assert "We keep no message of yours." in page and "sign in first" in page
