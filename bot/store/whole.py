"""Tells whether a whole database can be trusted: its pages, what belongs to what, and every value of every row.

SQLite sees damage to its own structure and to what an index holds too. It sees none in a text or number that no index
has, so each value is read as its column says, and each sealed text is opened: a changed byte of it is noticed.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.week import Week
from bot.store.batch import Tx, driver
from bot.store.crypto import unseal, vault_of
from bot.store.errors import Corrupt, WrongKey
from bot.store.prepared import Prepared
from bot.store.tables import METADATA, community_keys, installations
from bot.store.types import DateColumn, Instant, Private, Sealed, WeekKey

TOGETHER = 500
"""Rows that are read on one view of the database; between two such views the log can be moved into the file."""
STEPS = 50_000
"""Steps of SQLite's virtual machine between two looks whether to go on."""

_PLACE = sa.literal_column("rowid", sa.BigInteger)

SPOILT = (sqlite3.Error, Corrupt, WrongKey, ValueError, TypeError, OverflowError, ArithmeticError)
"""What reading a damaged row raises."""


class CheckStopped(Exception):
    """The check was stopped before it was done."""


def _statement(table: sa.Table) -> Prepared:
    return Prepared(
        sa.select(table, _PLACE.label("row_place"))
        .where(sa.bindparam("after", type_=sa.BigInteger) < _PLACE)
        .order_by(_PLACE)
        .limit(sa.bindparam("most"))
    )


_ROWS = {table.name: (table, _statement(table)) for table in METADATA.sorted_tables}


def structure_damage(tx: Tx, *, thorough: bool = True) -> str | None:
    """Tell what is wrong with the file's structure; None when nothing is. Not thorough leaves the indexes out."""
    raw = driver(tx)
    check = "integrity_check" if thorough else "quick_check"
    (verdict,) = raw.execute(f"PRAGMA {check}(1)").fetchone()
    if verdict != "ok":
        return "its pages are not whole"
    if thorough and (lost := raw.execute("PRAGMA foreign_key_check").fetchone()) is not None:
        return f"a row of {lost[0]} belongs to nothing"
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    missing = sorted(_ROWS.keys() - tables)
    return f"the table {missing[0]} is missing" if missing else None


def damage(tx: Tx, go_on: Callable[[], bool]) -> str | None:
    """Tell what is wrong with the file or any row in it; None when nothing is.

    Raises:
        GivenUp: it was not to go on.
    """
    raw = driver(tx)
    raw.set_progress_handler(lambda: not go_on(), STEPS)
    try:
        return structure_damage(tx) or _rows_damage(tx, go_on)
    except (sqlite3.Error, UnicodeDecodeError):
        if not go_on():
            raise CheckStopped from None
        return "its pages are not whole"
    finally:
        raw.set_progress_handler(None, 0)


def mend(tx: Tx) -> Counter[str]:
    """Take out every row that nobody can read, and what belongs to it; tells how many of which tables.

    A community whose key is damaged goes whole, because nothing of it can be read. Call in a transaction.
    """
    raw, gone = driver(tx), Counter[str]()
    for table, rows in sorted(_ROWS.values(), key=lambda entry: entry[0] is not community_keys):
        places = [place for (place,) in raw.execute(f"SELECT rowid FROM {table.name} NOT INDEXED")]  # noqa: S608 - our own
        for place in places:
            try:
                check_rows(tx, table, rows.all(tx, after=place - 1, most=1))
            except SPOILT:
                gone[table.name] += raw.execute(f"DELETE FROM {table.name} WHERE rowid = ?", (place,)).rowcount  # noqa: S608 - our own
        if table is community_keys and gone[table.name]:
            raw.execute("DELETE FROM communities WHERE id NOT IN (SELECT community_id FROM community_keys)")
    return +gone


def _rows_damage(tx: Tx, go_on: Callable[[], bool]) -> str | None:
    for table, rows in _ROWS.values():
        # A rowid has 64 bits and may be negative, so this is below the first.
        after = -(2**63)
        while True:
            if not go_on():
                raise CheckStopped
            try:
                batch = _read(tx, table, rows, after)
            except SPOILT:
                return f"a row of {table.name} is damaged"
            if len(batch) < TOGETHER:
                break
            after = batch[-1].row_place
    return None


def _read(tx: Tx, table: sa.Table, rows: Prepared, after: int) -> Any:
    """Read some rows on one view of the database, and every value in them."""
    raw = driver(tx)
    raw.execute("BEGIN")
    try:
        batch = rows.all(tx, after=after, most=TOGETHER)
        check_rows(tx, table, batch)
    finally:
        raw.execute("ROLLBACK")
    return batch


def check_rows(tx: Tx, table: sa.Table, rows: Any) -> None:
    """Read every value of some rows as its column says, and open each sealed text.

    Raises:
        Exception: one of `SPOILT`, when a value cannot be there.
    """
    for row in rows:
        for column in table.c:
            _check_value(tx, column, getattr(row, column.name), row)
        if table is community_keys:
            vault_of(tx).ring.unwrap(row.community_id, row.key_id, row.wrapped)
        elif table is installations:
            vault_of(tx).ring.unwrap(row.place, row.key_id, row.sealed, table.name)


_KINDS: tuple[tuple[type[Any], type[Any]], ...] = (
    (Instant, datetime),
    (DateColumn, date),
    (WeekKey, Week),
    (Private, Sealed),
    (sa.JSON, dict),
    (sa.Boolean, bool),
    (sa.LargeBinary, bytes),
    (sa.Integer, int),
    (sa.Text, str),
)
"""What a value is when it comes from a column of a type; the first that fits counts."""


def _check_value(tx: Tx, column: sa.Column[Any], value: Any, row: Any) -> None:
    if value is None and column.nullable:
        return
    kind = column.type
    wanted = next(python for declared, python in _KINDS if isinstance(kind, declared))
    if not isinstance(value, wanted) or (isinstance(value, str) and not value.isprintable()):
        message = f"{column} holds what cannot be there"
        raise ValueError(message)
    if isinstance(kind, Private) and isinstance(value, Sealed):
        community = row.id if column.table.name == "communities" else row.community_id
        unseal(tx, value, community, kind.identity(row))
    elif isinstance(value, Week):
        _ = value.monday  # raises for a week 53 that its year does not have
