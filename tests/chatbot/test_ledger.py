"""The record betrays every change, and survives erasure."""

import random
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from chatbot import guards, ledger, privacy
from chatbot.models import LedgerCheckpoint, LedgerEntry, LedgerSeal, Reply, Turn
from chatbot.review import queue
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
TABLES = ("chatbot_ledgerentry", "chatbot_ledgerseal", "chatbot_ledgercheckpoint")


def reply(chat, text="hi"):
    turn = accept(chat, text)
    Turn.objects.filter(pk=turn.pk).update(state="done")
    row = Reply.objects.create(
        turn=turn, text="Hello.", outcome="answered", completed_at=turn.created_at
    )
    ledger.record_reply(row)
    return row


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
    assert ledger.verify() == ledger.Verdict(29)


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def rows(table, *columns):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")
        return cursor.fetchall()


EDITED = {
    "chatbot_ledgerentry": ("id", ("kind", "subject", "digest", "created_at")),
    "chatbot_ledgerseal": ("position", ("mac",)),
    "chatbot_ledgercheckpoint": ("id", ("head", "signature", "signed_at", "count")),
    "chatbot_reply": ("id", ("text", "draft", "claims", "facts", "outcome", "receipt", "salt", "engine")),
    "chatbot_turn": ("id", ("text",)),
    "chatbot_review": ("id", ("verdict", "comment", "correction")),
}  # fmt: skip


def edit(chance):
    """Change one cell of one row that the record vouches for."""
    table = chance.choice(list(EDITED))
    key, columns = EDITED[table]
    decided = " WHERE state = 'closed'" if table == "chatbot_review" else ""
    row = chance.choice(rows(table + decided, key))[0]
    column = chance.choice(columns)
    value = {"created_at": "2020-01-01 00:00:00", "signed_at": "2020-01-01 00:00:00", "count": 9999,
             "claims": '["x"]', "facts": '["x"]'}.get(column, f"x{chance.random()}")  # fmt: skip
    return run(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", value, row)


def delete(chance):
    """Remove one row, every other time the last one."""
    table = chance.choice((*TABLES, "chatbot_reply"))
    key = EDITED[table][0]
    found = sorted(rows(table, key))
    row = chance.choice((found[-1], chance.choice(found)))[0]
    run("PRAGMA defer_foreign_keys = ON")
    if table == "chatbot_reply":
        run("DELETE FROM chatbot_review WHERE reply_id = %s", row)
    return run(f"DELETE FROM {table} WHERE {key} = %s", row)


def insert(chance):
    """Add an entry, a reply nobody recorded, or a seal made without the key."""
    entry = LedgerEntry.objects.create(
        kind="reply", subject=f"CF-{chance.random()}", digest="0" * 64
    )
    if chance.random() < 0.5:
        LedgerSeal.objects.create(position=30, entry=entry, mac="0" * 64)
    return 1


def swap(chance):
    """Exchange the contents of two entries or of two seals."""
    table, key, column = chance.choice(
        (("chatbot_ledgerentry", "id", "digest"), ("chatbot_ledgerseal", "position", "mac"))
    )
    (one, first), (two, second) = chance.sample(rows(table, key, column), 2)
    run(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", second, one)
    return run(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", first, two)


class Undo(Exception):
    pass


def test_a_thousand_random_tamperings_are_all_found(record):
    chance = random.Random(2026)
    missed = []
    for number in range(1000):
        deed = (edit, delete, insert, swap)[number % 4]
        try:
            with transaction.atomic():
                assert deed(chance) == 1
                if not ledger.verify().fault:
                    missed.append((number, deed.__name__))
                raise Undo
        except Undo:
            continue
    assert missed == []
    assert ledger.verify().fault == ""


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
    assert "29 entries" in capsys.readouterr().out
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
    assert ledger.verify() == ledger.Verdict(12)
