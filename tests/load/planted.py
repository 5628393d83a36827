"""A long history in a moment: rows copied inside the database, from one that the models make.

Every column that is not named here has the value that a new row of its model has, so that whatever a
model is given later is planted as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from chatbot.models import (
    Action,
    Conversation,
    Feedback,
    Frame,
    LedgerEntry,
    LedgerSeal,
    Reply,
    Review,
    ToldClaim,
    Turn,
)
from storefront.models import User

SPAN = timedelta(days=180)
READING = {"intents": ["product_question"], "products": ["kestrel-rain-shell"], "order": ""}
CLAIM = {"text": "$189.00", "kind": "money", "verdict": "held", "fact": "", "shown": False}
TEXT = "The Kestrel Rain Shell is $189.00, and M in slate is in stock: 7 are left. "
OUTCOME = (
    "CASE i %% 12 WHEN 0 THEN 'clarified' WHEN 1 THEN 'declined' WHEN 2 THEN 'action_offered'"
    " ELSE 'answered' END"
)
PAGE = "CASE i %% 100 WHEN 0 THEN 'product:kestrel-rain-shell' ELSE 'article:returns' END"
Columns = Mapping[str, str]  # column -> SQL of `i`, the number of the row from 1
Rows = tuple[Any, int, Any, Columns]  # model, how many, one of them, what differs
DIALECTS = {
    "sqlite": {
        "uuid": "printf('%%032x', {})",
        "hex": "printf('%%064x', {})",
        "receipt": "printf('CF-%%012d', {})",
        "ago": "strftime('%%Y-%%m-%%d %%H:%%M:%%f000', {now} - {seconds}, 'unixepoch')",
        "email": "printf('shopper-%%d@example.com', {})",
        "json": "{}",
    },
    "postgresql": {
        "uuid": "lpad(to_hex({}), 32, '0')::uuid",
        "hex": "lpad(to_hex({}), 64, '0')",
        "receipt": "'CF-' || lpad(({})::text, 12, '0')",
        "ago": "to_timestamp({now} - {seconds})",
        "email": "'shopper-' || ({})::text || '@example.com'",
        "json": "({})::jsonb",
    },
}


def receipt(number: int) -> str:
    """The receipt of the reply with this number."""
    return f"CF-{number:012}"


def email(number: int) -> str:
    """The address of the shopper with this number."""
    return f"shopper-{number}@example.com"


def plant(replies: int, tell: Callable[[str], object] = str) -> None:
    """So many replies over half a year, with all that belongs to them; into empty tables."""
    models = []
    for model, number, template, columns in chain(_said(replies), _kept(replies)):
        _copy(model, number, template, columns)
        models.append(model)
        tell(f"{number:,} {model._meta.verbose_name_plural}")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _said(replies: int) -> Iterator[Rows]:
    """What shoppers and the assistant said."""
    chats = (replies * 2 - 1) // 5 + 1
    people = max(1, chats // 20)
    yield User, people, User(), {"email": _sql("email", "i")}
    yield Conversation, chats, Conversation(), {
        "id": _sql("uuid", "i"), "owner": _sql("hex", "i"), "created_at": _ago(chats),
        "shopper_id": f"CASE WHEN i %% 4 = 0 THEN {_first_person()} + i %% {people} END",
    }  # fmt: skip
    yield Turn, replies, Turn(text="How much is the Kestrel Rain Shell in slate?", state="done"), {
        "conversation_id": _chat("i"), "number": "i", "client_id": _sql("uuid", "i"),
        "created_at": _ago(replies),
    }  # fmt: skip
    yield Reply, replies, Reply(text=TEXT * 3, draft=TEXT * 3, reading=READING, total_ms=2000), {
        "turn_id": "i", "receipt": _sql("receipt", "i"), "outcome": OUTCOME,
        "claims": _sql("json", f"CASE WHEN i %% 40 = 0 THEN '[{json.dumps(CLAIM)}]' ELSE '[]' END"),
        "engine": f"CASE WHEN i * 2 > {replies} THEN 'bundled' ELSE 'endpoint' END",
        "first_ms": "200 + (i %% 1000) * 7919 %% 3000",
        "opened_at": _ago(replies), "completed_at": _ago(replies),
    }  # fmt: skip
    few = max(1, replies // 100)
    said = Frame(body={"type": "said", "text": TEXT})
    yield Frame, few, said, {"conversation_id": _chat("(i * 50)"), "seq": "i"}


def _kept(replies: int) -> Iterator[Rows]:
    """What came of it: thumbs, reviews, the record."""
    rated, judged = max(1, replies // 10), max(1, replies // 20)
    yield Feedback, rated, Feedback(), {
        "reply_id": "i * 10", "helpful": "i %% 5 > 0", "created_at": _ago(rated),
    }  # fmt: skip
    yield Action, judged, Action(kind="return", order="#1001", expires_at=timezone.now()), {
        "id": _sql("uuid", "i"), "turn_id": "i * 20", "created_at": _ago(judged),
        "state": "CASE WHEN i %% 100 = 0 THEN 'waiting' ELSE 'done' END",
    }  # fmt: skip
    yield ToldClaim, replies, ToldClaim(kind="money", text="$189.00", sentence=TEXT, amount=18900), {
        "reply_id": "i", "conversation_id": _chat("i"), "told_at": _ago(replies),
        "page": PAGE, "source": PAGE,
    }  # fmt: skip
    open_ = f"i * 50 > {judged} * 49"
    yield Review, judged, Review(reason="sample"), {
        "reply_id": "i * 20", "state": f"CASE WHEN {open_} THEN 'open' ELSE 'closed' END",
        "verdict": f"CASE WHEN {open_} THEN '' ELSE 'approved' END", "created_at": _ago(judged),
        "closed_at": f"CASE WHEN {open_} THEN NULL ELSE {_ago(judged)} END",
    }  # fmt: skip
    yield LedgerEntry, replies, LedgerEntry(kind="reply"), {
        "subject": _sql("receipt", "i"), "digest": _sql("hex", "i"), "created_at": _ago(replies),
    }  # fmt: skip
    yield LedgerSeal, replies, LedgerSeal(), {
        "position": "i", "entry_id": "i", "mac": _sql("hex", "i"),
    }  # fmt: skip


def _copy(model: Any, number: int, template: Any, columns: Columns) -> None:
    """So many rows of a model, numbered from 1 where the model numbers its rows."""
    if model._meta.auto_field and model is not User:
        columns = {"id": "i", **columns}
    names, values, given = [], [], []
    for field in model._meta.concrete_fields:
        if field.column not in columns and field is model._meta.auto_field:
            continue
        names.append(connection.ops.quote_name(field.column))
        values.append(columns.get(field.column, "%s"))
        if field.column not in columns:
            given.append(field.get_db_prep_save(field.pre_save(template, True), connection))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(names)})"
            f" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number})"
            f" SELECT {', '.join(values)} FROM n",
            given,
        )


def _sql(kind: str, of: str) -> str:
    return DIALECTS[connection.vendor][kind].format(of)


def _ago(number: int) -> str:
    """When row `i` of so many came: the last one just now."""
    seconds = f"{SPAN.total_seconds():.0f} * (1.0 - i * 1.0 / {max(1, number)})"
    now = f"{timezone.now().timestamp():.3f}"
    return DIALECTS[connection.vendor]["ago"].format(now=now, seconds=seconds)


def _chat(number: str) -> str:
    """The conversation of a reply: five replies in two."""
    return _sql("uuid", f"({number} - 1) * 2 / 5 + 1")


def _first_person() -> int:
    return User.objects.values_list("pk", flat=True).get(email=email(1))
