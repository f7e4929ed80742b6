"""What an operator wants to know of a server: its version, how large the database is, and who is connected."""

from dataclasses import dataclass

from bot.store.batch import Tx
from bot.store.postgres.raw import driver

_ASKED = """
SELECT pg_database_size(current_database()), current_setting('max_connections')::int,
       (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
       extract(epoch FROM clock_timestamp())
"""


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """A server as it is now; `clock` is its time in seconds since 1970."""

    version: str
    size: int
    most_connections: int
    connections: int
    clock: float


def facts_of(tx: Tx) -> ServerFacts:
    """Ask a server about itself."""
    raw = driver(tx)
    row = raw.execute(_ASKED).fetchone()
    assert row is not None  # noqa: S101 - a query of one row
    size, most, connections, clock = row
    version = raw.info.server_version
    return ServerFacts(
        f"{version // 10_000}.{version % 10_000}",
        int(str(size)),
        int(str(most)),
        int(str(connections)),
        float(str(clock)),
    )
