"""The only source of the present; tests and the demo move it by hand."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

WRONG_BY = timedelta(minutes=10)
"""How far a clock may be from what it should say; more is a jump, and no slow correction."""
LAST = datetime(9000, 1, 1, tzinfo=UTC)
"""No clock says more than this, so that weeks can be counted around whatever it says."""


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return the present as an aware UTC datetime."""
        ...

    @property
    def machine(self) -> datetime:
        """What the machine says, right or wrong."""
        ...

    @property
    def jumped(self) -> bool:
        """Whether the machine's clock is not where it should be, so that time goes on without it."""
        ...

    def settle(self, present: datetime) -> None:
        """Go on from an instant that is surely the present."""
        ...


def _wall() -> datetime:
    try:
        return min(datetime.now(UTC), LAST)  # noqa: TID251 - the Clock that everything else must take begins here
    except (ValueError, OverflowError):
        return LAST


def _steady() -> float:
    """Count seconds that nobody can set; on Linux also those in which the machine slept."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SystemClock:
    """The machine's clock, as long as it goes as time does.

    After a jump time goes on from before it, until the machine is right again or somebody settles what is right.
    """

    def __init__(self, wall: Callable[[], datetime] = _wall, steady: Callable[[], float] = _steady) -> None:
        self._wall, self._steady = wall, steady
        self._last_reading = wall(), steady()

    def now(self) -> datetime:
        """Return the machine's time, or what it should be."""
        present, steady = self._wall(), self._steady()
        expected = self._expected(steady)
        if abs(present - expected) > WRONG_BY:
            present = expected
        self._last_reading = present, steady
        return present

    @property
    def machine(self) -> datetime:
        """What the machine says, right or wrong."""
        return self._wall()

    @property
    def jumped(self) -> bool:
        """Whether the machine's clock is not where it should be, so that time goes on without it."""
        return abs(self._wall() - self._expected(self._steady())) > WRONG_BY

    def settle(self, present: datetime) -> None:
        """Go on from an instant that is surely the present."""
        self._last_reading = present, self._steady()

    def _expected(self, steady: float) -> datetime:
        present, at = self._last_reading
        return present + timedelta(seconds=steady - at)


async def pause(seconds: float) -> None:
    """Let time pass, by the machine's steady clock, which nobody can set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), seconds)


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
        """What it says, without going on."""
        return self._now

    @property
    def jumped(self) -> bool:
        """Whoever moves it by hand means it."""
        return False

    def settle(self, present: datetime) -> None:
        """Go on from an instant."""
        self._now = present

    def move(self, to: datetime) -> None:
        """Move the clock; it never goes back."""
        self._now = max(self._now, to.astimezone(UTC))
