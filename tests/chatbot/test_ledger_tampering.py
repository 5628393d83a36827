"""Whatever is changed, removed, added, moved or cut off in the record is found. MUTATIONS says how
many random mutations are tried; by default as many as a suite has time for."""

import itertools
import os
import random
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from chatbot import ledger
from chatbot.ledger.bodies import KINDS
from chatbot.models import LedgerCheckpoint, LedgerEntry, LedgerSeal, Reply, Review, Turn
from tests.chatbot import whole_record

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
MUTATIONS = int(os.environ.get("MUTATIONS", "200"))
BODIES = {kind.model for kind in KINDS.values()}
CHAIN = {LedgerEntry, LedgerSeal, LedgerCheckpoint}
INDEXES = (
    "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%chatbot_%'"
)
# What comes and goes without an entry: leases, claims, how far a letter is; and names of rows that
# nothing on record refers to by them.
UNVOUCHED = {
    "turn": {"id", "state", "lease", "leased_until", "stop_requested", "shopper"},
    "reply": {"id"},
    "review": {"claimed_by", "claimed_at", "also", "priority"},
    "remark": {"letter_at"},
    "takeover": {"leased_until"},
    "correction": {"carried_at", "letter_at"},
    "photo": {"body"},  # by its digest, whenever it is shown
    "ledgercheckpoint": {"id"},
}


@pytest.fixture
def record(db, settings, grace):
    settings.MESSAGES_PER_MINUTE = 10_000
    whole_record.build(grace)
    with connection.cursor() as cursor:  # whoever alters rows can drop an index as well
        cursor.execute(INDEXES)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")


def vouched(model):
    kept = UNVOUCHED.get(model._meta.model_name, set())
    return [f for f in model._meta.concrete_fields if f.name not in kept]


def rows_of(model):
    """The rows of a table that the record vouches for."""
    rows = model._base_manager.order_by("pk")
    if model is Turn:
        return rows.filter(reply__completed_at__isnull=False)
    if model._meta.model_name == "review":
        known = LedgerEntry.objects.filter(kind="review").values_list("subject", flat=True)
        return rows.filter(pk__in=list(map(int, known)))
    return rows


def other(field, value, chance):
    """Another value for a column, as near as can be."""
    if field.is_relation:
        return other(field.target_field, value, chance)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        step = timedelta(microseconds=chance.choice((1, 10**6, 10**12)))
        return (value or timezone.now()) + step
    if isinstance(field, models.UUIDField):
        return uuid.UUID(int=chance.getrandbits(128))
    if isinstance(field, models.BinaryField):
        return bytes(value) + b"x"
    if isinstance(field, models.JSONField):
        return value[:-1] if isinstance(value, list) and value else [value]
    if isinstance(field, models.IntegerField):
        return (value or 0) + chance.randint(1, 9)
    place = chance.randrange(len(value)) if value else 0
    return value[:place] + ("y" if value[place:].startswith("x") else "x") + value[place + 1 :]


def put(row, column, value):
    type(row)._base_manager.filter(pk=row.pk).update(**{column: value})


def edit(chance):
    """Change one cell, the least bit."""
    model = chance.choice(sorted(BODIES | CHAIN | {Turn}, key=lambda m: m.__name__))
    row, field = chance.choice(rows_of(model)), chance.choice(vouched(model))
    if model is LedgerEntry and field.name == "id" and not hasattr(row, "seal"):
        return edit(chance)  # nothing says so before it is sealed in which place an entry stands
    put(row, field.attname, other(field, getattr(row, field.attname), chance))
    return f"edit {model.__name__}.{field.name}"


def remove(chance):
    """Take one row away, often the last one, and nothing with it."""
    model = chance.choice(sorted(BODIES | CHAIN | {Turn}, key=lambda m: m.__name__))
    rows = list(rows_of(model))
    row = chance.choice((rows[-1], chance.choice(rows)))
    model._base_manager.filter(pk=row.pk)._raw_delete("default")
    return f"remove {model.__name__}"


def add(chance):
    """Add a row that looks like one there is."""
    model = chance.choice(sorted(BODIES | CHAIN, key=lambda m: m.__name__))
    row = chance.choice(rows_of(model))
    if model is Review and not row.closed_at:
        return add(chance)  # what nobody has decided is a place in the queue
    for field in model._meta.concrete_fields:
        if field.unique or field.name in ("reason", "client_id", "subject"):
            setattr(row, field.attname, other(field, getattr(row, field.attname), chance))
    row.pk = {LedgerSeal: 999, LedgerEntry: 999}.get(model, row.pk)
    row._state.adding = True
    models.Model.save_base(row, force_insert=True)
    return f"add {model.__name__}"


