"""Ready replies: written by whoever may, offered on the desk, filled in, never sent by themselves."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse

from chatbot.inbox import ready
from chatbot.models import ReadyReply, Remark
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ADD = reverse("admin:chatbot_readyreply_add")
LATE = {"title": "Late", "text": "Hello {name}, sorry. {me}", "shortcut": "late", "active": "on"}


@pytest.fixture
def writer(grace, client):
    grace.user_permissions.set(Permission.objects.filter(codename__endswith="_readyreply"))
    client.force_login(grace, BACKEND)
    return grace


def texts(chat, user):
    return [found["text"] for found in ready.offered(chat, user)]


def test_the_shoppers_first_name_and_ones_own_are_filled_in(ada, grace):
    grace.first_name = "Grace"
    ReadyReply.objects.create(title="Late", text="Hello {name}. {me}")
    assert texts(open_chat(shopper=ada), grace) == ["Hello Ada. Grace"]
    assert texts(open_chat(), grace) == ["Hello there. Grace"]


def test_a_name_with_braces_stays_a_name(ada, grace):
    ada.first_name = "{me}"
    ada.save()
    ReadyReply.objects.create(title="Late", text="Hello {name}")
    assert texts(open_chat(shopper=ada), grace) == ["Hello {me}"]


def test_what_is_switched_off_is_offered_to_nobody(grace):
    ReadyReply.objects.create(title="Late", text="Sorry", active=False)
    assert texts(open_chat(), grace) == []


@pytest.mark.parametrize("text", ["Your order {order}", "{}", "{ name }", "x" * 4001])
def test_what_nothing_would_be_filled_in_for_is_refused(text):
    with pytest.raises(ValidationError):
        ReadyReply(title="Late", text=text).full_clean()


def test_two_of_one_shortcut_are_refused_two_without_are_not():
    for title in ("Late", "Later"):
        ReadyReply.objects.create(title=title, text="Sorry")
    ReadyReply.objects.create(title="Lost", text="Sorry", shortcut="lost")
    with pytest.raises(ValidationError, match="has this shortcut"):
        ReadyReply(title="Gone", text="Sorry", shortcut="lost").full_clean()


def test_who_may_write_one_is_named_beside_it(writer, client):
    assert client.post(ADD, LATE).status_code == 302
    reply = ReadyReply.objects.get()
    assert (reply.title, reply.written_by) == ("Late", writer)
    shown = client.get(reverse("admin:chatbot_readyreply_changelist")).content.decode()
    assert "grace@example.com" in shown


def test_who_answers_may_pick_but_not_write(grace, client):
    client.force_login(grace, BACKEND)
    assert client.post(ADD, LATE).status_code == 403
    assert not ReadyReply.objects.exists()


def test_the_desk_offers_them_and_sends_nothing(grace, client):
    ReadyReply.objects.create(title="Late", text="Hello {name}", shortcut="late")
    chat = open_chat()
    accept(chat, "where is it?")
    client.force_login(grace, BACKEND)
    found = client.get(reverse("admin:chatbot_inbox_ready", args=[chat.pk])).json()["replies"]
    assert found == [{"title": "Late", "shortcut": "late", "text": "Hello there"}]
    assert not Remark.objects.exists()
