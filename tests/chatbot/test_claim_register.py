"""The claim register holds what shoppers were told, exactly, and can be searched."""

import importlib
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from chatbot import conversation, privacy
from chatbot.models import Reply, ToldClaim
from chatbot.recall import register, search
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ASKED = "how much is the larkspur kettle?"
COLUMNS = ("text", "kind", "sentence", "source")


def replied(text=ASKED, shopper=None):
    """What a shopper was answered by the road."""
    turn = accept(open_chat(shopper=shopper), text, shopper)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


@pytest.fixture
def reply(ada, engine):
    return replied(shopper=ada)


def shown(reply):
    return sorted(
        (c["text"], c["kind"], c["sentence"], c["fact"]) for c in reply.claims if c["shown"]
    )


def registered(reply):
    return sorted(reply.told_claims.values_list(*COLUMNS))


def test_what_a_reply_tells_stands_in_the_register(reply):
    assert registered(reply) == shown(reply) != []
    price = reply.told_claims.get(kind="money")
    assert (price.amount, price.currency, price.page) == (4900, "USD", "product:larkspur-kettle")
    assert (price.value, price.version, price.title) == ("$49.00", price.version, "Larkspur Kettle")
    assert price.conversation == reply.turn.conversation and price.told_at == reply.completed_at


def test_what_was_held_does_not_stand_in_it(ada, engine):
    engine.texts.extend(["It is $5.00."] * 2)
    reply = replied(shopper=ada)
    assert {c["shown"] for c in reply.claims} == {False}
    assert registered(reply) == []


CLAIMS = st.lists(
    st.fixed_dictionaries({
        "text": st.sampled_from(["$49.00", "two days", "May 4", "February 30", "30 days"]),
        "kind": st.sampled_from(["money", "date", "prose"]), "verdict": st.just("supported"),
        "fact": st.sampled_from(["variant:LK-RED", "article:returns#0", "order:#2001", "",
                                 "rule:promotions." + "X" * 400]),
        "sentence": st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
        "shown": st.booleans(),
    }), max_size=6,
)  # fmt: skip


@hypothesis(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(claims=CLAIMS)
def test_the_register_holds_exactly_the_shown_claims(reply, claims):
    with transaction.atomic():
        ToldClaim.objects.all().delete()
        reply.claims = claims
        register.enter(reply)
        told = sorted((t, k, s, f[:255]) for t, k, s, f in shown(reply))
        assert registered(reply) == told
        transaction.set_rollback(True)


def test_a_reply_that_cannot_be_registered_is_not_completed(ada, engine, monkeypatch):
    def fail(*_given):
        raise OSError("broken")

    monkeypatch.setattr(register, "enter", fail)
    turn = accept(open_chat(shopper=ada), ASKED, ada)
    with pytest.raises(OSError, match="broken"):
        list(conversation.answer(turn.pk, "test"))
    assert Reply.objects.get(turn=turn).completed_at is None


def test_erasing_a_conversation_empties_its_part_of_the_register(reply):
    other = replied()
    privacy.erase(reply.turn.conversation)
    assert set(ToldClaim.objects.values_list("reply", flat=True)) == {other.pk}


def test_what_was_told_before_there_was_a_register_is_entered_but_nothing_erased(reply):
    gone = replied()
    privacy.erase(gone.turn.conversation)
    before = registered(reply)
    ToldClaim.objects.all().delete()
    migration = importlib.import_module("chatbot.migrations.0012_told_claims")
    migration.fill(apps, connection.schema_editor())
    assert registered(reply) == before and not registered(gone)


@pytest.mark.parametrize(
    ("claim", "fact", "told"),
    [
        ({"fact": "variant:A", "kind": "money", "text": "$49"},
         {"kind": "variant", "values": {"price": "$49.00"}}, ("price", "$49.00")),
        ({"fact": "variant:A", "kind": "money", "text": "$98.00"},
         {"kind": "variant", "values": {"price": "$49.00", "total": "$98.00"}}, ("", "")),
        ({"fact": "product:a", "kind": "money", "text": "$60.00"},
         {"kind": "found", "values": {"price_min": "$49.00", "price_max": "$60.00"}},
         ("price_max", "$60.00")),
        ({"fact": "variant:A", "kind": "stock", "text": "in stock"},
         {"kind": "variant", "values": {"stock": "in stock"}}, ("", "")),
        ({"fact": "article:returns#0", "kind": "quantity", "text": "30 days"},
         {"values": {"text": "You have 30 days."}}, ("text", "You have 30 days.")),
        ({"fact": "rule:promotions.TEA", "kind": "percent", "text": "10%"},
         {"values": {"code": "TEA", "percent": "10%"}}, ("percent", "10%")),
        ({"fact": "order:#2001", "kind": "money", "text": "$54.00"},
         {"values": {"total": "$54.00"}}, ("", "")),
    ],
)  # fmt: skip
def test_a_claim_rests_on_a_value_of_the_shops(claim, fact, told):
    assert register.rests_on(claim, fact) == told


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"page": "Larkspur"}, True), ({"page": "larkspur-kettle"}, True), ({"page": "lk-red"}, True),
        ({"page": "product:larkspur-kettle"}, True), ({"page": "brindle"}, False),
        ({"page": "returns"}, False), ({"kind": "money"}, True), ({"kind": "date"}, False),
        ({"amount": Decimal(49)}, True), ({"amount": Decimal("49.01")}, False),
        ({"words": "IT $49"}, True), ({"words": "it %"}, False),
        ({"since": date(2020, 1, 1), "until": date(2100, 1, 1)}, True),
        ({"until": date(2020, 1, 1)}, False), ({"since": date(2100, 1, 1)}, False),
        ({"page": "larkspur", "kind": "money", "amount": Decimal(49)}, True),
    ],
)  # fmt: skip
def test_claims_are_found_by_what_they_say(reply, wanted, found):
    claims, _older = search.find(search.Wanted(**wanted))
    assert bool(claims) is found


