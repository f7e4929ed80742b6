"""Waiting for what happens, without sleeping: a condition is looked at again after every change."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Tells those who wait that something happened."""

    def __init__(self, patience: float, transcript: Callable[[], str], alarm: Callable[[], None]) -> None:
        self._patience = patience
        self._transcript = transcript
        self._alarm = alarm
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def until(self, description: str, condition: Callable[[], Found], patience: float | None = None) -> Found:
        """Wait until a condition holds, and give what it gave.

        Raises:
            AssertionError: it did not come about in time; the message says what was seen meanwhile.
        """
        try:
            async with asyncio.timeout(patience or self._patience):
                while not (outcome := condition()):
                    self._alarm()
                    waiter = asyncio.get_running_loop().create_future()
                    self._waiting.add(waiter)
                    await waiter
                return outcome
        except TimeoutError:
            raise AssertionError(f"waited in vain for {description}\n{self._transcript()}") from None
