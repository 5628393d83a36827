"""The admin's page of a website: its form, its snippet, its key."""

import re

import pytest
from django.urls import reverse

from chatbot.models import Embed
from chatbot.widget import identity
from storefront.models import User

FORM = {"name": "Blog", "origins": "https://blog.example/about\n\nhttps://www.blog.example:443", "color": "#ffd23f",
        "position": "left", "greeting": "", "questions": "How heavy is it?\nIs it dry?", "languages": ["en"],
        "disclosure": "", "repeat_minutes": "30", "active": "on"}  # fmt: skip
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def olive(client, staff):
    client.force_login(User.objects.get(email="olive@example.com"), BACKEND)
    return client


@pytest.fixture
def embed(db):
    return Embed.objects.create(name="<b>Blog", origins=["https://blog.example"])


def make_key(client, embed):
    return client.post(reverse("admin:chatbot_embed_key", args=[embed.pk]))


def page(client, embed):
    return client.get(reverse("admin:chatbot_embed_change", args=[embed.pk])).content.decode()


def test_a_website_is_added_with_addresses_as_people_copy_them(olive):
    olive.post(reverse("admin:chatbot_embed_add"), FORM)
    made = Embed.objects.get()
    assert made.origins == ["https://blog.example", "https://www.blog.example"]
    assert (made.questions, made.languages) == (["How heavy is it?", "Is it dry?"], ["en"])


@pytest.mark.parametrize("field, value", [("origins", "blog"), ("origins", ""), ("disclosure", "Maya answers."),
                                          ("questions", "a|b"), ("languages", []), ("color", "red")])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(olive, field, value):
    told = olive.post(reverse("admin:chatbot_embed_add"), FORM | {field: value})
    assert told.context["adminform"].form.errors[field]
    assert not Embed.objects.exists()


def test_the_snippet_stands_ready_to_be_copied(olive, embed):
    line = '<script async src="http://testserver/widget.js" data-shop="{}" data-color="#12625a" data-position="right"></script>'  # fmt: skip
    shown = page(olive, embed).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert line.format(embed.key) in shown
    assert "<b>Blog" not in page(olive, embed)


def test_the_key_is_shown_once_and_in_no_other_answer(olive, embed):
    shown = make_key(olive, embed)
    embed.refresh_from_db()
    assert identity.key(embed) in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert identity.key(embed) not in page(olive, embed)


def test_every_press_makes_another_key(olive, embed):
    keys = {re.search(r"\b[0-9a-f]{64}\b", make_key(olive, embed).content.decode()).group() for _n in range(2)}  # fmt: skip
    assert len(keys) == 2


def test_a_reviewer_sees_no_website_and_makes_no_key(client, grace, embed):
    client.force_login(grace, BACKEND)
    assert make_key(client, embed).status_code == 403
    embed.refresh_from_db()
    assert embed.identity_nonce == ""
