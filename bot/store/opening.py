"""What is checked before a database is used: that it is whole, not newer than the program, and fits the key ring."""

import shutil
import sqlite3
from itertools import count
from pathlib import Path
from shlex import quote

import structlog
from sqlalchemy.exc import DBAPIError

from bot.faults import recorded
from bot.store import communities, migrate
from bot.store.batch import Tx, driver, translated
from bot.store.belonging import mark
from bot.store.crypto import check_ring, remember_ring, vault_of
from bot.store.errors import Busy, Corrupt, Damaged, InUse, NotSaved, StartError
from bot.store.keyring import KeyRing
from bot.store.sqlite import keep_private
from bot.store.whole import damage, mend, structure_damage

ALL_ROWS_AT_START = 4 * 1024 * 1024
"""Bytes up to which every row is checked before the start; it takes a fifth of a second. Larger files: afterwards."""
PAGES_AT_START = 32 * 1024 * 1024
"""Bytes up to which the pages are checked before the start; it takes a tenth of a second."""

_LAST = "Without one, `hello-circle db mend` takes out the rows that nobody can read."

log = structlog.get_logger()


def prepare(tx: Tx, path: Path, ring: KeyRing, *, every_row: bool = False, mending: bool = False) -> bool:
    """Check the file, then bring its schema up to date; a file that is refused is left untouched.

    `mending` takes out what nobody can read, after a copy. Returns whether every row was checked; if not, it is to be
    done while the bot runs.

    Raises:
        Damaged: the file is not whole.
        NewerSchema: a newer version has written it.
        WrongKey: the key ring does not open it.
    """
    raw = driver(tx)
    found = migrate.revision(raw)
    if found is not None:
        check_ring(tx, ring)
    if found == migrate.HEAD:
        _check_pages(tx, path)
    elif found is not None:
        _check_old(raw, path)
    if found != migrate.HEAD:
        migrate.bring_up(tx, path, found)
    if mending and damage(tx, lambda: True) is not None:
        _mend(tx, path)
    checked = _check_rows(tx, path, always=every_row or mending)
    raw.execute("BEGIN IMMEDIATE")
    mark(raw)
    remember_ring(tx, ring)
    sealed = communities.seal_plain(tx)
    raw.execute("COMMIT")
    if sealed:
        # What was plain text must not stay, in a free page or in the journal.
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return checked


def damaged(path: Path, what: str) -> Damaged:
    """Say that a file is damaged, where its newest copy is, and how to put it back."""
    return Damaged(f"The database file {path} is damaged: {what}. {remedy(path)}")


def remedy(path: Path) -> str:
    """Name the newest copy beside a file, and the line that puts it back."""
    copies = sorted(path.parent.glob(f"{path.name}.before-*[0-9]"), key=lambda copy: copy.stat().st_mtime)
    if not copies:
        return f"No backup is beside it; put your own copy in its place, without the -wal file. {_LAST}"
    file, copy = quote(str(path)), quote(str(copies[-1]))
    aside = f"mv {file} {file}.damaged; mv {file}-wal {file}.damaged-wal"
    return f"The newest backup beside it is {copies[-1]}. Stop the bot, then type: {aside}; cp {copy} {file}"


def note_damage(path: Path, what: str) -> None:
    """Leave a note for the next start, so that it checks every row first; the disk may refuse even that."""
    try:
        _note(path).write_text(f"{what}\n")
    except OSError as error:
        log.warning("no note of the damage", **recorded(error))


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".damage")


def _check_pages(tx: Tx, path: Path) -> None:
    if path.stat().st_size <= PAGES_AT_START:
        found = structure_damage(tx, thorough=False)
        if found is not None:
            raise damaged(path, found)


def _check_rows(tx: Tx, path: Path, *, always: bool) -> bool:
    """Check every row, where that is quick, asked for, or damage was found before; returns whether it was done."""
    note = _note(path)
    if path.stat().st_size > ALL_ROWS_AT_START and not always and not note.exists():
        return False
    found = damage(tx, lambda: True)
    if found is not None:
        raise damaged(path, found)
    note.unlink(missing_ok=True)
    return True


def _mend(tx: Tx, path: Path) -> None:
    raw = driver(tx)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = _free_name(path)
    try:
        keep_private(copy)
        shutil.copyfile(path, copy)
    except OSError:
        copy.unlink(missing_ok=True)
        raise
    raw.execute("BEGIN IMMEDIATE")
    try:
        gone = mend(tx)
    except BaseException:
        raw.execute("ROLLBACK")
        raise
    raw.execute("COMMIT")
    vault_of(tx).forget()
    log.warning("database mended", file=str(path), as_it_was=str(copy), rows_taken_out=dict(gone))


def _free_name(path: Path) -> Path:
    """Name a copy after those that are there: the first one has what a later mending could not keep."""
    names = (f"{path.name}.before-mending{number or ''}" for number in count())
    return next(copy for copy in map(path.with_name, names) if not copy.exists())


def _check_old(raw: sqlite3.Connection, path: Path) -> None:
    """Check the pages of a file before it is migrated, whatever its size: what is damaged is never moved about."""
    (verdict,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(path, "its pages are not whole")


def refusal(error: BaseException, path: Path) -> BaseException:
    """Name a fault at the start in words for the operator; other faults stay what they are."""
    named = translated(error, writing=True)
    if isinstance(named, StartError):
        return named
    if isinstance(named, Corrupt):
        return damaged(path, "its pages are not whole")
    if isinstance(named, Busy):
        return InUse(f"Another program holds the database file {path}. Close it first.")
    if isinstance(named, NotSaved):
        return StartError(f"The database file {path} cannot be written. Look for a full disk or missing rights.")
    if isinstance(named, sqlite3.Error | DBAPIError):
        return damaged(path, "its tables are not as they should be")
    return named
