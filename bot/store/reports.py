"""Looks of organisers at figures of their community: each is kept, and members can see it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.ids import CommunityId, Who
from bot.store.batch import Tx
from bot.store.ids import new_number
from bot.store.tables import organiser_reads


@dataclass(frozen=True, slots=True)
class OrganiserLook:
    """One look of an organiser: at what, and when."""

    what: str
    at: datetime


def note_look(tx: Tx, who: Who, what: str, now: datetime) -> None:
    """Keep that an organiser looked."""
    row = {"id": new_number(now), "community_id": who.community, "organiser_id": who.member, "what": what, "at": now}
    tx.execute(organiser_reads.insert(), row)


def looks(tx: Tx, community: CommunityId) -> list[OrganiserLook]:
    """List every look of an organiser, oldest first; not which organiser."""
    query = sa.select(organiser_reads.c.what, organiser_reads.c.at).where(organiser_reads.c.community_id == community)
    return [
        OrganiserLook(row.what, row.at)
        for row in tx.execute(query.order_by(organiser_reads.c.at, organiser_reads.c.id))
    ]
