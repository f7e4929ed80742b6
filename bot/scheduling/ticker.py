"""The only user of APScheduler, which does nothing but wake the bot; the database decides what is due."""

from datetime import UTC

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduling.rounds import Rounds

EVERY_SECONDS = 20
"""How often the bot looks at its agenda."""

log = structlog.get_logger()


class Ticker:
    """Wakes the weekly round; `healthy` is False after a round failed, until one works again."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds
        # One job in memory: persistent job stores run weekly jobs twice when two processes share them.
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._tick, "interval", seconds=EVERY_SECONDS, misfire_grace_time=None, coalesce=True, max_instances=1
        )
        self._scheduler.add_listener(self._failed, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self.healthy = True

    def start(self) -> None:
        """Start waking the bot; call inside a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop waking the bot."""
        self._scheduler.shutdown(wait=False)

    async def _tick(self) -> None:
        await self._rounds.tick()
        self.healthy = True

    def _failed(self, event: JobExecutionEvent) -> None:
        self.healthy = False
        log.error("round failed", fault=type(event.exception).__name__ if event.exception else "missed")