def copy(chance):
    """Repeat an entry as it is, so that an older state seems the newest; or claim an erasure."""
    entry = chance.choice(LedgerEntry.objects.all())
    entry.pk = None
    if chance.random() < 0.5:
        entry.kind, entry.mark = "erasure", chance.choice(("", entry.mark, "0" * 64))
        entry.form = chance.choice((1, 2))
        entry.subject = chance.choice((Reply.objects.first().receipt, "action 1"))
    entry.save(force_insert=True)
    return "copy"


def swap(chance):
    """Exchange a column of two rows."""
    model = chance.choice(sorted(BODIES | CHAIN, key=lambda m: m.__name__))
    field = chance.choice([f for f in vouched(model) if not f.unique] or [None])
    rows = list(rows_of(model))
    one, two = chance.sample(rows, 2) if len(rows) > 1 else (rows[0], rows[0])
    if field is None or getattr(one, field.attname) == getattr(two, field.attname):
        return swap(chance)
    put(one, field.attname, getattr(two, field.attname))
    put(two, field.attname, getattr(one, field.attname))
    return f"swap {model.__name__}.{field.name}"


def cut(chance):
    """Cut the tail off: seals, entries, checkpoints, or several of them as they belong together."""
    points = list(LedgerCheckpoint.objects.order_by("count"))
    level = chance.choice(("seals", "checkpoints", "entries", "both", "all"))
    # Without the last batch alone the record is what it was before that was sealed: nothing is lost.
    keep = points[chance.randrange(len(points) - (2 if level == "both" else 1))].count
    if level in ("entries", "all"):
        sealed = LedgerSeal.objects.filter(position__gt=keep).values("entry")
        LedgerEntry.objects.filter(pk__in=sealed)._raw_delete("default")
    if level in ("seals", "both", "all"):
        LedgerSeal.objects.filter(position__gt=keep)._raw_delete("default")
    if level in ("checkpoints", "both", "all"):
        LedgerCheckpoint.objects.filter(count__gt=keep)._raw_delete("default")
    return f"cut {level}"


DEEDS = (edit, remove, add, copy, swap, cut)


class Undo(Exception):
    pass


def missed(deed, chance):
    """What was done and not found; empty when it was, None when the database would not have it."""
    try:
        with transaction.atomic():
            done = deed(chance)
            found = ledger.verify().fault
            raise Undo
    except IntegrityError:
        return None
    except Undo:
        return "" if found else done


def test_random_mutations_are_all_found(record):
    chance = random.Random(2026)
    tried = (missed(DEEDS[n % len(DEEDS)], chance) for n in itertools.count())
    done = list(itertools.islice((deed for deed in tried if deed is not None), MUTATIONS))
    assert [deed for deed in done if deed] == []
    assert ledger.verify().fault == ""


def test_no_entry_can_be_left_out_whether_sealed_or_not(record):
    last = Reply.objects.get(turn__text="last message")
    last.text = last.salt = ""
    last.save()
    ledger.record_erasure(last)
    for entry in LedgerEntry.objects.all():

        def leave_out(chance, entry=entry):
            LedgerEntry.objects.filter(pk=entry.pk)._raw_delete("default")
            return f"{entry.kind} {entry.subject}"

        assert not missed(leave_out, None)


@pytest.mark.parametrize("model", sorted(BODIES | CHAIN | {Turn}, key=lambda m: m.__name__))
def test_every_column_that_is_vouched_for_betrays_a_change(record, model):
    for field in vouched(model):
        row = rows_of(model).first()

        def change(chance, row=row, field=field):
            put(row, field.attname, other(field, getattr(row, field.attname), chance))
            return field.name

        assert not missed(change, random.Random(1))


def test_what_is_not_vouched_for_may_change(record):
    for model in BODIES | {Turn}:
        for name in UNVOUCHED.get(model._meta.model_name, set()) - {"id"}:
            row, field = rows_of(model).first(), model._meta.get_field(name)
            value = (
                None if field.null else other(field, getattr(row, field.attname), random.Random(1))
            )
            put(row, field.attname, value)
    assert ledger.verify().fault == ""


def nothing(chance):
    """Write a row back as it is."""
    model = chance.choice(sorted(BODIES | CHAIN | {Turn}, key=lambda m: m.__name__))
    row, field = chance.choice(rows_of(model)), chance.choice(model._meta.concrete_fields)
    put(row, field.attname, getattr(row, field.attname))
    return f"nothing {model.__name__}.{field.name}"


def test_a_mutation_that_changes_nothing_is_not_reported(record):
    chance = random.Random(2026)
    assert all(missed(nothing, chance) for _n in range(MUTATIONS // 4))
