"""The connection below SQLAlchemy."""

from typing import Any

import psycopg

from bot.store.batch import Tx


def driver(tx: Tx) -> psycopg.Connection[tuple[Any, ...]]:
    """Give the connection below SQLAlchemy."""
    raw = tx.connection.dbapi_connection
    if not isinstance(raw, psycopg.Connection):
        raise TypeError("This road is PostgreSQL's own.")
    return raw
