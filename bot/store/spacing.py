"""What may not come again before an instant, whichever process does it; by the database's own clock."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.batch import Tx
from bot.store.tables import turns as table
from bot.store.upsert import insert_or_replace


def reserve(tx: Tx, name: str, now: datetime, apart: timedelta) -> timedelta:
    """Take the next turn of those that come one after the other, some time apart; tells how long to wait for it."""
    mine = max(now, not_before(tx, name) or now)
    _put(tx, name, mine + apart)
    return mine - now


def hold(tx: Tx, name: str, until: datetime) -> None:
    """Let nobody do something before an instant, if that is not agreed already."""
    if until > (not_before(tx, name) or until - timedelta.resolution):
        _put(tx, name, until)


def not_before(tx: Tx, name: str) -> datetime | None:
    """Tell before when something may not be done; None when that was never said."""
    return tx.execute(sa.select(table.c.next_at).where(table.c.name == name)).scalar()


def all_of_them(tx: Tx) -> dict[str, datetime]:
    """Tell of everything that was spaced or held back before when it may not be done."""
    return {row.name: row.next_at for row in tx.execute(sa.select(table))}


def _put(tx: Tx, name: str, at: datetime) -> None:
    tx.execute(insert_or_replace(table, "next_at"), {"name": name, "next_at": at})
