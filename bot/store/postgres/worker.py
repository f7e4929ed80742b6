"""One connection to the server, which runs one unit of work after the other, each in a transaction of its own.

Works that share a transaction are run by `together`. A work has the locks of the communities that it touches (`locks`).
One that meets another all the same is begun again, and so is one whose connection broke before its commit was sent. When
it broke while the commit was on its way, the server is asked whether the transaction was kept: never is one done twice.
"""

import random
import time
from collections.abc import Callable
from contextlib import suppress

import psycopg
import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.store import touched
from bot.store.batch import Job, Tx
from bot.store.crypto import VAULT, Vault
from bot.store.errors import Busy, NotSaved
from bot.store.memory import MEMORY, VERSION
from bot.store.postgres.faults import Cure, kind_of, translated
from bot.store.postgres.locks import BeginAgain, HeldLocks
from bot.store.postgres.pipeline import QueuedStatement, StatementPipeline
from bot.store.postgres.raw import driver
from bot.store.prepared import PIPELINE
from bot.store.reach import HOLD, places_of

_LIMITS = {"lock_timeout": "5s", "statement_timeout": "60s", "idle_in_transaction_session_timeout": "60s"}
# Each statement sees what was committed before it, and so everything that whoever had the locks before has done.
_WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED"
READ = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
PREPARED_AFTER = 5
"""How often a statement is run by psycopg before the server keeps it."""
MEETINGS = 40
"""How often a unit of work is begun again because it met another one; the last ones wait a tenth of a second."""
PATIENCE = 10.0
"""Seconds for which a server that is away, as while it is restarted, is waited for."""
_UNSETTLED = "in progress"
_LIMITS_HERE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _LIMITS)


LIMITS = "limits"
"""The name in `tx.info` under which a connection carries whether its session is still to be told of limits."""


class FateUnknown(NotSaved):
    """Nobody knows whether a transaction was kept, so none of its works may be done again."""


