"""The record betrays every change, and survives erasure."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from chatbot import guards, ledger, privacy
from chatbot.models import LedgerCheckpoint, LedgerEntry, LedgerSeal, Reply
from chatbot.review import queue
from tests.chatbot.whole_record import reply
from tests.conftest import open_chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(db, settings, grace):
    settings.MESSAGES_PER_MINUTE = 10_000
    chat = open_chat()
    for n in range(24):
        row = reply(chat, f"message {n}")
        if n % 5 == 0:
            review = queue.enqueue(row, "sample")
            queue.claim(review, grace)
            queue.decide(review, grace, "approved", comment=str(n))
            ledger.seal()
    ledger.seal()
    return chat


def test_an_untouched_record_holds(record):
    assert ledger.verify() == ledger.Verdict(30)


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def rows(table, *columns):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")
        return cursor.fetchall()


@pytest.mark.parametrize("model", [LedgerEntry, LedgerSeal, LedgerCheckpoint])
def test_the_guards_refuse_change_and_deletion(record, model):
    guards.install(connection)
    table, key = model._meta.db_table, model._meta.pk.column
    for deed in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
            run(deed)
    assert ledger.verify().fault == ""


def test_without_guards_the_system_check_complains(db):
    from chatbot.checks import ledger_guards

    assert [e.id for e in ledger_guards(["default"])] == ["chatbot.E001"]
    guards.install(connection)
    assert ledger_guards(["default"]) == []


def test_erasure_leaves_the_record_whole_and_the_words_gone(record):
    privacy.erase(record)
    ledger.seal()
    assert ledger.verify().fault == ""
    assert not Reply.objects.exclude(text="").exists()
    assert "message" not in str(rows("chatbot_frame", "body"))


def test_an_export_holds_every_turn(record):
    assert [t["message"] for t in privacy.export(record)] == [f"message {n}" for n in range(24)]


def test_the_verify_command_names_the_fault(record, capsys):
    from django.core.management import call_command

    call_command("verify_ledger")
    assert "30 entries" in capsys.readouterr().out
    Reply.objects.filter(text="Hello.").order_by("pk")[:1].get()
    run("UPDATE chatbot_reply SET text = 'Goodbye.' WHERE id = (SELECT min(id) FROM chatbot_reply)")
    with pytest.raises(SystemExit):
        call_command("verify_ledger")
    assert "is not what was recorded" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_sealers_that_race_make_one_chain(shop_folder, settings):
    settings.MESSAGES_PER_MINUTE = 1000
    chat = open_chat()
    for n in range(12):
        reply(chat, str(n))

    def work():
        ledger.seal()
        connection.close()

    threads = [threading.Thread(target=work) for _n in range(6)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert ledger.verify() == ledger.Verdict(13)
