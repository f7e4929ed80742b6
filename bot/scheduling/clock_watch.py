"""Watches the machine's clock: one that jumped must not send what is due in years, nor date a member's words.

After a jump the clock goes on steadily by itself; the platforms' own clocks settle what is right.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.engine.clock import WRONG_BY, Clock
from bot.engine.messenger import Messenger
from bot.engine.schedule import Schedule
from bot.scheduling.mending import mend
from bot.store import kept
from bot.store.database import Database, Tx

AHEAD = timedelta(hours=3)
"""How far the clock may be from the newest round before it is doubted."""
NOTED_EVERY = timedelta(hours=1)
LONGEST_REST = timedelta(days=366)
"""How long the bot may have been off, where no platform tells the time."""
REPORT_EVERY = 3600.0
"""Seconds after which the operator is told again."""
MARK = "newest round"

log = structlog.get_logger()


@dataclass
class ClockWatch:
    """Settles the clock before each round; `held` is True while nobody knows what time it is."""

    db: Database
    clock: Clock
    schedules: Mapping[str, Schedule]
    held: bool = False
    calm: bool = False
    """Whether the clock was settled since the start."""
    asked: bool = False
    """Whether the platforms were asked about the doubt there is now."""
    _corrected: bool = False
    """Whether the machine's clock is known to be wrong, and time goes on without it."""
    _report_at: float = 0.0

    @property
    def doubts(self) -> bool:
        """Whether it is open what time it is: after a start, and when the clock jumped or came back."""
        return not self.calm or self.clock.jumped != self._corrected

    async def present(self, now: datetime, messengers: Mapping[str, Messenger]) -> datetime | None:
        """Return the time by which a round goes, and note it as the newest; None while nobody can tell the time."""
        newest = await self.db.read(_newest)
        near = newest is not None and abs(now - newest) <= AHEAD
        if self.doubts or self._corrected or not near:
            self.asked = True
            right = await self._settled(now, newest, messengers, near=near)
            if right is None:
                return None
            wrong_before = self.held or (not self.calm and abs(right - now) > WRONG_BY)
            now = right
        else:
            wrong_before = False
        wrong_before = wrong_before or (newest is not None and newest - now > AHEAD)
        if wrong_before or newest is None or now - newest >= NOTED_EVERY:
            await self._note(now, wrong_before=wrong_before)
        self._calmed(now)
        return now

    async def _note(self, now: datetime, *, wrong_before: bool) -> None:
        """Note the newest round; when the clock was wrong before it, what was planned by that clock is planned anew."""

        def noted(tx: Tx) -> None:
            kept.put(tx, MARK, {"at": now.isoformat()})
            if wrong_before:
                mend(tx, self.schedules, now)

        # To mend is to look at everything.
        await (self.db.write(noted) if wrong_before else self.db.row_by_row(noted))

    def _calmed(self, now: datetime) -> None:
        jumped = self.clock.jumped
        if self.held or (self._corrected and not jumped):
            log.info("clock believed again", clock=now.isoformat())
            self._report_at = 0.0
        # Time goes on without a clock that jumped; it is settled, and no doubt is left until it comes back.
        self.held, self.calm, self.asked, self._corrected = False, True, False, jumped

    async def _settled(
        self, now: datetime, newest: datetime | None, messengers: Mapping[str, Messenger], *, near: bool
    ) -> datetime | None:
        """Ask the platforms for the time, and settle the clock by it; None while nobody can tell."""
        answers = await asyncio.gather(*(messenger.time() for messenger in messengers.values()), return_exceptions=True)
        times = [answer for answer in answers if isinstance(answer, datetime)]
        machine = self.clock.machine
        if times:
            # One platform may be wrong itself; the one nearest to the machine's clock is believed.
            right = min(times, key=lambda time: abs(time - machine))
            if abs(right - machine) <= WRONG_BY:
                right = machine  # it is the finer one of the two
            else:
                self._report("clock not believed, going by the platforms' time", right, newest)
        elif any(isinstance(answer, BaseException) for answer in answers):
            # Nobody can be reached, so nothing could be sent.
            return now if near and not self.clock.jumped else None
        elif newest is None or machine - newest <= LONGEST_REST:
            right = machine
        elif near:
            self._report("clock not believed, going on as before", now, newest)
            return now
        else:
            self.held = True
            self._report("clock not believed, nothing is sent", None, newest)
            return None
        self.clock.settle(right)
        return right

    def _report(self, event: str, right: datetime | None, newest: datetime | None) -> None:
        steady = asyncio.get_running_loop().time()
        if steady < self._report_at:
            return
        self._report_at = steady + REPORT_EVERY
        log.error(
            event,
            clock=self.clock.machine.isoformat(),
            present=right and right.isoformat(),
            newest_round=newest and newest.isoformat(),
        )


def _newest(tx: Tx) -> datetime | None:
    mark = kept.find(tx, MARK)
    return None if mark is None else datetime.fromisoformat(mark["at"])
