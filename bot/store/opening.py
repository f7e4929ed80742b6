"""What is checked before a database is used: that it is whole, not newer than the program, and fits the key ring."""

import sqlite3
from pathlib import Path

from bot.store import communities, migrate
from bot.store.batch import Tx, driver, translated
from bot.store.crypto import check_ring, remember_ring
from bot.store.errors import Busy, Corrupt, Damaged, InUse, NotSaved, StartError
from bot.store.keyring import KeyRing

QUICKLY_CHECKED = 32 * 1024 * 1024
"""Bytes up to which the whole file is checked at each start; it takes a tenth of a second."""


def prepare(tx: Tx, path: Path, ring: KeyRing) -> None:
    """Check the file, then bring its schema up to date; a file that is refused is left untouched.

    Raises:
        Damaged: the file is not whole.
        NewerSchema: a newer version has written it.
        WrongKey: the key ring does not open it.
    """
    raw = driver(tx)
    found = migrate.revision(raw)
    if found is not None:
        _check_whole(raw, path)
        check_ring(tx, ring)
    if found != migrate.HEAD:
        migrate.bring_up(tx, path, found)
    raw.execute("BEGIN IMMEDIATE")
    remember_ring(tx, ring)
    sealed = communities.seal_plain(tx)
    raw.execute("COMMIT")
    if sealed:
        # What was plain text must not stay, in a free page or in the journal.
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _check_whole(raw: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size > QUICKLY_CHECKED:
        return
    (verdict,) = raw.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise Damaged(f"The database file {path} is damaged. Restore the last backup.")


def refusal(error: BaseException, path: Path) -> BaseException:
    """Name a fault at the start in words for the operator; other faults stay what they are."""
    named = translated(error, writing=True)
    if isinstance(named, StartError):
        return named
    if isinstance(named, Corrupt):
        return Damaged(f"The file {path} is damaged, or is not a database of Hello Circle. Restore the last backup.")
    if isinstance(named, Busy):
        return InUse(f"Another program holds the database file {path}. Close it first.")
    if isinstance(named, NotSaved):
        return StartError(f"The database file {path} cannot be written. Look for a full disk or missing rights.")
    return named
