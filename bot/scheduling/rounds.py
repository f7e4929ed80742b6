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
from bot.scheduling import data_life
from bot.scheduling.notifying import Notifier
from bot.scheduling.planning import BATCH, Planner
from bot.scheduling.posting import Poster
from bot.scheduling.pulse import Pulse
from bot.scheduling.watch import Watch
from bot.store import agenda, notices, posts
from bot.store.database import Database, Tx
from bot.store.reach import row_by_row


@dataclass(frozen=True)
class Rounds:
    """The weekly round of every community on one database."""

    db: Database
    clock: Clock
    signer: Signer
    schedules: Mapping[str, Schedule]
    messengers: Mapping[str, Messenger]
    owner: str = field(default_factory=lambda: secrets.token_hex(8))
    watch: Watch = field(init=False)
    planner: Planner = field(init=False)
    pulse: Pulse = field(default_factory=Pulse)
    _begun: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Watch the clock, and plan by the schedules."""
        object.__setattr__(self, "watch", Watch(self.db, self.clock, self.schedules))
        object.__setattr__(self, "planner", Planner(self.schedules, self.signer, self.db.measures))

    async def next_due(self) -> datetime | None:
        """Tell when the next thing is due, or None when nothing is on the agenda."""

        def earliest(tx: Tx) -> datetime | None:
            instants = (agenda.earliest(tx), posts.earliest(tx), notices.earliest(tx))
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
        due, now = await self.next_due(), self.clock.now()
        if not self.watch.doubts and (due is None or due > now):
            return
        # What a wrong clock says is set right here, so the round goes by what comes back.
        now = await self.watch.present(now, messengers)
        if now is None:
            return
        if await self._take_in(now):
            due = await self.next_due()
        if due is not None and due <= now:
            await self._do(now, messengers)

    async def _take_in(self, now: datetime) -> bool:
        """Plan, at the first round, what is new in this version; returns whether this was the first."""
        if self._begun.is_set():
            return False
        await self.db.write(lambda tx: self.planner.take_in(tx, now))
        self._begun.set()
        return True

    async def _do(self, now: datetime, messengers: Mapping[str, Messenger]) -> None:
        """Plan and send what is due."""
        with row_by_row():
            while await self.db.write(lambda tx: self._plan(tx, now)):
                pass
        await Poster(self.db, self.clock, self.signer, self.schedules, messengers, self.owner, self.pulse).send_due()
        await Notifier(self.db, self.clock, messengers, self.owner, self.pulse).send_due()

    def _plan(self, tx: Tx, now: datetime) -> bool:
        """Plan what is due, and drop what nobody asks for any more; returns whether there is more.

        A full batch ends the transaction, so that members who type meanwhile come between.
        """
        data_life.purge(tx, now)
        plans = (self.planner.plan_posts, self.planner.plan_tasks, self.planner.plan_messages, self.planner.erase_left)
        for plan in plans:
            # After weeks without the bot, each week of a community falls due in its turn.
            while planned := plan(tx, now):
                if planned >= BATCH:
                    return True
        return False
