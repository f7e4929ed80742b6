"""How long a test waits: never for ever, and in a hurried loop not for the clock either.

When nothing happens in that loop for a moment, its clock jumps to the next thing due: for what the library waits for
by itself, such as five seconds between two logins, a refused request, a lost connection.
"""

import asyncio
import selectors
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")
QUIET = 0.15
"""Seconds without a word from any socket or thread before the clock jumps."""
JUMP = 5.0
"""Seconds of one jump at the most, so that a slow disk is not taken for a dead connection."""


class _Selector(selectors.DefaultSelector):
    jumped = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None or timeout <= QUIET:
            return super().select(timeout)
        events = super().select(QUIET)
        if not events:
            self.jumped += min(timeout, JUMP) - QUIET
        return events


class HurriedLoop(asyncio.SelectorEventLoop):
    """A loop that waits for the world, and not for the clock."""

    def __init__(self) -> None:
        self._hurried = _Selector()
        super().__init__(self._hurried)

    def time(self) -> float:
        """Tell the time, with what was jumped over."""
        return super().time() + self._hurried.jumped


def hurried(test: Coroutine[Any, Any, None]) -> None:
    """Run a test in such a loop."""
    with asyncio.Runner(loop_factory=HurriedLoop) as runner:
        runner.run(test)


class _Still(selectors.DefaultSelector):
    passed = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        events = super().select(0 if timeout is not None else None)
        if not events:
            self.passed += timeout or 0.0
        return events


class TimelessLoop(asyncio.SelectorEventLoop):
    """A loop whose time is only what was waited for; nothing in it may wait for the world."""

    def __init__(self) -> None:
        self._still = _Still()
        super().__init__(self._still)

    def time(self) -> float:
        """Tell how much was waited for so far."""
        return self._still.passed


def timeless(test: Coroutine[Any, Any, None]) -> None:
    """Run a test in such a loop: however busy the machine is, it takes as long by its clock."""
    with asyncio.Runner(loop_factory=TimelessLoop) as runner:
        runner.run(test)


async def soon(awaited: Awaitable[T], seconds: float, complaint: Callable[[], str]) -> T:
    """Wait for something for so long by the clock on the wall.

    Raises:
        AssertionError: it did not come.
    """
    task, end = asyncio.ensure_future(awaited), monotonic() + seconds
    try:
        while not task.done():
            assert monotonic() < end, complaint()
            await asyncio.wait({task}, timeout=min(seconds, JUMP))
        return task.result()
    finally:
        task.cancel()
