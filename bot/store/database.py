"""The one seam to the database: `read` and `write` take a plain function over an open transaction.

All writes that wait are done in one transaction, each in its own savepoint, and each caller goes on once the
commit is durable. Nothing awaits inside a unit of work, and the event loop never waits for the disk.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import structlog

from bot.store import migrate
from bot.store.batch import Job, Tx, commit_together, read_alone
from bot.store.crypto import Vault
from bot.store.errors import Busy, Closed
from bot.store.keyring import KeyRing
from bot.store.opening import prepare, refusal
from bot.store.sqlite import READER, WRITER, FileLock, Line, keep_private, path_of

__all__ = ["Database", "Tx"]

T = TypeVar("T")

READERS = 2
MOST_TOGETHER = 256
"""Works in one transaction; more wait for the next, so that nobody waits long for the first commit."""

log = structlog.get_logger()


class Database:
    """An open database; `Database.open` makes it, `close` must end it."""

    def __init__(self, lock: FileLock, writer: Line, readers: list[Line]) -> None:
        self._lock, self._writer, self._readers = lock, writer, readers
        self._loop = asyncio.get_running_loop()
        self._waiting: list[Job] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing = False

    @classmethod
    async def open(cls, url: str, keyring: KeyRing) -> "Database":
        """Open the file for this process alone, bringing its schema up to date after a backup.

        Raises:
            StartError: the file is in use, damaged, of a newer version, or was written with another key.
        """
        path = path_of(url)
        lock = FileLock(path).take()
        vault = Vault(keyring)
        lines = [Line(path, WRITER, vault), *(Line(path, READER, vault) for _ in range(READERS))]
        opened: list[Line] = []
        try:
            keep_private(path)
            for number, line in enumerate(lines):
                opened.append(line)
                await _open_line(line, path, keyring if number == 0 else None)
        except BaseException as error:
            for line in reversed(opened):
                await line.close()
            lock.release()
            named = refusal(error, path)
            if named is error:
                raise
            raise named from error
        log.info("store open", sqlite=sqlite3.sqlite_version, schema=migrate.HEAD)
        return cls(lock, lines[0], lines[1:])

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work and wait until it is durable; when it raises, nothing of it is kept.

        A caller who is cancelled stops waiting; the work may still be done.

        Raises:
            NotSaved: the change could not be kept.
        """
        job = self._job(work)
        self._waiting.append(job)
        if self._idle.is_set():
            self._idle.clear()
            # Whoever is ready in this turn of the loop goes into the same transaction.
            self._loop.call_soon(self._start)
        return await job.future

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Read from one unchanging view of the database, which has everything acknowledged so far."""
        job = self._job(work)
        line = min(self._readers, key=lambda each: each.waiting)
        line.waiting += 1
        line.post(lambda tx: self._read(tx, line, job))
        return await job.future

    async def close(self) -> None:
        """Do what still waits, then close; later reads and writes are refused."""
        if self._closing:
            return
        self._closing = True
        await self._idle.wait()
        # The writer goes last, so that it alone moves the log into the file.
        for line in (*self._readers, self._writer):
            await line.close()
        self._lock.release()

    def _job(self, work: Callable[[Tx], T]) -> Job:
        if self._closing:
            raise Closed("The store is closing.")
        return Job(work, self._loop.create_future())

    def _start(self) -> None:
        batch, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
        self._writer.post(lambda tx: self._commit(tx, batch))

    def _commit(self, tx: Tx, batch: list[Job]) -> None:
        try:
            commit_together(tx, batch)
        finally:
            self._loop.call_soon_threadsafe(self._finish, batch)

    def _finish(self, batch: list[Job]) -> None:
        for job in batch:
            job.settle()
        if self._waiting and isinstance(batch[0].error, Busy):
            # They have waited as long already; nobody should wait twice for a file that is held.
            held, self._waiting = self._waiting, []
            for job in held:
                job.error = batch[0].error
                job.settle()
        if self._waiting:
            self._loop.call_soon(self._start)
        else:
            self._idle.set()

    def _read(self, tx: Tx, line: Line, job: Job) -> None:
        try:
            read_alone(tx, job)
        finally:
            self._loop.call_soon_threadsafe(self._answer, line, job)

    @staticmethod
    def _answer(line: Line, job: Job) -> None:
        line.waiting -= 1
        job.settle()


async def _open_line(line: Line, path: Path, keyring: KeyRing | None) -> None:
    await line.open()
    if keyring is not None:
        await line.run(lambda tx: prepare(tx, path, keyring))
