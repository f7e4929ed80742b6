"""The locks of a transaction: one of each community that its work touches, shared by no other transaction.

Whoever has any of them also shares the lock of the whole database, which a work has alone that may touch everything. A
work that begins with none waits for nobody: claims and heartbeats go on while a new version plans everything anew.
Locks that are known at the beginning are waited for in one order, so nobody waits in a circle. What turns out to be
needed later is taken only if it is free; if it is not, the work begins again, with all of them from the beginning.
"""

from collections.abc import Iterable
from hashlib import blake2b

from bot.domain.ids import CommunityId
from bot.store.batch import Tx
from bot.store.postgres.raw import driver
from bot.store.reach import place_of

_WHOLE = 0x4843697277
"""The number of the lock of everything."""
_TAKE = (
    "SELECT pg_try_advisory_xact_lock_shared(%s) AND bool_and(pg_try_advisory_xact_lock(one)) "
    "FROM unnest(%s::bigint[]) AS one"
)
_PLACES = "SELECT id, platform, platform_id FROM communities WHERE id = ANY(%s)"


class BeginAgain(BaseException):
    """A community is needed that another work has now; no work may take this for a fault of its own."""


class HeldLocks:
    """What one unit of work has locked, and what it needs when it begins again.

    `waits` is how long it waits for a lock, such as `2s`, when that is less than usual.
    """

    def __init__(self, places: frozenset[str] | None, waits: str = "") -> None:
        self._everything = places is None
        self._waits = [f"set_config('lock_timeout', '{waits}', true)"] if waits else []
        self._locks = {_number(place) for place in places or ()}
        self._entered: set[CommunityId] = set()

    def begun(self) -> "HeldLocks":
        """Say that a transaction begins with these locks; which communities they are of is found out anew."""
        self._entered.clear()
        return self

    def statement(self, *also: str) -> tuple[str, list[int]]:
        """Write the select that takes the locks at the beginning of a transaction, and its values."""
        locks = [_WHOLE] if self._everything else [_WHOLE, *sorted(self._locks)] if self._locks else []
        first = "pg_advisory_xact_lock(%s)" if self._everything else "pg_advisory_xact_lock_shared(%s)"
        taken = [first, *["pg_advisory_xact_lock(%s)"] * (len(locks) - 1)] if locks else []
        return f"SELECT {', '.join((*also, *self._waits, *taken))}", locks

    def enter(self, tx: Tx, communities: Iterable[CommunityId]) -> bool:
        """Lock communities that are not locked yet; returns whether there were any.

        Raises:
            BeginAgain: another work has one of them; its lock is waited for from the beginning then.
        """
        new = set[CommunityId]() if self._everything else set(communities) - self._entered
        if not new:
            return False
        raw = driver(tx)
        # Where a community is never changes, so this is read before it is locked; one that is gone is nobody's.
        places = raw.execute(_PLACES, (list(new),)).fetchall()
        needed = {_number(place_of(platform, platform_id)) for _, platform, platform_id in places} - self._locks
        self._locks |= needed
        if needed:
            (free,) = raw.execute(_TAKE, (_WHOLE, sorted(needed))).fetchone() or (False,)
            if not free:
                raise BeginAgain
        self._entered |= new
        return bool(needed)


def _number(place: str) -> int:
    """Give the number of a community's lock; two that share one only wait for each other."""
    return int.from_bytes(blake2b(place.encode(), digest_size=8).digest(), signed=True)
