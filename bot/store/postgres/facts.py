"""What an operator wants to know of a server: its version, how large the database is, and who is connected."""

from dataclasses import dataclass

from bot.store.batch import Tx
from bot.store.postgres.raw import driver

_ASKED = """
SELECT pg_database_size(current_database()), current_setting('max_connections')::int, present.everybody,
       least(
           current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
               - coalesce(current_setting('reserved_connections', true), '0')::int - present.everybody,
           nullif(rolconnlimit, -1) - present.of_user,
           nullif(datconnlimit, -1) - present.here
       ),
       extract(epoch FROM clock_timestamp())
FROM (
    SELECT count(*) AS everybody, count(*) FILTER (WHERE usename = current_user) AS of_user,
           count(*) FILTER (WHERE datname = current_database()) AS here
    FROM pg_stat_activity
    -- What others' connections are for is hidden from most users, but not that they are there.
    WHERE datname IS NOT NULL AND usename IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'
) AS present, pg_roles, pg_database
WHERE rolname = current_user AND datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """A server as it is now; `clock` is its time in seconds since 1970.

    `room` is how many more connections it takes from this user to this database: each has a limit of its own.
    """

    version: str
    size: int
    most_connections: int
    connections: int
    room: int
    clock: float


def facts_of(tx: Tx) -> ServerFacts:
    """Ask a server about itself."""
    raw = driver(tx)
    row = raw.execute(_ASKED).fetchone()
    assert row is not None  # noqa: S101 - a query of one row
    size, most, connections, room, clock = row
    version = raw.info.server_version
    return ServerFacts(
        f"{version // 10_000}.{version % 10_000}",
        int(str(size)),
        int(str(most)),
        int(str(connections)),
        int(str(room)),
        float(str(clock)),
    )
