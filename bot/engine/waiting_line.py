"""The line of a community: so many of its commands are answered at the same time, and the next ones wait for these."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

LONG = 40


@dataclass(frozen=True, slots=True)
class Service:
    """How many are served at once, and for how many times as long as one took the place then stays empty."""

    at_once: int
    empty_for: float = 0.0


class WaitingLine:
    """People who wait in order; how they are served is asked anew each time one of them may go on."""

    def __init__(self) -> None:
        self._served = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def is_long(self) -> bool:
        """Whether so many wait that whoever needs it at once need not come."""
        return len(self._waiting) >= LONG

    @asynccontextmanager
    async def turn(self, service: Callable[[], Service], now: Callable[[], float]) -> AsyncGenerator[None]:
        """Wait for a turn, and have it as long as this is open."""
        if self._waiting or self._served >= service().at_once:
            await self._wait(service)
        else:
            self._served += 1
        begun = now()
        try:
            yield
        finally:
            seconds_empty = service().empty_for * (now() - begun)
            if seconds_empty > 0:
                # The answer goes out at once; only the next one waits.
                asyncio.get_running_loop().call_later(seconds_empty, self._leave, service)
            else:
                self._leave(service)

    async def _wait(self, service: Callable[[], Service]) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # Whoever goes away when they are called lets the next one go on.
                self._leave(service)
            raise

    def _leave(self, service: Callable[[], Service]) -> None:
        self._served -= 1
        while self._waiting and self._served < service().at_once:
            turn = self._waiting.popleft()
            if not turn.cancelled():
                self._served += 1
                turn.set_result(None)
