"""Which communities a unit of work touches: on a server their locks are what keeps works apart that would meet.

A work on behalf of a community has that community's lock from its beginning, and takes those of others before it reads
of them. One that goes row by row begins with none (`Database.row_by_row`). One that says nothing has the whole database
for itself. A file has one writer, so nothing is locked there.
"""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from bot.domain.ids import CommunityId
from bot.store.batch import Job, Tx

T = TypeVar("T")

HOLD = "hold"
"""The name in `tx.info` under which a connection to a server carries the locks of its transaction."""


class CommunityLocks(Protocol):
    """The communities that a transaction has locked."""

    def enter(self, tx: Tx, communities: Iterable[CommunityId]) -> bool:
        """Lock communities that are not locked yet; returns whether there were any."""
        ...


def place_of(platform: str, platform_id: str) -> str:
    """Name a community by its place, as `on_behalf_of` takes it: known before anything is read."""
    return f"{platform}:{platform_id}"


def places_of(job: Job) -> frozenset[str] | None:
    """Tell which places a work touches from its beginning; None when it may touch everything."""
    if job.row_by_row:
        return frozenset()
    return frozenset((job.owner,)) if job.owner else None


def enter(tx: Tx, communities: Iterable[CommunityId]) -> bool:
    """Lock communities before anything of them is read that a change is decided by.

    Returns whether any was not locked before; then what was read of it so far may have changed.
    """
    hold: CommunityLocks | None = tx.info.get(HOLD)
    return hold is not None and hold.enter(tx, communities)


def under_lock(tx: Tx, read: Callable[[], T], of: Callable[[T], Iterable[CommunityId]]) -> T:
    """Read what tells which communities a work is about, with the locks of all of them; it is as it was read then."""
    read_rows = read()
    while enter(tx, of(read_rows)):
        read_rows = read()
    return read_rows
