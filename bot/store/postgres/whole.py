"""Tells whether every value of every row on a server can be trusted, and takes out what nobody can read.

The server watches over its own pages. What it cannot know is whether a sealed text opens, so each one is opened.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError

from bot.store.batch import Tx
from bot.store.crypto import vault_of
from bot.store.postgres.raw import driver
from bot.store.tables import METADATA, communities, community_keys
from bot.store.whole import SPOILT, check_rows

TOGETHER = 500
"""Rows that are read at a time."""

_SPOILT = (*SPOILT, psycopg.Error, DBAPIError)

log = structlog.get_logger()


def damage(tx: Tx) -> str | None:
    """Tell which table holds a row that cannot be trusted, or is missing; None when all is well."""
    there = set(tx.execute(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).scalars())
    missing = sorted({table.name for table in METADATA.sorted_tables} - there)
    if missing:
        return f"the table {missing[0]} is missing"
    raw = driver(tx)
    raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    try:
        for table in METADATA.sorted_tables:
            try:
                for rows in _batches(tx, table):
                    check_rows(tx, table, rows)
            except _SPOILT:
                return f"a row of {table.name} is damaged"
    finally:
        raw.execute("ROLLBACK")
    return None


def mend(tx: Tx) -> Counter[str]:
    """Take out every row that nobody can read, and what belongs to it; tells how many of which tables.

    A community whose key is damaged goes whole, because nothing of it can be read. Call in a transaction.
    """
    gone = Counter[str]()
    for table in sorted(METADATA.sorted_tables, key=lambda other: other is not community_keys):
        for rows in _batches(tx, table):
            for row in rows:
                try:
                    check_rows(tx, table, [row])
                except _SPOILT:
                    gone[table.name] += tx.execute(table.delete().where(_is(table, row))).rowcount
        if table is community_keys and gone[table.name]:
            has_key = sa.select(community_keys.c.community_id)
            tx.execute(communities.delete().where(communities.c.id.not_in(has_key)))
    vault_of(tx).forget()
    log.warning("database mended", rows_taken_out=dict(gone))
    return +gone


def _is(table: sa.Table, row: Any) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == getattr(row, column.name) for column in table.primary_key.columns))


def _batches(tx: Tx, table: sa.Table) -> Iterator[Any]:
    """Read a table from its first row to its last, by its key."""
    key = list(table.primary_key.columns)
    in_order = sa.select(table).order_by(*key).limit(TOGETHER)
    rows: Sequence[Any] = tx.execute(in_order).all()
    while rows:
        yield rows
        last = sa.tuple_(*(sa.literal(getattr(rows[-1], column.name), column.type) for column in key))
        rows = tx.execute(in_order.where(sa.tuple_(*key) > last)).all() if len(rows) == TOGETHER else []
