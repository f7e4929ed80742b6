"""The connection below SQLAlchemy."""

from bot.store.batch import Tx
from bot.store.postgres.pipeline import ServerConnection


def driver(tx: Tx) -> ServerConnection:
    """Give the connection below SQLAlchemy."""
    raw = tx.connection.dbapi_connection
    if not isinstance(raw, ServerConnection):
        raise TypeError("This connection is PostgreSQL's own.")
    return raw
