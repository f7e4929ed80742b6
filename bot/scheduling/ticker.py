"""Does nothing but wake the bot; the database decides what is due."""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.engine.clock import SystemClock
from bot.faults import recorded
from bot.scheduling.rounds import Rounds

LOOK_SECONDS = 1.0
"""How often it looks whether the clock jumped; members who type then are not to wait for the next round."""
PATIENCE = 1.25
"""How many times as long the steady clock waits for a round before it calls one."""
END_OF_TIME = datetime.max.replace(tzinfo=UTC)

log = structlog.get_logger()


class FixedInterval(BaseTrigger):
    """The next round is due a fixed time from now; rounds that a clock skipped when it jumped are not made up for."""

    def __init__(self, seconds: float) -> None:
        self._wait = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Tell when the next round is due."""
        # A clock that jumped to the end of time must not overflow.
        return min(now, END_OF_TIME - self._wait) + self._wait


class Ticker:
    """Wakes the weekly round, and notes in its pulse how that went.

    The scheduler goes by the clock on the wall. When that is set back, its next round is as far away as the clock was
    moved; so the loop's steady clock watches it, and calls a round that has not come.
    """

    def __init__(self, rounds: Rounds) -> None:
        self._rounds, self._every = rounds, rounds.tempo.round_every
        self._wall = SystemClock()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._job: Job | None = None
        self._guard: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Start waking the bot; call inside a running event loop."""
        # Without a grace time a round that is late still comes; rounds that were missed come as one.
        self._job = self._scheduler.add_job(
            self._run,
            FixedInterval(self._every),
            name="round",
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        self._watch(self._job)

    def stop(self) -> None:
        """Stop waking the bot, also in the middle of a round."""
        if self._job is not None:
            self._job = None
            self._leave_unwatched()
            self._scheduler.shutdown()

    async def wake(self) -> None:
        """Do one round; whatever goes wrong in it, the next one comes."""
        pulse = self._rounds.pulse
        try:
            await self._rounds.tick()
            pulse.trouble = "the clock is not believed" if self._rounds.watch.held else ""
            pulse.beat()
        except Exception as fault:  # noqa: BLE001 - what is wrong with one round must not end them all
            pulse.trouble = "the last round failed"
            log.error("round failed", **recorded(fault))  # noqa: TRY400 - a traceback may hold names

    async def _run(self) -> None:
        """Do a round for the scheduler; how long it takes is its own affair."""
        self._leave_unwatched()
        try:
            await self.wake()
        except asyncio.CancelledError:
            return  # the bot stops; the scheduler would log that as a fault
        if self._job is not None:
            self._watch(self._job)

    def _watch(self, job: Job, left: float = 0.0) -> None:
        """Look, by the steady clock, whether a round is overdue, or wanted at once because the clock is in doubt."""
        left = left or self._every * PATIENCE
        self._guard = asyncio.get_running_loop().call_later(min(left, LOOK_SECONDS), self._look, job, left)

    def _leave_unwatched(self) -> None:
        if self._guard is not None:
            self._guard.cancel()

    def _look(self, job: Job, left: float) -> None:
        if left > LOOK_SECONDS and not self._rounds.in_doubt:
            self._watch(job, left - LOOK_SECONDS)
            return
        log.info("round called by the steady clock")
        job.modify(next_run_time=self._wall.machine)
        self._watch(job)
