"""When the digest is due; the figures about several members change only then."""

from datetime import datetime, timedelta

from bot.domain.community import Community
from bot.domain.week import Week, local_to_utc
from bot.store import agenda
from bot.store.database import Tx

DIGEST = "digest"
"""The kind of the digest, on the agenda and in the ledger."""


def next_digest(tx: Tx, community: Community) -> datetime | None:
    """Return the instant at which the next digest is due; None while none is on the agenda."""
    return agenda.when(tx, community.id, "", DIGEST)


def posting_after(community: Community, week: Week) -> datetime:
    """Return the instant, UTC, at which the digest about a week is due; it is in the week after."""
    rhythm = community.rhythm
    return local_to_utc(week.next().monday + timedelta(days=rhythm.digest_day), rhythm.digest_at, community.tz)
