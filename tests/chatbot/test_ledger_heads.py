"""Heads that were sent out find a record that somebody with database and key has made anew."""

import json
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from chatbot import ledger
from chatbot.ledger import dispatch
from chatbot.models import Dispatch, LedgerCheckpoint, LedgerEntry, LedgerSeal, Reply
from tests.chatbot.whole_record import reply
from tests.conftest import open_chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat():
    """A chat with a reply, sealed."""
    chat = open_chat()
    reply(chat)
    ledger.seal()
    return chat


@pytest.fixture
def sent(chat, tmp_path):
    """A file with two heads of the record, which has gone on since."""
    path = tmp_path / "heads"
    for _n in "ab":
        call_command("checkpoint", "--to", str(path))
        reply(chat)
        ledger.seal()
    return path


def verify(path, capsys):
    """What the command says, and whether it exits 0."""
    try:
        call_command("verify_ledger", "--checkpoint", str(path))
    except SystemExit:
        return False, capsys.readouterr().err
    return True, capsys.readouterr().out


def test_the_record_leads_to_every_head(sent, capsys):
    assert len(sent.read_text().splitlines()) == 2
    assert verify(sent, capsys) == (
        True,
        f"4 entries verified. The chain leads to all heads of {sent} (2).\n",
    )


def test_a_head_that_is_there_is_not_written_again(sent):
    for _n in "ab":
        call_command("checkpoint", "--to", str(sent))
    assert len(sent.read_text().splitlines()) == 3


def forge(change):
    """Make the whole record anew with the present key, as its owner could."""
    for model in (LedgerSeal, LedgerCheckpoint):
        model.objects.all()._raw_delete("default")
    for entry in LedgerEntry.objects.all():
        change(entry)
        entry.after = 0
        entry.mark = ledger.mark(entry)
        entry.save()
    ledger.seal()


def deny(entry):
    """Replace what the first reply said, and its digest."""
    if entry.kind == "reply" and entry.subject == Reply.objects.earliest("pk").receipt:
        Reply.objects.filter(receipt=entry.subject).update(text="We never promised that.")
        entry.digest = ledger.digest(*ledger.parts("reply", Reply.objects.earliest("pk"))[1:])


def test_a_record_written_anew_holds_by_itself_but_not_against_a_head(sent, capsys):
    forge(deny)
    assert ledger.verify().fault == ""
    good, told = verify(sent, capsys)
    assert not good and f"{sent}, line 1" in told and "written anew" in told


def test_signing_the_same_entries_anew_is_found(sent, capsys):
    LedgerCheckpoint.objects.exclude(count=4)._raw_delete("default")
    point = LedgerCheckpoint.objects.get(count=4)
    point.signature = ledger.sealing.signature(ledger.keys.present(), ledger.sealing.GENESIS, point)
    point.save()
    assert ledger.verify().fault == ""
    assert "signed anew" in verify(sent, capsys)[1]


def test_a_record_cut_off_before_a_head_is_found(sent, capsys):
    LedgerSeal.objects.filter(position__gt=2)._raw_delete("default")
    LedgerCheckpoint.objects.filter(count__gt=2)._raw_delete("default")
    gone = LedgerEntry.objects.filter(seal=None)
    Reply.objects.filter(receipt__in=list(gone.values_list("subject", flat=True)))._raw_delete(
        "default"
    )
    gone._raw_delete("default")
    assert ledger.verify() == ledger.Verdict(2)
    good, told = verify(sent, capsys)
    assert not good and "cut off" in told and "line 2" in told


DAMAGED = {
    "not a head": ("line is 'not a head'", "another copy"),
    "{}": ("count is", "damaged"),
    '{"count": "many"}': ("count is 'many'", "damaged"),
    "\x00": ("line is", "damaged"),
}


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_line_is_named_with_value_and_remedy(sent, text):
    with sent.open("a") as file:
        file.write(f"\n{text}\n")
    with pytest.raises(CommandError) as told:
        call_command("verify_ledger", "--checkpoint", str(sent))
    for part in (f"{sent}, line 4", *DAMAGED[text]):
        assert part in str(told.value)


@pytest.mark.parametrize("name", ["count", "head", "before", "signature", "signed_at"])
def test_a_head_that_was_altered_is_named(sent, name):
    head = json.loads(sent.read_text().splitlines()[0])
    other = {"count": 3, "signed_at": "2020-01-01T00:00:00Z"}.get(name, "0" * 63 + "1")
    sent.write_text(json.dumps(head | {name: other}))
    with pytest.raises(CommandError, match=r"line 1: signature is .* take it from another copy"):
        call_command("verify_ledger", "--checkpoint", str(sent))


def test_a_head_of_a_key_we_do_not_have_is_named(sent, settings):
    settings.LEDGER_KEY = "another"
    with pytest.raises(CommandError, match=r"line 1: Key .* LEDGER_KEYS_OLD"):
        call_command("verify_ledger", "--checkpoint", str(sent))


def test_a_missing_or_empty_file_is_named(chat, tmp_path):
    for path, told in ((tmp_path / "none", "no file"), (tmp_path / "empty", "holds no head")):
        (tmp_path / "empty").touch()
        with pytest.raises(CommandError, match=told):
            call_command("verify_ledger", "--checkpoint", str(path))


def test_a_head_goes_out_by_mail_and_can_be_verified_from_there(chat, tmp_path, capsys):
    call_command("checkpoint", "--mail", "auditor@example.com")
    (letter,) = mail.outbox
    (tmp_path / "saved").write_text(letter.body.splitlines()[-1])
    assert letter.to == ["auditor@example.com"]
    assert verify(tmp_path / "saved", capsys)[0]


def test_the_command_needs_to_know_where_to(chat, tmp_path):
    for args, told in (((), "Say where"), (("--mail", "auditor"), "--mail auditor is no")):
        with pytest.raises(CommandError, match=told):
            call_command("checkpoint", *args)
    with pytest.raises(CommandError, match="nothing was sent there"):
        call_command("checkpoint", "--to", str(tmp_path / "no" / "folder"))


def send_all(monkeypatch):
    """Send what is due, in this thread."""
    monkeypatch.setattr(dispatch.threading.Thread, "start", lambda thread: thread.run())
    monkeypatch.setattr(dispatch, "connection", SimpleNamespace(close=lambda: None))
    ledger.send_due()


def test_the_running_site_sends_to_each_place_once_a_day(chat, settings, tmp_path, monkeypatch):
    settings.CHECKPOINT_FILE, settings.CHECKPOINT_MAIL = (
        str(tmp_path / "heads"),
        "auditor@example.com",
    )
    for _n in "ab":
        send_all(monkeypatch)
    assert len(mail.outbox) == len((tmp_path / "heads").read_text().splitlines()) == 1
    assert [d.outcome for d in Dispatch.objects.all()] == ["sent", "sent"]
    Dispatch.objects.update(day="2026-01-01")
    send_all(monkeypatch)
    assert len(mail.outbox) == 2


def test_nothing_is_sent_when_no_place_is_set(chat, monkeypatch):
    send_all(monkeypatch)
    assert not Dispatch.objects.exists()


def test_a_dispatch_that_failed_is_kept_as_such(chat, settings, tmp_path, monkeypatch):
    settings.CHECKPOINT_FILE = str(tmp_path / "no" / "folder")
    send_all(monkeypatch)
    assert ledger.last_sent().outcome == "failed"
