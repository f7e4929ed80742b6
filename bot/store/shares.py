"""How leases of one kind are shared evenly by the processes that can hold them: the rule, and the step that follows it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.store import leases, processes
from bot.store.batch import Tx
from bot.store.leases import Lease


@dataclass(frozen=True, slots=True)
class ShareStep:
    """What one process does next: what nobody holds it takes, and what another has too much of it asks for."""

    take: tuple[str, ...] = ()
    ask_for: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to do."""
        return bool(self.take or self.ask_for)


def quotas(number: int, sharers: Sequence[str]) -> Mapping[str, int]:
    """Divide a number of leases evenly; what is left over goes to those who stand first."""
    if not sharers:
        return {}
    even_part, more = divmod(number, len(sharers))
    return {sharer: even_part + (place < more) for place, sharer in enumerate(sharers)}


def next_step(held: Sequence[Lease], sharers: Sequence[str], me: str, now: datetime, *, judges: bool) -> ShareStep:
    """Decide what a process does to have its share.

    `judges` says whether it may take what another held until its time was over. Whoever was away from the database
    itself cannot know whether the others are gone.
    """
    fair = quotas(len(held), sharers)
    if me not in fair:
        return ShareStep()
    free = [lease for lease in held if lease.is_free(now) and lease.heir in (None, me)]
    mine = [lease for lease in held if me in (lease.heir, lease.holder) and lease not in free]
    room = max(0, fair[me] - len(mine))
    may_take = [lease.name for lease in free if judges or lease.holder in (None, me)]
    taken = may_take[:room]
    return ShareStep(tuple(taken), tuple(_too_many(held, fair, me, now)[: room - len(taken)]))


def share(tx: Tx, prefix: str, platform: str, me: str, now: datetime, *, judges: bool) -> ShareStep:
    """Decide what a process does next to hold its fair share of the leases whose names have this beginning."""
    sharers = [process.id for process in processes.serving(processes.listed(tx), platform, now)]
    return next_step(leases.under(tx, prefix, now), sharers, me, now, judges=judges)


def do(tx: Tx, step: ShareStep, me: str, now: datetime) -> None:
    """Do a step."""
    for name in step.take:
        leases.take(tx, name, me, now)
    for name in step.ask_for:
        leases.ask_for(tx, name, me, now)


def _too_many(held: Sequence[Lease], fair: Mapping[str, int], me: str, now: datetime) -> list[str]:
    """List what others hold beyond their share and nobody asks for yet: of those who leave first, then who has most."""
    there = [lease for lease in held if not lease.is_free(now) and lease.holder != me]
    having = Counter(str(lease.holder) for lease in there if lease.heir is None)
    spare = {holder: number - fair.get(holder, 0) for holder, number in having.items()}
    ordered = sorted(spare, key=lambda holder: (holder in fair, -spare[holder], holder))
    return [
        name
        for holder in ordered
        for name in [lease.name for lease in there if lease.holder == holder and lease.heir is None][
            : max(0, spare[holder])
        ]
    ]
