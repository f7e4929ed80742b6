"""The processes that run on one database: each says again and again that it is there, by the database's own clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store import leases
from bot.store.batch import Tx
from bot.store.tables import processes as table
from bot.store.upsert import insert_or_replace

FORGOTTEN = timedelta(seconds=60)
"""After so long without a word a process is dead, and is not listed any more."""


@dataclass(frozen=True, slots=True)
class Process:
    """One `hello-circle run`."""

    id: str
    version: str
    platforms: tuple[str, ...]
    """The platforms that it can serve at this moment."""
    since: datetime
    seen_at: datetime
    leaving: bool
    """Whether it was asked to stop, and hands over what it holds."""

    def is_alive(self, now: datetime) -> bool:
        """Tell whether it said something lately."""
        return now - self.seen_at < leases.LASTS


def note(tx: Tx, process: Process) -> None:
    """Note that a process is there, and what it does."""
    tx.execute(
        insert_or_replace(table, "platforms", "seen_at", "leaving"),
        {
            "id": process.id,
            "version": process.version,
            "platforms": " ".join(process.platforms),
            "since": process.since,
            "seen_at": process.seen_at,
            "leaving": process.leaving,
        },
    )


def listed(tx: Tx) -> list[Process]:
    """List every process, the oldest first, also those that have not been heard of for some seconds."""
    return [
        Process(row.id, row.version, tuple(row.platforms.split()), row.since, row.seen_at, row.leaving)
        for row in tx.execute(sa.select(table).order_by(table.c.since, table.c.id))
    ]


def serving(all_of_them: Sequence[Process], platform: str, now: datetime) -> list[Process]:
    """Pick those that can serve a platform and will go on."""
    return [
        process
        for process in all_of_them
        if platform in process.platforms and process.is_alive(now) and not process.leaving
    ]


def end(tx: Tx, process: str) -> None:
    """Forget a process that ended, and give back what it held."""
    tx.execute(table.delete().where(table.c.id == process))
    leases.release(tx, process)


def forget_dead(tx: Tx, now: datetime) -> None:
    """Forget those that ended without a word."""
    tx.execute(table.delete().where(table.c.seen_at < now - FORGOTTEN))
