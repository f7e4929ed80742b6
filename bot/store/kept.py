"""Small facts a platform keeps for itself, such as which commands Discord was told; nothing of a person."""

from typing import Any

import sqlalchemy as sa

from bot.store.batch import Tx
from bot.store.prepared import Prepared
from bot.store.tables import platform_facts as table
from bot.store.upsert import insert_or_replace

_find = Prepared(sa.select(table.c.value).where(table.c.name == sa.bindparam("fact")))
_put = Prepared(insert_or_replace(table, "value"), "name", "value")


def find(tx: Tx, name: str) -> dict[str, Any] | None:
    """Read a fact."""
    row = _find.first(tx, fact=name)
    return None if row is None else row.value


def put(tx: Tx, name: str, value: dict[str, Any]) -> None:
    """Keep a fact, instead of what was kept by this name before."""
    _put.send(tx, name=name, value=value)


def beginning(tx: Tx, prefix: str) -> dict[str, dict[str, Any]]:
    """Read the facts whose names begin alike."""
    alike = table.c.name.startswith(prefix, autoescape=True)
    return {row.name: row.value for row in tx.execute(sa.select(table).where(alike))}


def drop(tx: Tx, name: str) -> None:
    """Forget a fact."""
    tx.execute(table.delete().where(table.c.name == name))
