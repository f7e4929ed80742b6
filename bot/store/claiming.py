"""How a process takes up rows that wait or whose owner let the lease run out: the same for posts and for messages."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.store import communities as homes, lease as leases


def claim_of(table: sa.Table, *, waits: str, claimed: str, held: Sequence[str]) -> Any:
    """Make the statement that claims rows for an owner; a row that was being sent stays in that state, because it may be sent."""
    key = table.primary_key.columns
    waiting = (
        sa.select(*key)
        .where(leases.reached(table, *held), homes.on_platforms(table))
        .order_by(table.c.next_at)
        .limit(sa.bindparam("most"))
        # What another process is taking up at this moment is passed over.
        .with_for_update(skip_locked=True)
        # A query of its own, so that no join makes it take up more than it was asked for.
        .cte("waiting")
    )
    return (
        table.update()
        .where(sa.tuple_(*key).in_(sa.select(waiting)))
        .values(
            state=sa.case((table.c.state == waits, claimed), else_=table.c.state),
            owner=sa.bindparam("by"),
            next_at=leases.end(),
            attempt=table.c.attempt + 1,
        )
        .returning(table)
    )


def claiming(now: datetime, owner: str, lease: timedelta, platforms: Sequence[str], limit: int) -> dict[str, Any]:
    """Give what such a statement is run with."""
    return {"now": now, "by": owner, "span": leases.microseconds(lease), "on": list(platforms), "most": limit}
