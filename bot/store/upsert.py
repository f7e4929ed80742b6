"""Inserts that give way to what is there; each database spells them its own way, and only this file knows how."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert


def insert_if_new(table: sa.Table) -> Any:
    """Make an insert that changes nothing when the row is there already."""
    return insert(table).on_conflict_do_nothing()


def insert_or_replace(table: sa.Table, *changed: str) -> Any:
    """Make an insert that changes some columns of the row with the same primary key, when there is one."""
    statement = insert(table)
    values = {name: statement.excluded[name] for name in changed}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=values)
