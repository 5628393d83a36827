"""The page that Prometheus reads: for whom, and what stands on it."""

import re
import time
import urllib.request
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from chatbot import ledger, watching
from chatbot.models import Conversation, Turn
from chatbot.watching import standing
from tests.conftest import accept, open_chat
from tests.servers import free_port

pytestmark = pytest.mark.django_db(transaction=True)
BEARER = {"HTTP_AUTHORIZATION": "Bearer tell-me"}


@pytest.fixture(autouse=True)
def anew(monkeypatch):
    monkeypatch.setattr(watching, "_standing", standing.Standing())


def read(client):
    with override_settings(METRICS_TOKEN="tell-me"):
        return client.get("/metrics", **BEARER).content.decode()


def figure(page, name):
    return float(re.search(rf"^counterfoil_{name} (\S+)$", page, re.M)[1])


def test_without_a_token_there_is_no_page(client):
    assert client.get("/metrics", **BEARER).status_code == 404


@override_settings(METRICS_TOKEN="tell-me")
def test_who_has_another_token_or_none_is_turned_away(client, linden, grace):
    client.force_login(grace)
    for given in ("", "Bearer tell-m", "tell-me", "Basic tell-me", "Bearer ", "Bearer tëll-me"):
        answer = client.get("/metrics", HTTP_AUTHORIZATION=given)
        assert (answer.status_code, answer.content) == (401, b"")
    assert client.get("/metrics", **BEARER).status_code == 200


def test_what_waits_is_told(client, linden, monkeypatch):
    chat, other = open_chat(), open_chat()
    accept(chat, "hello"), accept(other, "hello")
    long_ago = timezone.now() - timedelta(minutes=5)
    Turn.objects.filter(conversation=chat).update(created_at=long_ago)
    Conversation.objects.filter(pk=other.pk).update(state="waiting", waiting_since=long_ago)
    page = read(client)
    assert figure(page, "turns_waiting") == 2 and 300 <= figure(page, "turns_waiting_seconds") < 400
    assert figure(page, "shoppers_waiting") == 1 and figure(page, "shoppers_waiting_seconds") >= 300
    assert figure(page, "ledger_unsealed") == 2  # two disclosures
    assert figure(page, "database_up") == 1 and "redis_up" not in page


def test_what_has_been_sealed_waits_no_more(client, linden):
    open_chat()
    ledger.seal()
    open_chat()
    assert ledger.unsealed(10) == 1
    assert figure(read(client), "ledger_unsealed") == 1


def test_where_nothing_waits_there_is_nothing_old(client):
    page = read(client)
    assert {figure(page, name) for name in standing.FIGURES} == {0}


def test_the_database_is_asked_once_however_often_the_page_is(client, monkeypatch):
    asked = []
    monkeypatch.setattr(
        standing, "_count", lambda: asked.append(1) or dict.fromkeys(standing.FIGURES, 0.0)
    )
    for _time in range(5):
        read(client)
    assert len(asked) == 1
    monkeypatch.setattr(standing, "KEPT_SECONDS", 0)
    watching._standing.until = 0
    read(client)
    assert len(asked) == 2


def test_a_database_that_hangs_keeps_nobody_waiting(client, monkeypatch):
    asked = []
    monkeypatch.setattr(standing, "_count", lambda: asked.append(1) or time.sleep(1))
    monkeypatch.setattr(standing, "ANSWER_SECONDS", 0.05)
    began = time.monotonic()
    pages = [read(client) for _time in range(3)]
    assert time.monotonic() - began < 1 and len(asked) == 1
    assert {figure(page, "database_up") for page in pages} == {0} and "turns_waiting " not in pages[
        0
    ]


@override_settings(REDIS_URL="redis://127.0.0.1:1/0")
def test_a_redis_that_is_away_is_told(client):
    assert figure(read(client), "redis_up") == 0


def test_a_process_without_pages_tells_the_same_on_a_port_of_its_own(client, linden):
    port = free_port()
    watching.listen(f"127.0.0.1:{port}")
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
    assert figure(page, "database_up") == 1 and "gen_ai_client_token_usage" in page
    watching.listen("")  # where it is not wanted, it does nothing
