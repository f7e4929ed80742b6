"""Carries rows from one member to another, also of another community: every personal text is sealed anew there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from bot.domain.ids import Who
from bot.domain.sameness import same_person_key
from bot.store import room
from bot.store.batch import Tx
from bot.store.crypto import person_key, seal, unseal
from bot.store.tables import leads, link_moves
from bot.store.types import DateColumn, Instant, Private, Sealed, WeekKey

_OURS = Instant | DateColumn | WeekKey
"""Types whose values are plain only in the database."""
Row = Mapping[str, Any]
"""A row by its columns; `private` holds the opened texts."""


def owned(table: sa.Table, who: Who) -> tuple[sa.ColumnElement[bool], ...]:
    """Give the conditions that limit a statement to a member's rows."""
    return table.c.community_id == who.community, table.c.member_id == who.member


def rows(tx: Tx, table: sa.Table, who: Who, *which: sa.ColumnElement[bool]) -> list[Row]:
    """Read rows of a member, with their texts opened."""
    own = {"community": who.community, "member": who.member}
    return [_opened(tx, table, row) for row in tx.execute(_of_member(table).where(*which), own)]


@cache
def _of_member(table: sa.Table) -> sa.Select[Any]:
    of_member = (table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member"))
    return sa.select(table).where(*of_member)


def some(tx: Tx, table: sa.Table, who: Who, column: str, values: Sequence[Any]) -> list[Row]:
    """Read the rows of a member with one of some values."""
    return [row for batch in batches(values) for row in rows(tx, table, who, table.c[column].in_(batch))]


def set_each(tx: Tx, table: sa.Table, who: Who, column: str, values: Sequence[tuple[Any, Any]]) -> None:
    """Change one column of some rows of a member, each named by its id."""
    if values:
        one_row = (*owned(table, who), table.c.id == sa.bindparam("this"))
        changed = table.update().where(*one_row).values({column: sa.bindparam("new", type_=table.c[column].type)})
        tx.execute(changed, [{"this": row, "new": value} for row, value in values])


def put(tx: Tx, table: sa.Table, to: Who, rows: Iterable[Row]) -> None:
    """Insert rows as another member's."""
    sealed_rows = [sealed(tx, table, to, row) for row in rows]
    if sealed_rows:
        tx.execute(table.insert(), sealed_rows)
        room.unsure(tx, to)


def sealed(tx: Tx, table: sa.Table, to: Who, row: Row) -> dict[str, Any]:
    """Write a row as a member's own, its texts sealed for their community."""
    values: dict[str, Any] = {**row, "community_id": to.community, "member_id": to.member}
    texts = values.get("private")
    if texts is not None:
        values["private"] = seal(tx, table.name, to.community, _kind(table).identity(SimpleNamespace(**values)), texts)
    if table is leads and "person_key" not in values:
        person = same_person_key(text_of(texts, "name"), text_of(texts, "organisation"))
        values["person_key"] = person_key(tx, to.community, person)
    return values


def _kind(table: sa.Table) -> Private:
    """Give the type of a table's sealed column."""
    kind = table.c.private.type
    if not isinstance(kind, Private):
        raise TypeError(f"{table.name} keeps no sealed texts.")
    return kind


def text_of(texts: Mapping[str, str] | None, name: str) -> str:
    """Give one of the texts of a row; nothing when it was left empty."""
    return (texts or {}).get(name, "")


def written(table: sa.Table, row: Row) -> str:
    """Write a row as JSON."""
    bound = {column.name: _bound(column, row[column.name]) for column in table.c if column.name in row}
    return json.dumps(bound, ensure_ascii=False)


def read(table: sa.Table, text: str) -> Row:
    """Read a row that was written as JSON."""
    plain: dict[str, Any] = json.loads(text)
    return {column.name: _result(column, plain[column.name]) for column in table.c if column.name in plain}


def note(tx: Tx, side: Who, thing: str, moved: Iterable[tuple[str, Mapping[str, str] | None]]) -> None:
    """Store the ids of rows that were moved from a member, with the old row where the new one does not show it."""
    rows = [{"thing": thing, "id": row_id, "private": texts} for row_id, texts in moved]
    put(tx, link_moves, side, rows)


def noted(tx: Tx, side: Who, thing: str) -> dict[str, Mapping[str, str] | None]:
    """Read what was moved from a member."""
    return {row["id"]: row["private"] for row in rows(tx, link_moves, side, link_moves.c.thing == thing)}


def drop(tx: Tx, table: sa.Table, who: Who, column: str | None = None, values: Sequence[Any] = ()) -> None:
    """Delete rows of a member: all, or those with one of some values."""
    room.unsure(tx, who)
    if column is None:
        tx.execute(table.delete().where(*owned(table, who)))
        return
    for batch in batches(values):
        tx.execute(table.delete().where(*owned(table, who), table.c[column].in_(batch)))


def batches(values: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    """Cut a long list, because a statement takes only so many values."""
    return (values[start : start + size] for start in range(0, len(values), size))


def _opened(tx: Tx, table: sa.Table, row: sa.Row[Any]) -> Row:
    values: dict[str, Any] = dict(zip(table.c.keys(), row, strict=True))
    box = values.get("private")
    if isinstance(box, Sealed):
        values["private"] = unseal(tx, box, values["community_id"], _kind(table).identity(row))
    if table is leads:
        del values["person_key"]  # each community has a key of its own
    return values


def _bound(column: sa.Column[Any], value: Any) -> Any:
    kind = column.type
    return kind.process_bind_param(value, None) if isinstance(kind, _OURS) else value


def _result(column: sa.Column[Any], value: Any) -> Any:
    kind = column.type
    return kind.process_result_value(value, None) if isinstance(kind, _OURS) else value
