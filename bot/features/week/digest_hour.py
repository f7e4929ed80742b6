"""When the digest comes, which is when figures about several members move."""

from datetime import datetime, timedelta

from bot.domain.community import Community
from bot.domain.week import Week, local_to_utc
from bot.store import agenda
from bot.store.database import Tx

DIGEST = "digest"
"""The kind of the digest, on the agenda and in the ledger."""


def next_digest(tx: Tx, community: Community) -> datetime | None:
    """Tell when the next digest is due."""
    return agenda.when(tx, community.id, "", DIGEST)


def posting_after(community: Community, week: Week) -> datetime:
    """Tell when the digest of a week of a community is due."""
    rhythm = community.rhythm
    return local_to_utc(week.next().monday + timedelta(days=rhythm.digest_day), rhythm.digest_at, community.tz)
