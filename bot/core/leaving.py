"""A community the bot was taken out of: it falls silent at once, and is erased after 30 days unless the bot returns."""

from datetime import datetime, timedelta

from bot.core import linking
from bot.core.agenda import plan_digest_of
from bot.domain.digest import TOO_LATE
from bot.domain.ids import CommunityId
from bot.domain.week import next_weekly
from bot.store import agenda, communities, identities, posts
from bot.store.database import Tx

KEPT_FOR = timedelta(days=30)
"""Rule: data of a community that was left is erased after 30 days."""


def leave(tx: Tx, platform: str, platform_id: str, now: datetime) -> bool:
    """Stop everything that is on the agenda, and plan the erasure; returns whether the community was known."""
    community = communities.find(tx, platform, platform_id)
    if community is None or communities.left_at(tx, community.id) is not None:
        return False
    _live_on(tx, community.id, now)
    communities.mark_left(tx, community.id, now)
    agenda.shelve(tx, community.id)
    agenda.put(tx, community.id, "", agenda.ERASURE, now + KEPT_FOR)
    return True


def _live_on(tx: Tx, community: CommunityId, now: datetime) -> None:
    """Let the list of who is linked live on at their other place, so that nobody loses it with this one."""
    for made in identities.homes_in(tx, community):
        if communities.left_at(tx, made.side.community) is None:
            linking.move_home(tx, made, now)


def come_back(tx: Tx, platform: str, platform_id: str, now: datetime) -> bool:
    """Take a community up where it stood, with the digest it missed; returns whether it had been left.

    Rule: what is less than 48 hours late still comes; of the weeks that passed meanwhile, only the last one can.
    """
    community = communities.find(tx, platform, platform_id)
    if community is None or communities.left_at(tx, community.id) is None:
        return False
    communities.mark_left(tx, community.id, None)
    agenda.clear(tx, community.id, "", agenda.ERASURE)
    agenda.take_up(tx, community.id, now)
    posts.take_up(tx, community.id, now - TOO_LATE, now)
    if community.set_up:
        planned = agenda.when(tx, community.id, "", agenda.DIGEST)
        week, _ = next_weekly(now, community.rhythm.digest_day, community.rhythm.digest_at, community.tz)
        plan_digest_of(tx, community, week.previous() if planned is not None and planned <= now else week)
    return True
