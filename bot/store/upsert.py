"""Inserts that give way to what is there; SQLite and PostgreSQL spell them alike, and only this file knows how."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa


class _GivingWay(sa.Insert):
    """An insert with words at its end that say what becomes of a row that is there already."""

    inherit_cache = True

    def __init__(self, table: sa.Table, words: str) -> None:
        super().__init__(table)
        self._post_values_clause = sa.text(words)


def insert_if_new(table: sa.Table) -> Any:
    """Make an insert that changes nothing when the row is there already."""
    return _GivingWay(table, "ON CONFLICT DO NOTHING")


def insert_or_replace(table: sa.Table, *changed: str) -> Any:
    """Make an insert that changes some columns of the row with the same primary key, when there is one."""
    same = _quoted(column.name for column in table.primary_key.columns)
    values = ", ".join(f"{name} = excluded.{name}" for name in map(_quote, changed))
    return _GivingWay(table, f"ON CONFLICT ({same}) DO UPDATE SET {values}")


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(_quote, names))


def _quote(name: str) -> str:
    return f'"{name}"'
