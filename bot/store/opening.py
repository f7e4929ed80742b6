"""What is checked before a database is used: that it is whole, not newer than the program, and fits the key ring."""

import sqlite3
from pathlib import Path
from shlex import quote

import structlog
from sqlalchemy.exc import DBAPIError

from bot.faults import Explained, recorded
from bot.store import communities, migrate
from bot.store.backups.copies import Copies
from bot.store.batch import Tx, driver, translated
from bot.store.belonging import mark
from bot.store.crypto import check_ring, remember_ring, vault_of
from bot.store.errors import Busy, Corrupt, Damaged, InUse, NotSaved, StartError
from bot.store.keyring import KeyRing
from bot.store.whole import damage, mend, structure_damage

ALL_ROWS_AT_START = 4 * 1024 * 1024
"""Bytes up to which every row is checked before the start; it takes a fifth of a second. Larger files: afterwards."""
PAGES_AT_START = 32 * 1024 * 1024
"""Bytes up to which the pages are checked before the start; it takes a tenth of a second."""


log = structlog.get_logger()


def prepare(
    tx: Tx,
    path: Path,
    ring: KeyRing,
    copies: Copies,
    *,
    every_row: bool = False,
    mending: bool = False,
    own_copy: bool = False,
) -> bool:
    """Check the file, then bring its schema up to date; a file that is refused is left untouched.

    `mending` takes out what nobody can read, after a copy; an `own_copy` of this process is not read through. Returns whether every row was checked; if not, it is to be
    done while the bot runs.

    Raises:
        Damaged: the file is not whole.
        NewerSchema: a newer version has written it.
        WrongKey: the key ring does not open it.
    """
    raw = driver(tx)
    revision = migrate.revision(raw)
    if revision is not None:
        check_ring(tx, ring)
    if revision == migrate.HEAD and not own_copy:
        _check_pages(tx, path, copies)
    elif revision != migrate.HEAD and revision is not None:
        _check_old(raw, path, copies)
        copies.before_upgrade(path, ring)
    if revision != migrate.HEAD:
        migrate.bring_up(tx)
    if mending and damage(tx, lambda: True) is not None:
        _mend(tx, path, copies)
    checked = own_copy or _check_rows(tx, path, copies, always=every_row or mending)
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


def damaged(path: Path, problem: str, copies: Copies) -> Damaged:
    """Say that a file is damaged, where its newest copy is, and how to put it back."""
    return Damaged(
        "The database file {file} is damaged: {problem}. {remedy}", file=path, problem=problem, remedy=remedy(copies)
    )


def remedy(copies: Copies) -> Explained:
    """Name the newest copy, and the line that puts it back."""
    newest = copies.newest()
    if newest is None:
        return Explained(
            "There is no backup in {folder}. If you have one, type: hello-circle restore FILE. "
            "Without one, `hello-circle db mend` takes out the rows that nobody can read.",
            folder=copies.folder,
        )
    return Explained(
        "The newest backup is of {when} UTC. Stop the bot, then type: hello-circle restore {file}",
        when=f"{newest.made_at:%Y-%m-%d %H:%M}",
        file=quote(str(newest.path)),
    )


def note_damage(path: Path, problem: str) -> None:
    """Leave a note for the next start, so that it checks every row first; the disk may refuse even that."""
    try:
        _note(path).write_text(f"{problem}\n")
    except OSError as error:
        log.warning("no note of the damage", **recorded(error))


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".damage")


def _check_pages(tx: Tx, path: Path, copies: Copies) -> None:
    if path.stat().st_size <= PAGES_AT_START:
        problem = structure_damage(tx, thorough=False)
        if problem is not None:
            raise damaged(path, problem, copies)


def _check_rows(tx: Tx, path: Path, copies: Copies, *, always: bool) -> bool:
    """Check every row, where that is quick, asked for, or damage was found before; returns whether it was done."""
    note = _note(path)
    if path.stat().st_size > ALL_ROWS_AT_START and not always and not note.exists():
        return False
    problem = damage(tx, lambda: True)
    if problem is not None:
        raise damaged(path, problem, copies)
    note.unlink(missing_ok=True)
    return True


def _mend(tx: Tx, path: Path, copies: Copies) -> None:
    raw = driver(tx)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = copies.aside(path)
    raw.execute("BEGIN IMMEDIATE")
    try:
        gone = mend(tx)
    except BaseException:
        raw.execute("ROLLBACK")
        raise
    raw.execute("COMMIT")
    vault_of(tx).forget()
    log.warning("database mended", file=str(path), as_it_was=str(copy.path), rows_taken_out=dict(gone))


def _check_old(raw: sqlite3.Connection, path: Path, copies: Copies) -> None:
    """Check the pages of a file before it is migrated, whatever its size: what is damaged is never moved about."""
    (verdict,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(path, "its pages are not whole", copies)


def refusal(error: BaseException, path: Path, copies: Copies) -> BaseException:
    """Name a fault at the start in words for the operator; other faults stay what they are."""
    named = translated(error, writing=True)
    if isinstance(named, StartError):
        return named
    if isinstance(named, Corrupt):
        return damaged(path, "its pages are not whole", copies)
    if isinstance(named, Busy):
        return InUse("Another program holds the database file {file}. Close it first.", file=path)
    if isinstance(named, NotSaved):
        return StartError(
            "The database file {file} cannot be written. Look for a full disk or missing rights.", file=path
        )
    if isinstance(named, sqlite3.Error | DBAPIError):
        return damaged(path, "its tables are not as they should be", copies)
    return named
