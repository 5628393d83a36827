"""Erasing reaches everything: no word of an erased shopper is left in any table or file.

`ERASED_SHOPPERS=1000` runs it with so many.
"""

import os
import random
import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from chatbot import conversation, delivery, ledger, privacy
from chatbot.inbox import desk, ratings
from chatbot.models import (
    Contact,
    Conversation,
    Feedback,
    Hold,
    Proof,
    Recipient,
    Reply,
    ToldClaim,
)
from chatbot.privacy import erasing, files
from chatbot.review import golden, queue
from tests.chatbot import whole_record
from tests.conftest import accept, open_chat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]
SHOPPERS = int(os.environ.get("ERASED_SHOPPERS", "30"))
BATCH = 20
# Text that is neither the shopper's nor about them: states, versions, keys, names of staff, salts.
STAYS = {
    "conversation": {"language", "state"}, "disclosure": {"version", "language", "text"}, "edit": set(), "photo": {"salt", "digest"},
    "turn": {"state", "lease"}, "feedback": set(), "note": set(), "frame": set(), "proof": {"digest"},
    "reply": {"receipt", "salt", "outcome", "engine", "weights", "disclosure"},
    "action": {"salt", "kind", "notices", "state"}, "takeover": {"name", "salt", "ending"},
    "remark": {"salt", "letter"}, "review": {"reason", "state", "verdict", "also", "fault"},
    "correction": {"name", "salt", "letter"}, "contact": set(),
    "hold": {"salt", "reason", "notice", "ending"}, "recipient": {"state", "note"},
    "personrating": {"salt"}, "goldencase": {"salt", "outcome"},
    "shopanswer": {"article", "digest"},
    "toldclaim": {"kind", "version", "field", "currency"},
}  # fmt: skip
NO_CHATS = {
    "ledgerentry", "ledgerseal", "ledgercheckpoint", "dispatch", "verification", "setup", "duty",
    "basis", "inbox", "embed", "tally", "day", "bookmark", "recall", "readyreply", "seat",
    "playground", "producttext", "trial", "enginesetup", "engineswitch", "engineerrand", "side",
    "fairnessaudit", "textversion", "publication", "commission", "confirmation",
    "taste", "look", "dismissal", "cardvector",  # of no chat; see test_liking_kept
}  # fmt: skip


def of_chats():
    """Every column of the assistant's that may hold a shopper's words."""
    for model in apps.get_app_config("chatbot").get_models():
        if model._meta.model_name not in NO_CHATS:
            for field in model._meta.concrete_fields:
                texts = isinstance(field, models.CharField | models.TextField | models.JSONField)
                if texts and field.name not in STAYS[model._meta.model_name]:
                    yield model, field


def plant(word, chance, grace):
    """A conversation with the word in all of its bodies, some of them long."""
    text = f"{word} " * chance.choice((1, 3, 200))
    chat = open_chat(owner=word[:64])
    known = {"text": text}
    Conversation.objects.filter(pk=chat.pk).update(memory=known, before={"memory": known})
    turn = accept(chat, text[:4000], page=word)
    acts = [{"name": "x", "facts": [{"values": {"x": text}}]}]
    reply = Reply.objects.create(
        turn=turn, text=text, draft=text, cards=[text], reading={"text": text}, acts=acts,
        facts=[text], claims=[text], sources=[text], completed_at=timezone.now(),
    )  # fmt: skip
    ledger.record_reply(reply)
    delivery.append(turn, {"type": "sentence", "turn": 1, "text": text})
    Feedback.objects.create(reply=reply, helpful=False, comment=word)
    more(chat, turn, reply, text, grace)
    return chat


