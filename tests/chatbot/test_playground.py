"""Staff try the assistant as any shopper; it answers as on the road, and nothing of it is kept."""

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from chatbot import conversation, facts, playground
from chatbot.models import Reply, Turn
from chatbot.writing import EngineError
from tests.conftest import accept, let_order_be_cancelled, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = reverse("admin:chatbot_playground_changelist")
PRICE = "how much is the larkspur kettle?"
QUESTIONS = (
    PRICE, "are you a human?", "can I send it back?", "where is my order #2001?",
    "I'd like to talk to a person", "please cancel my order #2001", "how are you?",
)  # fmt: skip


def counts():
    """How many rows every table has."""
    models = apps.get_models(include_auto_created=True)
    return {m._meta.db_table: m._base_manager.count() for m in models}


@pytest.mark.parametrize("email", ["", "ada@example.com"])
def test_no_table_has_a_row_more_or_less(ada, engine, email):
    let_order_be_cancelled()
    before = counts()
    for question in QUESTIONS:
        playground.answer(question, "larkspur-kettle", playground.shopper(email))
    assert counts() == before
    assert mail.outbox == []


def test_on_the_road_the_same_leaves_rows(ada, engine):
    before = counts()
    list(conversation.answer(accept(open_chat(), PRICE).pk, "test"))
    assert counts() != before


def test_whatever_would_write_is_refused(linden, engine, monkeypatch):
    def found(*_args):
        assert list(Turn.objects.all()) == []
        Turn.objects.update(text="x")

    monkeypatch.setattr(facts, "find", found)
    with pytest.raises(playground.Wrote, match="UPDATE"):
        playground.answer(PRICE)


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_says_what_the_road_says(ada, engine, question):
    let_order_be_cancelled()
    turn = accept(open_chat(shopper=ada), question, ada, page="larkspur-kettle")
    list(conversation.answer(turn.pk, "test"))
    told, tried = Reply.objects.get(), playground.answer(question, "larkspur-kettle", ada.pk)
    for part in ("text", "draft", "cards", "outcome", "engine"):
        assert getattr(tried, part) == getattr(told, part), part
    assert [c["verdict"] for c in tried.claims] == [c["verdict"] for c in told.claims]
    assert [a["name"] for a in tried.acts] == [a["name"] for a in told.acts]


def test_what_does_not_hold_is_drafted_and_not_shown(linden, engine):
    engine.texts.extend(["It is $5.00."] * 2)
    reply = playground.answer(PRICE)
    assert "$5.00" in reply.draft and "$5.00" not in reply.text
    assert (reply.claims[0]["shown"], reply.outcome) == (False, "held_for_staff")


def test_an_engine_that_fails_ends_in_the_apology(linden, engine, monkeypatch):
    def broken(_brief, *, seed, stop):
        raise EngineError("no power")

    monkeypatch.setattr(engine, "write", broken)
    assert playground.answer(PRICE).outcome == "unavailable"


def test_an_order_is_its_owners_here_too(ada, engine, django_user_model):
    mallory = django_user_model.objects.get(email="mallory@example.com")
    asked = "where is my order #2001?"
    assert "TRACK1234567" in str(playground.answer(asked, "", ada.pk).facts)
    for other in (mallory.pk, None):
        assert "TRACK1234567" not in str(playground.answer(asked, "", other).facts)


def test_tries_use_up_no_look_ups_of_anybodys(linden, engine, settings):
    settings.GUEST_LOOKUPS_PER_HOUR = 1
    cache.clear()
    asked = "where is order #2001? I'm ada@example.com"
    for _try in range(3):
        assert "TRACK1234567" in str(playground.answer(asked).facts)


def post(client, **sent):
    return client.post(PAGE, {"text": PRICE} | sent).content.decode()


def test_a_reviewer_reads_reply_facts_draft_and_claims(linden, engine, grace, client):
    client.force_login(grace, BACKEND)
    shown = post(client, page="larkspur-kettle", shopper="ada@example.com")
    for part in ("$49.00", "cf-fact-1", "variant:LK-RED", "Supported", "price.one", "intents"):
        assert part in shown, part
    assert "CF-" not in shown
    assert post(client, text="<script>alert(1)</script>").count("<script>alert") == 0


def test_nobody_of_that_address_is_said_so(linden, engine, grace, client):
    client.force_login(grace, BACKEND)
    assert "No shopper has this e-mail address" in post(client, shopper="nobody@example.com")


def test_who_may_not_review_may_not_try(linden, engine, staff, client, django_user_model):
    client.force_login(django_user_model.objects.get(email="rita@example.com"), BACKEND)
    assert client.post(PAGE, {"text": PRICE}).status_code == 403
