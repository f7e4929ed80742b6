"""One round: everything that is due is planned, then sent; called by a timer, by the demo and by tests."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.engine.clock import Clock
from bot.engine.messenger import Messenger
from bot.engine.schedule import Schedule
from bot.engine.tokens import Signer
from bot.scheduling import expiry
from bot.scheduling.clock_watch import ClockWatch
from bot.scheduling.notifying import Notifier
from bot.scheduling.planning import BATCH, Planner
from bot.scheduling.posting import Poster
from bot.scheduling.pulse import Pulse
from bot.scheduling.tempo import Tempo
from bot.store import agenda, notices, posts
from bot.store.database import Database, Tx

TOGETHER = 50
"""Entries of the agenda that are planned in one work where several processes plan."""


@dataclass(frozen=True)
class Rounds:
    """The weekly round of every community on one database."""

    db: Database
    clock: Clock
    signer: Signer
    schedules: Mapping[str, Schedule]
    messengers: Mapping[str, Messenger]
    owner: str = field(default_factory=lambda: secrets.token_hex(8))
    watch: ClockWatch = field(init=False)
    planner: Planner = field(init=False)
    pulse: Pulse = field(default_factory=Pulse)
    tempo: Tempo = field(default_factory=Tempo)
    _begun: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Watch the clock, and plan by the schedules."""
        object.__setattr__(self, "watch", ClockWatch(self.db, self.clock, self.schedules))
        object.__setattr__(self, "planner", Planner(self.schedules, self.signer, self.db.measures))

    async def next_due(self, now: datetime | None = None) -> datetime | None:
        """Tell when the next thing is due, or None when nothing is on the agenda; `now` when it is not asked anew."""
        present = self.clock.now() if now is None else now

        def earliest(tx: Tx) -> datetime | None:
            instants = (agenda.earliest(tx), posts.earliest(tx, present), notices.earliest(tx, present))
            return min((instant for instant in instants if instant is not None), default=None)

        return await self.db.read(earliest)

    @property
    def in_doubt(self) -> bool:
        """Whether a platform is to be asked what time it is, and was not yet."""
        return bool(self.messengers) and not self.db.damaged and self.watch.doubts and not self.watch.asked

    async def tick(self) -> None:
        """Do everything that is due now; running it twice does nothing twice, and a damaged database nothing at all."""
        # Platforms come and go while the bot runs; what a round claims, it can send.
        messengers = dict(self.messengers)
        if self.db.damaged or not messengers:
            return
        now = self.clock.now()
        due = await self.next_due(now)
        if not self.watch.doubts and (due is None or due > now):
            return
        # What a wrong clock says is set right here, so the round goes by what comes back.
        now = await self.watch.present(now, messengers)
        if now is None:
            return
        if await self._take_in(now):
            due = await self.next_due(now)
        if due is not None and due <= now:
            await self._do(now, messengers)

    async def _take_in(self, now: datetime) -> bool:
        """Plan, at the first round, what is new in this version; returns whether this was the first."""
        if self._begun.is_set():
            return False
        # To plan everything anew, everything is locked; so it is looked first whether there is any need.
        if not await self.db.read(self.planner.knows_all):

            def take_in(tx: Tx) -> None:
                self.planner.take_in(tx, now)

            await self.db.write(take_in)
        self._begun.set()
        return True

    async def _do(self, now: datetime, messengers: Mapping[str, Messenger]) -> None:
        """Plan and send what is due."""
        await (self._plan_beside_others(now) if self.db.shared else self._plan_alone(now))
        whose = (messengers, self.owner, self.pulse, self.tempo)
        await Poster(self.db, self.clock, self.signer, self.schedules, *whose).send_due()
        await Notifier(self.db, self.clock, *whose).send_due()

    async def _plan_alone(self, now: datetime) -> None:
        """Plan what is due, and drop what nobody asks for any more.

        A full batch ends the transaction, so that members who type meanwhile come between.
        """

        def plan(tx: Tx) -> bool:
            expiry.purge(tx, now)
            # After weeks without the bot, each week of a community falls due in its turn.
            while planned := self.planner.plan_due(tx, now):
                if planned >= BATCH:
                    return True
            return False

        while await self.db.write(plan):
            pass

    async def _plan_beside_others(self, now: datetime) -> None:
        """Plan what no other process plans; in small works, so that no member waits long for a community."""
        await self.db.row_by_row(lambda tx: expiry.purge(tx, now))
        while held := await self.db.row_by_row(lambda tx: agenda.hold(tx, now, self.tempo.lease, BATCH)):
            for first in range(0, len(held), TOGETHER):
                some = held[first : first + TOGETHER]
                await self.db.row_by_row(lambda tx, some=some: self.planner.plan(tx, agenda.unchanged(tx, some), now))
