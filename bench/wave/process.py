"""One process of the bot in the simulation: its work takes the processor time that the same work really took."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from time import thread_time
from typing import TypeVar

from bench.circle import RING
from bot.engine.clock import pause
from bot.measures import Measures
from bot.store.batch import Job, Tx, commit_together, driver, read_alone
from bot.store.crypto import VAULT, Vault
from bot.store.keyring import KeyRing
from bot.store.listed import LISTED
from bot.store.memory import MEMORY, VERSION
from bot.store.server import WRITERS
from bot.store.sqlite import connect

T = TypeVar("T")

ROUND_TRIP = 0.0004
"""Seconds that a statement travels to a server and back, which a process does not spend itself."""
_SETTINGS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", "PRAGMA foreign_keys=ON", "PRAGMA cache_size=-200000")


class Store:
    """The database that all processes share: real tables in a file, with every statement counted."""

    def __init__(self, file: Path) -> None:
        vault = Vault(KeyRing.parse(RING))
        self.tx: Tx = connect(file, _SETTINGS)
        self.tx.info.update({VAULT: vault, MEMORY: vault.senders, VERSION: None, LISTED: vault.listed})
        self.statements = self.works = 0
        raw: sqlite3.Connection = driver(self.tx)
        raw.set_trace_callback(self._count)

    def close(self) -> None:
        """Let the file go."""
        self.tx.close()
        self.tx.engine.dispose()

    def _count(self, _: str) -> None:
        self.statements += 1


@dataclass
class Process:
    """A process: one thread of Python, some processors for pictures, and its lines to the store."""

    store: Store
    processors: int
    picture: float
    """Seconds of a processor for one picture, as measured."""
    measures: Measures = field(default_factory=Measures)
    damaged: bool = False
    shared: bool = True
    """Other processes plan beside it, as on a server."""
    spent: float = 0.0
    """Seconds of processor time of its own thread."""
    drawn: int = 0
    _free_at: float = 0.0

    def __post_init__(self) -> None:
        """Open its lines, and its places to draw."""
        self._lines, self._drawers = asyncio.Semaphore(WRITERS), asyncio.Semaphore(self.processors)

    async def write(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work, as `Database.write`."""
        return await self._run(work, lambda job: commit_together(self.store.tx, [job]))

    async def row_by_row(self, work: Callable[[Tx], T]) -> T:
        """Do a unit of work, as `Database.row_by_row`; here nobody meets anybody."""
        return await self.write(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Read, as `Database.read`."""
        return await self._run(work, lambda job: read_alone(self.store.tx, job))

    async def connect(self) -> None:
        """There is nothing to connect to."""

    async def empty_log(self) -> None:
        """There is nothing to empty."""

    def durable_at_the_end(self) -> AbstractAsyncContextManager[None]:
        """Change nothing: it never waits for the disk."""
        return nullcontext()

    async def close(self) -> None:
        """The store is closed by whoever opened it."""

    async def _run(self, work: Callable[[Tx], T], do: Callable[[Job], object]) -> T:
        job = Job(work, asyncio.get_running_loop().create_future())
        async with self._lines:
            before, asked = thread_time(), self.store.statements
            do(job)
            self.store.works += 1
            await self.spend(thread_time() - before)
            await pause((self.store.statements - asked) * ROUND_TRIP)
        job.settle()
        return await job.future

    async def spend(self, seconds: float) -> None:
        """Let the one thread work so long, after what it does already."""
        now = asyncio.get_running_loop().time()
        self._free_at = max(now, self._free_at) + seconds
        self.spent += seconds
        await pause(self._free_at - now)

    async def draw(self) -> None:
        """Take as long as a picture takes, where a processor is free for it."""
        async with self._drawers:
            await pause(self.picture)
        self.drawn += 1
