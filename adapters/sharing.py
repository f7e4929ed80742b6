"""The parts of a platform that this process hears, shared evenly with the other processes on its database.

Each part is a lease. Who takes one from a process that goes on connects first, and then agrees with it on an instant:
what people did before it is answered by the one, what they do after it by the other. So nothing is lost or answered
twice in between.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from adapters.peers import HAND_OVER_WITHIN, Peers
from bot.faults import recorded
from bot.store import leases, shares
from bot.store.database import Tx
from bot.store.errors import StoreError
from bot.store.leases import Lease
from bot.store.present import present
from bot.store.turns import on_behalf_of

CUT = timedelta(seconds=3)
"""How long after it took over a process begins to answer: the other one looks more often than that."""
LINGER = timedelta(seconds=2)
"""How long a part is heard on, for what is still on its way."""

log = structlog.get_logger()


def number_of(lease: Lease) -> int:
    """Tell which part a lease is for."""
    return int(lease.name.rpartition(":")[2])


async def agree(peers: Peers, platform: str, wanted: int) -> int:
    """Tell how many parts there are for all processes: as many as those have that run, else as many as are wanted.

    Raises:
        StoreError: the database could not be asked.
    """
    everything = f"{platform}:part:"

    def agreed(tx: Tx) -> int:
        now = present(tx)
        held = [lease for lease in leases.under(tx, everything, now) if not lease.is_free(now)]
        others = [lease for lease in held if lease.holder != peers.id]
        if others:
            return int(others[0].name.removeprefix(everything).partition(":")[0])
        leases.provide(tx, [_name(platform, wanted, part) for part in range(wanted)])
        # What is held says how many there are, to whoever comes next.
        leases.take(tx, _name(platform, wanted, 0), peers.id, now)
        return wanted

    with on_behalf_of(everything):
        return await peers.db.write(agreed)


def _name(platform: str, number: int, part: int) -> str:
    return f"{platform}:part:{number}:{part:05}"


class PartConnection(Protocol):
    """What connects to single parts."""

    async def open(self, part: int) -> None:
        """Connect to a part, and come back when it was asked for."""
        ...

    async def hang_up(self, part: int) -> None:
        """Disconnect from a part, so that another process can take it."""
        ...


@dataclass(slots=True)
class Span:
    """From when until when this process answers a part."""

    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether an instant lies in it."""
        return self.since <= at and (self.until is None or at < self.until)


class Sharing:
    """The parts of one connection; `keep` shares them until it is cancelled."""

    def __init__(self, peers: Peers, platform: str, line: PartConnection, number: int) -> None:
        """Share `number` parts of a platform, and hear this process's own by `line`."""
        self._peers, self._platform, self._line = peers, platform, line
        self._under = f"{platform}:part:{number}:"
        self._spans = dict[int, Span]()
        self._opening = dict[int, asyncio.Task[None]]()
        self._heard = set[int]()

    @property
    def held(self) -> list[int]:
        """The parts that this process answers."""
        return [part for part, span in self._spans.items() if span.until is None]

    def answers(self, part: int, at: datetime) -> bool:
        """Tell whether it is this process that answers what was done at an instant, and not the one before or after it."""
        self._note_spans()
        span = self._spans.get(part)
        return span is not None and span.holds(at)

    def connected(self, part: int) -> None:
        """Note that a part is heard; then it can be taken over."""
        self._heard.add(part)
        self._peers.hurry()

    async def keep(self) -> None:
        """Share the parts with the others, again and again; trouble with the database waits for the next look."""
        while True:
            try:
                await self._share()
            except StoreError as error:
                log.warning("parts not shared", **recorded(error))
            await self._peers.next_look()

    async def hand_over(self) -> None:
        """Keep running until other processes took over every part, some seconds at most; a process that is alone does not wait."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HAND_OVER_WITHIN):
                while self._still_answers() and self._others():
                    await self._peers.next_look()

    async def end(self) -> None:
        """Give back what is still held."""
        opening = list(self._opening.values())
        for task in opening:
            task.cancel()
        await asyncio.gather(*opening, return_exceptions=True)
        with suppress(StoreError):
            await self._peers.db.row_by_row(self._give_back)

    def _others(self) -> bool:
        return any(process != self._peers.id for process in self._peers.view.serving(self._platform))

    def _still_answers(self) -> bool:
        now = self._peers.view.now
        return any(span.until is None or span.until > now for span in self._spans.values())

    async def _share(self) -> None:
        peers = self._peers
        await self._follow()
        view = peers.view
        step = shares.next_step(
            view.under(self._under), view.serving(self._platform), peers.id, view.now, judges=peers.judges
        )
        coming = [
            lease for lease in view.under(self._under) if lease.heir == peers.id and number_of(lease) in self._heard
        ]
        if step or coming:
            judges = peers.judges
            with on_behalf_of(self._under):
                await peers.db.write(lambda tx: self._change(tx, coming, judges=judges))
            await peers.look()
        await self._follow()

    def _change(self, tx: Tx, coming: Sequence[Lease], *, judges: bool) -> None:
        now, me = present(tx), self._peers.id
        for lease in coming:
            leases.inherit(tx, lease.name, me, now, since=now + CUT)
        shares.do(tx, shares.share(tx, self._under, self._platform, me, now, judges=judges), me, now)

    def _note_spans(self) -> None:
        """Note from when until when this process answers each part, as the leases say that were seen last."""
        view = self._peers.view
        for lease in view.under(self._under):
            part, mine = number_of(lease), lease.holder == self._peers.id
            span = self._spans.get(part)
            if mine and (span is None or span.until is not None):
                self._spans[part] = Span(lease.since)
                log.info("part taken", platform=self._platform, part=part, fence=lease.fence)
            elif not mine and span is not None and span.until is None:
                span.until = lease.since if lease.holder is not None else view.now
                log.info("part given", platform=self._platform, part=part, fence=lease.fence)

    async def _follow(self) -> None:
        """Hear and leave parts as the leases say."""
        self._note_spans()
        view, me = self._peers.view, self._peers.id
        for lease in view.under(self._under):
            part = number_of(lease)
            span = self._spans.get(part)
            ended = span is not None and span.until is not None
            # What was lost is left before it is heard anew: a connection that slept may be dead and not know it.
            if lease.holder == me or (lease.heir == me and not ended):
                self._open(part)
            elif span is None or span.until is None or view.now > span.until + LINGER:
                await self._hang_up(part)

    def _open(self, part: int) -> None:
        if part not in self._opening:
            self._opening[part] = asyncio.create_task(self._line.open(part))

    async def _hang_up(self, part: int) -> None:
        self._spans.pop(part, None)
        self._heard.discard(part)
        task = self._opening.pop(part, None)
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self._line.hang_up(part)

    def _give_back(self, tx: Tx) -> None:
        for lease in leases.under(tx, self._under, present(tx)):
            if lease.holder == self._peers.id:
                leases.give_back(tx, lease.name, self._peers.id, lease.fence)
