"""Pairs of people on a joined list who may be one: asked of their member, one at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.ids import LeadId, Who
from bot.store.batch import Tx
from bot.store.ids import new_id
from bot.store.tables import link_pairs as table


@dataclass(frozen=True, slots=True)
class LeadPair:
    """Two leads of one member who may be the same person."""

    id: str
    lead: LeadId
    other: LeadId


def put(tx: Tx, who: Who, pairs: Iterable[tuple[LeadId, LeadId]]) -> None:
    """Keep pairs to be asked about."""
    owner = {"community_id": who.community, "member_id": who.member}
    rows = [{**owner, "id": new_id(), "lead_id": lead, "other_id": other} for lead, other in pairs]
    if rows:
        tx.execute(table.insert(), rows)


def waiting(tx: Tx, who: Who) -> list[LeadPair]:
    """List the pairs that a member was not asked about yet, or did not answer."""
    mine = (table.c.community_id == who.community, table.c.member_id == who.member)
    rows = tx.execute(sa.select(table).where(*mine).order_by(table.c.lead_id, table.c.other_id))
    return [LeadPair(row.id, LeadId(row.lead_id), LeadId(row.other_id)) for row in rows]


def take(tx: Tx, who: Who, pair: str) -> LeadPair | None:
    """Take a pair that was answered out of the questions; None when it was answered before."""
    answered = next((waiting_pair for waiting_pair in waiting(tx, who) if waiting_pair.id == pair), None)
    mine = (table.c.community_id == who.community, table.c.member_id == who.member, table.c.id == pair)
    tx.execute(table.delete().where(*mine))
    return answered
