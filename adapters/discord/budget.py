"""How much one process may ask of Discord: its share of what all processes of one bot may ask in a second."""

import asyncio
from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

from adapters.departing import departing
from bot.engine.clock import pause

A_SECOND = 50
"""Requests in a second that Discord takes of one bot; answers to interactions are not counted."""
WINDOW = 1.05
"""Seconds that stand for one of Discord's, since requests do not all travel equally long."""
TOO_MANY = 429


class Budget:
    """Spaces the requests of one process."""

    def __init__(self) -> None:
        self.sharers = 1
        """How many processes share what Discord allows."""
        self.tell: Callable[[float], object] = bool
        """Is told for how many seconds Discord wants nothing of this bot."""
        self._sent = deque[float](maxlen=A_SECOND)
        self._closed_until = 0.0
        self._turn = asyncio.Lock()

    def close_for(self, seconds: float) -> None:
        """Ask nothing for some seconds."""
        self._closed_until = max(self._closed_until, asyncio.get_running_loop().time() + seconds)

    async def wait(self) -> None:
        """Wait until one more request may be sent."""
        loop = asyncio.get_running_loop()
        async with self._turn:
            while (seconds := self._to_wait(loop.time())) > 0:
                await pause(seconds)
            self._sent.append(loop.time())

    def trace(self) -> aiohttp.TraceConfig:
        """Make what stands before every request of discord.py."""
        trace = departing()
        trace.on_request_start.append(self._before)
        trace.on_request_end.append(self._after)
        return trace

    def _to_wait(self, now: float) -> float:
        share = max(1, A_SECOND // self.sharers)
        full = self._sent[-share] + WINDOW - now if len(self._sent) >= share else 0.0
        return max(full, self._closed_until - now)

    async def _before(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, asked: aiohttp.TraceRequestStartParams
    ) -> None:
        # Answers to interactions, files and the gateway carry no token of the bot, and are not counted.
        if "Authorization" in asked.headers:
            await self.wait()

    async def _after(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, told: aiohttp.TraceRequestEndParams
    ) -> None:
        if told.response.status == TOO_MANY and "X-RateLimit-Global" in told.response.headers:
            seconds = float(told.response.headers.get("Retry-After", "1"))
            self.close_for(seconds)
            self.tell(seconds)
