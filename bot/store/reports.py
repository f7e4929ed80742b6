"""Totals for organisers, with how many people each is of; every look is kept, and members can see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.domain.ids import CommunityId, Who
from bot.domain.week import Week
from bot.store.batch import Tx
from bot.store.tables import events, organiser_reads


@dataclass(frozen=True, slots=True)
class Total:
    """How often a thing was done, and by how many people."""

    number: int
    people: int


@dataclass(frozen=True, slots=True)
class Look:
    """One look of an organiser: at what, and when."""

    what: str
    at: datetime


def totals(tx: Tx, community: CommunityId, first: Week, last: Week, until: datetime) -> tuple[Mapping[str, Total], int]:
    """Count what a community did from one week to another, by kind, and how many people did anything."""
    span = (
        events.c.community_id == community,
        events.c.week >= first,
        events.c.week <= last,
        events.c.recorded_at <= until,
        events.c.undone == sa.false(),
    )
    people = sa.func.count(sa.distinct(events.c.member_id))
    rows = tx.execute(sa.select(events.c.kind, sa.func.count(), people).where(*span).group_by(events.c.kind))
    found = {kind: Total(number, of) for kind, number, of in rows}
    return found, tx.execute(sa.select(people).where(*span)).scalar_one()


def note_look(tx: Tx, who: Who, what: str, now: datetime) -> None:
    """Keep that an organiser looked."""
    row = {"community_id": who.community, "organiser_id": who.member, "what": what, "at": now}
    tx.execute(organiser_reads.insert(), row)


def looks(tx: Tx, community: CommunityId) -> list[Look]:
    """List every look of an organiser, oldest first; not which organiser."""
    found = sa.select(organiser_reads.c.what, organiser_reads.c.at).where(organiser_reads.c.community_id == community)
    return [Look(row.what, row.at) for row in tx.execute(found.order_by(organiser_reads.c.at, organiser_reads.c.id))]
