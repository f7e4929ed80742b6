"""How long the event loop was blocked: a timer that should fire each millisecond, and how late it did."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

EVERY = 0.001


@dataclass
class Blocked:
    """The longest time, in seconds, that nothing else could run on the loop."""

    longest: float = 0.0


@contextmanager
def watched() -> Generator[Blocked]:
    """Watch the running loop while the block runs."""
    loop, seen = asyncio.get_running_loop(), Blocked()
    due = loop.time()
    timer: asyncio.TimerHandle

    def beat() -> None:
        nonlocal due, timer
        now = loop.time()
        seen.longest = max(seen.longest, now - due)
        due = now + EVERY
        timer = loop.call_at(due, beat)

    timer = loop.call_at(due, beat)
    try:
        yield seen
    finally:
        timer.cancel()
        # The last wait counts even when the loop had no time left for another beat.
        seen.longest = max(seen.longest, loop.time() - due)
