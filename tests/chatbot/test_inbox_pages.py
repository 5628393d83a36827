"""The inbox in the admin: who waits, and the desk at which a person answers."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chatbot import conversation
from chatbot.models import Conversation, Note, Remark, Takeover
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def chat(linden, engine, grace, client):
    cache.clear()
    client.force_login(grace, "django.contrib.auth.backends.ModelBackend")
    chat = open_chat()
    for text, person in (("how much is the <b>larkspur</b> kettle?", False), ("person!", True)):
        turn = accept(chat, text, wants_person=person)
        list(conversation.answer(turn.pk, "test"))
    return chat


def do(client, chat, deed, **sent):
    address = reverse("admin:chatbot_inbox_deed", args=[chat.pk, deed])
    return client.post(address, sent, headers=JSON).json()["refused"]


def page(client, chat):
    return client.get(reverse("admin:chatbot_inbox_change", args=[chat.pk])).content.decode()


def test_the_list_tells_who_waits_since_when_what_was_asked_and_why(chat, client):
    shown = client.get(reverse("admin:chatbot_inbox_changelist")).content.decode()
    for text in ("larkspur&lt;/b&gt; kettle?", "guest", "Asked for a person", "just now"):
        assert text in shown
    assert "<b>larkspur" not in shown


def test_the_list_keeps_itself_up_to_date(chat, client):
    address = reverse("admin:chatbot_inbox_line")
    assert "Nobody waits" not in client.get(address).json()["html"]
    do(client, chat, "take")
    assert "Nobody waits" in client.get(address).json()["html"]


def test_the_list_asks_no_more_when_more_shoppers_wait(chat, client, ada):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:chatbot_inbox_line"))
        return len(queries)

    before = asked()
    for _n in range(4):
        more = open_chat(shopper=ada)
        list(conversation.answer(accept(more, "person!", ada, wants_person=True).pk, "test"))
    assert asked() == before


def test_the_sidebar_counts_who_waits(chat, client):
    groups = client.get(reverse("admin:index")).context["sidebar_navigation"]
    (inbox,) = [item for item in groups[0]["items"] if item["title"] == "Inbox"]
    assert inbox["badge"] == 1


def test_the_desk_sums_up_from_the_record(chat, client):
    shown = page(client, chat)
    assert "Waits for a person, number 1 in line." in shown
    assert "Larkspur Kettle" in shown and "answered" in shown


def test_staff_take_answer_and_hand_back(chat, client, grace):
    assert do(client, chat, "take") == ""
    assert "You have this conversation." in page(client, chat)
    assert do(client, chat, "say", client_id=uuid.uuid4(), text="Hello") == ""
    assert do(client, chat, "handed_back") == ""
    assert (Remark.objects.get().text, Takeover.objects.get().person) == ("Hello", grace)
    assert Conversation.objects.get().state == "assistant"


def test_a_note_is_kept(chat, client):
    do(client, chat, "note", text="sounds upset")
    assert Note.objects.get().text == "sounds upset"
    assert "sounds upset" in page(client, chat)


def test_what_does_not_fit_is_refused_with_the_reason(chat, client):
    assert "take it over first" in do(client, chat, "say", client_id=uuid.uuid4(), text="Hello")
    assert "no UUID" in do(client, chat, "say", client_id="x", text="Hello")
    do(client, chat, "take")
    assert "Choose a colleague" in do(client, chat, "transfer", colleague="nobody")


def test_the_live_view_tells_only_what_is_new(chat, client):
    address = reverse("admin:chatbot_inbox_live", args=[chat.pk])
    first = client.get(address).json()
    assert "larkspur" in first["html"]
    assert client.get(address, {"after": first["version"]}).json()["html"] == ""
    accept(chat, "are you there?")
    assert "are you there?" in client.get(address, {"after": first["version"]}).json()["html"]


def test_who_only_watches_does_not_keep_the_conversation(chat, client):
    do(client, chat, "take")
    address, before = reverse("admin:chatbot_inbox_live", args=[chat.pk]), Takeover.objects.get()
    client.get(address)
    assert Takeover.objects.get().leased_until == before.leased_until
    client.get(address, {"active": "1"})
    assert Takeover.objects.get().leased_until > before.leased_until
