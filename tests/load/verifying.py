"""How fast the record is verified, beside a bare HMAC loop over the same rows.

    .venv/bin/python -m tests.load.verifying [REPLIES]

The bare loop reads every seal with its entry and every row that the record vouches for, straight
from the database, and makes one HMAC of each: what any chain of so many rows costs, before it finds
out anything. Exit 1 where verifying runs at less than 0.3 of its speed.
"""

from __future__ import annotations

import hmac
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from typing import Any

REPLIES, LEAST, ROUNDS = 5000, 0.3, 5
TEXT = "The Kestrel Rain Shell is $189.00, and M in slate is in stock: 7 are left. "


def build(replies: int) -> None:
    """So many replies on record, as the road records them, in batches of 50."""
    from django.db import transaction
    from django.utils import timezone

    from chatbot import ledger
    from chatbot.models import Reply
    from tests.chatbot import histories

    fact = {"source": "variant:NL-KRS-M-SLA", "version": "7f", "values": {"price": "$189.00"}}
    claim = {"text": "$189.00", "kind": "money", "verdict": "supported", "fact": fact["source"]}
    for _batch in range(replies // 50):
        with transaction.atomic():
            chat = histories.begin()
            for number in range(1, 51):
                turn = chat.turns.create(number=number, client_id=uuid.uuid4(), text=TEXT)
                reply = Reply.objects.create(
                    turn=turn, text=TEXT * 2, draft=TEXT * 2, facts=[fact] * 4, claims=[claim] * 3,
                    acts=[{"name": "price.one", "facts": [fact]}], outcome="answered",
                    engine="bundled", completed_at=timezone.now(),
                )  # fmt: skip
                ledger.record_reply(reply)
        ledger.seal()


def bare() -> None:
    """One HMAC of each row of the record and of each row it vouches for."""
    from django.conf import settings
    from django.db import connection

    from chatbot.ledger.bodies import KINDS
    from chatbot.ledger.chain import COLUMNS
    from chatbot.models import LedgerSeal

    seals: Any = LedgerSeal.objects.order_by("position").values_list(*COLUMNS)
    rows = [kind.model._base_manager.values_list(*kind.all_columns) for kind in KINDS.values()]
    key, mac = settings.LEDGER_KEY.encode(), b""
    with connection.cursor() as cursor:
        for query in (seals, *rows):
            cursor.execute(*query.query.sql_with_params())
            for row in cursor:
                mac = hmac.digest(key, mac + repr(row).encode(), "sha256")


def verified() -> None:
    from chatbot import ledger

    assert ledger.verify().fault == ""


def seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main(replies: int) -> int:
    """Tell both times, the better of several rounds side by side."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    build(replies)
    rounds = [(seconds(bare), seconds(verified)) for _round in range(ROUNDS)]
    plain, ours = (min(times) for times in zip(*rounds, strict=True))
    sys.stdout.write(
        f"{replies:,} replies: bare HMAC loop {plain:.2f} s, verify_ledger {ours:.2f} s, "
        f"{plain / ours:.2f} of its speed (at least {LEAST} is wanted)\n"
    )
    return int(plain / ours < LEAST)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/record.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
        os.environ.setdefault("DEBUG", "on")
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else REPLIES))
