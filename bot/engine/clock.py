"""The only source of the current time; tests and the demo move it by hand."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

WRONG_BY = timedelta(minutes=10)
"""The largest difference from the steady clock that is a slow correction; a larger one is a jump."""
LAST = datetime(9000, 1, 1, tzinfo=UTC)
"""The latest instant a clock returns, so that adding weeks to it cannot overflow."""


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return the present as an aware UTC datetime."""
        ...

    @property
    def machine(self) -> datetime:
        """The machine's own time, even after a jump."""
        ...

    @property
    def jumped(self) -> bool:
        """Whether the machine's clock jumped, so that its time is not used."""
        ...

    def settle(self, present: datetime) -> None:
        """Take an instant as the right time, and count on from it."""
        ...


def _wall() -> datetime:
    try:
        return min(datetime.now(UTC), LAST)  # noqa: TID251 - the Clock that everything else must take begins here
    except (ValueError, OverflowError):
        return LAST


def steady() -> float:
    """Read the monotonic clock in seconds; on Linux it also counts the time in which the machine slept."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SystemClock:
    """The machine's clock, unless it jumped.

    After a jump the time is the last good reading plus the steady clock's seconds since, until the machine's clock is
    right again or `settle` is called.
    """

    def __init__(self, wall: Callable[[], datetime] = _wall, steady: Callable[[], float] = steady) -> None:
        self._wall, self._steady = wall, steady
        self._last_reading = wall(), steady()

    def now(self) -> datetime:
        """Return the machine's time, or after a jump the expected one."""
        present, steady = self._wall(), self._steady()
        expected = self._expected(steady)
        if abs(present - expected) > WRONG_BY:
            present = expected
        self._last_reading = present, steady
        return present

    @property
    def machine(self) -> datetime:
        """The machine's own time, even after a jump."""
        return self._wall()

    @property
    def jumped(self) -> bool:
        """Whether the machine's clock jumped, so that its time is not used."""
        return abs(self._wall() - self._expected(self._steady())) > WRONG_BY

    def settle(self, present: datetime) -> None:
        """Take an instant as the right time, and count on from it."""
        self._last_reading = present, self._steady()

    def _expected(self, steady: float) -> datetime:
        """Add to the last good reading the seconds of the steady clock since."""
        present, at = self._last_reading
        return present + timedelta(seconds=steady - at)


async def pause(seconds: float) -> None:
    """Wait some seconds by the event loop's monotonic clock, which a change of the wall clock does not move."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()


TICK = timedelta(microseconds=1)
"""How far a clock that is moved by hand goes on by itself at every reading."""


class ManualClock:
    """A clock that is moved by hand; like a real one it never tells the same instant twice."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the present, which is a little later at the next reading."""
        self._now += TICK
        return self._now - TICK

    @property
    def machine(self) -> datetime:
        """The time, without the tick that `now` adds."""
        return self._now

    @property
    def jumped(self) -> bool:
        """Always False: this clock moves only on purpose."""
        return False

    def settle(self, present: datetime) -> None:
        """Set the clock to an instant."""
        self._now = present

    def move(self, to: datetime) -> None:
        """Move the clock; it never goes back."""
        self._now = max(self._now, to.astimezone(UTC))
