"""Says that a platform cannot be reached: within ten seconds, then at growing intervals, until it is there again."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import structlog

from bot.engine.clock import pause

LOOK = 4.0
"""Seconds between two looks."""
FIRST, LONGEST = 8.0, 600.0
"""Seconds away before the first warning, and the longest time between two warnings."""

log = structlog.get_logger()


@asynccontextmanager
async def absence_told(platform: str, is_reachable: Callable[[], bool]) -> AsyncGenerator[None]:
    """Watch a platform while the block runs, and log when it is away."""
    watching = asyncio.create_task(_watch(platform, is_reachable))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _watch(platform: str, is_reachable: Callable[[], bool]) -> None:
    seconds_away, say_at = 0.0, FIRST
    while True:
        await pause(LOOK)
        if not is_reachable():
            seconds_away += LOOK
            if seconds_away >= say_at:
                log.warning("platform not reached", platform=platform, seconds=round(seconds_away))
                say_at = seconds_away + min(seconds_away, LONGEST)
            continue
        if say_at > FIRST:
            log.info("platform reached again", platform=platform, seconds=round(seconds_away))
        seconds_away, say_at = 0.0, FIRST
