"""The database in one SQLite file, which this process alone has open.

All writes that wait are done in one transaction, each in its own savepoint, and each caller goes on once the
commit is durable. Nothing awaits inside a unit of work, and the event loop never waits for the disk.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import TypeVar

import structlog

from bot.faults import recorded
from bot.measures import Measures
from bot.store import migrate
from bot.store.backups.copies import Copies
from bot.store.batch import Job, Tx, commit_together, driver, read_alone
from bot.store.crypto import Vault, vault_of
from bot.store.errors import Busy, Closed, Corrupt, Stopped
from bot.store.keyring import KeyRing
from bot.store.listed import LISTED
from bot.store.opening import note_damage, prepare, refusal, remedy
from bot.store.sqlite import READER, SQLITE, WRITER, Connection, FileLock, path_of
from bot.store.turns import Owners, Turns
from bot.store.whole import CheckStopped, damage

T = TypeVar("T")

READERS = 3
"""Connections that read; one owner has all but one of them at most, so that a long read of theirs holds nobody else up."""
MOST_TOGETHER = 256
"""Works in one transaction; more wait for the next, so that nobody waits long for the first commit."""
CHECK_PAUSE = 0.002
"""Seconds that the check of the whole file waits between its steps, so that members come first."""

log = structlog.get_logger()


class FileDatabase:
    """An open file; `FileDatabase.open` makes it, `close` must end it."""

    def __init__(
        self, path: Path, copies: Copies, lock: FileLock, writer: Connection, readers: list[Connection]
    ) -> None:
        self._copies = copies
        self._path, self._lock, self._writer, self._readers = path, lock, writer, readers
        self._loop = asyncio.get_running_loop()
        self._waiting: Turns[Job] = Turns()
        self._reading: Turns[Job] = Turns()
        self._free = list(readers)
        self._read_for = Owners(max(1, len(readers) - 1))
        self._idle = asyncio.Event()
        self._idle.set()
        self._read_all = asyncio.Event()
        self._read_all.set()
        self._closing = False
        self._checking: asyncio.Task[None] | None = None
        self._ending = threading.Event()
        self.measures = Measures()
        """Who is told how long work waited, and what came of what was done with this database."""
        self.damaged, self.shared = False, False
        """Whether damage was seen; then nothing is written any more, and what can be read is read."""

    @classmethod
    async def open(
        cls,
        url: str,
        keyring: KeyRing,
        *,
        copies: Copies | None = None,
        every_row: bool = False,
        mending: bool = False,
        own_copy: bool = False,
    ) -> "FileDatabase":
        """Open the file for this process alone, bringing its schema up to date after a backup.

        `copies` says where backups go, if not beside the file. Every row is checked before, if the file is small or `every_row` asks for it; else while the bot runs.
        `mending` takes out the rows that nobody can read, after a copy. An `own_copy` was made by this process for one
        person, and nobody else can reach it: it is not read through again, and one connection is enough to read it.

        Raises:
            StartError: the file is in use, damaged, of a newer version, or was written with another key.
        """
        path = path_of(url)
        copies = copies or Copies.beside(path)
        lock = FileLock(path).take()
        vault = Vault(keyring)
        readers = 1 if own_copy else READERS
        lines = [Connection(path, WRITER, vault), *(Connection(path, READER, vault) for _ in range(readers))]
        opened: list[Connection] = []
        checked = False
        try:
            for line in lines:
                opened.append(line)
                await line.open()
                if line is lines[0]:
                    checked = await line.run(
                        lambda tx: prepare(
                            tx,
                            path,
                            keyring,
                            copies,
                            every_row=every_row,
                            mending=mending,
                            own_copy=own_copy,
                        )
                    )
            await lines[0].run(_watch)
        except BaseException as error:
            for line in reversed(opened):
                await line.close()
            lock.release()
            named = refusal(error, path, copies)
            if named is error:
                raise
            raise named from error
        log.info("store open", sqlite=SQLITE, schema=migrate.HEAD)
        db = cls(path, copies, lock, lines[0], lines[1:])
        if not checked:
            db._checking = asyncio.create_task(db._check(Connection(path, READER, vault)))
        return db

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work and wait until it is durable; when it raises, nothing of it is kept.

        A caller who is cancelled stops waiting; the work may still be done.

        Raises:
            NotSaved: the change could not be kept.
        """
        job = self._job(work)
        if self.damaged:
            raise Stopped("Nothing is written any more, because the database file is damaged.")
        self._waiting.put(job)
        if self._idle.is_set():
            self._idle.clear()
            # Whoever is ready in this turn of the loop goes into the same transaction.
            self._loop.call_soon(self._start)
        return await job.future

    async def row_by_row(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work as `Database.row_by_row`: a file has one writer, so it is like any other."""
        return await self.write(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Read from one unchanging view of the database, which has everything acknowledged so far."""
        job = self._job(work)
        self._reading.put(job)
        self._read_all.clear()
        self._read_next()
        return await job.future

    async def connect(self) -> None:
        """All that is needed is open: a file has no number of connections."""

    async def empty_log(self) -> None:
        """Move the log into the file and empty it, so that nothing that was erased stays in it."""
        await self._writer.run(lambda tx: driver(tx).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    @asynccontextmanager
    async def durable_at_the_end(self) -> AsyncGenerator[None]:
        """Wait for the disk at the end only, not at every transaction; a machine that stops meanwhile loses the file."""
        await self._writer.run(lambda tx: driver(tx).execute("PRAGMA synchronous=OFF"))
        try:
            yield
        finally:
            await self._writer.run(lambda tx: driver(tx).execute("PRAGMA synchronous=FULL"))
            await self.empty_log()

    async def close(self) -> None:
        """Do what still waits, then close; later reads and writes are refused."""
        if self._closing:
            return
        self._closing = True
        self._ending.set()
        await self._idle.wait()
        await self._read_all.wait()
        if self._checking is not None:
            await self._checking
        # The writer goes last, so that it alone moves the log into the file.
        for line in (*self._readers, self._writer):
            await line.close()
        self._lock.release()

    def _job(self, work: Callable[[Tx], T]) -> Job:
        if self._closing:
            raise Closed("The store is closing.")
        return Job(work, self._loop.create_future())

    def _start(self) -> None:
        batch = self._waiting.take(MOST_TOGETHER)
        self._writer.post(lambda tx: self._commit(tx, batch))

    def _commit(self, tx: Tx, batch: list[Job]) -> None:
        taken_up = len(batch)
        try:
            taken_up = commit_together(tx, batch)
            self._copies.follow(tx)
        finally:
            self._loop.call_soon_threadsafe(self._finish, batch, taken_up)

    def _finish(self, batch: list[Job], taken_up: int) -> None:
        self._waiting.put_back(batch[taken_up:])
        self.measures.committed(taken_up)
        for job in batch[:taken_up]:
            self._settle(job)
            self.measures.waited("write", monotonic() - job.since)
        if self.damaged:
            self._refuse_waiting(Stopped("Nothing is written any more, because the database file is damaged."))
        elif isinstance(batch[0].error, Busy):
            # They have waited as long already; nobody should wait twice for a file that is held.
            self._refuse_waiting(batch[0].error)
        if self._waiting:
            self._loop.call_soon(self._start)
        else:
            self._idle.set()

    def _read(self, tx: Tx, line: Connection, job: Job) -> None:
        try:
            read_alone(tx, job)
        finally:
            self._loop.call_soon_threadsafe(self._answer, line, job)

    def _read_next(self) -> None:
        while self._free and (job := self._reading.take_one(self._read_for)) is not None:
            self._read_for.begin(job.owner)
            self._post_read(self._free.pop(), job)

    def _post_read(self, line: Connection, job: Job) -> None:
        line.post(lambda tx: self._read(tx, line, job))

    def _answer(self, line: Connection, job: Job) -> None:
        self._free.append(line)
        self._read_for.end(job.owner)
        self._settle(job)
        self.measures.waited("read", monotonic() - job.since)
        self._read_next()
        if len(self._free) == len(self._readers):
            self._read_all.set()

    def _settle(self, job: Job) -> None:
        if isinstance(job.error, Corrupt):
            self._stop_writing(str(job.error))
        job.settle()

    def _refuse_waiting(self, error: BaseException) -> None:
        for job in self._waiting.take_all():
            job.error = error
            job.settle()

    async def _check(self, line: Connection) -> None:
        """Read the whole file beside the bot's work, on a connection of its own."""
        try:
            await line.open()
            harm = await line.run(lambda tx: damage(tx, lambda: not self._ending.wait(CHECK_PAUSE)))
        except CheckStopped:
            return
        except Exception as error:  # noqa: BLE001 - a check that could not be done must not end the bot
            log.error("database not checked", file=str(self._path), **recorded(error))  # noqa: TRY400
            return
        finally:
            await line.close()
        if harm is None:
            log.info("database whole", file=str(self._path))
        else:
            self._stop_writing(harm)

    def _stop_writing(self, what: str) -> None:
        """Write nothing any more, and tell the operator once; members go on reading until the file is put right."""
        if not self.damaged:
            self.damaged = True
            note_damage(self._path, what)
            log.error("database damaged", file=str(self._path), what=what, remedy=str(remedy(self._copies)))


def _watch(tx: Tx) -> None:
    """Let the connection that writes tell of every change to what is remembered."""
    vault = vault_of(tx)
    vault.senders.watch(driver(tx))
    vault.listed.watch(driver(tx))
    tx.info[LISTED] = vault.listed
