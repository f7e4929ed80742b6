"""A real PostgreSQL server to measure on, as durable as one in service, which counts what it is asked."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from tests.support import postgres

COUNTED = ("shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=top", "shared_buffers=256MB")
_STATEMENTS = "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements(false)"
_UNDONE = "SELECT coalesce(sum(xact_rollback), 0) FROM pg_stat_database"
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Used:
    """What was used since some moment: statements, transactions undone, and seconds of processor time, here and there."""

    statements: int
    undone: int
    here: float
    there: float

    def since(self, before: "Used") -> "Used":
        """Tell what was used after an earlier moment."""
        return Used(
            self.statements - before.statements,
            self.undone - before.undone,
            self.here - before.here,
            self.there - before.there,
        )

    def words(self, works: int) -> str:
        """Write what one of so many works used."""
        times = f"{self.here / works * 1000:.2f} ms here, {self.there / works * 1000:.2f} ms on the server"
        return f"{self.statements / works:.1f} statements, {self.undone / works:.2f} undone, {times}"


@contextmanager
def running() -> Generator[None]:
    """Run a server on the disk while the block runs."""
    postgres.choose_place(on_disk=True)
    try:
        postgres.start(COUNTED)
        with postgres.connected() as server:
            server.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        yield
    finally:
        postgres.clear(postgres.place())
        Path(f"{postgres.place()}.lock").unlink(missing_ok=True)


def new_database(name: str) -> str:
    """Make an empty database; gives its URL."""
    postgres.start(COUNTED)
    postgres.create(name)
    return postgres.address(name)


def used() -> Used:
    """Tell what was used until now by this process, and by the server."""
    with postgres.connected() as server:
        (statements,) = server.execute(_STATEMENTS).fetchone() or (0,)
        (undone,) = server.execute(_UNDONE).fetchone() or (0,)
    return Used(int(statements), int(undone), process_time(), _server_time())


def _server_time() -> float:
    """Add up the seconds of the server's processes; those that ended are in the first one's account."""
    main = int((postgres.place() / "data" / "postmaster.pid").read_text().splitlines()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(stat.parent.name) == main:
            ticks += sum(int(field) for field in fields[11:15])
        elif int(fields[1]) == main:
            ticks += sum(int(field) for field in fields[11:13])
    return ticks / _TICK
