"""What a process says of its health, to whoever asks and whatever host they ask for."""

import asyncio
import json
import threading

import pytest
from channels.testing import HttpCommunicator
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from chatbot import health, working
from storefront.asgi import application

pytestmark = pytest.mark.django_db(transaction=True)


async def asked(path):
    answer = await HttpCommunicator(application, "GET", path).get_response()
    return answer["status"], json.loads(answer["body"])


async def test_a_process_that_is_up_lives_whatever_it_lacks(monkeypatch):
    monkeypatch.setitem(health.PARTS, "database", lambda: False)
    assert await asked("/health/live") == (200, {"live": True})


@pytest.mark.django_db(transaction=True)
async def test_with_database_and_migrations_it_is_ready_and_begins_no_session(settings):
    settings.ALLOWED_HOSTS = ["shop.example"]
    assert await asked("/health/ready") == (200, {"ready": True, "missing": []})


@pytest.mark.django_db(transaction=True)
async def test_until_the_models_are_loaded_it_is_not_ready_unless_others_answer(
    settings, monkeypatch
):
    settings.WARM_UP = True
    monkeypatch.setattr(health, "warm", threading.Event())
    assert await asked("/health/ready") == (503, {"ready": False, "missing": ["models"]})
    settings.ANSWER_TURNS = False
    assert (await asked("/health/ready"))[0] == 200


async def test_a_database_that_is_away_is_named_and_nothing_of_it_told(monkeypatch):
    def away():
        raise OSError("postgres://shop:secret@db refused")

    monkeypatch.setitem(health.PARTS, "database", away)
    monkeypatch.setitem(health.PARTS, "migrations", away)
    told = {"ready": False, "missing": ["database", "migrations"]}
    assert await asked("/health/ready") == (503, told)


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_noticed(monkeypatch):
    monkeypatch.setattr(health, "_migrated", threading.Event())
    assert health.missing(answers=False) == []
    health._migrated.clear()
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_all: ["0099"])
    assert health.missing(answers=False) == ["migrations"]
    connections.close_all()


async def test_models_that_fail_to_load_keep_no_turn_waiting_and_are_tried_again(
    settings, monkeypatch
):
    tries = iter((OSError("no file"), None))

    def load():
        if error := next(tries):
            raise error

    settings.WARM_UP = True
    monkeypatch.setattr(health, "warm", threading.Event())
    monkeypatch.setattr(working, "WARM_UP_SECONDS", 0.2)
    monkeypatch.setattr(working.conversation, "warm_up", load)
    tried = asyncio.Event()
    threading.Thread(target=working._warm_up, args=(asyncio.get_running_loop(), tried)).start()
    await asyncio.wait_for(tried.wait(), 10)
    assert await asyncio.to_thread(health.warm.wait, 10)
