"""The places that people added the bot to by themselves: what may be used there, and what follows when they take it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.engine.clock import Clock
from bot.engine.registry import Registry
from bot.scheduling.leaving import CommunityPresence, come_back, leave
from bot.store import installations as store
from bot.store.database import Database, Tx
from bot.store.installations import Installation

TURN = timedelta(minutes=2)
"""How long one process may take to renew an installation before another tries."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Installations:
    """Every installation of one platform, and its communities in step with them."""

    db: Database
    clock: Clock
    registry: Registry
    platform: str

    async def add(self, installation: Installation, team: str | None) -> None:
        """Keep an installation; a community that it serves and that was left goes on where it stood."""
        now = self.clock.now()

        def work(tx: Tx) -> None:
            store.put(tx, installation, team, now)
            for served in store.served(tx, installation.place):
                come_back(tx, self.registry, self.platform, served, now)

        await self.db.row_by_row(work)
        log.info("installed", platform=self.platform, place=installation.place, team=team)

    async def find(self, place: str) -> Installation | None:
        """Find the installation of a place, whatever it serves."""
        return await self.db.read(lambda tx: store.find(tx, place))

    async def serving(self, team: str, above: str = "") -> Installation | None:
        """Find the installation that serves a workspace; one of the organisation above it does when it has none."""
        installation = await self.db.read(lambda tx: store.serving(tx, team))
        return installation if installation is not None or not above else await self._join(team, above)

    async def _join(self, team: str, above: str) -> Installation | None:
        now = self.clock.now()

        def work(tx: Tx) -> Installation | None:
            installation = store.hold(tx, above)
            if installation is not None:
                store.serve(tx, team, above)
                come_back(tx, self.registry, self.platform, team, now)
            return installation

        return await self.db.row_by_row(work)

    async def take_renewal(self, place: str) -> bool:
        """Take the turn to renew an installation; returns False while another process has it."""
        now = self.clock.now()
        return await self.db.row_by_row(lambda tx: store.take_renewal(tx, place, now, now + TURN))

    async def renew(self, before: Installation, after: Installation) -> bool:
        """Keep what an installation was renewed to, unless another one stands in its place meanwhile."""
        return await self.db.row_by_row(lambda tx: store.renew(tx, before, after))

    async def end(self, gone: Installation) -> None:
        """Drop an installation that the platform ended: what it served falls silent, and is erased after 30 days."""
        now = self.clock.now()

        def work(tx: Tx) -> list[str]:
            left = store.remove(tx, gone) or []
            for team in left:
                leave(tx, self.registry, self.platform, team, now)
            return left

        log.info("installation ended", platform=self.platform, place=gone.place, left=await self.db.row_by_row(work))

    async def end_of(self, teams: Iterable[str], place: str) -> None:
        """Take workspaces out of what an organisation's installation serves; their communities fall silent."""
        now, gone = self.clock.now(), list(teams)

        def work(tx: Tx) -> None:
            for team in gone:
                if store.unserve(tx, team, place):
                    leave(tx, self.registry, self.platform, team, now)

        await self.db.row_by_row(work)

    async def compare(self) -> None:
        """Let every community fall silent that no installation serves; for what happened while nothing ran."""
        teams = await self.db.read(store.served)
        await CommunityPresence(self.db, self.clock, self.registry, self.platform).compare(teams)

    async def begin(self, state: str) -> None:
        """Remember the word of somebody who begins to add the bot."""
        now = self.clock.now()
        await self.db.row_by_row(lambda tx: store.begin(tx, state, now))

    async def take_state(self, state: str) -> bool:
        """Use that word up; returns whether it was there, and in time."""
        now = self.clock.now()
        return await self.db.row_by_row(lambda tx: store.take_state(tx, state, now))