def test_a_claim_of_today_is_found_from_today_until_today(reply):
    today = timezone.localdate()
    assert search.find(search.Wanted(since=today, until=today))[0]
    assert not search.find(search.Wanted(until=today - timedelta(1)))[0]


def test_older_claims_follow_each_once(reply):
    claim = reply.told_claims.values().first()
    ToldClaim.objects.bulk_create(ToldClaim(**claim | {"id": None}) for _n in range(120))
    seen, before = [], None
    while True:
        claims, before = search.find(search.Wanted(), before)
        seen += [c.pk for c in claims]
        if before is None:
            break
    assert seen == sorted(ToldClaim.objects.values_list("pk", flat=True), reverse=True)


def look(client, user, **asked):
    client.force_login(user, BACKEND)
    return client.get(reverse("admin:chatbot_toldclaim_changelist"), asked)


def test_the_page_shows_the_sentence_its_source_and_its_receipt(client, reply, grace):
    page = look(client, grace, page="larkspur", amount="49").content.decode()
    for part in (reply.told_claims.first().sentence, "Larkspur Kettle", reply.receipt, "ada@"):
        assert part in page
    assert reply.receipt not in look(client, grace, amount="48").content.decode()


def test_the_page_counts_no_rows_and_asks_as_much_for_many_as_for_one(client, reply, grace):
    look(client, grace)
    with CaptureQueriesContext(
        connection,
    ) as few:
        look(client, grace)
    claim = reply.told_claims.values().first()
    ToldClaim.objects.bulk_create(ToldClaim(**claim | {"id": None}) for _n in range(60))
    with CaptureQueriesContext(connection) as many:
        look(client, grace)
    assert len(many) <= len(few)
    assert not [q for q in many if "COUNT(" in q["sql"] and "toldclaim" in q["sql"]]


def test_what_is_no_amount_is_said_to_be_none(client, reply, grace):
    page = look(client, grace, amount="cheap").content.decode()
    assert "Enter a number" in page and reply.receipt not in page


def test_a_hostile_sentence_is_shown_as_text(client, reply, grace):
    ToldClaim.objects.update(sentence="<script>alert(1)</script>", title="<b>x")
    page = look(client, grace).content.decode()
    assert "<script>alert" not in page and "<b>x" not in page
