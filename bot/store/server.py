"""The database on a server: each unit of work is one transaction, run in a thread on one of a few connections.

Works may run at once, here and in other processes, and still come out as if one had followed the other: each has the locks
of the communities that it touches. No lock is kept in a session, so a pooler may stand between.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, nullcontext
from time import monotonic
from typing import Any, TypeVar

import structlog

from bot.faults import Explained
from bot.measures import Measures
from bot.store import migrate
from bot.store.address import server_url, shown
from bot.store.backups.copies import Copies
from bot.store.batch import Job, Tx
from bot.store.crypto import Vault
from bot.store.errors import Closed, Corrupt, Stopped
from bot.store.keyring import KeyRing
from bot.store.postgres.dialect import engine_of
from bot.store.postgres.faults import refusal
from bot.store.postgres.together import write
from bot.store.postgres.work_queue import WorkQueue
from bot.store.postgres.worker import ConnectionWorker
from bot.store.server_opening import prepare

__all__ = ["ServerDatabase"]

T = TypeVar("T")

WRITERS, READERS = 6, 3
"""Connections of one process; reads of one owner have all but one of theirs at most."""
MOST_TOGETHER = 8
"""Works that share a transaction at most, because each waits for all of them."""
_LIMITS = {"connect_timeout": 5, "tcp_user_timeout": 15_000, "keepalives_idle": 30}
"""How long a server is waited for that does not answer: seconds, milliseconds, seconds."""

log = structlog.get_logger()


class ServerDatabase:
    """An open database; `ServerDatabase.open` makes it, `close` must end it."""

    def __init__(
        self, name: str | Explained, copies: Copies, writers: list[ConnectionWorker], readers: list[ConnectionWorker]
    ) -> None:
        self._name, self._copies = name, copies
        self._connections = (*writers, *readers)
        self._executor = ThreadPoolExecutor(len(self._connections), thread_name_prefix="database")
        self._writing = WorkQueue(
            self._executor, writers, self._write, self._settle_write, most_of_one=1, most_together=MOST_TOGETHER
        )
        self._reading = WorkQueue(self._executor, readers, _read, self._settle_read, most_of_one=READERS - 1)
        self._closing = False
        self.measures = Measures()
        self.damaged, self.shared = False, True

    @classmethod
    async def open(
        cls,
        url: str,
        keyring: KeyRing,
        *,
        copies: Copies | None = None,
        every_row: bool = False,
        mending: bool = False,
    ) -> "ServerDatabase":
        """Connect, bringing the schema up to date after a backup; other processes may have the same database open.

        Raises:
            StartError: it cannot be reached, is damaged, of a newer version, or was written with another key.
        """
        engine, vault, name = engine_of(server_url(url), **_LIMITS), Vault(keyring), shown(url)
        copies = copies or Copies.beside(url)
        writers = [ConnectionWorker(engine, vault) for _ in range(WRITERS)]
        # The queue takes the last one first, so a bot that has little to do needs few.
        first = writers[-1]
        try:
            await asyncio.to_thread(
                lambda: prepare(first.open(), url, keyring, copies, every_row=every_row, mending=mending)
            )
        except BaseException as error:
            await asyncio.to_thread(first.close)
            named = refusal(error, name)
            if named is error:
                raise
            raise named from error
        log.info("store open", postgresql=str(name), schema=migrate.HEAD)
        return cls(name, copies, writers, [ConnectionWorker(engine, vault) for _ in range(READERS)])

    async def connect(self) -> None:
        """Connect with all that will ever be needed, as `Database.connect`."""
        opening = (asyncio.to_thread(connection.open) for connection in self._connections)
        refused = [
            told for told in await asyncio.gather(*opening, return_exceptions=True) if isinstance(told, Exception)
        ]
        if refused:
            raise refusal(refused[0], self._name)

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work and wait until it is durable, as `Database.write`."""
        return await self._written(self._job(work))

    async def row_by_row(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work that begins with no lock, as `Database.row_by_row`."""
        return await self._written(self._job(work, row_by_row=True))

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Read from one unchanging view of the database, as `Database.read`."""
        job = self._job(work)
        self._reading.put(job)
        return await job.future

    async def empty_log(self) -> None:
        """Let the server tidy up what was erased; its log is in its own hands."""

    def durable_at_the_end(self) -> AbstractAsyncContextManager[None]:
        """Leave everything durable at once: a server is not this program's alone."""
        return nullcontext()

    async def close(self) -> None:
        """Do what still waits, then close; later reads and writes are refused."""
        if self._closing:
            return
        self._closing = True
        await self._writing.idle.wait()
        await self._reading.idle.wait()
        for connection in self._connections:
            await asyncio.to_thread(connection.close)
        self._executor.shutdown(wait=False)

    def _job(self, work: Callable[[Tx], T], *, row_by_row: bool = False) -> Job:
        if self._closing:
            raise Closed("The store is closing.")
        return Job(work, asyncio.get_running_loop().create_future(), row_by_row=row_by_row)

    async def _written(self, job: Job) -> Any:
        if self.damaged:
            raise _stopped()
        self._writing.put(job)
        return await job.future

    def _write(self, connection: ConnectionWorker, jobs: Sequence[Job]) -> int:
        taken_up = write(connection, jobs)
        if any(job.error is None for job in jobs[:taken_up]):
            self._copies.follow(connection.open())
        return taken_up

    def _settle_write(self, finished: Sequence[Job]) -> None:
        if finished:
            self.measures.committed(len(finished))
        self._settle("write", finished)

    def _settle_read(self, finished: Sequence[Job]) -> None:
        self._settle("read", finished)

    def _settle(self, kind: str, finished: Sequence[Job]) -> None:
        for job in finished:
            self.measures.waited(kind, monotonic() - job.since)
            if isinstance(job.error, Corrupt) and not self.damaged:
                self.damaged = True
                log.error("database damaged", postgresql=str(self._name), what=str(job.error))
            job.settle()
        if self.damaged:
            self._writing.refuse(_stopped())


def _stopped() -> Stopped:
    return Stopped("Nothing is written any more, because the database is damaged.")


def _read(connection: ConnectionWorker, jobs: Sequence[Job]) -> int:
    for job in jobs:
        connection.read(job)
    return len(jobs)
