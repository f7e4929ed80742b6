"""Which schema a database on a server has, and the turn of whoever changes it."""

from collections.abc import Generator
from contextlib import contextmanager

import sqlalchemy as sa

from bot.store.batch import Tx
from bot.store.errors import NotOurs, StartError
from bot.store.postgres.raw import driver

OLDEST = 14
"""The oldest major version of PostgreSQL that is taken."""
_TABLES = sa.text("SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()")
_TURN = 0x48436972
"""The number of the lock that the one holds who brings a database up: "HCir", as in the mark of our files."""


@contextmanager
def turn(tx: Tx) -> Generator[None]:
    """Do something in a transaction while no other process that starts does the same."""
    raw = driver(tx)
    raw.execute("BEGIN")
    try:
        raw.execute("SELECT pg_advisory_xact_lock(%s)", (_TURN,))
        yield
    except BaseException:
        raw.execute("ROLLBACK")
        raise
    raw.execute("COMMIT")


def schema_of(tx: Tx) -> str | None:
    """Tell which revision stands in a database, known or not; None when it is empty."""
    if tx.execute(sa.text("SELECT to_regclass('alembic_version')")).scalar_one() is None:
        return None
    return tx.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def check_fit(tx: Tx) -> None:
    """Refuse a server that is too old, and a database that cannot keep the letters of every language.

    Raises:
        StartError: it is one.
    """
    info = driver(tx).info
    major, letters = info.server_version // 10_000, info.parameter_status("server_encoding")
    if major < OLDEST:
        raise StartError(
            "The server is PostgreSQL {major}. Hello Circle needs version {oldest} or newer.",
            major=major,
            oldest=OLDEST,
        )
    if letters != "UTF8":
        raise StartError(
            "This database keeps letters as {letters}, and not those of every language. "
            "Make one with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
            letters=letters,
        )


def check_ours(tx: Tx) -> None:
    """Refuse a database that another program uses; an empty one is fine.

    Raises:
        NotOurs: there are tables, and none of them says which schema of ours they are.
    """
    if schema_of(tx) is None and tx.execute(_TABLES).scalar_one():
        raise NotOurs(
            "Another program's tables are in this database, so I leave it as it is. "
            "Make an empty database, and name it in DATABASE_URL."
        )
