"""Waiting for what a process of its own does, by the clock on the wall."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from time import monotonic

PATIENCE, LOOK = 120.0, 0.1


async def passes(seconds: float) -> None:
    """Let real time pass."""
    await asyncio.sleep(seconds)  # noqa: TID251 - of the test, not the bot


async def until(what: str, so: Callable[[], object | Awaitable[object]], within: float = PATIENCE) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it is not so in time.
    """
    end = monotonic() + within
    while True:
        answer = so()
        if await answer if inspect.isawaitable(answer) else answer:
            return
        assert monotonic() < end, f"after {within} s it is still not so that {what}"
        await passes(LOOK)
