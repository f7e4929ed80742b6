"""Plans anew what was planned by a clock that was wrong."""

from datetime import datetime, timedelta

import structlog

from bot.core.agenda import BUDDIES, DIGEST, REPLAN, plan_buddies, plan_digest_of
from bot.domain.community import Community
from bot.domain.week import Week, next_weekly
from bot.store import agenda, communities, posts
from bot.store.database import Tx

LONGER_THAN_A_WEEK = timedelta(days=15)
"""No weekly thing is further ahead than this, not even the first digest of a community."""

log = structlog.get_logger()


def mend(tx: Tx, now: datetime) -> None:
    """Put every community and its members at their times again."""
    posts.forget_after(tx, now)
    every = communities.present(tx)
    for community in every:
        _mend(tx, community, now)
    log.info("planned anew", communities=len(every))


def _mend(tx: Tx, community: Community, now: datetime) -> None:
    rhythm, digest = community.rhythm, agenda.when(tx, community.id, "", DIGEST)
    if digest is None or digest - now > LONGER_THAN_A_WEEK:
        _, due = next_weekly(now, rhythm.digest_day, rhythm.digest_at, community.tz)
        plan_digest_of(tx, community, Week.at(due, community.tz))
    matching = agenda.when(tx, community.id, "", BUDDIES)
    if matching is not None and matching - now > LONGER_THAN_A_WEEK:
        agenda.clear(tx, community.id, "", BUDDIES)
        plan_buddies(tx, community, now)
    agenda.put_for_members(tx, community.id, REPLAN, now)
