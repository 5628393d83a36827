"""A photo sent from the frame of a foreign site goes into the frame's own chat and no other."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chatbot.models import Conversation, Embed, Photo
from chatbot.widget import tokens
from tests.chatbot.test_photos import asking, broken_kettle, picture  # noqa: F401 - a fixture
from tests.chatbot.test_widget import BLOG, OURS, embed, start  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(asking, client, embed):  # noqa: F811
    return start(client, embed).json()["token"]


@pytest.fixture
def chat(token):
    begun = broken_kettle(tokens.visitor(token).owner)[0]
    Conversation.objects.update(embed=Embed.objects.get())
    return begun


def send(client, chat, token, origin=OURS, **more):
    file = SimpleUploadedFile("holiday.jpg", picture().getvalue(), "image/jpeg")
    sent = {"conversation": chat.pk, "client_id": uuid.uuid4(), "photo": file}
    headers = {"HTTP_X_CHAT_TOKEN": token, "HTTP_ORIGIN": origin}
    return client.post(reverse("widget:photo"), sent, **headers, **more)


def test_the_frame_sends_one_into_its_own_chat(client, chat, token):
    assert send(client, chat, token).status_code == 200
    assert Photo.objects.get().conversation == chat


@pytest.mark.parametrize("token_of", ["none", "another browser", "an old visit"])
def test_nobody_else_sends_one_there(client, chat, token, token_of, monkeypatch):
    other = start(client, Embed.objects.get()).json()["token"]
    given = {"none": "", "another browser": other, "an old visit": token}[token_of]
    if token_of == "an old visit":
        monkeypatch.setattr(tokens, "ENTRY_SECONDS", -1)
    assert send(client, chat, given).status_code == 404
    assert not Photo.objects.exists()


def test_a_page_of_another_origin_sends_none(client, chat, token):
    assert send(client, chat, token, BLOG).status_code == 403
    assert send(client, chat, token, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_a_website_that_is_switched_off_takes_none(client, chat, token):
    Embed.objects.update(active=False)
    assert send(client, chat, token).status_code == 404
