"""Plans anew what was planned while the clock was wrong."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.domain.community import Community
from bot.engine.replanning import REPLAN, replan_community
from bot.engine.schedule import CommunitySchedule, Schedule
from bot.scheduling.weekly import WeeklyPost
from bot.store import agenda, communities, posts
from bot.store.database import Tx

LONGER_THAN_A_WEEK = timedelta(days=15)
"""No weekly thing is further ahead than this, not even the first digest of a community."""

log = structlog.get_logger()


def mend(tx: Tx, schedules: Mapping[str, Schedule], now: datetime) -> None:
    """Ask all schedules again when they are next, for every community and its members."""
    posts.forget_after(tx, now)
    present = communities.present(tx)
    for community in present:
        for schedule in schedules.values():
            if isinstance(schedule, CommunitySchedule):
                _mend(tx, schedule, community, now)
        replan_community(tx, schedules, community, community, now)
        agenda.put_for_members(tx, community.id, REPLAN, now)
    log.info("planned anew", communities=len(present))


def _mend(tx: Tx, schedule: CommunitySchedule, community: Community, now: datetime) -> None:
    """Take off the agenda what no clock that is right could have put there."""
    planned = agenda.when(tx, community.id, "", schedule.kind)
    if planned is not None and planned - now <= LONGER_THAN_A_WEEK:
        return
    if isinstance(schedule, WeeklyPost):
        agenda.put(tx, community.id, "", schedule.kind, schedule.following(now, community.rhythm, community.tz))
    elif planned is not None:
        agenda.clear(tx, community.id, "", schedule.kind)
