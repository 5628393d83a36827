"""The files below the tables: what SQLite leaves of erased words there.

`secure_delete` (see the settings) overwrites them in the database file. Their older pages stand in
the write-ahead log until it is written back and cut off; that waits for whoever still reads them.
"""

from __future__ import annotations

import logging

from django.db import connection

logger = logging.getLogger(__name__)

PATIENCE_MS = 1000  # a reader may take; nobody can write meanwhile
_left = True  # words may be in the log: at the start from a process that died


def scrub() -> None:
    """Write the log back and cut it off; outside any transaction. Where readers are in the way,
    `scrub_left` does it later. PostgreSQL does so by itself, in its own time (see README)."""
    global _left
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        _left = bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {usual}")


def scrub_left() -> None:
    """Scrub again where it could not be done, or nobody knows."""
    if _left:
        scrub()
