"""A community the bot was taken out of: it falls silent at once, and is erased after 30 days unless the bot returns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.community import Community
from bot.engine.clock import Clock
from bot.engine.registry import Registry
from bot.engine.replanning import replan_community, replan_touched
from bot.scheduling.weekly import TOO_LATE, WeeklyPost
from bot.store import agenda, communities, posts
from bot.store.database import Database, Tx
from bot.store.reach import place_of, under_lock
from bot.store.turns import on_behalf_of

KEPT_FOR = timedelta(days=30)
"""Rule: data of a community that was left is erased after 30 days."""

log = structlog.get_logger()


@dataclass(frozen=True)
class CommunityPresence:
    """The communities of one platform: keeps the store in step with where the bot is."""

    db: Database
    clock: Clock
    registry: Registry
    platform: str

    async def left(self, community: str) -> None:
        """Silence a community that the bot was taken out of, and plan its erasure."""
        now = self.clock.now()
        with on_behalf_of(place_of(self.platform, community)):
            left = await self.db.write(lambda tx: leave(tx, self.registry, self.platform, community, now))
        if left:
            log.info("community left", platform=self.platform, community=community)

    async def returned(self, community: str) -> None:
        """Take a community up again."""
        now = self.clock.now()
        with on_behalf_of(place_of(self.platform, community)):
            back = await self.db.write(lambda tx: come_back(tx, self.registry, self.platform, community, now))
        if back:
            log.info("community came back", platform=self.platform, community=community)

    async def compare(self, platform_ids: Iterable[str], among: Callable[[str], bool] = bool) -> None:
        """Compare the store with the communities the bot is in now, for what happened while it was not connected.

        `among` tells of which communities it would be known, where that is not of all.
        """
        present = set(platform_ids)
        homes = await self.db.read(lambda tx: communities.homes(tx, self.platform))
        for community, is_left in homes.items():
            if not among(community):
                continue
            if community in present and is_left:
                await self.returned(community)
            elif community not in present and not is_left:
                await self.left(community)


def leave(tx: Tx, registry: Registry, platform: str, platform_id: str, now: datetime) -> bool:
    """Stop everything that is on the agenda, and plan the erasure; returns whether the community was known."""
    community = _entered(tx, platform, platform_id)
    if community is None or communities.left_at(tx, community.id) is not None:
        return False
    # What members have here may move to another place of theirs, so that comes before this one falls silent.
    for farewell in registry.farewells:
        farewell(tx, community, now)
    replan_touched(tx, registry.schedules, now)
    communities.mark_left(tx, community.id, now)
    agenda.shelve(tx, community.id)
    agenda.put(tx, community.id, "", agenda.ERASURE, now + KEPT_FOR)
    return True


def come_back(tx: Tx, registry: Registry, platform: str, platform_id: str, now: datetime) -> bool:
    """Take a community up where it stood, with the posts it missed; returns whether it had been left.

    Rule: what is less than 48 hours late still comes; of the weeks that passed meanwhile, only the last one can.
    """
    community = _entered(tx, platform, platform_id)
    if community is None or communities.left_at(tx, community.id) is None:
        return False
    communities.mark_left(tx, community.id, None)
    agenda.clear(tx, community.id, "", agenda.ERASURE)
    agenda.take_up(tx, community.id, now)
    posts.take_up(tx, community.id, now - TOO_LATE, now)
    if community.set_up:
        for schedule in registry.schedules.values():
            if isinstance(schedule, WeeklyPost):
                _catch_up(tx, schedule, community, now)
        replan_community(tx, registry.schedules, community, community, now)
    return True


def _entered(tx: Tx, platform: str, platform_id: str) -> Community | None:
    """Find a community, with its lock."""
    return under_lock(
        tx,
        lambda: communities.find(tx, platform, platform_id),
        lambda community: () if community is None else (community.id,),
    )


def _catch_up(tx: Tx, schedule: WeeklyPost, community: Community, now: datetime) -> None:
    planned = agenda.when(tx, community.id, "", schedule.kind)
    # Weeks that passed are skipped but the last: its post may be less than 48 hours late.
    if planned is not None and planned <= now:
        upcoming = schedule.following(now, community.rhythm, community.tz)
        agenda.put(tx, community.id, "", schedule.kind, schedule.last_before(upcoming, community))


def erase_at_once(tx: Tx, registry: Registry, community: Community, now: datetime) -> None:
    """Erase a community without waiting; what members may take to another place of theirs goes there first."""
    leave(tx, registry, community.platform, community.platform_id, now)
    communities.erase(tx, community.id, now)
