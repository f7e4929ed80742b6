"""What one process at a time may hold, by the database's own clock: taken, kept, handed over and given back.

Each lease has a fencing number. It is one more whenever another process takes the lease over, so whoever slept through
its end can be told from whoever holds it now. Nothing is kept in a session, so a pooler may stand between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.batch import Tx
from bot.store.tables import leases as table
from bot.store.types import EPOCH
from bot.store.upsert import insert_if_new

LASTS = timedelta(seconds=20)
"""How long a lease is held that nobody keeps: so long a process may sleep, or be away from the database."""
HEIR_FOR = timedelta(seconds=60)
"""How long a process may get ready to take a lease over, until another may try."""


@dataclass(frozen=True, slots=True)
class Lease:
    """One lease as it is now; without a holder it is free."""

    name: str
    holder: str | None
    fence: int
    until: datetime
    since: datetime
    """From when on the holder answers; before that instant, the one before it did."""
    heir: str | None

    def is_free(self, now: datetime) -> bool:
        """Tell whether nobody holds it any more."""
        return self.holder is None or self.until <= now


def under(tx: Tx, prefix: str, now: datetime) -> list[Lease]:
    """List the leases whose names begin so, in order; an heir that did not come in time is none."""
    query = sa.select(table).where(table.c.name.startswith(prefix, autoescape=True)).order_by(table.c.name)
    return [
        Lease(
            row.name,
            row.holder,
            row.fence,
            row.until,
            row.since,
            row.heir if row.heir_until is not None and row.heir_until > now else None,
        )
        for row in tx.execute(query)
    ]


def provide(tx: Tx, names: Sequence[str]) -> None:
    """Make leases that are not there yet; nobody holds them."""
    free = {"fence": 0, "until": EPOCH, "since": EPOCH}
    for name in names:
        tx.execute(insert_if_new(table), {"name": name, **free})


def take(tx: Tx, name: str, holder: str, now: datetime) -> int | None:
    """Take a lease that is free, to answer everything; gives its fencing number, or None when another holds it."""
    free = sa.or_(table.c.holder.is_(None), table.c.until <= now)
    return _change_hands(tx, sa.and_(table.c.name == name, free), holder, now, since=EPOCH)


def ask_for(tx: Tx, name: str, heir: str, now: datetime) -> bool:
    """Say that this process gets ready to take a lease over; returns whether no other does."""
    nobody = sa.or_(table.c.heir.is_(None), table.c.heir_until <= now, table.c.heir == heir)
    asking = table.update().where(table.c.name == name, nobody).values(heir=heir, heir_until=now + HEIR_FOR)
    return tx.execute(asking).rowcount == 1


def inherit(tx: Tx, name: str, heir: str, now: datetime, since: datetime) -> int | None:
    """Take over a lease that was asked for, to answer from an instant on; None when another is its heir by now."""
    return _change_hands(tx, sa.and_(table.c.name == name, table.c.heir == heir), heir, now, since)


def keep(tx: Tx, holder: str, now: datetime) -> None:
    """Hold everything for longer that is still held."""
    tx.execute(table.update().where(table.c.holder == holder).values(until=now + LASTS))


def give_back(tx: Tx, name: str, holder: str, fence: int) -> bool:
    """Let another take a lease at once; returns whether it was still held, with that number."""
    held = sa.and_(table.c.name == name, table.c.holder == holder, table.c.fence == fence)
    return tx.execute(table.update().where(held).values(holder=None)).rowcount == 1


def release(tx: Tx, process: str) -> None:
    """Give back everything that a process holds, or gets ready to hold."""
    tx.execute(table.update().where(table.c.holder == process).values(holder=None))
    tx.execute(table.update().where(table.c.heir == process).values(heir=None, heir_until=None))


def _change_hands(tx: Tx, where: sa.ColumnElement[bool], holder: str, now: datetime, since: datetime) -> int | None:
    changed = (
        table.update()
        .where(where)
        .values(holder=holder, fence=table.c.fence + 1, until=now + LASTS, since=since, heir=None, heir_until=None)
    )
    return tx.execute(changed.returning(table.c.fence)).scalar()
