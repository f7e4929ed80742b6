"""A loop whose time moves from one event to the next: what waits for nothing costs nothing."""

import asyncio
import selectors
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any


class _Skipping(selectors.SelectSelector):
    """Never waits: a wait for a timer is a step of the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Look what came, and let the time pass that somebody would have waited for it."""
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("Everybody waits, and nothing will happen.")
            self.now += timeout
        return ready

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        """Give what is listened to."""
        return super().get_map()


class EventLoop(asyncio.SelectorEventLoop):
    """An event loop on simulated time, in seconds from 0."""

    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        """Tell the simulated time."""
        return self._skipping.now


class EventClock:
    """The wall clock of a simulation: it began at an instant when the loop's time was 0."""

    jumped = False

    def __init__(self, began: datetime) -> None:
        self._began = began

    def now(self) -> datetime:
        """Return the simulated instant."""
        return self._began + timedelta(seconds=asyncio.get_running_loop().time())

    @property
    def machine(self) -> datetime:
        """The same: nobody moves this clock."""
        return self.now()

    def settle(self, present: datetime) -> None:
        """Nothing needs to be settled."""
