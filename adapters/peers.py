"""The processes that share one database: this one says that it is there, sees the others, and keeps what it holds.

On a file there is one process, so there is nothing of this.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

import structlog

from bot.engine.clock import pause
from bot.faults import recorded
from bot.store import leases, processes, spacing
from bot.store.database import Database, Tx
from bot.store.errors import StoreError
from bot.store.leases import Lease
from bot.store.present import present
from bot.store.processes import Process
from bot.store.turns import on_behalf_of

LOOK = 2.0
"""Seconds between two looks at the others."""
HAND_OVER_WITHIN = 20
"""Seconds that a process that stops gives the others to take over."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ProcessesView:
    """The processes, and what each holds, as they were at one instant of the database's clock."""

    now: datetime
    processes: Sequence[Process]
    leases: Sequence[Lease]
    not_before: Mapping[str, datetime]

    def serving(self, platform: str) -> list[str]:
        """List the ids of those that can serve a platform, the oldest first."""
        return [process.id for process in processes.serving(self.processes, platform, self.now)]

    def under(self, prefix: str) -> list[Lease]:
        """List the leases whose names begin so."""
        return [lease for lease in self.leases if lease.name.startswith(prefix)]


@dataclass(frozen=True, slots=True)
class HeldLease:
    """A lease that this process took; the number tells it from the same one, taken again."""

    name: str
    fence: int


class Peers:
    """This process among the others; `joined` makes it known to them."""

    def __init__(self, db: Database, view: ProcessesView) -> None:
        self.id = secrets.token_hex(3)
        self.db, self.view = db, view
        self.leaving = False
        self._since = view.now
        self._serves = set[str]()
        self._looked = asyncio.Event()
        self._hurry = asyncio.Event()
        self._away_until = 0.0
        self._tried = asyncio.get_running_loop().time()
        self._telling = set[asyncio.Task[None]]()

    @property
    def judges(self) -> bool:
        """Whether this process saw the database all the time, so that it knows who is gone."""
        return asyncio.get_running_loop().time() >= self._away_until

    async def look(self) -> ProcessesView:
        """Say that this process is there, keep what it holds, and see the others.

        Raises:
            StoreError: the database could not be asked.
        """
        await self.db.row_by_row(self._say)
        self.view = await self.db.read(seen)
        self._tried = asyncio.get_running_loop().time()
        self._looked.set()
        self._looked = asyncio.Event()
        return self.view

    async def awake(self) -> None:
        """Look first, when this process slept for so long that others may hold what it held."""
        if asyncio.get_running_loop().time() - self._tried > leases.LASTS.total_seconds():
            self.hurry()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self.next_look()

    async def next_look(self) -> None:
        """Wait until the others were seen again."""
        await self._looked.wait()

    def hurry(self) -> None:
        """Let the next look come at once."""
        self._hurry.set()

    async def serve(self, platform: str, *, able: bool) -> None:
        """Tell the others whether this process can serve a platform.

        Raises:
            StoreError: the database could not be asked.
        """
        (self._serves.add if able else self._serves.discard)(platform)
        await self.look()

    async def leave(self) -> None:
        """Tell the others that this process will end, so that they take over what it holds."""
        self.leaving = True
        with suppress(StoreError):
            await self.look()

    async def keep_looking(self) -> None:
        """Look again and again, until cancelled; without the database, try again."""
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self._hurry.wait()
            self._hurry.clear()
            try:
                await self.look()
            except StoreError as error:
                log.warning("no look at the other processes", **recorded(error))
                self._tried = loop.time()
                await pause(LOOK)
            else:
                if loop.time() - last > leases.LASTS.total_seconds() / 2:
                    self._away_until = loop.time() + leases.LASTS.total_seconds()
                last = loop.time()

    async def wait_turn(self, name: str, apart: timedelta) -> None:
        """Wait until something may be done that all processes do one after the other, some time apart."""
        while True:
            try:
                with on_behalf_of(name):
                    wait = await self.db.write(lambda tx: spacing.reserve(tx, name, present(tx), apart))
            except StoreError as error:
                log.warning("no turn", what=name, **recorded(error))
                await pause(apart.total_seconds())
            else:
                await pause(wait.total_seconds())
                return

    async def take_one(self, names: Sequence[str]) -> HeldLease | None:
        """Take one of some leases; None when others hold all of them, or the database cannot be asked."""
        held = {lease.name for lease in self.view.leases if not lease.is_free(self.view.now)}
        if held.issuperset(names):
            return None

        def taken(tx: Tx) -> HeldLease | None:
            leases.provide(tx, names)
            now = present(tx)
            for name in names:
                if (fence := leases.take(tx, name, self.id, now)) is not None:
                    return HeldLease(name, fence)
            return None

        try:
            place = await self.db.row_by_row(taken)
            await self.look()
        except StoreError as error:
            log.warning("nothing taken", **recorded(error))
            return None
        return place

    def holds(self, held: HeldLease) -> bool:
        """Tell whether a lease is still that of this process."""
        return any(
            (lease.name, lease.fence, lease.holder) == (held.name, held.fence, self.id) for lease in self.view.leases
        )

    async def give_back(self, held: HeldLease) -> None:
        """Let another process take a lease at once."""
        with suppress(StoreError):
            await self.db.row_by_row(lambda tx: leases.give_back(tx, held.name, self.id, held.fence))

    def hold(self, name: str, seconds: float) -> None:
        """Let all processes wait with something; it is told soon, and nobody waits for that."""

        async def told() -> None:
            with suppress(StoreError), on_behalf_of(name):
                await self.db.write(lambda tx: spacing.hold(tx, name, present(tx) + timedelta(seconds=seconds)))

        task = asyncio.get_running_loop().create_task(told())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def held_for(self, name: str) -> float:
        """Tell for how many more seconds all processes wait with something."""
        until = self.view.not_before.get(name, self.view.now)
        return max(0.0, (until - self.view.now).total_seconds())

    def _say(self, tx: Tx) -> None:
        now = present(tx)
        platforms = tuple(sorted(self._serves))
        me = Process(self.id, version("hello-circle"), platforms, self._since, now, self.leaving)
        processes.note(tx, me)
        leases.keep(tx, self.id, now)
        if any(now - process.seen_at > processes.FORGOTTEN for process in self.view.processes):
            processes.forget_dead(tx, now)


def seen(tx: Tx) -> ProcessesView:
    """See every process, and what each holds."""
    now = present(tx)
    return ProcessesView(now, processes.listed(tx), leases.under(tx, "", now), spacing.all_of_them(tx))


@asynccontextmanager
async def joined(db: Database) -> AsyncGenerator[Peers]:
    """Be one of the processes of a database while the block runs.

    Raises:
        StoreError: the database could not be asked.
    """
    peers = Peers(db, await db.read(seen))
    await peers.look()
    log.info("process", id=peers.id, others=len(peers.view.processes) - 1)
    looking = asyncio.create_task(peers.keep_looking())
    try:
        yield peers
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        with suppress(StoreError):
            await db.row_by_row(lambda tx: processes.end(tx, peers.id))


@asynccontextmanager
async def serving(peers: Peers | None, platform: str) -> AsyncGenerator[None]:
    """Tell the others, where there are any, that this process serves a platform while the block runs."""
    if peers is None:
        yield
        return
    with suppress(StoreError):
        await peers.serve(platform, able=True)
    try:
        yield
    finally:
        with suppress(StoreError):
            await peers.serve(platform, able=False)
