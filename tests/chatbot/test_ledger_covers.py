"""Disclosures, the switch and what the assistant ran under are on record as replies are."""

import hashlib
import hmac
import json
import sqlite3
import uuid

import pytest

from chatbot import conversation, duty, ledger, privacy, setups
from chatbot.models import (
    Action,
    Disclosure,
    Duty,
    EngineSetup,
    EngineSwitch,
    GoldenCase,
    Guise,
    LedgerEntry,
    Reply,
    Review,
    Setup,
    ShopAnswer,
    Trial,
)
from storefront.importing import import_folder
from tests.chatbot import whole_record
from tests.conftest import SHOP, accept, open_chat
from tests.servers import manage, run

pytestmark = pytest.mark.django_db


RECORDED = [
    Disclosure,
    Duty,
    EngineSetup,
    EngineSwitch,
    GoldenCase,
    Guise,
    Setup,
    ShopAnswer,
    Trial,
]


@pytest.mark.parametrize("model", RECORDED)
def test_a_row_that_was_removed_or_added_is_found(model, grace):
    whole_record.build(grace, batches=1)
    row = model.objects.first()
    new = model.objects.create(**{"settings": {}} if model is Setup else values(row))
    assert "was added" in ledger.verify().fault
    model.objects.filter(pk__in=[row.pk, new.pk])._raw_delete("default")
    assert "was removed" in ledger.verify().fault


def values(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "id"}


def test_a_disclosure_seen_twice_is_recorded_once():
    open_chat()
    assert LedgerEntry.objects.filter(kind="disclosure").count() == 1


def test_what_it_runs_under_is_recorded_before_the_first_answer_and_once(linden, engine):
    for text in ("hello", "how much is the larkspur kettle?"):
        list(conversation.answer(accept(open_chat(), text).pk, "test"))
    held = Setup.objects.get().settings
    assert held["rules"] == linden.digest and held["engine"] == "bundled"
    assert LedgerEntry.objects.filter(kind="setup").count() == 1
    assert ledger.verify().fault == ""


def test_another_setting_or_other_rules_are_recorded_anew(linden, settings, shop_folder):
    setups.note()
    settings.REVIEW_SAMPLE_PERCENT = 50
    setups.note()
    (shop_folder / "shop.toml").write_text(SHOP.replace("TEATIME", "KETTLE"))
    import_folder(shop_folder, quiet=True)
    setups.note()
    limits = [row.settings["limits"]["REVIEW_SAMPLE_PERCENT"] for row in Setup.objects.all()]
    assert limits == ["50", "50", "5"]
    assert len({row.settings["rules"] for row in Setup.objects.all()}) == 2


def test_no_key_or_password_of_an_endpoint_is_recorded(db, settings):
    settings.ENDPOINT_URL, settings.ENDPOINT_KEY = "http://me:pass@llm.example:8080/v1", "secret"
    told = json.dumps(setups.present())
    assert "http://llm.example:8080/v1" in told
    assert "pass" not in told and "secret" not in told


def test_an_erased_row_cannot_be_filled_with_other_words(grace):
    chat = whole_record.build(grace, batches=1)
    privacy.erase(chat)
    ledger.seal()
    assert ledger.verify().fault == ""
    for rows, column in (
        (Reply.objects, "text"),
        (Action.objects, "title"),
        (Review.objects, "comment"),
    ):
        kept = rows.values_list(column, flat=True)[0]
        rows.filter(pk=rows.first().pk).update(**{column: "We promised nothing."})
        assert "is not what was recorded" in ledger.verify().fault
        rows.filter(pk=rows.first().pk).update(**{column: kept})


def test_what_comes_in_during_a_verification_is_no_fault(grace, monkeypatch):
    chat = whole_record.build(grace, batches=1)
    walk = ledger.verifying.Chain.walk

    def busy(chain):
        walk(chain)
        whole_record.reply(chat, "meanwhile")
        duty.switch(True, grace, "meanwhile")

    monkeypatch.setattr(ledger.verifying.Chain, "walk", busy)
    assert ledger.verify().fault == ""


KEY = b"development-only-ledger-key"
WHEN = "2026-11-26 18:00:00"


def old_mac(*parts):
    return hmac.new(KEY, "|".join(map(str, parts)).encode(), hashlib.sha256).hexdigest()


def old_record(path):
    """What version 0.1 left: a disclosure, a switch, an open entry and one that is sealed."""
    chat, stamp = uuid.uuid4().hex, "2026-11-26T18:00:00.000000+00:00"
    with sqlite3.connect(path) as base:
        base.execute("INSERT INTO chatbot_conversation (id, owner, language, state, last_seq, memory,"
                     " created_at) VALUES (?, '', 'en', 'assistant', 0, '{}', ?)", (chat, WHEN))  # fmt: skip
        base.execute("INSERT INTO chatbot_disclosure (conversation_id, version, language, seen_at)"
                     " VALUES (?, '2026', 'en', ?)", (chat, WHEN))  # fmt: skip
        base.execute(
            "INSERT INTO chatbot_duty (people_only, reason, switched_at) VALUES (1, 'x', ?)",
            (WHEN,),
        )
        for _n in range(2):
            base.execute("INSERT INTO chatbot_ledgerentry (kind, subject, digest, created_at) VALUES"
                         " ('erasure', 'CF-1', 'd', ?)", (WHEN,))  # fmt: skip
        mac = old_mac("0" * 64, 1, 1, "erasure", "CF-1", "d", stamp)
        base.execute(
            "INSERT INTO chatbot_ledgerseal (position, entry_id, mac) VALUES (1, 1, ?)", (mac,)
        )
        signed = old_mac("checkpoint", "0" * 64, 1, mac, stamp)
        base.execute("INSERT INTO chatbot_ledgercheckpoint (count, head, signature, signed_at)"
                     " VALUES (1, ?, ?, ?)", (mac, signed, WHEN))  # fmt: skip


SINCE = """
import sys, django; django.setup()
from django.core.management import call_command
from chatbot import ledger
from chatbot.models import Disclosure
call_command("migrate", verbosity=0)
call_command("verify_ledger")
call_command("check", databases=["default"])
print(ledger.seal(), ledger.verify())
Disclosure.objects.update(version="2027")
try:
    call_command("verify_ledger", stderr=sys.stdout)
except SystemExit as end:
    print(end.code, "in the end")
"""


def test_a_record_from_before_goes_on_as_it_was_sealed(tmp_path):
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/old.sqlite3", "DEBUG": "on"}
    manage(env, "migrate", "chatbot", "0008", "--verbosity", "0")
    old_record(tmp_path / "old.sqlite3")
    told = run(SINCE, env)
    assert "1 entries verified" in told and "3 Verdict(count=4, fault='')" in told
    assert "Disclosure 1 is not what was recorded" in told and "1 in the end" in told
