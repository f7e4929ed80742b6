"""The present by the database's own clock, which is one for all processes that share it, whatever their machines say."""

from datetime import datetime

import sqlalchemy as sa

from bot.store.batch import Tx
from bot.store.types import Instant

_SERVER = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
_FILE = "CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER)"
_ASKED = {
    name: sa.select(sa.literal_column(words, Instant()).label("now"))
    for name, words in (("postgresql", _SERVER), ("sqlite", _FILE))
}


def present(tx: Tx) -> datetime:
    """Read the database's clock; once for each decision."""
    return tx.execute(_ASKED[tx.dialect.name]).scalar_one()
