"""The databases' own full text: FTS5 of SQLite, tsvector of PostgreSQL. No extension is needed.

SQLite keeps a virtual table beside each table of words, PostgreSQL a generated column in it; both
follow every change of a row by themselves, whoever makes it.
"""
# ruff: noqa: S608 - what is put together here are names of this file; values are parameters

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from .words import forms, opening

COLUMNS = "title, about, body"
WEIGHTS = "8.0, 3.0, 1.0"  # of the columns, on SQLite
RANKS = "{0.1, 0.1, 0.4, 1.0}"  # of body, -, about, title, on PostgreSQL
Row = TypeVar("Row", bound=models.Model)
TABLES = {"storefront_producttext": "product_id", "storefront_passagetext": "id"}


def install(with_: BaseDatabaseWrapper) -> None:
    """Lay the full text on the tables of words."""
    lay = _sqlite if with_.vendor == "sqlite" else _postgresql
    with with_.cursor() as cursor:
        for table, key in TABLES.items():
            for statement in lay(table, key):
                cursor.execute(statement)


def remove(with_: BaseDatabaseWrapper) -> None:
    """Take it away again."""
    with with_.cursor() as cursor:
        for table in TABLES:
            if with_.vendor == "sqlite":
                for deed in ("insert", "delete", "update"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{deed}")
                cursor.execute(f"DROP TABLE IF EXISTS {table}_vocabulary")
                cursor.execute(f"DROP TABLE IF EXISTS {table}_words")
            else:
                cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS found")


def _sqlite(table: str, key: str) -> Iterable[str]:
    """https://www.sqlite.org/fts5.html#external_content_tables"""
    new, old = (", ".join(f"{row}.{c}" for c in COLUMNS.split(", ")) for row in ("new", "old"))
    forget = (
        f"INSERT INTO {table}_words({table}_words, rowid, {COLUMNS})"
        f" VALUES ('delete', old.{key}, {old});"
    )
    learn = f"INSERT INTO {table}_words(rowid, {COLUMNS}) VALUES (new.{key}, {new});"
    yield (
        f"CREATE VIRTUAL TABLE {table}_words USING fts5({COLUMNS}, content='{table}',"
        f" content_rowid='{key}', tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
    )
    yield f"CREATE VIRTUAL TABLE {table}_vocabulary USING fts5vocab('{table}_words', 'row')"
    yield f"CREATE TRIGGER {table}_insert AFTER INSERT ON {table} BEGIN {learn} END"
    yield f"CREATE TRIGGER {table}_delete AFTER DELETE ON {table} BEGIN {forget} END"
    yield f"CREATE TRIGGER {table}_update AFTER UPDATE ON {table} BEGIN {forget} {learn} END"


def _postgresql(table: str, _key: str) -> Iterable[str]:
    weighed = " || ".join(
        f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
        for column, weight in zip(COLUMNS.split(", "), "ABD", strict=True)
    )
    yield f"ALTER TABLE {table} ADD COLUMN found tsvector GENERATED ALWAYS AS ({weighed}) STORED"
    yield f"CREATE INDEX {table}_found ON {table} USING gin (found)"


def expression(words: Sequence[str], *, all_of_them: bool = True, typing: bool = False) -> str:
    """The words as the database asks for them; the last may still be being typed."""
    last = len(words) - 1
    parts = [_part(word, typing and n == last) for n, word in enumerate(words)]
    lite = connection.vendor == "sqlite"
    joint = (" AND " if lite else " & ") if all_of_them else (" OR " if lite else " | ")
    return joint.join(parts)


def _part(word: str, typing: bool) -> str:
    lite, start = connection.vendor == "sqlite", opening(word, typing)
    said = [f'"{form}"' if lite else f"'{form}'" for form in forms(word)]
    if start:
        said.append(f'"{start}" *' if lite else f"'{start}':*")
    return f"({(' OR ' if lite else ' | ').join(said)})"


def keys(model: type[models.Model], asked: str) -> RawSQL:
    """The keys of the rows that fit, for `pk__in`."""
    table = model._meta.db_table
    key = TABLES[table]
    if connection.vendor == "sqlite":
        sql = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"
    else:
        sql = f"SELECT {key} FROM {table} WHERE found @@ to_tsquery('simple', %s)"
    return RawSQL(sql, [asked])  # noqa: S611 - the value is a parameter


def ranked(
    rows: models.QuerySet[Row], model: type[models.Model], asked: str
) -> models.QuerySet[Row]:
    """Those of `rows` that fit, best first. Not for subqueries: it names the tables as they are
    called outside."""
    table, of = model._meta.db_table, rows.model._meta.db_table
    if connection.vendor == "sqlite":
        words = f"{table}_words"
        where = [f"{words}.rowid = {of}.id", f"{words} MATCH %s"]
        return rows.extra(  # noqa: S610 - likewise
            select={"fit": f"bm25({words}, {WEIGHTS})"}, tables=[words], where=where,
            params=[asked], order_by=["fit", f"{of}.id"],
        )  # fmt: skip
    rank = f"-ts_rank('{RANKS}', {table}.found, to_tsquery('simple', %s))"
    where = [f"{table}.{TABLES[table]} = {of}.id", f"{table}.found @@ to_tsquery('simple', %s)"]
    return rows.extra(  # noqa: S610 - likewise
        select={"fit": rank}, select_params=[asked], tables=[table][: table != of], where=where,
        params=[asked], order_by=["fit", f"{of}.id"],
    )  # fmt: skip


def vocabulary(model: type[models.Model]) -> list[tuple[str, int]]:
    """Every word there is, with how many rows have it."""
    table = model._meta.db_table
    sql = f"SELECT term, doc FROM {table}_vocabulary"
    if connection.vendor == "postgresql":
        sql = f"SELECT word, ndoc FROM ts_stat('SELECT found FROM {table}')"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
