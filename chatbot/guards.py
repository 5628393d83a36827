"""Triggers that keep the ledger append-only: the database itself refuses to change or delete."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("chatbot_ledgerentry", "chatbot_ledgerseal", "chatbot_ledgercheckpoint")
REFUSAL = "The ledger only grows; this row cannot be changed or deleted."
FUNCTION = (
    "CREATE OR REPLACE FUNCTION chatbot_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger; those that exist are created anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name, table, deed in _wanted(connection.vendor):
            cursor.execute(_statement(connection.vendor, name, table, deed))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop every trigger: for tests and for moving the tables, nothing else."""
    with connection.cursor() as cursor:
        for name, table, _deed in _wanted(connection.vendor):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that ought to stand and do not."""
    catalogue = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        there = {row[0] for row in cursor.fetchall()}
    return [name for name, _table, _deed in _wanted(connection.vendor) if name not in there]


def _wanted(vendor: str) -> list[tuple[str, str, str]]:
    """(trigger, table, deed it refuses)."""
    deeds = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return [(f"{table}_no_{deed}", table, deed) for table in TABLES for deed in deeds]


def _statement(vendor: str, name: str, table: str, deed: str) -> str:
    if vendor == "postgresql":
        each = "STATEMENT" if deed == "truncate" else "ROW"
        return (
            f"CREATE TRIGGER {name} BEFORE {deed.upper()} ON {table} FOR EACH {each} "
            "EXECUTE FUNCTION chatbot_ledger_refuse()"
        )
    return (
        f"CREATE TRIGGER {name} BEFORE {deed.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
