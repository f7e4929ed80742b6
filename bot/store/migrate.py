"""Brings the schema up to date, all steps in one transaction; Alembic is imported only when needed.

A new file gets the tables as they are now, which a test holds equal to what all the steps make.
"""

import pkgutil
import sqlite3

from bot.store import kept
from bot.store.batch import Tx, driver
from bot.store.errors import NewerSchema
from bot.store.migrations import versions
from bot.store.tables import METADATA

KNOWN = tuple(sorted(module.name[1:5] for module in pkgutil.iter_modules(versions.__path__)))
"""Every revision in order, by the names of the files, such as r0001_circle; a test holds it equal to the migrations."""

HEAD = KNOWN[-1]
READABLE_FROM = "0024"
"""The oldest schema whose program can go on beside this one: every migration since then only added something.

A test looks through the migrations. One that takes away or changes something comes a version after nobody needs it any
more, and raises this. It is kept in the database, so that an older program knows whether it may start.
"""
_MARK = "schema:readable-from"


def revision(raw: sqlite3.Connection) -> str | None:
    """Tell which revision the database is at; None when it is empty.

    Raises:
        NewerSchema: a newer version of the program has written it.
    """
    return checked(written_revision(raw))


def checked(current: str | None) -> str | None:
    """Give a revision back that this version knows.

    Raises:
        NewerSchema: a newer version of the program has written it.
    """
    if current is not None and current not in KNOWN:
        raise NewerSchema(
            "This database has schema {schema}, which this version (schema {head}) does not know. "
            "Install the newer version again, or restore a backup.",
            schema=current,
            head=HEAD,
        )
    return current


def mark(tx: Tx) -> None:
    """Write down which older programs can go on with this schema; in a transaction that changes it."""
    kept.put(tx, _MARK, {"schema": READABLE_FROM})


def can_go_on(tx: Tx, current: str) -> bool:
    """Tell whether this program can work with a newer schema than its own, as the program that made it says."""
    readable_from = (kept.find(tx, _MARK) or {}).get("schema")
    return isinstance(readable_from, str) and current > HEAD >= readable_from


def written_revision(raw: sqlite3.Connection) -> str | None:
    """Tell which revision stands in the database, known or not; None when it is empty."""
    if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else row[0]


def bring_up(tx: Tx) -> None:
    """Make the tables of a new file, or run the migrations that are missing; what fails leaves the schema as it was."""
    raw = driver(tx)
    raw.execute("BEGIN IMMEDIATE")
    try:
        if raw.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            _make(tx)
        else:
            run(tx)
    except BaseException:
        raw.execute("ROLLBACK")
        raise
    raw.execute("COMMIT")


def _make(tx: Tx) -> None:
    """Make everything at once, as Alembic leaves it: the steps take a quarter of a second of whoever tries the bot."""
    METADATA.create_all(tx, checkfirst=False)
    raw = driver(tx)
    raw.execute(
        "CREATE TABLE alembic_version "
        "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    raw.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def run(tx: Tx, to: str = HEAD) -> None:
    """Run the migrations that are missing, in the transaction that is open."""
    from alembic import command  # noqa: PLC0415 - a start at the head must not pay for it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = tx
    command.upgrade(config, to)
