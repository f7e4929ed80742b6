"""A database on a server as a SQLite file, and back: so a backup is one kind of file, whatever it is a backup of."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from sqlalchemy.exc import SQLAlchemyError

from bot.store import migrate, processes
from bot.store.address import server_url, shown
from bot.store.batch import Tx, driver as file_driver
from bot.store.crypto import Vault
from bot.store.errors import InUse, StartError
from bot.store.keyring import KeyRing
from bot.store.postgres.dialect import engine_of
from bot.store.postgres.faults import refusal
from bot.store.postgres.raw import driver
from bot.store.postgres.rows import count_on, put_in_file, put_on_server, rows_of_file, rows_of_server, shapes
from bot.store.postgres.schema import schema_of, turn
from bot.store.postgres.worker import ConnectionWorker, pipeline_of
from bot.store.present import present
from bot.store.sqlite import WRITER, connect, keep_private, read_only

T = TypeVar("T")

LEAVING = 2.0
"""Seconds for which a server may still show a process that has ended."""
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name = 'hello-circle' AND pid <> pg_backend_pid()"
)


@contextmanager
def connected(url: str, ring: KeyRing | None = None) -> Generator[Tx]:
    """Connect to a server beside whoever uses the database, to look or to carry rows.

    Raises:
        StartError: the server cannot be reached, or does not do what it was asked.
    """
    vault = None if ring is None else Vault(ring)
    worker = ConnectionWorker(engine_of(server_url(url), connect_timeout=5), vault)
    try:
        yield worker.open()
    except (psycopg.Error, SQLAlchemyError) as error:
        raise refusal(error, shown(url)) from error
    finally:
        worker.close()


def in_use(tx: Tx) -> bool:
    """Tell whether another process of this program has the database open.

    Each names its connections. Behind a pooler these are nobody's own, and stay when it ended; there a bot is known by
    what it says every two seconds.
    """
    return bots_run(tx) or (pipeline_of(tx).prepares and _others_stay(tx))


def _others_stay(tx: Tx) -> bool:
    """Tell whether another process is connected, and not only just ended: a server lets go of it a moment later."""
    ends = monotonic() + LEAVING
    while (driver(tx).execute(_OTHERS).fetchone() or (0,))[0]:
        if monotonic() > ends:
            return True
        sleep(LEAVING / 20)
    return False


def bots_run(tx: Tx) -> bool:
    """Tell whether a bot has said lately that it is there."""
    (table,) = driver(tx).execute("SELECT to_regclass('processes')").fetchone() or (None,)
    if table is None:
        return False
    now = present(tx)
    return any(process.is_alive(now) for process in processes.listed(tx))


def begun(url: str) -> bool:
    """Tell whether a database has our tables; another process may not have it open.

    Raises:
        InUse: a bot is connected.
        StartError: the server cannot be reached.
    """
    with connected(url) as tx:
        check_free(tx, url)
        return schema_of(tx) is not None


def check_free(tx: Tx, url: str) -> None:
    """Refuse a database that another process has open.

    Raises:
        InUse: a bot is connected.
    """
    if in_use(tx):
        raise InUse("A bot has the database {database} open. Stop every bot on it first.", database=shown(url))


def empty_file(file: Path, revision: str) -> None:
    """Make a new file with the empty tables of a schema."""
    keep_private(file)
    tx = connect(file, WRITER)
    raw = file_driver(tx)
    try:
        raw.execute("BEGIN IMMEDIATE")
        migrate.run(tx, revision)
        raw.execute("COMMIT")
        raw.execute("PRAGMA journal_mode=DELETE")
    finally:
        tx.close()
        tx.engine.dispose()


def to_file(url: str, file: Path) -> None:
    """Write everything that a server keeps into a new file, as it is at one instant; whoever uses it goes on.

    Raises:
        StartError: the server cannot be reached, or the database is empty or of a newer version.
    """
    with connected(url) as tx:
        raw = driver(tx)
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        revision = migrate.checked(schema_of(tx))
        if revision is None:
            raise StartError("The database {database} is empty.", database=shown(url))
        empty_file(file, revision)
        with closing(filled(file)) as target:
            target.execute("BEGIN")
            for shape in shapes(target):
                put_in_file(target, shape, rows_of_server(raw, shape))
            target.execute("COMMIT")
        raw.execute("ROLLBACK")


def filled(file: Path) -> sqlite3.Connection:
    """Connect to a file that is being filled; rows may come before those that they belong to."""
    return sqlite3.connect(file, isolation_level=None)


def from_file(url: str, file: Path, ring: KeyRing, revision: str, finish: Callable[[Tx], T]) -> T:
    """Put what a file holds in the place of everything in a database, in one transaction; `finish` is done in it too.

    Raises:
        InUse: a bot has it open.
        StartError: the server cannot be reached, or cannot do it; then nothing was changed.
    """
    with connected(url, ring) as tx:
        check_free(tx, url)
        raw = driver(tx)
        with turn(tx), closing(read_only(file)) as source:
            drop_all(raw)
            migrate.run(tx, revision)
            tables = shapes(source)
            for shape in tables:
                put_on_server(raw, shape, rows_of_file(source, shape))
            count_on(raw, tables)
            if revision != migrate.HEAD:
                migrate.run(tx)
            return finish(tx)


def drop_all(raw: psycopg.Connection[Any]) -> None:
    """Drop every table of the database."""
    tables = raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
    if tables:
        names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in tables)
        raw.execute(sql.SQL("DROP TABLE {} CASCADE").format(names))