class CommitUnknown(Exception):
    """The connection broke while a commit was on its way."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(fault)
        self.fault = fault


class ConnectionWorker:
    """One connection; used by one thread at a time."""

    def __init__(self, engine: sa.Engine, vault: Vault | None) -> None:
        self._engine, self._vault = engine, vault
        self._tx: Tx | None = None

    def open(self) -> Tx:
        """Give the connection, made anew when it is not there.

        Raises:
            DBAPIError: the server cannot be reached.
        """
        if self._tx is None:
            tx = self._engine.connect()
            # As for a file: a transaction that is open in SQLAlchemy's eyes for ever keeps others from ending ours.
            tx.begin()
            raw = driver(tx)
            (backend,) = raw.execute("SELECT pg_backend_pid()").fetchone() or (0,)
            # Behind a pooler no session is ours: limits go with each transaction, and nothing is prepared.
            alone = backend == raw.info.backend_pid
            # On DDL and on its own ROLLBACK psycopg drops every statement that is prepared, ours too; so it begins later.
            raw.prepare_threshold = None
            raw.statement_pipeline = tx.info[PIPELINE] = StatementPipeline(raw, prepares=alone)
            tx.info[LIMITS] = alone
            # Another process may change what was remembered, so nothing is.
            if self._vault is not None:
                tx.info.update({VAULT: self._vault, MEMORY: self._vault.senders, VERSION: None})
            self._tx = tx
        return self._tx

    def close(self) -> None:
        """Let the connection go; what was not committed is undone by the server."""
        tx, self._tx = self._tx, None
        if tx is not None:
            with suppress(psycopg.Error, SQLAlchemyError):  # one that is broken already
                tx.invalidate()
                tx.close()

    def write(self, job: Job) -> None:
        """Do a job and make it durable; what came of it is in the job."""
        ends, hold = time.monotonic() + PATIENCE, HeldLocks(places_of(job))
        for turn in range(MEETINGS):
            job.error = None
            try:
                self.transact(hold, ends, job.run)
            except BeginAgain as needed:
                job.error = needed
                continue
            except Exception as error:  # noqa: BLE001 - a caller waits for every fault, whatever it is
                job.error = error
                kind = kind_of(error)
                if kind is Cure.MET:
                    time.sleep(random.uniform(0, min(0.1, 0.002 * 2**turn)))  # noqa: S311 - only so that two do not meet again
                    continue
                if kind is Cure.LOST and time.monotonic() < ends:
                    time.sleep(0.1)
                    continue
            break
        if isinstance(job.error, BeginAgain):
            job.error = Busy("Others held the database for too long.")
        elif job.error is not None:
            job.error = translated(job.error)

    def read(self, job: Job) -> None:
        """Do a reading job on one unchanging view of the database; a lost connection is made anew once."""
        for last in (False, True):
            job.error = None
            try:
                tx = self.open()
                tx.info.pop(HOLD, None)
                _begin(tx, READ)
                job.run(tx)
            except Exception as error:  # noqa: BLE001 - as above
                job.error = translated(error)
                if kind_of(error) is Cure.LOST and not last:
                    self.close()
                    continue
            self._end()
            return

    def transact(self, hold: HeldLocks, ends: float, run: Callable[[Tx], object]) -> None:
        """Do something once in a transaction of its own, under its locks; `ends` is until when a server is waited for.

        Raises:
            FateUnknown: it may be kept.
            Exception: nothing of it is kept.
            BeginAgain: nothing of it is kept, and the hold knows what it needs.
        """
        begun: QueuedStatement | None = None
        try:
            tx = self.open()
            begun = begin(tx, hold)
            run(tx)
            # By its number the server is asked for it, so nothing is kept before that is known.
            begun.rows()
            _commit(pipeline_of(tx))
        except CommitUnknown as lost:
            self.close()
            if begun is None or not self._was_kept(number_of(begun), ends):
                raise lost.fault from None
        except BaseException:
            self._end()
            raise

    def _was_kept(self, number: str, ends: float) -> bool:
        """Ask the server whether a transaction was committed.

        Raises:
            FateUnknown: the server does not come back, or does not say; the same delivery gets the right answer later.
        """
        while time.monotonic() < ends:
            try:
                row = driver(self.open()).execute("SELECT pg_xact_status(%s::xid8)", (number,)).fetchone()
            except (psycopg.Error, DBAPIError) as error:
                self.close()
                if kind_of(error) is not Cure.LOST:
                    raise _fate_unknown() from error
            else:
                if row is not None and row[0] != _UNSETTLED:
                    return row[0] == "committed"
            time.sleep(0.05)
        raise _fate_unknown()

    def _end(self) -> None:
        """Undo what is open, and let a connection go that cannot."""
        if self._tx is None:
            return
        try:
            raw = driver(self._tx)
            pipeline_of(self._tx).drop()
            if raw.info.transaction_status is not TransactionStatus.IDLE:
                pipeline_of(self._tx).words(b"ROLLBACK")
        except Exception:  # noqa: BLE001 - it is lost, and the next job makes another
            self.close()


def begin(tx: Tx, hold: HeldLocks) -> QueuedStatement:
    """Begin a transaction, and wait for its locks, with the first statement of the work."""
    # What a work noted that was not kept is about communities that this one has not locked.
    touched.forget(tx)
    tx.info[HOLD] = hold.begun()
    _begin(tx, _WRITE)
    return pipeline_of(tx).send(*hold.statement("pg_current_xact_id()::text"))


def _fate_unknown() -> FateUnknown:
    return FateUnknown("The connection to the database broke while a change was on its way.")


def number_of(begun: QueuedStatement) -> str:
    """Give the number by which the server knows a transaction for ever."""
    number, *_ = begun.rows().fetchone() or ("",)
    return number


def _begin(tx: Tx, how: str) -> None:
    """Begin a transaction that may not last long; where the session is ours that is said once, and not each time."""
    pipeline = pipeline_of(tx)
    if tx.info[LIMITS]:
        pipeline.words("; ".join(f"SET {name} = '{most}'" for name, most in _LIMITS.items()).encode())
        tx.info[LIMITS] = False
        pipeline.raw.prepare_threshold = PREPARED_AFTER
    pipeline.send(how)
    if not pipeline.prepares:
        pipeline.send(_LIMITS_HERE, (*_LIMITS.values(),))


def pipeline_of(tx: Tx) -> StatementPipeline:
    """Give the pipeline of a connection."""
    return tx.info[PIPELINE]


def _commit(pipeline: StatementPipeline) -> None:
    try:
        ended = pipeline.execute("COMMIT").did
    except psycopg.OperationalError as error:
        if kind_of(error) is Cure.LOST:
            raise CommitUnknown(error) from error
        raise
    # A statement that failed and was swallowed by its work lets the server undo everything, without a fault.
    if ended != b"COMMIT":
        raise NotSaved("The database ended the transaction by itself.")
