"""Asks: each attempt to reach a lead, and whether it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.domain.ask import Wording
from bot.domain.evidence import SETTLED_AFTER, Outcome, Tally
from bot.domain.ids import CommunityId, LeadId, Who
from bot.store.batch import Tx
from bot.store.ids import new_id
from bot.store.prepared import Prepared
from bot.store.tables import asks as table

_of_lead = (
    table.c.community_id == sa.bindparam("community"),
    table.c.member_id == sa.bindparam("member"),
    table.c.lead_id == sa.bindparam("lead"),
)
_add = Prepared(table.insert(), "community_id", "member_id", "id", "lead_id", "sent_at", "wording")
_last = Prepared(
    sa.select(table.c.id, table.c.sent_at, table.c.replied_at)
    .where(*_of_lead)
    .order_by(table.c.sent_at.desc(), table.c.id)
    .limit(1)
)
_answered = Prepared(
    table.update()
    .where(
        table.c.community_id == sa.bindparam("community"),
        table.c.member_id == sa.bindparam("member"),
        table.c.id == sa.bindparam("ask"),
    )
    .values(
        # The first answer keeps its time; what comes later changes only what it was.
        replied_at=sa.func.coalesce(table.c.replied_at, sa.bindparam("at", type_=table.c.replied_at.type)),
        reply=sa.bindparam("said"),
    )
)
_settled = Prepared(
    sa.select(table.c.member_id, table.c.id, table.c.sent_at, table.c.replied_at)
    .where(
        table.c.community_id == sa.bindparam("community"),
        table.c.wording == sa.bindparam("which"),
        table.c.sent_at >= sa.bindparam("first"),
        table.c.sent_at <= sa.bindparam("last"),
    )
    .order_by(table.c.sent_at, table.c.id)
)


_own = Prepared(
    sa.select(
        sa.func.count().label("sent"),
        sa.func.count(table.c.replied_at).label("replied"),
        sa.func.count(sa.distinct(table.c.lead_id)).label("people"),
    ).where(table.c.community_id == sa.bindparam("community"), table.c.member_id == sa.bindparam("member"))
)


@dataclass(frozen=True, slots=True)
class OwnAsks:
    """How often a member asked, how often an answer came, and how many people were asked."""

    sent: int
    replied: int
    people: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One attempt to reach a lead."""

    id: str
    sent: datetime
    replied: datetime | None


def add(tx: Tx, who: Who, lead: LeadId, wording: str | None, sent: datetime) -> str:
    """Keep an attempt; returns its id."""
    ask = new_id()
    _add.run(
        tx,
        community_id=who.community,
        member_id=who.member,
        id=ask,
        lead_id=lead,
        sent_at=sent,
        wording=wording,
    )
    return ask


def last(tx: Tx, who: Who, lead: LeadId) -> Ask | None:
    """Find the latest attempt to reach a lead."""
    row = _last.first(tx, community=who.community, member=who.member, lead=lead)
    return None if row is None else Ask(row.id, row.sent_at, row.replied_at)


def answered(tx: Tx, who: Who, ask: str, said: str, at: datetime) -> bool:
    """Note that an attempt was answered, and how; returns whether it is there."""
    return _answered.run(tx, community=who.community, member=who.member, ask=ask, at=at, said=said) > 0


def settled(tx: Tx, community: CommunityId, wording: Wording, counted: Tally, now: datetime) -> Sequence[Outcome]:
    """List the asks of a wording that are old enough to count, from the last one counted on."""
    first = counted.last[0] if counted.last is not None else datetime.min.replace(tzinfo=UTC)
    rows = _settled.all(tx, community=community, which=wording, first=first, last=now - SETTLED_AFTER)
    return [Outcome(row.member_id, row.sent_at, row.id, _in_time(row.sent_at, row.replied_at)) for row in rows]


def _in_time(sent: datetime, replied: datetime | None) -> bool:
    return replied is not None and replied <= sent + SETTLED_AFTER


def own(tx: Tx, who: Who) -> OwnAsks:
    """Count a member's own asks."""
    row = _own.first(tx, community=who.community, member=who.member)
    return OwnAsks(0, 0, 0) if row is None else OwnAsks(row.sent, row.replied, row.people)
