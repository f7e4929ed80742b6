"""The only source of the present; tests and the demo move it by hand."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return the present as an aware UTC datetime."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)  # noqa: TID251 - this class is the Clock that everything else must take


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

    def move(self, to: datetime) -> None:
        """Move the clock; it never goes back."""
        self._now = max(self._now, to.astimezone(UTC))
