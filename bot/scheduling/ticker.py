"""Does nothing but wake the bot; the database decides what is due."""

import asyncio

import structlog

from bot.engine.clock import pause
from bot.scheduling.rounds import Rounds

EVERY_SECONDS = 20
"""How often the bot looks at its agenda, by the machine's steady clock: one that is set back does not stop it."""
LOOK_SECONDS = 1
"""How often it looks whether the clock jumped; members who type then are not to wait for the next round."""

log = structlog.get_logger()


class Ticker:
    """Wakes the weekly round; `healthy` is False after a round failed or was held back, until one works again."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds
        self._waking: asyncio.Task[None] | None = None
        self.healthy = True

    def start(self) -> None:
        """Start waking the bot; call inside a running event loop."""
        self._waking = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        """Stop waking the bot."""
        if self._waking is not None:
            self._waking.cancel()

    async def wake(self) -> None:
        """Do one round; whatever goes wrong in it, the next one comes."""
        try:
            await self._rounds.tick()
            self.healthy = not self._rounds.watch.held
        except Exception as fault:  # noqa: BLE001 - what is wrong with one round must not end them all
            self.healthy = False
            log.error("round failed", fault=type(fault).__name__)  # noqa: TRY400 - a traceback may hold names

    async def _run(self) -> None:
        while True:
            await self._rest()
            await self.wake()

    async def _rest(self) -> None:
        """Wait for the next round, which comes at once when the clock is in doubt."""
        left = float(EVERY_SECONDS)
        while left > 0:
            await pause(min(left, LOOK_SECONDS))
            left = 0 if self._rounds.in_doubt else left - LOOK_SECONDS
