"""The servers the bot is on: one that is left falls silent, and is erased unless the bot comes back."""

from collections.abc import Iterable

import structlog

from adapters.discord.inbound import PLATFORM
from bot.core import leaving
from bot.core.clock import Clock
from bot.store import communities
from bot.store.database import Database

log = structlog.get_logger()


class Homes:
    """Keeps the store in step with the servers Discord names."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock

    async def left(self, server: str) -> None:
        """Let a server go."""
        now = self._clock.now()
        if await self._db.write(lambda tx: leaving.leave(tx, PLATFORM, server, now)):
            log.info("server left", server=server)

    async def returned(self, server: str) -> None:
        """Take a server up again."""
        now = self._clock.now()
        if await self._db.write(lambda tx: leaving.come_back(tx, PLATFORM, server, now)):
            log.info("server came back", server=server)

    async def compare(self, servers: Iterable[str]) -> None:
        """Learn what happened while the bot was away."""
        there = set(servers)
        known = await self._db.read(lambda tx: communities.homes(tx, PLATFORM))
        for server, is_left in known.items():
            if server in there and is_left:
                await self.returned(server)
            elif server not in there and not is_left:
                await self.left(server)
