"""Staff try the assistant as any shopper; it answers as on the road, and nothing of it is kept but who
tried as which customer."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from chatbot import conversation, facts, ledger, playground
from chatbot.models import Guise, Reply, Turn
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


def tried():
    return list(Guise.objects.values_list("by__email", "shopper"))


def test_one_try_as_a_customer_leaves_one_row_and_its_entry_and_no_word(ada, engine, grace, client):
    client.force_login(grace, BACKEND)
    before = counts()
    post(client, shopper="ada@example.com")
    added = {"chatbot_guise": 1, "chatbot_ledgerentry": 1, "chatbot_ledgerseal": 1,
             "chatbot_ledgercheckpoint": 1}  # fmt: skip
    assert {t: n - before[t] for t, n in counts().items() if n != before[t]} == added
    assert tried() == [("grace@example.com", ada.pk)]
    assert ledger.verify() == ledger.Verdict(1)


def test_a_try_as_a_guest_leaves_no_row(linden, engine, grace, client):
    client.force_login(grace, BACKEND)
    before = counts()
    post(client)
    assert counts() == before


def test_what_could_not_be_recorded_is_not_shown(ada, engine, grace, client, monkeypatch):
    monkeypatch.setattr(ledger, "record_guise", lambda _guise: 1 / 0)
    client.force_login(grace, BACKEND)
    with pytest.raises(ZeroDivisionError):
        post(client, text="where is my order #2001?", shopper="ada@example.com")
    assert engine.briefs == [] and tried() == []


def test_without_the_permission_one_tries_as_a_guest_only(ada, engine, grace, client):
    may_try = Permission.objects.get(codename="try_as_customer")
    Group.objects.get(name="Reviewers").permissions.remove(may_try)
    client.force_login(grace, BACKEND)
    assert "e-mail address" not in post(client)
    sent = {"text": PRICE, "shopper": "ada@example.com"}
    assert client.post(PAGE, sent).status_code == 403 and tried() == []


def test_whoever_may_answer_shoppers_may_try_as_one():
    answering = Group.objects.filter(permissions__codename="answer_inbox")
    assert {g.name for g in answering} == {"Reviewers"}
    assert set(answering) == set(Group.objects.filter(permissions__codename="try_as_customer"))


def test_an_account_that_is_gone_leaves_its_number_alone(ada, grace, client, django_user_model):
    playground.note(grace, ada.pk)
    client.force_login(
        django_user_model.objects.create_superuser("olive@example.com", "x"), BACKEND
    )
    page = reverse("admin:chatbot_guise_changelist")
    assert "ada@example.com" in client.get(page).content.decode()
    number, _deleted = ada.pk, ada.delete()
    shown = client.get(page).content.decode()
    assert str(number) in shown and "ada@example.com" not in shown
    assert "ada" not in str(Guise.objects.values()) and ledger.verify().fault == ""


def test_who_may_not_review_may_not_try(linden, engine, staff, client, django_user_model):
    client.force_login(django_user_model.objects.get(email="rita@example.com"), BACKEND)
    assert client.post(PAGE, {"text": PRICE}).status_code == 403
