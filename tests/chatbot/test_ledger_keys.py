"""Keys can be changed; an old one verifies what it signed, and signs nothing any more."""

import pytest
from django.core.management import CommandError, call_command

from chatbot import ledger
from chatbot.ledger import keys, sealing
from chatbot.models import LedgerCheckpoint, LedgerEntry, LedgerSeal, Reply
from tests.chatbot.whole_record import reply
from tests.conftest import open_chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def use(settings):
    """Change the keys in the settings."""

    def use(key, *old):
        settings.LEDGER_KEY, settings.LEDGER_KEYS_OLD = key, list(old)

    use("first")
    return use


@pytest.fixture
def chat(use):
    """A chat with two replies, sealed with the first key."""
    chat = open_chat()
    for _n in "ab":
        reply(chat)
        ledger.seal()
    return chat


def go_on(chat):
    """One more reply, sealed as the settings say."""
    reply(chat)
    return ledger.seal()


@pytest.fixture
def rotated(chat, use):
    use("second", "first")
    call_command("rotate_ledger_key")
    go_on(chat)
    return chat


def test_after_a_rotation_the_whole_record_holds_under_both_keys(rotated):
    ids = list(LedgerCheckpoint.objects.order_by("count").values_list("key", flat=True))
    assert ledger.verify() == ledger.Verdict(5)
    assert [ids.count(keys.Key(secret).id) for secret in ("first", "second")] == [2, 2]


def test_a_rotation_is_on_record_and_no_key_is(rotated):
    assert LedgerEntry.objects.get(kind="rotation").subject == keys.Key("second").id
    assert "first" not in keys.Key("first").id
    assert len(keys.Key("first").id) == 8


def test_without_the_old_key_it_is_said_what_to_do(rotated, use):
    use("second")
    fault = ledger.verify().fault
    assert keys.Key("first").id in fault and "add it to LEDGER_KEYS_OLD" in fault


def test_without_a_rotation_nothing_is_sealed_under_another_key(chat, use, caplog):
    use("second", "first")
    assert go_on(chat) == 0
    assert "rotate_ledger_key" in caplog.text
    assert "rotate_ledger_key" in ledger.verify().fault


def test_what_was_written_before_the_rotation_is_sealed_by_it(chat, use):
    reply(chat)
    use("second", "first")
    reply(chat)
    ledger.rotate()
    assert ledger.verify() == ledger.Verdict(6)


def test_a_rotation_needs_the_key_before(chat, use):
    use("third", "second")
    with pytest.raises(CommandError, match=keys.Key("first").id):
        call_command("rotate_ledger_key")


def test_there_is_nothing_to_rotate_twice(rotated):
    with pytest.raises(CommandError, match="already"):
        call_command("rotate_ledger_key")


def test_two_rotations_follow_each_other(rotated, use):
    use("third", "second", "first")
    ledger.rotate()
    assert go_on(rotated) == 1
    assert ledger.verify() == ledger.Verdict(7)


def steal(count):
    """Cut the record back to a checkpoint, as nobody could who has to leave a trace."""
    LedgerSeal.objects.filter(position__gt=count)._raw_delete("default")
    LedgerCheckpoint.objects.filter(count__gt=count)._raw_delete("default")
    LedgerEntry.objects.filter(seal=None)._raw_delete("default")
    kept = LedgerEntry.objects.values("subject")
    Reply.objects.exclude(receipt__in=kept)._raw_delete("default")


def test_a_thief_of_an_old_key_cannot_go_on_from_before_the_rotation(rotated, use):
    use("first")
    steal(2)
    go_on(rotated)
    assert ledger.verify().fault == ""  # so the thief would have it
    use("second", "first")
    assert "cut off" in ledger.verify().fault
    assert go_on(rotated) == 0


def test_a_thief_of_an_old_key_cannot_add_to_the_end(rotated, use):
    use("first", "second")
    reply(rotated)
    sealing._chain(keys.present(), sealing.newest_checkpoint(), [keys.present()])
    use("second", "first")
    assert "retired" in ledger.verify().fault


def test_a_thief_of_an_old_key_cannot_have_an_entry_sealed(rotated, use, caplog):
    use("first", "second")
    reply(rotated)
    use("second", "first")
    assert ledger.seal() == 0
    assert "not written by this site" in caplog.text
    assert "not written by this site" in ledger.verify().fault


def test_a_thief_of_an_old_key_cannot_rewrite_what_came_before_the_rotation(rotated, use):
    use("first", "second")
    entry = LedgerEntry.objects.filter(kind="reply").first()
    entry.digest = "0" * 64
    LedgerEntry.objects.filter(pk=entry.pk).update(digest=entry.digest, mark=ledger.mark(entry))
    before, key = LedgerSeal.objects.get(position=entry.seal.position - 1), keys.present()
    entry.refresh_from_db()
    mac = key.mac(*sealing.link(before.mac, before.position + 1, *sealing._values(entry)))
    LedgerSeal.objects.filter(entry=entry).update(mac=mac)
    use("second", "first")
    assert ledger.verify().fault


def test_a_rotation_that_is_not_on_record_is_found(chat, use):
    use("second", "first")
    reply(chat)
    sealing._chain(keys.present(), sealing.newest_checkpoint(), [keys.present()])
    assert "no rotation is on record" in ledger.verify().fault
