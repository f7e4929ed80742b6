"""Insists on keeping what was heard: a process that stood still finds its connections to the database ended."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.engine.clock import pause
from bot.store.errors import Closed, NotSaved, Stopped

T = TypeVar("T")
PAUSES = 0.0, 1.0, 5.0
"""Seconds before each further try."""


async def insist(work: Callable[[], Awaitable[T]]) -> T:
    """Do what the database shall do, some times; the last fault is raised.

    Raises:
        NotSaved: it cannot be kept.
    """
    for seconds in PAUSES:
        try:
            return await work()
        except (Closed, Stopped):
            raise
        except NotSaved:
            await pause(seconds)
    return await work()