def more(chat, turn, reply, text, grace):
    """What people of the team and the shop's own actions leave in a conversation."""
    word = text.split()[0]
    action = turn.actions.create(
        kind="cancel", order=word[:40], quote=text, title=text[:200], terms=[text], notices="1",
        change=word[:60], told=text, expires_at=timezone.now(),
    )  # fmt: skip
    ledger.record_action(action)
    Proof.objects.create(conversation=chat, order=word[:40], digest="x", expires_at=timezone.now())
    ToldClaim.objects.create(
        reply=reply, conversation=chat, kind="prose", text=text, sentence=text, source=word,
        version="1", page=word, title=word, value=text, told_at=timezone.now(),
    )  # fmt: skip
    Recipient.objects.create(
        recall=whole_record.recall(grace), conversation=chat, reply=reply, told=text, text=text,
        told_at=timezone.now(),
    )  # fmt: skip
    hold = Hold.objects.create(
        reply=reply, reason="legal", notice="1", until=timezone.now(), lines=[{"text": text}],
        memory={"text": text},
    )  # fmt: skip
    ledger.record_hold(hold)
    Contact.objects.create(conversation=chat, address=f"{word}@example.com")
    desk.take(chat.pk, grace)
    desk.say(chat.pk, grace, uuid.uuid4(), text[:4000])
    desk.end(chat.pk, grace, "handed_back")
    ratings.give(chat, chat.takeovers.get().pk, False, text[:1000])
    desk.take(chat.pk, grace)
    desk.note(chat.pk, grace, text[:4000])
    review = queue.enqueue(reply, "sample")
    queue.claim(review, grace)
    right = {"correction": text[:4000], "comment": text}
    queue.decide(review, grace, "corrected", **right)
    said = {"questions": [text], "text": text, "must_state": [word], "must_not": [text]}
    golden.make(review, grace, golden.Wanted(**said, page=word[:200]))


def tell(word, grace):
    """The same on the real road, from the message to the correction."""
    chat = open_chat(owner=word[:64])
    turn = accept(chat, f"how much is the larkspur kettle? {word}")
    list(conversation.answer(turn.pk, "test"))
    conversation.rate(chat, turn.reply.receipt, False, word)
    more(chat, turn, turn.reply, word, grace)
    return chat


@pytest.fixture
def shoppers(linden, engine, grace, settings):
    settings.MESSAGES_PER_MINUTE = settings.MESSAGES_PER_DAY = 10**6
    return crowd(SHOPPERS, grace)


@pytest.fixture
def few(linden, engine, grace):
    return crowd(5, grace)


def crowd(many, grace):
    """Conversations that share a word, among others of which nothing may be lost."""
    chance, word = random.Random(2026), f"word{uuid.uuid4().hex}"
    chats = []
    for number in range(many):
        made = tell if number % 10 == 0 else lambda w, g: plant(w, chance, g)
        chats.append(made(f"{word}n{number}", grace))
        plant(f"other{uuid.uuid4().hex}", chance, grace)
    chance.shuffle(chats)
    return word, chats


def erase(chats):
    for start in range(0, len(chats), BATCH):
        privacy.erase(*chats[start : start + BATCH])


def tables_with(word):
    """Every table in one of whose rows the word stands, indexes of texts among them."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [table] * any(word in str(row) for row in cursor.fetchall())
    return found


def files_with(word):
    """Every file of the installation in whose bytes the word stands."""
    places = [p for p in settings.VAR_DIR.rglob("*") if p.is_file()]
    return [p.name for p in places if word.encode() in p.read_bytes()]


def database():
    """The name of the database's file, another one on each core."""
    return Path(connection.settings_dict["NAME"]).name


needs_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's files are its own; see README"
)


def test_every_text_that_a_chat_may_hold_is_planted(few):
    word, _chats = few
    empty = [
        f"{model._meta.model_name}.{field.name}"
        for model, field in of_chats()
        if word not in str(list(model.objects.values_list(field.name, flat=True)))
    ]
    assert empty == []


@needs_sqlite
def test_no_word_of_an_erased_shopper_is_in_any_table_or_file(shoppers):
    word, chats = shoppers
    assert {"chatbot_turn", "chatbot_reply"} <= set(tables_with(word)) and files_with(word)
    left = Conversation.objects.exclude(pk__in=[c.pk for c in chats]).count()
    erase(chats)
    assert tables_with(word) == [] and files_with(word) == []
    assert ledger.verify().fault == ""
    assert Conversation.objects.filter(erased_at=None).count() == left
    assert "chatbot_turn" in tables_with("other")


PARTS = {"_erase_turns": "turn", "_erase_persons": "note", "_erase_reviews": "review",
         "_erase_itself": "conversation"}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_whatever_is_left_out_is_found(few, monkeypatch, part):
    word, chats = few
    monkeypatch.setattr(erasing, part, lambda _chat: None)
    erase(chats)
    assert f"chatbot_{PARTS[part]}" in tables_with(word)


@needs_sqlite
def test_without_overwriting_words_are_found_in_the_file(few):
    word, chats = few
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
    erase(chats)
    connection.close()  # the next one has it on again
    assert tables_with(word) == [] and database() in files_with(word)


@needs_sqlite
def test_without_cutting_the_log_off_words_are_found_in_it(few, monkeypatch):
    word, chats = few
    monkeypatch.setattr(files, "scrub", lambda: None)
    erase(chats)
    assert tables_with(word) == [] and f"{database()}-wal" in files_with(word)
