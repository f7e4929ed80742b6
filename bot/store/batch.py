"""Units of work on the database thread: many in one transaction, each alone in its savepoint."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.store.errors import Busy, Corrupt, NotSaved, StoreError
from bot.store.listed import LISTED, ListedNames
from bot.store.memory import MEMORY, VERSION, SenderMemory
from bot.store.turns import present_owner

Tx = sa.Connection

LONGEST = 0.025
"""Seconds after which a transaction takes up no more works, so that who comes now does not wait for a crowd."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
}
_DAMAGED = "The database file is damaged. Restore the last backup."
_NO_TEXT = "Could not decode to UTF-8"
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@dataclass(slots=True, eq=False)
class Job:
    """One unit of work, and the caller who waits for it."""

    work: Callable[[Tx], Any]
    future: asyncio.Future[Any]
    context: Context = field(default_factory=copy_context)
    owner: str = field(default_factory=present_owner)
    since: float = field(default_factory=monotonic)
    row_by_row: bool = False
    """Whether it begins with no lock on a server, as `Database.row_by_row`."""
    alone: bool = False
    """Whether it shares no transaction any more, because one that it shared was not kept."""
    value: Any = None
    error: BaseException | None = None

    def run(self, tx: Tx) -> None:
        """Do the work, as the caller would see it."""
        self.value = self.context.run(self.work, tx)

    def settle(self) -> None:
        """Wake the caller, unless they have gone; runs on the event loop."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.value)
        else:
            self.future.set_exception(self.error)


def driver(tx: Tx) -> sqlite3.Connection:
    """Give the connection below SQLAlchemy."""
    raw = tx.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("This connection is SQLite's own.")
    return raw


def is_spoilt(tx: Tx) -> bool:
    """Tell whether a fault ended the whole transaction, so that who caught it must raise it again."""
    raw: Any = tx.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        return not raw.in_transaction
    # What still waits to be sent may be what fails.
    raw.statement_pipeline.settle()
    return raw.info.transaction_status.name != "INTRANS"


def commit_together(tx: Tx, jobs: Sequence[Job]) -> int:
    """Do jobs in one durable transaction; one that fails rolls back alone, a failed commit fails all.

    Returns how many were taken up: after a while the others are left for the next transaction.
    """
    raw, taken_up = driver(tx), 0
    memory = _begin(tx)
    listed: ListedNames = tx.info[LISTED]
    try:
        raw.execute("BEGIN IMMEDIATE")
        ends = monotonic() + LONGEST
        if len(jobs) == 1:
            taken_up = 1
            jobs[0].run(tx)
        else:
            for job in jobs:
                if taken_up and monotonic() > ends:
                    break
                taken_up += 1
                _alone(tx, raw, job)
        _commit(raw)
    except BaseException as error:  # noqa: BLE001 - a caller waits for every fault, whatever it is
        taken_up = len(jobs)
        for job in jobs:
            job.error = job.error or translated(error, writing=True)
        if raw.in_transaction:
            raw.execute("ROLLBACK")
    finally:
        memory.settle()
        listed.settle()
    return taken_up


def read_alone(tx: Tx, job: Job) -> None:
    """Do one reading job on one unchanging view of the database."""
    raw = driver(tx)
    _begin(tx)
    try:
        raw.execute("BEGIN")
        job.run(tx)
    except BaseException as error:  # noqa: BLE001 - as above
        job.error = translated(error, writing=False)
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")


def _begin(tx: Tx) -> SenderMemory:
    """Note what may be remembered from the transaction that begins."""
    memory: SenderMemory = tx.info[MEMORY]
    tx.info[VERSION] = memory.version()
    return memory


def translated(error: BaseException, *, writing: bool) -> BaseException:
    """Name a fault of the database in the store's own words; other faults stay what they are."""
    if isinstance(error, StopIteration):
        # A future refuses it, and the caller would wait for ever.
        return RuntimeError("A unit of work raised StopIteration.")
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, UnicodeDecodeError) or _NO_TEXT in str(cause):
        # SQLite gave a text, or a fault with a name in it, that is no text: its bytes were changed.
        return _caused(Corrupt(_DAMAGED), error)
    if not isinstance(cause, sqlite3.Error):
        return error
    # The low byte is the kind, the rest says more about it.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    named = _of_kind(code, writing=writing)
    return error if named is None else _caused(named, error)


def _of_kind(code: int, *, writing: bool) -> StoreError | None:
    if code in _BUSY:
        return Busy("Another program held the database for too long.")
    if code in _CORRUPT:
        return Corrupt(_DAMAGED)
    if code in _UNWRITABLE and (writing or code != sqlite3.SQLITE_READONLY):
        return NotSaved(f"The database could not be written (SQLite code {code}).")
    return None


def _caused(error: StoreError, by: BaseException) -> StoreError:
    error.__cause__ = by
    return error


def _commit(raw: sqlite3.Connection) -> None:
    # A statement that was swallowed by its work may have ended the transaction, and all before it with it.
    if not raw.in_transaction:
        raise NotSaved("The database ended the transaction by itself.")
    raw.execute("COMMIT")


def _alone(tx: Tx, raw: sqlite3.Connection, job: Job) -> None:
    raw.execute("SAVEPOINT work")
    try:
        job.run(tx)
    except Exception as error:
        job.error = translated(error, writing=True)
        if not raw.in_transaction:
            # A full disk ends the whole transaction, so the others are lost as well.
            raise NotSaved("The database ended the transaction by itself.") from error
        raw.execute("ROLLBACK TO work")
    raw.execute("RELEASE work")
