"""An event loop whose waits are short: when nothing happens for a moment, its clock jumps to the next thing due.

For what the library waits for by itself: five seconds between two logins, a refused request, a lost connection.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

QUIET = 0.15
"""Seconds without a word from any socket or thread before the clock jumps."""


class _Selector(selectors.DefaultSelector):
    jumped = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None or timeout <= QUIET:
            return super().select(timeout)
        found = super().select(QUIET)
        if not found:
            self.jumped += timeout - QUIET
        return found


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
